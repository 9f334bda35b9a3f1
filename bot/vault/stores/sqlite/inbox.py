"""The durable truth of what is still to do."""

# ruff: noqa: S608 - what is formatted into SQL are columns and states written in this file; values are bound
from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from typing import Any

from bot.model import Delivery, InstallationId, Job, RepositoryId
from bot.vault.stores.sqlite.reader import Reader
from bot.vault.stores.sqlite.schema import DEAD, LEASED, PENDING
from bot.vault.stores.sqlite.writer import Writer

_JOB = "seq, delivery, name, installation, repository, key, coalesce, tries, due, reason"
_KNOW = "INSERT INTO seen(delivery, at) VALUES (?, ?) ON CONFLICT DO NOTHING"
_ADD = "INSERT INTO jobs(delivery, name, installation, repository, key, coalesce, body) VALUES (?, ?, ?, ?, ?, ?, ?)"
_REVIVE = f"UPDATE jobs SET state = {PENDING}, tries = 0, due = 0, reason = ''"
_START = f"UPDATE jobs SET state = {LEASED}, tries = tries + 1, due = ? WHERE seq = ? AND state < {DEAD}"
_POSTPONE = f"UPDATE jobs SET state = {PENDING}, tries = max(tries - ?, 0), due = ? WHERE seq = ? AND state < {DEAD}"
_BURY = f"UPDATE jobs SET state = {DEAD}, reason = ? WHERE seq = ?"


class SqliteInbox:
    """bot.ports.Inbox."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader

    async def accept(self, delivery: Delivery) -> Job | None:
        return await self._writer.write(lambda connection: _accept(connection, delivery))

    async def pending(self, before: float) -> list[Job]:
        # In the writer, so that the answer is in order with the starts and settlements that were asked before it.
        return await self._writer.write(
            lambda connection: _jobs(
                connection, f"SELECT {_JOB} FROM jobs WHERE state < {DEAD} AND due < ? ORDER BY seq", (before,)
            )
        )

    async def start(self, seq: int, until: float) -> tuple[Job, bytes] | None:
        def work(connection: sqlite3.Connection) -> tuple[Job, bytes] | None:
            rows = connection.execute(f"{_START} RETURNING {_JOB}, body", (until, seq)).fetchall()
            return (_job(rows[0][:-1]), rows[0][-1]) if rows else None

        return await self._writer.write(work)

    async def settle(self, seqs: Iterable[int]) -> None:
        gone = [(seq,) for seq in seqs]
        await self._writer.write(lambda connection: _many(connection, "DELETE FROM jobs WHERE seq = ?", gone))

    async def postpone(self, seq: int, due: float, *, counts: bool) -> None:
        await self._writer.write(lambda connection: _many(connection, _POSTPONE, [(0 if counts else 1, due, seq)]))

    async def bury(self, seq: int, reason: str) -> None:
        await self._writer.write(lambda connection: _many(connection, _BURY, [(reason, seq)]))

    async def dead(self) -> list[Job]:
        rows = await self._reader.all(f"SELECT {_JOB} FROM jobs WHERE state = {DEAD} ORDER BY seq")
        return [_job(row) for row in rows]

    async def revive(self, seq: int) -> Job | None:
        sql = f"{_REVIVE} WHERE seq = ? AND state = {DEAD} RETURNING {_JOB}"
        jobs = await self._writer.write(lambda connection: _jobs(connection, sql, (seq,)))
        return jobs[0] if jobs else None


def end_leases(connection: sqlite3.Connection) -> None:
    """Whoever opens the file is alone with it: jobs that an earlier process had started are due at once, the attempt
    counted."""
    connection.execute(f"UPDATE jobs SET state = {PENDING}, due = 0 WHERE state = {LEASED}")


def _accept(connection: sqlite3.Connection, delivery: Delivery) -> Job | None:
    if not connection.execute(_KNOW, (delivery.id, time.time())).rowcount:
        sql = f"{_REVIVE} WHERE delivery = ? AND state = {DEAD} RETURNING {_JOB}"
        revived = _jobs(connection, sql, (delivery.id,))
        return revived[0] if revived else None
    values = (delivery.id, delivery.name, delivery.installation, delivery.repository, delivery.key, delivery.coalesce)
    seq = connection.execute(_ADD, (*values, delivery.body())).lastrowid
    assert seq is not None
    return Job(seq, *values)


def _many(connection: sqlite3.Connection, sql: str, rows: list[tuple[Any, ...]]) -> None:
    connection.executemany(sql, rows)


def _jobs(connection: sqlite3.Connection, sql: str, parameters: tuple[Any, ...]) -> list[Job]:
    return [_job(row) for row in connection.execute(sql, parameters).fetchall()]


def _job(row: tuple[Any, ...]) -> Job:
    seq, delivery, name, installation, repository, key, coalesce, tries, due, reason = row
    return Job(
        seq,
        delivery,
        name,
        InstallationId(installation),
        RepositoryId(repository),
        key,
        bool(coalesce),
        tries,
        due,
        reason,
    )
