"""Metrics, rules, tokens, fingerprints, secrets: `python -m tests.bench.bench_full [LANGUAGE FOLDER]...`.

Ratios of one run. Goals: at most 2.0 x the bare parse for Python and 2.5 x for JavaScript, Java and Go; 4 x faster
than lizard (where that is installed) on Python and 6 x on JavaScript; two children at least 1.6 x as fast as one; a
change of ten files in 5,000, with a warm index, at most 3 % of the whole. Without arguments: Python's own library.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import sysconfig
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha1
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time

import msgspec

from bot.analysis.duplication.index import Index, fingerprints
from bot.analysis.duplication.tokens import unpack
from bot.analysis.engine import AnalysisLimits
from bot.analysis.intake import reason_to_leave_out
from bot.analysis.languages import LANGUAGES, SUFFIXES
from bot.analysis.lines import count_lines
from bot.analysis.measure import Measurer
from bot.analysis.secrets.scanner import Scanner
from bot.analysis.settings.model import PathSettings, RepoSettings
from bot.analysis.survey import Survey
from bot.analysis.syntax import Syntax
from bot.analysis.thresholds import load
from bot.analysis.wire import believe, encode
from bot.model import Blob, Entry, Sha
from bot.services import survey

BYTES = 4_000_000
ROUNDS = 5
FILES, CHANGED = 5_000, 10
LIMITS = AnalysisLimits()


def corpus(language: str, root: Path) -> dict[str, bytes]:
    """The files that an analysis would take, and no third parties' copies."""
    suffixes = [suffix for suffix, name in SUFFIXES.items() if name == language]
    found = {}
    for path in sorted(path for suffix in suffixes for path in root.rglob(f"*{suffix}")):
        name = str(path.relative_to(root))
        if path.is_file() and "site-packages" not in path.parts:
            data = path.read_bytes()
            if data and reason_to_leave_out(name, data, LIMITS) is None:
                found[name] = data
    return found


def some(files: Mapping[str, bytes]) -> list[tuple[str, bytes]]:
    """Every so-manieth file, so that a part of the corpus stands for all of it."""
    step = max(1, sum(map(len, files.values())) // BYTES)
    return list(files.items())[::step]


def seconds(action: Callable[[str, bytes], object], name: str, data: bytes) -> float:
    start = process_time()
    action(name, data)
    return process_time() - start


def job(language: str) -> Callable[[str, bytes], object]:
    """All that is done for a file, on both sides of the pipe."""
    measurer, scanner = Measurer(LANGUAGES[language]), Scanner(b"")

    def do(_name: str, data: bytes) -> None:
        measured = measurer.measure(data, 60.0)
        told = msgspec.structs.replace(measured, hits=[*measured.hits, *scanner.scan(data)])
        measured = believe(encode(told), data)
        fingerprints(unpack(measured.tokens, count_lines(data)))

    return do


def per_file(language: str, files: list[tuple[str, bytes]]) -> None:
    """Each file's best of some rounds; all take turns, so that a busy moment of the machine strikes all of them."""
    parse = Syntax(*LANGUAGES[language].grammar).parse
    actions: dict[str, Callable[[str, bytes], object]] = {
        "parse": lambda _, data: parse(data, 60.0),
        "job": job(language),
    }
    try:
        lizard = import_module("lizard").analyze_file.analyze_source_code
        if language in ("python", "javascript"):
            actions["lizard"] = lambda name, data: lizard(name, data.decode("utf-8", "replace"))
    except ImportError:
        print("lizard is not installed: not measured")
    totals = dict.fromkeys(actions, 0.0)
    for name, data in files:
        for what, action in actions.items():
            rounds = 1 if what == "lizard" else ROUNDS
            totals[what] += min(seconds(action, name, data) for _ in range(rounds))
    size = sum(len(data) for _, data in files) / 1e6
    told = f"{language}: {len(files)} files, {size:.1f} MB; whole job = {totals['job'] / totals['parse']:.2f} parses"
    if "lizard" in totals:
        told += f"; lizard takes {totals['lizard'] / totals['job']:.1f} x as long"
    print(told, flush=True)


class Shelf:
    """bot.ports.Objects over trees in memory."""

    received = 0

    def __init__(self) -> None:
        self._blobs: dict[Sha, bytes] = {}

    def entries(self, files: Mapping[str, bytes]) -> list[Entry]:
        made = []
        for path, data in sorted(files.items()):
            oid = Sha(sha1(data, usedforsecurity=False).hexdigest())
            self._blobs[oid] = data
            made.append(Entry(path.encode(), 0o100644, oid))
        return made

    async def tree(self, commit):
        return []

    async def blobs(self, oids):
        for oid in oids:
            yield Blob(oid, len(self._blobs[oid]), self._blobs[oid])


async def timed(work):
    start = perf_counter()
    result = await work
    return perf_counter() - start, result


def repository(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """So many files of the corpus; of a small corpus each is taken several times."""
    made: dict[str, bytes] = {}
    turn = 0
    while len(made) < FILES:
        for name, data in list(files.items())[: FILES - len(made)]:
            made[f"{turn}/{name}"] = data
        turn += 1
    return made


async def whole(language: str, files: Mapping[str, bytes]) -> None:
    comment = b"# changed\n" if language in ("python", "ruby", "elixir") else b"// changed\n"
    base = repository(files)
    head = dict(base)
    for name in list(base)[:: FILES // CHANGED][:CHANGED]:
        head[name] = base[name] + comment
    shelf = Shelf()
    before, after = shelf.entries(base), shelf.entries(head)
    bench = survey.Bench(shelf, RepoSettings(PathSettings(load())), replace(LIMITS, children=2))
    index = Index()
    full, (_, kept) = await timed(survey.whole(bench, before, Survey(), index))
    one, _ = await timed(survey.whole(replace(bench, limits=replace(LIMITS, children=1)), before, Survey(), Index()))
    stored = index.to_bytes()
    warm = Index.from_bytes(stored)
    change, _ = await timed(survey.change(bench, before, after, warm))
    onward, _ = await timed(survey.whole(bench, after, Survey.from_bytes(kept.to_bytes()), Index.from_bytes(stored)))
    size = sum(map(len, base.values())) / 1e6
    print(
        f"{language}: {len(base)} files, {size:.0f} MB in {full:.1f} s; one child takes {one / full:.2f} x as long;"
        f" a change of {CHANGED} files {change:.2f} s = {change / full:.1%}; the push after it {onward / full:.1%}",
        flush=True,
    )


def main(arguments: list[str]) -> None:
    gc.disable()  # as the child does
    pairs = list(zip(arguments[::2], map(Path, arguments[1::2]), strict=True))
    pairs = pairs or [("python", Path(sysconfig.get_path("stdlib")))]
    corpora = {language: corpus(language, root) for language, root in pairs}
    for language, files in corpora.items():
        per_file(language, some(files))
    gc.enable()
    for language, files in corpora.items():
        asyncio.run(whole(language, files))


if __name__ == "__main__":
    main(sys.argv[1:])
