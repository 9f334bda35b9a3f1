"""A process that works off an inbox and says each job that it begins, until it is killed or nothing is left.

python -m tests.queue.embedded.crash_worker DIRECTORY MAX_TRIES
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from pathlib import Path

import structlog

from bot.model import Job
from bot.queue import QUEUES
from bot.queue.embedded import Settings
from bot.vault.stores.sqlite import open_store
from tests.contracts.support import SystemClock, running, until_empty


def say(word: str, job: Job) -> None:
    os.write(1, f"{word} {job.delivery}\n".encode())


async def handle(job: Job, body: bytes) -> None:
    say("begin", job)
    if body == b"poison":
        os._exit(3)
    await asyncio.sleep(0.002)


async def give_up(job: Job, body: bytes) -> None:
    say("give-up", job)


async def main(directory: str, max_tries: int) -> None:
    settings = Settings(max_tries=max_tries, backoff_seconds=0.001, sweep_seconds=0.005)
    async with open_store(Path(directory)) as stores:
        queue = QUEUES["embedded"](stores.inbox, SystemClock(), settings)
        async with running(queue, handle, give_up):
            await until_empty(stores.inbox)


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
