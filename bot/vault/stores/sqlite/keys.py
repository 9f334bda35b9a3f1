"""Wrapped data keys, in a file of their own, so that a backup of the data holds none."""

from __future__ import annotations

import sqlite3

from bot.vault.stores.sqlite.reader import Reader
from bot.vault.stores.sqlite.scrub import scrub
from bot.vault.stores.sqlite.writer import Writer

_GET = "SELECT wrapped FROM keys WHERE id = ?"


class SqliteKeyStore:
    """bot.ports.KeyStore."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def get(self, id: str) -> bytes | None:
        row = self._reader.one(_GET, (id,))
        return row[0] if row else None

    async def put(self, id: str, wrapped: bytes) -> bytes:
        def work(connection: sqlite3.Connection) -> bytes:
            connection.execute("INSERT INTO keys(id, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING", (id, wrapped))
            kept: bytes = connection.execute(_GET, (id,)).fetchall()[0][0]
            return kept

        return await self._writer.write(work)

    async def destroy(self, prefix: str) -> int:
        """Raises Retryable, with the rows gone but perhaps still in the log, where another connection keeps reading."""
        # "0" follows "/" in the order of bytes: a range finds what starts with "prefix/", and nothing is a wildcard.
        sql = "DELETE FROM keys WHERE id = ? OR (id >= ? AND id < ?)"
        destroyed = await self._writer.write(
            lambda connection: connection.execute(sql, (prefix, f"{prefix}/", f"{prefix}0")).rowcount
        )
        await scrub(self._writer)
        return destroyed
