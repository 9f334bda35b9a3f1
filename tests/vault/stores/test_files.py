"""Who may read the files, and what is refused at the door."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import ConfigError, Retryable
from bot.model import Table
from bot.vault.stores.sqlite import open_store
from bot.vault.stores.sqlite.files import connect
from bot.vault.stores.sqlite.schema import DATA, open_file
from tests.contracts.support import accepted, delivery, record


async def test_the_directory_and_its_files_are_for_the_owner_alone(tmp_path: Path):
    async with open_store(tmp_path / "new" / "data") as stores:
        await stores.store.put(record("a"))
        await stores.keys.put("a", b"wrapped")
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "new" / "data").iterdir()}
    assert (tmp_path / "new" / "data").stat().st_mode & 0o777 == 0o700
    names = {"lock"} | {f"{name}.db{part}" for name in ("data", "keys") for part in ("", "-wal", "-shm")}
    assert modes == dict.fromkeys(names, 0o600)


def test_a_directory_that_others_may_enter_is_refused_with_the_cure(tmp_path: Path):
    (tmp_path / "data").mkdir(mode=0o755)
    with pytest.raises(ConfigError, match=f"Run: chmod 700 {tmp_path / 'data'}"):
        open_store(tmp_path / "data")


def test_a_path_that_is_no_directory_is_refused(tmp_path: Path):
    (tmp_path / "data").write_text("")
    with pytest.raises(ConfigError, match="cannot be made"):
        open_store(tmp_path / "data")


async def test_a_shared_opening_works_beside_the_first_and_leaves_its_leases(tmp_path: Path):
    async with open_store(tmp_path / "data") as first:
        leased = await accepted(first.inbox, delivery("leased"))
        dead = await accepted(first.inbox, delivery("dead"))
        await first.inbox.start(leased.seq, 1e12)
        await first.inbox.bury(dead.seq, "reason")
        async with open_store(tmp_path / "data", shared=True) as second:
            assert await second.inbox.revive(dead.seq) == dead
        assert await first.inbox.pending(1e11) == [dead]


async def test_a_second_opening_is_refused_until_the_first_is_closed(tmp_path: Path):
    async with open_store(tmp_path / "data"):
        with pytest.raises(ConfigError, match="in use by process"):
            open_store(tmp_path / "data")
    await open_store(tmp_path / "data").aclose()


def test_a_newer_format_is_refused_and_left_as_it_is(tmp_path: Path):
    with closing(open_file(tmp_path / "data.db", DATA)) as connection:
        connection.execute("PRAGMA user_version=99")
    tmp_path.chmod(0o700)
    with pytest.raises(ConfigError, match="format 99, this Sealbeat knows up to 1"):
        open_store(tmp_path)
    with closing(connect(tmp_path / "data.db")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (99,)


def test_a_refusal_leaves_the_directory_unlocked(tmp_path: Path):
    tmp_path.chmod(0o700)
    (tmp_path / "data.db").write_bytes(b"not a database" * 1000)
    for _ in range(2):
        with pytest.raises(ConfigError, match=r"does not open \(file is not a database\)"):
            open_store(tmp_path)


def test_every_statement_of_a_version_is_applied_or_none(tmp_path: Path):
    broken = ("CREATE TABLE a(x)", "CREATE TABLE a(x)")
    with pytest.raises(ConfigError, match="does not open"):
        open_file(tmp_path / "data.db", (("CREATE TABLE first(x)",), broken))
    with closing(sqlite3.connect(tmp_path / "data.db")) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("first",)]
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


async def test_the_promised_pragmas_are_in_force(tmp_path: Path):
    names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "wal_autocheckpoint", "busy_timeout")
    with closing(connect(tmp_path / "data.db")) as connection:
        values = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]
    assert values == ["wal", 2, 1, 1, 1000, 10_000]


async def test_a_closed_store_refuses_to_read_and_write(tmp_path: Path):
    stores = open_store(tmp_path / "data")
    await stores.aclose()
    await stores.aclose()
    for call in (
        stores.store.put(record("a")),
        stores.store.get(Table.RESULT, "a"),
        stores.store.find(Table.RESULT),
        stores.keys.get("a"),
    ):
        with pytest.raises(Retryable):
            await call


async def test_a_read_only_connection_cannot_write(tmp_path: Path):
    open_file(tmp_path / "data.db", DATA).close()
    with closing(connect(tmp_path / "data.db", read_only=True)) as reader, pytest.raises(sqlite3.OperationalError):
        reader.execute("INSERT INTO seen VALUES ('x', 0)")
