"""Taking in a delivery: what it tells is sealed under its installation's key, durable, and only then queued.

The event is kept, which is ids only, and not the delivery's body: titles, messages, names and addresses of people never
reach a disk. docs/adr/0013 says why that is enough.
"""

from __future__ import annotations

from bot.events import Event, encode
from bot.model import Delivery, InstallationId
from bot.services.context import Services
from bot.vault.envelope import Place


def delivery_place(delivery: str, installation: InstallationId) -> Place:
    """Where a delivery's event is kept: always under the installation's own key, so that it dies with it."""
    return Place("delivery", delivery, installation)


async def take(services: Services, id: str, name: str, event: Event) -> bool:
    """Durable when it returns. False where this delivery was taken before."""
    sealed = await services.records.vault.seal(delivery_place(id, event.installation), encode(event))
    job = await services.inbox.accept(
        Delivery(
            id=id,
            name=name,
            installation=event.installation,
            repository=event.repository_id,
            key=event.key,
            coalesce=event.coalesce,
            body=sealed,
        )
    )
    if job is not None:
        services.queue.offer(job)
    return job is not None
