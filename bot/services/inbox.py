"""Taking in a delivery: sealed under its installation's key, durable, and only then handed to the queue."""

from __future__ import annotations

from bot.events import Event
from bot.model import Delivery, InstallationId
from bot.services.context import Services
from bot.vault.envelope import Place


def delivery_place(delivery: str, installation: InstallationId) -> Place:
    """Where a delivery's body is kept: always under the installation's own key, so that it dies with it."""
    return Place("delivery", delivery, installation)


async def take(services: Services, id: str, name: str, event: Event, body: bytes) -> bool:
    """Durable when it returns. False where this delivery was taken before."""
    # Compressed and sealed here, not in the store's thread: both are short, and each would hand the interpreter over.
    sealed = await services.records.vault.seal(delivery_place(id, event.installation), body, compress=True)
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
