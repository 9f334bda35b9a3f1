"""What the worst files that are accepted cost a locked child: `python -m tests.bench.bench_hostile [LANGUAGE...]`.

Every shape of tests/analysis/hostile.py in the largest size; the child parses, walks, and looks for all it knows.
Goals: no child dies, none is slower than the parse's deadline and as much again, none takes more than 600 MiB. Without
arguments: Python, JavaScript, Java and Go. With `size=BYTES` first: of another size.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from time import perf_counter

from bot.analysis.engine import AnalysisLimits
from bot.analysis.intake import reason_to_leave_out
from bot.analysis.languages import LANGUAGES
from bot.analysis.model import NOT_ANALYSED
from bot.analysis.sandbox import Child, ChildDied
from tests.analysis.hostile import SHAPES

LARGEST = 600  # MiB
WORST = 8  # that are shown for each language


def peak(pid: int) -> float:
    """MiB of memory that the process has had at most."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


async def one(language: str, data: bytes, limits: AnalysisLimits) -> tuple[float, float, str]:
    """Seconds, MiB, and what is said of the file, from a fresh child."""
    async with Child(limits) as child:
        start = perf_counter()
        try:
            note = (await child.measure(language, data)).note
        except ChildDied:
            return perf_counter() - start, 0.0, "THE CHILD DIED"
        return perf_counter() - start, peak(child._pid), note


async def look(language: str, size: int, limits: AnalysisLimits) -> bool:
    path = f"a{LANGUAGES[language].suffixes[0]}"
    found, out = [], 0
    for name, make in SHAPES.items():
        data = make(size)[: limits.file_bytes]
        if reason_to_leave_out(path, data, limits):
            out += 1
        else:
            found.append((*await one(language, data, limits), name))
    died = [entry for entry in found if entry[2] == "THE CHILD DIED"]
    late = sum(entry[2] == NOT_ANALYSED for entry in found) - len(died)
    most = max(entry[1] for entry in found)
    print(
        f"{language}: {len(found)} shapes of {size:,} bytes; {len(died)} deaths, {late} out of time, {out} left out at"
        f" the door; slowest {max(found)[0]:.1f} s, at most {most:.0f} MiB"
    )
    for seconds, memory, note, name in sorted(found, reverse=True)[:WORST]:
        print(f"    {name:20} {seconds:6.2f} s {memory:6.0f} MiB  {note}")
    for _, memory, note, name in sorted(found, key=lambda entry: -entry[1])[:3]:
        print(f"    most memory: {name:20} {memory:6.0f} MiB  {note}")
    sys.stdout.flush()
    return not died and most <= LARGEST


async def main(arguments: list[str]) -> int:
    limits = AnalysisLimits()
    size = limits.file_bytes
    if arguments and arguments[0].startswith("size="):
        size = int(arguments.pop(0).removeprefix("size="))
    good = [await look(name, size, limits) for name in arguments or ("python", "javascript", "java", "go")]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
