"""The process dies in the middle of jobs: none is lost, and one that always kills it ends in the dead letter."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import Counter
from pathlib import Path

from bot.model import Job
from bot.vault.stores.sqlite import open_store
from tests.contracts.support import accepted, delivery

JOBS = 600


def command(directory: Path, max_tries: int) -> list[str]:
    return [sys.executable, "-m", "tests.queue.embedded.crash_worker", str(directory), str(max_tries)]


async def fill(directory: Path, bodies: dict[str, bytes]) -> None:
    async with open_store(directory) as stores:
        for id, body in bodies.items():
            await accepted(stores.inbox, delivery(id, installation=len(id), body=body))


async def left(directory: Path) -> tuple[list[Job], list[Job]]:
    async with open_store(directory) as stores:
        return await stores.inbox.pending(1e12), await stores.inbox.dead()


def work_and_kill(directory: Path, after: int) -> list[str]:
    with subprocess.Popen(command(directory, 100), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(after)]
        process.kill()
        return [*lines, *process.stdout]


def work_to_the_end(directory: Path, max_tries: int = 100) -> tuple[int, list[str]]:
    done = subprocess.run(command(directory, max_tries), stdout=subprocess.PIPE, text=True, timeout=100)
    return done.returncode, done.stdout.splitlines()


def test_no_job_is_lost_when_the_process_is_killed_in_the_middle(tmp_path: Path):
    directory = tmp_path / "data"
    asyncio.run(fill(directory, {f"job{number}": b"sealed" for number in range(JOBS)}))
    begun: list[str] = []
    for after in (1, 50, 100, 150):
        begun += [line.strip() for line in work_and_kill(directory, after)]
    code, lines = work_to_the_end(directory)
    times = Counter(begun + lines)
    assert (code, asyncio.run(left(directory))) == (0, ([], []))
    assert set(times) == {f"begin job{number}" for number in range(JOBS)}
    assert sum(count - 1 for count in times.values()) <= 4 * 16  # only those that were in a slot at a kill run again


def test_a_job_that_ends_the_process_reaches_the_dead_letter_after_its_attempts(tmp_path: Path):
    directory = tmp_path / "data"
    asyncio.run(fill(directory, {"poison": b"poison"}))
    outcomes = [work_to_the_end(directory, max_tries=3) for _ in range(4)]
    assert outcomes == [(3, ["begin poison"])] * 3 + [(0, ["give-up poison"])]
    pending, (dead,) = asyncio.run(left(directory))
    assert (pending, dead.delivery, dead.reason) == ([], "poison", "the process ended during each attempt")
