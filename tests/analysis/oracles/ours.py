"""Our counts of every function of some files, by the shipped rules or by those of another tool."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from bot.analysis.frame import Frame
from bot.analysis.language import Language
from bot.analysis.lines import CodeLines
from bot.analysis.metrics import Walker
from bot.analysis.syntax import Syntax
from bot.analysis.tables import Tables

Place = tuple[str, int]
"""A function: its file, and its first byte or its first line, from 1."""


class Counts(NamedTuple):
    """One function's. `lines`: those with code from its first to its last, with the functions nested in it."""

    start: int
    end: int
    line: int
    cyclomatic: int
    cognitive: int
    arity: int
    nesting: int
    returns: int
    lines: int


def measure(language: Language, paths: Iterable[Path]) -> dict[str, list[Counts]]:
    """Path -> its functions, in the order of the source, owners first."""
    syntax = Syntax(*language.grammar)
    walker = Walker(Tables(language, syntax))
    found = {}
    for path in paths:
        data = path.read_bytes()
        walker.walk(syntax.parse(data, 60.0), data)
        code = CodeLines(data, walker.comments)
        counts = [_counts(frame, code) for frame in walker.frames]
        found[str(path)] = sorted(counts, key=lambda one: (one.start, -one.end))
    return found


def _counts(frame: Frame, code: CodeLines) -> Counts:
    return Counts(
        frame.start,
        frame.end,
        frame.first + 1,
        frame.cyclomatic,
        frame.cognitive,
        frame.arity,
        frame.nesting,
        frame.returns,
        code.count(frame.first, frame.last + 1),
    )


def by_byte(language: Language, paths: Iterable[Path]) -> dict[Place, Counts]:
    found = measure(language, paths)
    return {(path, one.start): one for path, functions in found.items() for one in functions}


def by_line(language: Language, paths: Iterable[Path]) -> dict[Place, Counts]:
    """Of several functions that begin in one line, the outermost."""
    found = measure(language, paths)
    return {(path, one.line): one for path, functions in found.items() for one in reversed(functions)}


def with_nested(language: Language, paths: Iterable[Path]) -> dict[Place, int]:
    """File and line of every function -> its cyclomatic complexity with those of the functions nested in it."""
    counts: dict[Place, int] = {}
    for path, functions in measure(language, paths).items():
        for outer in reversed(functions):
            inner = (one for one in functions if outer.start <= one.start and one.end <= outer.end)
            counts[path, outer.line] = sum(one.cyclomatic for one in inner)
    return counts


class Agreement(NamedTuple):
    """How many functions both tell of, and which share of them has equal counts."""

    compared: int
    share: float


def agreement(ours: Mapping[Place, int], theirs: Mapping[Place, int], without: Iterable[Place] = ()) -> Agreement:
    common = (ours.keys() & theirs.keys()).difference(without)
    return Agreement(len(common), sum(ours[place] == theirs[place] for place in common) / max(1, len(common)))
