"""The edge where jobs come in: open the sealed event, find its handler, run it."""

from __future__ import annotations

from bot import events
from bot.errors import Gone, Tampered
from bot.handlers import TABLE
from bot.model import Job
from bot.services import publish
from bot.services.context import Services
from bot.services.inbox import delivery_place


class Worker:
    """What the queue calls."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def handle(self, job: Job, sealed: bytes) -> None:
        event = await self._event(job, sealed)
        await TABLE[type(event)](self._services, event, job)

    async def give_up(self, job: Job, sealed: bytes) -> None:
        """The last attempt has failed: no check may stay pending because of it."""
        event = await self._event(job, sealed)
        if event.repository_id == events.NO_REPOSITORY:
            return
        number = event.number if isinstance(event, events.PullRequestChanged) else None
        await publish.settle(
            self._services, event.installation, publish.GAVE_UP, repository=event.repository_id, number=number
        )

    async def _event(self, job: Job, sealed: bytes) -> events.Event:
        place = delivery_place(job.delivery, job.installation)
        try:
            return events.decode(await self._services.records.vault.open(place, sealed))
        except Tampered:
            kept = await self._services.records.installation(job.installation)
            if kept is None:
                raise Gone("the installation's key has been destroyed") from None
            raise
