"""Killed with -9 in the middle of writing: nothing that was acknowledged is lost."""

from __future__ import annotations

import asyncio
import math
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.vault.stores.sqlite import open_store
from tests.vault.stores.crash_writer import body_of

KILLS = 20


def run_and_kill(directory: Path, prefix: str, mode: str, after: int) -> set[str]:
    """The ids that a writer acknowledged, killed when it had said `after` of them."""
    argv = [sys.executable, "-m", "tests.vault.stores.crash_writer", str(directory), prefix, mode]
    with subprocess.Popen(argv, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        acknowledged = b"".join(process.stdout.readline() for _ in range(after))
        process.kill()
        acknowledged += process.stdout.read()
    return {line.decode() for line in acknowledged.split(b"\n")[:-1]}  # the last piece is cut off, or empty


async def bodies(directory: Path) -> dict[str, bytes]:
    async with open_store(directory) as stores:
        jobs = await stores.inbox.pending(math.inf)
        started = await asyncio.gather(*(stores.inbox.start(job.seq, 0.0) for job in jobs))
    return {job.delivery: body for job, body in filter(None, started)}


def integrity(file: Path) -> str:
    connection = sqlite3.connect(file)
    try:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    finally:
        connection.close()


async def test_no_acknowledged_delivery_is_lost_in_twenty_kills(tmp_path: Path):
    directory, dice, acknowledged = tmp_path / "data", random.Random(20), set[str]()
    for number in range(KILLS):
        acknowledged |= run_and_kill(directory, f"run{number}", "durable", dice.randint(1, 400))
        assert integrity(directory / "data.db") == "ok"
    assert len(acknowledged) > 2000
    kept = await bodies(directory)
    assert acknowledged - set(kept) == set()
    assert [id for id, body in kept.items() if body != body_of(id)] == []


async def test_the_harness_sees_the_loss_when_deliveries_are_acknowledged_before_the_commit(tmp_path: Path):
    directory, acknowledged = tmp_path / "data", set[str]()
    for number in range(4):
        acknowledged |= run_and_kill(directory, f"run{number}", "early", 100)
    assert acknowledged - set(await bodies(directory))


def test_the_lock_of_a_killed_process_is_free_at_once(tmp_path: Path):
    argv = [sys.executable, "-m", "tests.vault.stores.crash_writer", str(tmp_path / "data"), "run", "durable"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(ConfigError, match=rf"in use by process {process.pid}\. Stop that process"):
            open_store(tmp_path / "data")
        process.kill()
    assert asyncio.run(bodies(tmp_path / "data"))
