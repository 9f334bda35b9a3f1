"""The writer thread: shared commits, failures that stay with their cause, and an end that loses nothing."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import Retryable
from bot.vault.stores.sqlite.files import connect
from bot.vault.stores.sqlite.writer import Writer


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    connection = connect(tmp_path / "data.db")
    connection.execute("CREATE TABLE numbers(number INTEGER PRIMARY KEY)")
    connection.execute("CREATE TABLE owners(id INTEGER PRIMARY KEY)")
    connection.execute(
        "CREATE TABLE owned(owner INTEGER REFERENCES owners(id) DEFERRABLE INITIALLY DEFERRED, body BLOB)"
    )
    return connection


@pytest.fixture
async def writer(connection: sqlite3.Connection) -> AsyncIterator[Writer]:
    writer = Writer(connection)
    yield writer
    await writer.aclose()


def insert(number: int):
    def work(connection: sqlite3.Connection) -> int:
        return connection.execute("INSERT INTO numbers VALUES (?)", (number,)).rowcount

    return work


def numbers(connection: sqlite3.Connection) -> list[int]:
    return [row[0] for row in connection.execute("SELECT number FROM numbers ORDER BY number").fetchall()]


class Pause:
    """Holds the writer thread, so that what is asked meanwhile is one batch."""

    def __init__(self, writer: Writer) -> None:
        self._let_go = threading.Event()
        self._future = writer.alone(lambda _: self._let_go.wait(60))

    async def end(self) -> None:
        self._let_go.set()
        await self._future


async def test_what_is_asked_during_one_commit_shares_the_next(connection: sqlite3.Connection, writer: Writer):
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    pause = Pause(writer)
    asked = [writer.write(insert(number)) for number in range(100)]
    await pause.end()
    await asyncio.gather(*asked)
    assert statements.count("COMMIT") == 1


async def test_work_that_fails_half_way_leaves_no_trace_and_its_batch_is_kept(writer: Writer):
    def half(connection: sqlite3.Connection) -> None:
        insert(1000)(connection)
        raise ValueError

    pause = Pause(writer)
    asked = [writer.write(insert(1)), writer.write(half), writer.write(insert(1)), writer.write(insert(2))]
    await pause.end()
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(answer) for answer in answers] == [int, ValueError, Retryable, int]
    assert await writer.write(numbers) == [1, 2]


async def test_a_commit_that_fails_fails_all_that_shared_it(writer: Writer):
    def orphan(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO owned VALUES (77, x'00')")  # the missing owner shows at COMMIT only

    pause = Pause(writer)
    asked = [writer.write(insert(1)), writer.write(orphan), writer.write(insert(2))]
    await pause.end()
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(answer) for answer in answers] == [Retryable] * 3
    assert await writer.write(numbers) == []
    await writer.write(insert(3))


async def test_a_full_disk_is_an_error_for_those_it_hits_and_never_an_acknowledgement(
    connection: sqlite3.Connection, writer: Writer
):
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages + 20}").fetchall()

    def fill(connection: sqlite3.Connection) -> int:
        return connection.execute("INSERT INTO owned VALUES (NULL, zeroblob(8000))").rowcount

    answers = await asyncio.gather(*(writer.write(fill) for _ in range(50)), return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, Retryable)]
    assert refused
    assert "SQLITE_FULL" in str(refused[0])
    kept = await writer.write(lambda connection: connection.execute("SELECT count(*) FROM owned").fetchone()[0])
    assert kept == answers.count(1) == 50 - len(refused)


async def test_a_caller_that_was_cancelled_disturbs_nobody(writer: Writer):
    pause = Pause(writer)
    asked = [writer.write(insert(number)) for number in range(10)]
    asked[3].cancel()
    await pause.end()
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(answer) for answer in answers if answer != 1] == [asyncio.CancelledError]


async def test_work_alone_runs_in_order_and_outside_of_a_transaction(writer: Writer):
    pause, order = Pause(writer), []
    before = writer.write(lambda connection: order.append(("before", connection.in_transaction)))
    alone = writer.alone(lambda connection: order.append(("alone", connection.in_transaction)))
    after = writer.write(lambda connection: order.append(("after", connection.in_transaction)))
    await pause.end()
    await asyncio.gather(before, alone, after)
    assert order == [("before", True), ("alone", False), ("after", True)]


async def test_work_alone_that_fails_tells_its_caller(writer: Writer):
    with pytest.raises(Retryable, match="SQLITE_ERROR"):
        await writer.alone(lambda connection: connection.execute("SELECT 1 FROM nothing"))
    await writer.write(insert(1))


async def test_what_was_asked_before_the_end_is_done_and_what_comes_after_is_refused(connection: sqlite3.Connection):
    writer = Writer(connection)
    asked = [writer.write(insert(number)) for number in range(1000)]
    await writer.aclose()
    assert await asyncio.gather(*asked) == [1] * 1000
    with pytest.raises(Retryable, match="closed"):
        writer.write(insert(1))
    await writer.aclose()


async def test_a_caller_whose_loop_is_gone_does_not_stop_the_writer(writer: Writer):
    pause = Pause(writer)

    async def ask() -> None:
        writer.write(insert(1))

    await asyncio.to_thread(asyncio.run, ask())
    await pause.end()
    await writer.write(insert(2))
    assert await writer.write(numbers) == [1, 2]
