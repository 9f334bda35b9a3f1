"""What the contract suites share: deliveries in one line, real time, a queue that runs for a block."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from bot.model import Delivery, InstallationId, Job, Record, RepositoryId, Table
from bot.ports import Jobs, Queue

Handler = Callable[[Job, bytes], Awaitable[None]]


class SystemClock:
    """bot.ports.Clock, the real one."""

    def now(self) -> float:
        return time.time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def delivery(
    id: str,
    *,
    installation: int = 1,
    repository: int = 10,
    key: str | None = None,
    coalesce: bool = False,
    body: bytes = b"sealed",
) -> Delivery:
    """Its key is its id unless one is given."""
    return Delivery(
        id=id,
        name="pull_request",
        installation=InstallationId(installation),
        repository=RepositoryId(repository),
        key=key or id,
        coalesce=coalesce,
        body=body,
    )


def record(
    id: str, *, table: Table = Table.RESULT, installation: int = 1, repository: int = 10, body: bytes = b"sealed"
) -> Record:
    return Record(table, id, InstallationId(installation), RepositoryId(repository), body)


async def accepted(inbox: Jobs, sent: Delivery) -> Job:
    job = await inbox.accept(sent)
    assert job is not None
    return job


async def nothing(job: Job, body: bytes) -> None:
    """A handler with no effect."""


@asynccontextmanager
async def running(queue: Queue, handle: Handler, give_up: Handler = nothing) -> AsyncIterator[None]:
    task = asyncio.create_task(queue.run(handle, give_up))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Poll until it holds; the test's own time limit is the bound."""
    while not await condition():  # noqa: ASYNC110 - what is polled lies in a database, which sets no event
        await asyncio.sleep(0.002)


async def until_empty(inbox: Jobs) -> None:
    """Every job is settled or dead."""

    async def empty() -> bool:
        return not await inbox.pending(float("inf"))

    await until(empty)
