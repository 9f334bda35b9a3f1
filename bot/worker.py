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
        """The last attempt has failed: none of its checks may stay pending because of it, and no other's may end."""
        event = await self._event(job, sealed)
        match event:
            case events.PullRequestChanged(installation, repository, number):
                await publish.settle(
                    self._services, installation, publish.GAVE_UP, repository=repository, number=number
                )
            case events.Pushed() | events.RerunAsked() | events.MergeGroupAsked():
                await publish.settle(
                    self._services, event.installation, publish.GAVE_UP, repository=event.repository, head=event.head
                )
            case _:
                pass  # nothing that people wait for at a commit

    async def _event(self, job: Job, sealed: bytes) -> events.Event:
        place = delivery_place(job.delivery, job.installation)
        try:
            return events.decode(await self._services.records.vault.open(place, sealed))
        except Tampered:
            kept = await self._services.records.installation(job.installation)
            if kept is None:
                raise Gone("the installation's key has been destroyed") from None
            raise
