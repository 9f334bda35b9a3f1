"""Measuring a repository's trees: the whole of one, or what a change touches, at the price of what changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.analysis.duplication.clones import find
from bot.analysis.duplication.index import Index, fingerprints
from bot.analysis.duplication.model import Clone
from bot.analysis.duplication.tokens import Tokens, unpack
from bot.analysis.engine import AnalysisLimits, measure
from bot.analysis.intake import language_of
from bot.analysis.judge import judge
from bot.analysis.measured import Measured
from bot.analysis.model import LeftOut, Report
from bot.analysis.settings.model import RepoSettings
from bot.analysis.survey import KeptClone, Survey, by_number, by_path, survey_of
from bot.analysis.version import analyser_version
from bot.markdown import path_text
from bot.model import Entry
from bot.ports import Objects
from bot.services.source import choose, read_files

CANDIDATES = 20
"""The most files that one changed file is compared with for clones; those that share most with it come first."""

LESSON = 5_000
"""The most files that a review measures only to know what code is there already. Pushes to the default branch have no
such limit."""

Chosen = Mapping[str, Entry]  # by presentable path
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Bench:
    """What measuring needs. `salt` keys the hashes of secrets; `today` is an ISO date; `progress` is told how many
    files more are done, and how many more are to come."""

    objects: Objects
    settings: RepoSettings
    limits: AnalysisLimits
    salt: bytes = b""
    today: str = ""
    progress: Progress | None = None

    @property
    def terms(self) -> str:
        """What shapes measurements and clones beside the blobs: what was kept on other terms is of no use."""
        settings, limits = self.settings, self.limits
        return f"{analyser_version()} {settings.exact_tokens} {settings.similar_tokens} {limits.file_bytes}"


async def whole(bench: Bench, entries: Sequence[Entry], survey: Survey, index: Index) -> tuple[Report, Survey]:
    """The report on a whole tree, and what to keep of it. Only files that the last survey does not know are read, and
    those in which clones must be looked for anew: the report is the one that measuring everything would give. The
    index is brought up to date."""
    chosen, left_out = choose(entries, bench.settings)
    known = [file for path, entry in chosen.items() if (file := survey.get(path, entry.oid)) is not None]
    have = {file.path for file in known}
    fresh, unread = await _measure(bench, [entry for path, entry in chosen.items() if path not in have])
    index.keep({entry.oid for entry in chosen.values()})
    await asyncio.to_thread(_learn, index, fresh)
    files = sorted([*known, *fresh], key=lambda file: file.path)
    clones = await _clones(bench, survey, index, chosen, files, fresh)
    numbers = {file.path: number for number, file in enumerate(files)}
    report = await asyncio.to_thread(
        judge, files, by_number(clones, numbers), bench.settings, today=bench.today, left_out=[*left_out, *unread]
    )
    return report, survey_of(files, clones)


async def _clones(
    bench: Bench, old: Survey, index: Index, chosen: Chosen, files: Sequence[Measured], fresh: Sequence[Measured]
) -> list[KeptClone]:
    """All clones of a tree. Old ones stay where no file of their kin has changed; the kin of those that have, and what
    shares code with the new ones, is searched anew."""
    there = {file.path for file in files}
    changed = {file.path for file in fresh} | (old.files.keys() - there)
    partners = await asyncio.to_thread(_partners, index, fresh, chosen)
    kin = old.related(changed | partners)
    staying = [clone for clone in old.clones if clone.path not in kin]
    again, _ = await _measure(bench, [chosen[path] for path in sorted(kin & there - changed)])
    searched = sorted([*fresh, *again], key=lambda file: file.path)
    found = await asyncio.to_thread(_find, bench.settings, searched)
    return sorted(
        [*staying, *by_path(found, searched)], key=lambda clone: (clone.path, clone.line, clone.end_line, clone.kind)
    )


async def change(bench: Bench, base: Sequence[Entry], head: Sequence[Entry], index: Index) -> tuple[Report, Report]:
    """The reports on what differs between two trees, before and after. Clones are looked for among the differing files
    and in those around them that `index` says share code with them: let it `learn` the base first."""
    gone, come = differing(base, head)
    (old, left_before), (new, left_after) = await asyncio.gather(_chosen(bench, gone), _chosen(bench, come))
    moved = {entry.path for entry in (*gone, *come)}
    around, _ = choose([entry for entry in base if entry.path not in moved], bench.settings)
    beside = await asyncio.to_thread(_partners, index, [*old, *new], around)
    candidates, _ = await _measure(bench, [around[path] for path in sorted(beside)])
    before = await asyncio.to_thread(_report, bench, candidates, old, left_before)
    there = {path_text(entry.path) for entry in base}
    new.sort(key=lambda file: (file.path not in there, file.path))  # of two alike the one that was there is no copy
    after = await asyncio.to_thread(_report, bench, candidates, new, left_after)
    return before, after


def differing(base: Sequence[Entry], head: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """(entries that left or changed, entries that came or changed): what a pull request pays for."""
    old, new = {entry.path: entry for entry in base}, {entry.path: entry for entry in head}
    return (
        [entry for path, entry in old.items() if path not in new or new[path].oid != entry.oid],
        [entry for path, entry in new.items() if path not in old or old[path].oid != entry.oid],
    )


async def learn(bench: Bench, entries: Sequence[Entry], index: Index) -> tuple[bool, int]:
    """Make the index know a tree, and nothing else, at most LESSON files at a time. Whether there was anything to
    learn, and how many files are not known yet."""
    chosen, _ = choose(entries, bench.settings)
    code = {path: entry for path, entry in chosen.items() if language_of(path) is not None}
    unknown = [code[path] for path in sorted(code) if code[path].oid not in index]
    if unknown:
        index.keep({entry.oid for entry in code.values()})
        measured, _ = await _measure(bench, unknown[:LESSON])
        await asyncio.to_thread(_learn, index, measured)
    return bool(unknown), len(unknown[LESSON:])


def _report(
    bench: Bench, candidates: Sequence[Measured], own: Sequence[Measured], left_out: Iterable[LeftOut]
) -> Report:
    """The report on `own`. Candidates come first, so that they are the originals: what a change adds is the copy."""
    files = [*candidates, *own]
    first = len(candidates)
    clones = [clone for clone in _find(bench.settings, files) if clone.file >= first]
    report = judge(files, clones, bench.settings, today=bench.today, left_out=left_out)
    beside = {file.path for file in candidates}
    return Report(
        tuple(sorted((file for file in report.files if file.path not in beside), key=lambda file: file.path)),
        report.left_out,
        tuple(remark for remark in report.remarks if remark.path not in beside),
    )


async def _chosen(bench: Bench, entries: Sequence[Entry]) -> tuple[list[Measured], list[LeftOut]]:
    chosen, left_out = choose(entries, bench.settings)
    measured, unread = await _measure(bench, list(chosen.values()))
    return measured, [*left_out, *unread]


async def _measure(bench: Bench, entries: Sequence[Entry]) -> tuple[list[Measured], list[LeftOut]]:
    """Entries that were chosen, in the order of their paths; with those that turned out not to be worth the walk."""
    measured: list[Measured] = []
    left_out: list[LeftOut] = []
    progress = bench.progress or _silent
    progress(0, len(entries))
    async for files, too_large in read_files(bench.objects, entries):
        part, unfit = await measure(files, limits=bench.limits, salt=bench.salt, done=lambda: progress(1, 0))
        measured += part
        left_out += [*too_large, *unfit]
        progress(len(too_large) + len(unfit), 0)
    return sorted(measured, key=lambda file: (file.path, file.oid)), left_out


def _learn(index: Index, files: Iterable[Measured]) -> None:
    for file in files:
        index.add(file.oid, fingerprints(_tokens(file)))


def _partners(index: Index, files: Iterable[Measured], among: Chosen) -> set[str]:
    """Paths of files, beside these, that may share code with them."""
    own = {file.path for file in files}
    oids = {entry.oid for path, entry in among.items() if path not in own}
    if not oids:  # a first survey: all that there is, is being looked at
        return set()
    found = {oid for file in files for oid in index.candidates(fingerprints(_tokens(file)), oids, CANDIDATES)}
    return {path for path, entry in among.items() if entry.oid in found and path not in own}


def _find(settings: RepoSettings, files: Sequence[Measured]) -> list[Clone]:
    return find([_tokens(file) for file in files], exact=settings.exact_tokens, similar=settings.similar_tokens)


def _tokens(file: Measured) -> Tokens:
    """What the child made of the file; nothing where it made nonsense."""
    try:
        return unpack(file.measurement.tokens, file.lines)
    except ValueError:
        return unpack(b"", 0)


def _silent(_done: int, _more: int) -> None:
    """Nobody wants to know."""
