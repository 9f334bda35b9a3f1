"""Sealed records."""

# ruff: noqa: S608 - what is formatted into SQL are columns and conditions written in this file; values are bound
from __future__ import annotations

import sqlite3
from typing import Any

from bot.model import InstallationId, Record, RepositoryId, Table
from bot.vault.stores.sqlite.reader import Reader
from bot.vault.stores.sqlite.scrub import scrub
from bot.vault.stores.sqlite.writer import Writer

_PUT = """INSERT INTO records(kind, id, installation, repository, body) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT(kind, id) DO UPDATE SET
    installation = excluded.installation, repository = excluded.repository, body = excluded.body"""
_COLUMNS = "kind, id, installation, repository, body"
_COUNT = """SELECT kind, count(*) FROM records WHERE {owner} GROUP BY kind
    UNION ALL SELECT 'job', count(*) FROM jobs WHERE {owner}"""


class SqliteStore:
    """bot.ports.Store."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def put(self, record: Record) -> None:
        row = (record.table.value, record.id, record.installation, record.repository, record.body)
        await self._writer.write(lambda connection: _run(connection, _PUT, row))

    async def get(self, table: Table, id: str) -> Record | None:
        row = self._reader.one(f"SELECT {_COLUMNS} FROM records WHERE kind = ? AND id = ?", (table.value, id))
        return _record(row) if row else None

    async def find(
        self, table: Table, *, installation: InstallationId | None = None, repository: RepositoryId | None = None
    ) -> list[Record]:
        given = {"kind": table.value, "installation": installation, "repository": repository}
        wanted = {column: value for column, value in given.items() if value is not None}
        condition = " AND ".join(f"{column} = ?" for column in wanted)
        rows = await self._reader.all(
            f"SELECT {_COLUMNS} FROM records WHERE {condition} ORDER BY id", tuple(wanted.values())
        )
        return [_record(row) for row in rows]

    async def delete(self, table: Table, id: str) -> None:
        await self._writer.write(
            lambda connection: _run(connection, "DELETE FROM records WHERE kind = ? AND id = ?", (table.value, id))
        )

    async def erase(self, installation: InstallationId, repository: RepositoryId | None = None) -> dict[str, int]:
        """Raises Retryable, with the rows gone but perhaps still in the log, where another connection keeps reading."""
        owner, parameters = _owner(installation, repository)

        def work(connection: sqlite3.Connection) -> dict[str, int]:
            counts = dict(connection.execute(_COUNT.format(owner=owner), (*parameters, *parameters)).fetchall())
            _run(connection, f"DELETE FROM records WHERE {owner}", parameters)
            _run(connection, f"DELETE FROM jobs WHERE {owner}", parameters)
            return _present(counts)

        deleted = await self._writer.write(work)
        await scrub(self._writer)  # also where nothing was deleted: an earlier call may have got no further than this
        return deleted

    async def remaining(self, installation: InstallationId, repository: RepositoryId | None = None) -> dict[str, int]:
        owner, parameters = _owner(installation, repository)
        rows = await self._reader.all(_COUNT.format(owner=owner), (*parameters, *parameters))
        return _present(dict(rows))


def _run(connection: sqlite3.Connection, sql: str, parameters: tuple[Any, ...]) -> None:
    connection.execute(sql, parameters)


def _owner(installation: InstallationId, repository: RepositoryId | None) -> tuple[str, tuple[int, ...]]:
    if repository is None:
        return "installation = ?", (installation,)
    return "installation = ? AND repository = ?", (installation, repository)


def _present(counts: dict[str, int]) -> dict[str, int]:
    return {table: count for table, count in counts.items() if count}


def _record(row: tuple[Any, ...]) -> Record:
    kind, id, installation, repository, body = row
    return Record(Table(kind), id, InstallationId(installation), RepositoryId(repository), body)
