"""Purpose: the app was installed, changed, suspended or removed."""

from __future__ import annotations

from bot import events
from bot.model import Job
from bot.services import onboard, review
from bot.services.context import Services


async def created(services: Services, event: events.Installed, _job: Job) -> None:
    await onboard.sync(services, event.installation)


async def repositories_changed(services: Services, event: events.RepositoriesChanged, _job: Job) -> None:
    await onboard.sync(services, event.installation)


async def suspended(services: Services, event: events.Suspended, _job: Job) -> None:
    await onboard.suspend(services, event.installation)


async def unsuspended(services: Services, event: events.Unsuspended, job: Job) -> None:
    await onboard.sync(services, event.installation)
    await review.resume(services, event.installation, job.delivery)


async def deleted(services: Services, event: events.Uninstalled, _job: Job) -> None:
    await onboard.leave(services, event.installation, "uninstalled")
