"""Purpose: a pull request wants a review, or is over."""

from __future__ import annotations

from bot import events
from bot.model import Job
from bot.services import publish, review
from bot.services.context import Services


async def changed(services: Services, event: events.PullRequestChanged, job: Job) -> None:
    await review.pull_request(services, event.installation, event.repository, event.number, job.delivery)


async def closed(services: Services, event: events.PullRequestClosed, _job: Job) -> None:
    await publish.settle(services, event.installation, publish.CLOSED, repository=event.repository, number=event.number)
