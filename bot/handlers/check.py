"""Purpose: somebody pressed "Re-run"."""

from __future__ import annotations

from bot import events
from bot.model import Job
from bot.services import review
from bot.services.context import Services


async def rerun_asked(services: Services, event: events.RerunAsked, job: Job) -> None:
    # The delivery's id makes the new run one of its own, and the same one if this job is tried again.
    await review.rerun(services, event.installation, event.repository, event.head, event.pulls, job.delivery)
