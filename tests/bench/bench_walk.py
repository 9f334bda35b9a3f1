"""How long parse and walk take, as a multiple of the raw parse: `python -m tests.bench.bench_walk`.

Ratios of CPU time within one run; the goal is at most 2.0. Python is measured on the running interpreter's own library,
the other languages on what of them is installed on this machine, else on the samples, repeated.
"""

from __future__ import annotations

import gc
import sys
import sysconfig
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import process_time

from bot.analysis.languages import LANGUAGES, SUFFIXES
from bot.analysis.measure import Measurer
from bot.analysis.syntax import Syntax

SAMPLES = Path(__file__).parents[1] / "analysis" / "samples"
ROOTS = (Path(sysconfig.get_path("stdlib")), Path(sysconfig.get_path("purelib")), Path("/usr/lib"), Path("/usr/share"))
BYTES = 3_000_000
ROUNDS = 3


def corpus(language: str) -> tuple[str, list[bytes]]:
    suffixes = [suffix for suffix, name in SUFFIXES.items() if name == language]
    found: list[bytes] = []
    size = 0
    for root in ROOTS:
        for path in sorted(path for suffix in suffixes for path in root.rglob(f"*{suffix}")):
            if size >= BYTES:
                return "installed", found
            data = path.read_bytes() if path.is_file() else b""
            if 2_000 < len(data) < 300_000:
                found.append(data)
                size += len(data)
    if size > BYTES // 10:
        return "installed", found
    samples = [path.read_bytes() for suffix in suffixes for path in sorted(SAMPLES.rglob(f"*{suffix}"))]
    whole = b"\n".join(samples)
    return "samples", [whole * (30_000 // max(1, len(whole)) + 1)] * 20


def best(action: Callable[[], object]) -> float:
    def once() -> float:
        start = process_time()
        action()
        return process_time() - start

    return min(once() for _ in range(ROUNDS))


def each(action: Callable[[bytes, float], object], files: list[bytes]) -> None:
    for data in files:
        action(data, 60.0)


def main(names: list[str]) -> None:
    gc.disable()  # as the child does, and for both sides
    for name in names or LANGUAGES:
        source, files = corpus(name)
        syntax = Syntax(*LANGUAGES[name].grammar)
        measurer = Measurer(LANGUAGES[name])
        raw = best(partial(each, syntax.parse, files))
        full = best(partial(each, measurer.measure, files))
        size = sum(map(len, files)) / 1e6
        print(
            f"{name:11} {source:9} {size:5.1f} MB  parse {size / raw:5.1f} MB/s  (parse + walk) / parse {full / raw:.2f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
