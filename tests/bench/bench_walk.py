"""What each part of a child's work costs, as a multiple of the raw parse: `python -m tests.bench.bench_walk`.

Ratios of CPU time within one run; for all parts together the goal is at most 2.0 in Python and 2.5 in JavaScript, Java
and Go. Python is measured on the running interpreter's own library, the other languages on what of them is installed
on this machine, else on the samples, repeated (which are far denser than source is). Arguments: languages to measure,
and folders to look into instead.
"""

from __future__ import annotations

import gc
import sys
import sysconfig
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

from bot.analysis import languages
from bot.analysis.duplication.tokens import Tokeniser
from bot.analysis.language import Language
from bot.analysis.languages import LANGUAGES, SUFFIXES
from bot.analysis.measure import Measurer
from bot.analysis.metrics import Walker
from bot.analysis.secrets.scanner import Scanner
from bot.analysis.syntax import Syntax
from bot.analysis.tables import Tables

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


Action = Callable[[bytes], object]


class Parts:
    """The parts of the work on one language's files, each alone or with what must precede it."""

    def __init__(self, language: Language) -> None:
        self._syntax = Syntax(*language.grammar)
        tables = Tables(language, self._syntax)
        self._walker = Walker(tables)
        self._tokeniser = Tokeniser(tables.keywords, language.imports)
        self._bare, self._full = Measurer(language, ()), Measurer(language)
        self._scanner = Scanner(b"")

    def actions(self) -> dict[str, Action]:
        return {
            "parse": lambda data: self._syntax.parse(data, 60.0),
            "walk": lambda data: self._walker.walk(self._syntax.parse(data, 60.0), data),
            # of the file just walked
            "tokens": lambda data: self._tokeniser.tokenise(data, self._walker.comments, self._walker.literals),
            "bare": lambda data: self._bare.measure(data, 60.0),
            "full": lambda data: self._full.measure(data, 60.0),
            "secrets": self._scanner.scan,
        }


def best(actions: Sequence[Action], files: Sequence[bytes]) -> list[float]:
    """Seconds per action: each file's best of some rounds, summed. Actions take turns, so that a busy moment of the
    machine strikes both sides of a ratio."""
    totals = [0.0] * len(actions)
    for data in files:
        times = [[once(action, data) for action in actions] for _ in range(ROUNDS)]
        totals = [total + min(column) for total, column in zip(totals, zip(*times, strict=True), strict=True)]
    return totals


def once(action: Action, data: bytes) -> float:
    start = process_time()
    action(data)
    return process_time() - start


def line(name: str, files: Sequence[bytes]) -> str:
    """The ratios of one language."""
    actions = Parts(LANGUAGES[name]).actions()
    best(list(actions.values()), files[:1])  # tables that are made at their first use
    seconds = dict(zip(actions, best(list(actions.values()), files), strict=True))
    raw = seconds["parse"]
    parts = {
        "walk": seconds["walk"] - raw,
        "tokens": seconds["tokens"],
        "lines and rows": seconds["bare"] - seconds["walk"] - seconds["tokens"],
        "rules": seconds["full"] - seconds["bare"],
        "secrets": seconds["secrets"],
    }
    whole = (seconds["full"] + seconds["secrets"]) / raw
    size = sum(map(len, files)) / 1e6
    told = ", ".join(f"{part} {cost / raw:.2f}" for part, cost in parts.items())
    return f"{size:4.1f} MB at {size / raw:5.1f} MB/s; parse 1, {told}: {whole:.2f} parses"


def main(arguments: list[str]) -> None:
    gc.disable()  # as the child does, and for both sides
    folders = [Path(argument) for argument in arguments if argument not in LANGUAGES]
    for name in [argument for argument in arguments if argument in LANGUAGES] or LANGUAGES:
        source, files = corpus(name, folders or ROOTS)
        print(f"{name:11} {source:9} {line(name, files)}")


if __name__ == "__main__":
    main(sys.argv[1:])
