"""Reads beside the writer. A write is acknowledged after its commit, so a read that follows always sees it.

Reading one row by a unique key takes about 20 us, a quarter of what handing it to a thread costs: `one` reads where it
is called. Anything of unknown length goes to the reader's own thread.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bot.errors import Retryable
from bot.vault.stores.sqlite.files import connect
from bot.vault.stores.sqlite.writer import told

Row = tuple[Any, ...]


class Reader:
    """Two read-only connections: one for the caller's thread, one for the thread of long reads."""

    def __init__(self, path: Path) -> None:
        self._near = connect(path, read_only=True)
        self._far = connect(path, read_only=True)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-reader")
        self._closed = False

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """The row of a query that yields at most one."""
        rows = _fetch(self._near, sql, parameters)
        return rows[0] if rows else None

    async def all(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        if self._closed:
            raise Retryable("the store is closed")
        return await asyncio.get_running_loop().run_in_executor(self._thread, _fetch, self._far, sql, parameters)

    async def aclose(self) -> None:
        self._closed = True
        await asyncio.to_thread(self._thread.shutdown)
        self._near.close()
        self._far.close()


def _fetch(connection: sqlite3.Connection, sql: str, parameters: Sequence[Any]) -> list[Row]:
    try:
        return connection.execute(sql, parameters).fetchall()  # drained: an open cursor would pin the log
    except sqlite3.Error as error:
        raise told(error) from error
