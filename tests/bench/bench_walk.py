"""How long parse and walk take, as a multiple of the raw parse: `python -m tests.bench.bench_walk`.

Ratios of CPU time within one run; the goal is at most 2.0. Python is measured on the running interpreter's own library,
the other languages on what of them is installed on this machine, else on the samples, repeated (which are far denser
than source is). Arguments: languages to measure, and folders to look into instead.
"""

from __future__ import annotations

import gc
import sys
import sysconfig
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

from bot.analysis import languages
from bot.analysis.languages import LANGUAGES, SUFFIXES
from bot.analysis.measure import Measurer
from bot.analysis.syntax import Syntax

SAMPLES = Path(languages.__file__).parent
ROOTS = (Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("purelib")), Path("/usr/lib"), Path("/usr/share"))
BYTES = 3_000_000
ROUNDS = 5


def corpus(language: str, roots: Sequence[Path]) -> tuple[str, list[bytes]]:
    suffixes = [suffix for suffix, name in SUFFIXES.items() if name == language]
    found: list[bytes] = []
    size = 0
    for root in roots:
        for path in sorted(path for suffix in suffixes for path in root.rglob(f"*{suffix}")):
            if size >= BYTES:
                return "installed", found
            data = path.read_bytes() if path.is_file() else b""
            if 2_000 < len(data) < 300_000:
                found.append(data)
                size += len(data)
    if size > BYTES // 10:
        return "installed", found
    samples = [path.read_bytes() for suffix in suffixes for path in sorted(SAMPLES.rglob(f"sample{suffix}*"))]
    whole = b"\n".join(samples)
    return "samples", [whole * (30_000 // max(1, len(whole)) + 1)] * 20


def best(actions: Sequence[Callable[[bytes, float], object]], files: list[bytes]) -> list[float]:
    """Seconds per action: each file's best of some rounds, summed. Actions take turns, so that a busy moment of the
    machine strikes both sides of a ratio."""
    totals = [0.0] * len(actions)
    for data in files:
        times = [[once(action, data) for action in actions] for _ in range(ROUNDS)]
        totals = [total + min(column) for total, column in zip(totals, zip(*times, strict=True), strict=True)]
    return totals


def once(action: Callable[[bytes, float], object], data: bytes) -> float:
    start = process_time()
    action(data, 60.0)
    return process_time() - start


def main(arguments: list[str]) -> None:
    gc.disable()  # as the child does, and for both sides
    folders = [Path(argument) for argument in arguments if argument not in LANGUAGES]
    for name in [argument for argument in arguments if argument in LANGUAGES] or LANGUAGES:
        source, files = corpus(name, folders or ROOTS)
        raw, full = best([Syntax(*LANGUAGES[name].grammar).parse, Measurer(LANGUAGES[name]).measure], files)
        size = sum(map(len, files)) / 1e6
        print(f"{name:11} {source:9} {size:4.1f} MB at {size / raw:5.1f} MB/s; parse + walk = {full / raw:.2f} parses")


if __name__ == "__main__":
    main(sys.argv[1:])
