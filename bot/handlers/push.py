"""Purpose: the default branch moved."""

from __future__ import annotations

from bot import events
from bot.model import Job
from bot.services import branch
from bot.services.context import Services


async def default_branch_moved(services: Services, event: events.Pushed, job: Job) -> None:
    await branch.measure(services, event.installation, event.repository, event.head, job.delivery)
