"""After an erasure, the bytes are in none of the files: searched for, not assumed."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.errors import Retryable
from bot.model import InstallationId, RepositoryId
from bot.vault.stores.sqlite import SqliteStores, open_store
from bot.vault.stores.sqlite.files import connect
from bot.vault.stores.sqlite.schema import DATA, open_file
from bot.vault.stores.sqlite.scrub import scrub
from bot.vault.stores.sqlite.writer import Writer
from tests.contracts.support import accepted, delivery, record, until

SIZES = (0, 60, 700, 4000, 30_000)  # many to a page, one to a page, over several pages


@dataclass
class Canary:
    """A mark of which every copy is findable. `mark` is not put together until it is written."""

    half: bytes = b""

    def __post_init__(self) -> None:
        self.half = os.urandom(8).hex().encode()

    @property
    def mark(self) -> bytes:
        return b"CANARY-" + self.half

    def body(self, size: int) -> bytes:
        return self.mark + os.urandom(size) + self.mark

    def found(self, directory: Path) -> dict[str, int]:
        counts = {path.name: path.read_bytes().count(self.mark) for path in directory.iterdir()}
        return {name: count for name, count in counts.items() if count}


@pytest.fixture
def canary() -> Canary:
    return Canary()


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir(mode=0o700)
    return tmp_path / "data"


async def fill(stores: SqliteStores, canary: Canary) -> None:
    """Records and jobs of installation 1 (marked) between those of installation 2 (not marked), some rewritten."""
    for number in range(60):
        size = SIZES[number % len(SIZES)]
        await stores.store.put(record(f"marked {number}", repository=number % 3, body=canary.body(size)))
        await stores.store.put(record(f"plain {number}", installation=2, body=os.urandom(size)))
        await accepted(stores.inbox, delivery(f"marked {number}", repository=number % 3, body=canary.body(size)))
        await accepted(stores.inbox, delivery(f"plain {number}", installation=2, body=os.urandom(size)))
        if number % 4 == 0:
            await stores.store.put(record(f"marked {number}", repository=number % 3, body=canary.body(size // 2)))


async def test_nothing_of_an_erased_installation_is_in_the_files(directory: Path, canary: Canary):
    async with open_store(directory) as stores:
        await fill(stores, canary)
        assert canary.found(directory)
        await stores.store.erase(InstallationId(1))
        assert canary.found(directory) == {}
        assert await stores.store.remaining(InstallationId(2)) == {"result": 60, "job": 60}
    assert canary.found(directory) == {}


async def test_nothing_of_an_erased_repository_is_in_the_files(directory: Path, canary: Canary):
    async with open_store(directory) as stores:
        await fill(stores, Canary())
        for size in SIZES:
            await stores.store.put(record(str(size), repository=7, body=canary.body(size)))
        assert canary.found(directory)
        await stores.store.erase(InstallationId(1), RepositoryId(7))
        assert canary.found(directory) == {}


async def test_nothing_of_a_destroyed_key_is_in_the_files(directory: Path, canary: Canary):
    async with open_store(directory) as stores:
        for number in range(200):
            await stores.keys.put(f"i/{number % 20}/r/{number}", canary.body(60) if number % 20 == 3 else bytes(92))
        assert set(canary.found(directory)) <= {"keys.db", "keys.db-wal"} != set()
        assert await stores.keys.destroy("i/3") == 10
        assert canary.found(directory) == {}


async def test_the_search_finds_what_plain_sqlite_leaves_behind(directory: Path, canary: Canary):
    with closing(open_file(directory / "data.db", DATA)) as connection:
        connection.execute("PRAGMA secure_delete=OFF").fetchall()
        for number in range(60):
            row = ("result", str(number), 1, 1, canary.body(SIZES[number % len(SIZES)]))
            connection.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?)", row)
        connection.execute("DELETE FROM records")
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() == (0, 0, 0)
        assert canary.found(directory)["data.db"] > 30


async def test_erasing_waits_until_no_connection_reads_the_old_state(directory: Path, canary: Canary):
    async with open_store(directory) as stores:
        await stores.store.put(record("a", body=canary.body(100)))
        with closing(reader_of(directory)) as reader:
            reader.execute("BEGIN").fetchall()
            assert reader.execute("SELECT count(*) FROM records").fetchone() == (1,)
            erasing = asyncio.create_task(stores.store.erase(InstallationId(1)))
            await until(lambda: nothing_remains(stores))
            assert not erasing.done()
            assert canary.found(directory)
        assert await erasing == {"result": 1}
        assert canary.found(directory) == {}


async def test_scrubbing_says_so_where_a_connection_never_stops_reading(directory: Path):
    writer = Writer(open_file(directory / "data.db", DATA))
    try:
        with closing(reader_of(directory)) as reader:
            reader.execute("BEGIN").fetchall()
            reader.execute("SELECT count(*) FROM records").fetchall()
            await writer.write(lambda connection: connection.execute("INSERT INTO seen VALUES ('x', 0)").rowcount)
            with pytest.raises(Retryable, match="still in the log"):
                await scrub(writer, attempts=2)
        await scrub(writer, attempts=2)
    finally:
        await writer.aclose()


async def test_erasing_goes_on_beside_a_hundred_writers(directory: Path, canary: Canary):
    async with open_store(directory) as stores:
        await fill(stores, canary)
        writes = [stores.store.put(record(str(n), installation=2, body=os.urandom(500))) for n in range(100)]
        await asyncio.gather(stores.store.erase(InstallationId(1)), *writes)
        assert canary.found(directory) == {}


def reader_of(directory: Path) -> sqlite3.Connection:
    return connect(directory / "data.db", read_only=True)


async def nothing_remains(stores: SqliteStores) -> bool:
    return not await stores.store.remaining(InstallationId(1))
