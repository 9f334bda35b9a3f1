"""Purpose: the merge queue waits for our check on a commit of its own; it must not wait long."""

from __future__ import annotations

from bot import events
from bot.model import Job
from bot.services import review
from bot.services.context import Services


async def checks_asked(services: Services, event: events.MergeGroupAsked, _job: Job) -> None:
    await review.merge_group(services, event.installation, event.repository, event.head)
