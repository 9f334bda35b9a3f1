"""After a deletion: nothing of it is left in the files.

`secure_delete` overwrites deleted cells and pages with zeros. Only a checkpoint of the log brings those zeros into the
database file, and the log itself holds the old pages until it is truncated.
"""

from __future__ import annotations

import asyncio
import sqlite3

from bot.errors import Retryable
from bot.vault.stores.sqlite.files import BUSY_MILLISECONDS
from bot.vault.stores.sqlite.writer import Writer

ATTEMPTS = 100
PAUSE = 0.1  # seconds; with WAIT_MILLISECONDS about fifteen seconds in all
WAIT_MILLISECONDS = 50  # how long one attempt may hold up other writes


async def scrub(writer: Writer, *, attempts: int = ATTEMPTS) -> None:
    """Retryable where some connection keeps reading an old state, so that the log cannot be truncated."""
    for _ in range(attempts):
        if await writer.alone(_truncate):
            return
        await asyncio.sleep(PAUSE)
    raise Retryable("deleted data is still in the log, since another connection keeps reading it", after=60.0)


def _truncate(connection: sqlite3.Connection) -> bool:
    connection.execute(f"PRAGMA busy_timeout={WAIT_MILLISECONDS}").fetchall()
    try:
        busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}").fetchall()
    return not busy
