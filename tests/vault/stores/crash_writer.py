"""A process that accepts deliveries as fast as it can and says which are acknowledged, until it is killed.

python -m tests.vault.stores.crash_writer DIRECTORY PREFIX (durable | early)
"""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import os
import sys
from pathlib import Path

from bot.vault.stores.sqlite import open_store
from tests.contracts.support import delivery

WRITERS = 32


def body_of(id: str) -> bytes:
    """3 KB that only this delivery has, so that a torn or exchanged body shows."""
    return hashlib.sha512(id.encode()).digest() * 48


async def main(directory: str, prefix: str, mode: str) -> None:
    numbers = itertools.count()
    async with open_store(Path(directory)) as stores:

        async def write() -> None:
            while True:
                id = f"{prefix}-{next(numbers)}"
                accepting = asyncio.ensure_future(stores.inbox.accept(delivery(id, body=body_of(id))))
                await asyncio.sleep(0)  # it has been asked for
                if mode == "durable":
                    await accepting
                os.write(1, f"{id}\n".encode())
                await accepting

        await asyncio.gather(*(write() for _ in range(WRITERS)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
