"""The durable truth of what is still to do."""

# ruff: noqa: S608 - what is formatted into SQL are columns and states written in this file; values are bound
from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable
from typing import Any

from bot.model import Delivery, InstallationId, Job, RepositoryId
from bot.vault.stores.sqlite.reader import Reader
from bot.vault.stores.sqlite.schema import DEAD, LEASED, PENDING
from bot.vault.stores.sqlite.writer import OneByOne, Writer

_JOB = "seq, delivery, name, installation, repository, key, coalesce, tries, due, reason"
_KNOW = "INSERT INTO seen(delivery, at) VALUES {rows} ON CONFLICT DO NOTHING"
_ADD = "INSERT INTO jobs(delivery, name, installation, repository, key, coalesce, body) VALUES {rows}"
_SETTLE = "DELETE FROM jobs WHERE seq IN (SELECT value FROM json_each(?))"
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
        return await self._writer.together(_accept, delivery)

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
        gone = (json.dumps(list(seqs)),)
        await self._writer.write(lambda connection: _run(connection, _SETTLE, gone))

    async def postpone(self, seq: int, due: float, *, counts: bool) -> None:
        await self._writer.write(lambda connection: _run(connection, _POSTPONE, (0 if counts else 1, due, seq)))

    async def bury(self, seq: int, reason: str) -> None:
        await self._writer.write(lambda connection: _run(connection, _BURY, (reason, seq)))

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


def _accept(connection: sqlite3.Connection, deliveries: list[Delivery]) -> list[Job | None]:
    """All of a batch. One statement for many rows, since each statement costs this thread the interpreter twice; as
    many rows as a power of two, so that few statements have to be prepared."""
    jobs: list[Job | None] = []
    while rest := len(deliveries) - len(jobs):
        part = deliveries[len(jobs) : len(jobs) + (1 << (rest.bit_length() - 1))]
        jobs += _add(connection, part) if _all_new(connection, part) else [_revive(connection, part)]
    return jobs


def _all_new(connection: sqlite3.Connection, deliveries: list[Delivery]) -> bool:
    sql = _KNOW.format(rows=", ".join(["(?, ?)"] * len(deliveries)))
    now = time.time()
    new = connection.execute(sql, [value for it in deliveries for value in (it.id, now)]).rowcount
    if new != len(deliveries) > 1:
        raise OneByOne
    return bool(new)


def _add(connection: sqlite3.Connection, deliveries: list[Delivery]) -> list[Job | None]:
    rows = [(it.id, it.name, it.installation, it.repository, it.key, it.coalesce) for it in deliveries]
    sql = _ADD.format(rows=", ".join(["(?, ?, ?, ?, ?, ?, ?)"] * len(rows)))
    values = [value for row, it in zip(rows, deliveries, strict=True) for value in (*row, it.body)]
    last = connection.execute(sql, values).lastrowid
    assert last is not None
    # One statement of the only writer: the numbers follow each other, in the order of the rows.
    return [Job(last - len(rows) + 1 + place, *row) for place, row in enumerate(rows)]


def _revive(connection: sqlite3.Connection, deliveries: list[Delivery]) -> Job | None:
    sql = f"{_REVIVE} WHERE delivery = ? AND state = {DEAD} RETURNING {_JOB}"
    revived = _jobs(connection, sql, (deliveries[0].id,))
    return revived[0] if revived else None


def _run(connection: sqlite3.Connection, sql: str, parameters: tuple[Any, ...]) -> None:
    connection.execute(sql, parameters)


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
