"""The embedded queue and store: empty jobs per second, and how long a light tenant waits behind a heavy one.

python -m tests.bench.bench_queue

Only ratios within one run mean something. The first compares a job's whole way (accepted, started, settled: three
durable writes, shared with others) with a lone durable write of the same store. The second compares the wait of a light
tenant's jobs behind 1,000 heavy ones with the time of one heavy job, and with what a single line would have made of it.
"""

from __future__ import annotations

import asyncio
import logging
import statistics
import tempfile
import time
from pathlib import Path

import structlog

from bot.model import Job
from bot.ports import Jobs
from bot.queue import QUEUES
from bot.queue.embedded import Settings
from bot.vault.stores import STORES
from tests.contracts.support import SystemClock, accepted, delivery, nothing, running, until_empty

ROUNDS = 3
EMPTY, CALLERS = 10_000, 64
HEAVY, LIGHT, HEAVY_SECONDS = 1_000, 5, 0.02


async def lone_writes(inbox: Jobs, prefix: str) -> float:
    """Durable deliveries per second, one after another."""
    began = time.perf_counter()
    for number in range(300):
        await accepted(inbox, delivery(f"{prefix}-lone-{number}"))
    return 300 / (time.perf_counter() - began)


async def empty_jobs(inbox: Jobs, prefix: str) -> float:
    """Jobs per second from delivery to settlement, `CALLERS` delivering at once."""
    queue = QUEUES["embedded"](inbox, SystemClock(), Settings(slots=CALLERS, per_installation=CALLERS))
    ended, handled = asyncio.Event(), 0
    numbers = iter(range(EMPTY))

    async def handle(job: Job, body: bytes) -> None:
        nonlocal handled
        handled += 1
        if handled == EMPTY:
            ended.set()

    async def deliver() -> None:
        for number in numbers:
            queue.offer(await accepted(inbox, delivery(f"{prefix}-{number}", installation=number % 50)))

    began = time.perf_counter()
    async with running(queue, handle):
        await asyncio.gather(*(deliver() for _ in range(CALLERS)))
        await ended.wait()
        await until_empty(inbox)
    return EMPTY / (time.perf_counter() - began)


async def light_waits(inbox: Jobs, prefix: str, per_installation: int) -> float:
    """Seconds from offer to end of the slowest light job, offered while 1,000 heavy ones wait."""
    queue = QUEUES["embedded"](inbox, SystemClock(), Settings(slots=10, per_installation=per_installation))
    ends: dict[str, float] = {}

    async def handle(job: Job, body: bytes) -> None:
        if job.installation == 1:
            await asyncio.sleep(HEAVY_SECONDS)
        ends[job.delivery] = time.perf_counter()

    def light_installation(number: int) -> int:
        return 2 + number if per_installation < 10 else 1  # a single line: all of one installation

    heavy = await asyncio.gather(*(accepted(inbox, delivery(f"{prefix}-heavy-{n}")) for n in range(HEAVY)))
    for job in heavy:
        queue.offer(job)
    async with running(queue, handle, nothing):
        await asyncio.sleep(0.1)
        began = time.perf_counter()
        light = [
            await accepted(inbox, delivery(f"{prefix}-light-{n}", installation=light_installation(n)))
            for n in range(LIGHT)
        ]
        for job in light:
            queue.offer(job)
        await until_empty(inbox)
    return max(ends[job.delivery] for job in light) - began


async def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    lone, empty, fair, single = [], [], [], []
    for number in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            async with STORES["sqlite"](Path(folder) / "data") as stores:
                lone.append(await lone_writes(stores.inbox, "a"))
                await stores.inbox.settle([job.seq for job in await stores.inbox.pending(1e12)])
                empty.append(await empty_jobs(stores.inbox, "b"))
                fair.append(await light_waits(stores.inbox, "c", 4))
                single.append(await light_waits(stores.inbox, "d", 10))
        print(f"round {number + 1}: lone writes {lone[-1]:.0f}/s, empty jobs {empty[-1]:.0f}/s, ", end="")
        print(f"light wait {fair[-1] * 1000:.0f} ms, in a single line {single[-1] * 1000:.0f} ms")
    print(f"empty jobs end to end / lone durable writes: {statistics.median(empty) / statistics.median(lone):.1f}x")
    print(f"light tenant's wait / one heavy job: {statistics.median(fair) / HEAVY_SECONDS:.2f}x")
    print(f"single line's wait / light tenant's wait: {statistics.median(single) / statistics.median(fair):.0f}x")


if __name__ == "__main__":
    asyncio.run(main())
