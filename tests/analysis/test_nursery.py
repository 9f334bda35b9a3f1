"""The nursery: children come from it in no time, and nothing outlives whoever wanted them."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from bot.analysis.cradle import CRADLE
from bot.analysis.engine import AnalysisLimits, measure
from bot.analysis.model import NOT_ANALYSED, SourceFile
from bot.analysis.sandbox import Child

SMALL = SourceFile("a.py", "0" * 40, b"def f(a):\n    return a\n")
FOR_EVER = """
import asyncio
from bot.analysis.cradle import CRADLE
from bot.analysis.engine import AnalysisLimits
from bot.analysis.sandbox import Child

async def main():
    async with Child(AnalysisLimits()):
        print(CRADLE.pid, flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


def parent_of(pid: int) -> int:
    """0 where there is no such process any more, or only what is left of one."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return 0
    return 0 if state == "Z" else int(parent)


def offspring(pid: int) -> list[int]:
    running = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return [child for child in running if parent_of(child) == pid]


async def gone(pid: int) -> bool:
    for _ in range(500):
        if not parent_of(pid):
            return True
        await asyncio.sleep(0.01)
    return False


async def test_children_of_one_process_come_from_one_nursery():
    async with Child(AnalysisLimits()):
        first = CRADLE.pid
        assert first is not None
        async with Child(AnalysisLimits()):
            assert CRADLE.pid == first
            assert len(offspring(first)) == 2
    assert offspring(first) == []


async def test_after_the_nursery_was_killed_the_next_analysis_has_a_new_one():
    await measure([SMALL])
    old = CRADLE.pid
    assert old is not None
    os.kill(old, signal.SIGKILL)
    assert await gone(old)
    for _ in range(2):  # the first to notice is told to try again later
        try:
            [measured], _ = await measure([SMALL])
            break
        except Exception as error:
            assert type(error).__name__ == "Retryable"
    assert measured.measurement.rows
    assert CRADLE.pid != old


async def test_a_nursery_killed_at_work_costs_the_file_at_hand():
    await measure([SMALL])
    work = asyncio.create_task(measure([SourceFile("long.py", "0" * 40, SMALL.data * 40_000)]))
    nursery = CRADLE.pid
    assert nursery is not None
    children: list[int] = []
    for _ in range(500):
        children = children or offspring(nursery)
        await asyncio.sleep(0.001)
    assert children
    os.kill(nursery, signal.SIGKILL)
    [measured], _ = await work
    assert measured.measurement.note == NOT_ANALYSED
    assert [await gone(child) for child in children] == [True] * len(children)


async def test_nothing_outlives_a_bot_that_was_killed():
    bot = await asyncio.create_subprocess_exec(sys.executable, "-c", FOR_EVER, stdout=asyncio.subprocess.PIPE)
    assert bot.stdout is not None
    nursery = int(await bot.stdout.readline())
    children = offspring(nursery)
    assert len(children) == 1
    bot.kill()
    await bot.wait()
    assert await gone(nursery)
    assert await gone(children[0])
