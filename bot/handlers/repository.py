"""Purpose: a repository was renamed, moved or deleted."""

from __future__ import annotations

from bot import events
from bot.model import Job
from bot.services import onboard, wipe
from bot.services.context import Services


async def changed(services: Services, event: events.RepositoryChanged, _job: Job) -> None:
    await onboard.ready(services, event.installation, event.repository)


async def transferred(services: Services, event: events.RepositoryTransferred, _job: Job) -> None:
    await onboard.ready(services, event.installation, event.repository)


async def deleted(services: Services, event: events.RepositoryDeleted, _job: Job) -> None:
    await wipe.repository(services, event.installation, event.repository, "deleted at the host")
