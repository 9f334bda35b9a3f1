"""Jobs that failed too often: looked at by the operator, and tried again when the cause is mended."""

from __future__ import annotations

from bot.model import Job
from bot.services.context import Services


async def listed(services: Services) -> list[Job]:
    return await services.dead_letter.dead()


async def replay(services: Services, seq: int) -> bool:
    """False where there is no such dead job. A bot that runs beside us finds it on its next sweep."""
    job = await services.dead_letter.revive(seq)
    if job is not None:
        services.queue.offer(job)
    return job is not None
