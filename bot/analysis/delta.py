"""Head against base: which findings a change introduced, fixed or left, told function by function.

Functions are paired before findings are, so that moved lines, renamed files and renamed functions blame nobody. A rule
that pairs takes what the rules before it left over, the first of several in the order of path and line:

1. same path, same name and same body;   2. same path, same name;
3. same name and same body, another path;   4. same body, another name (renamed or anonymous functions);
5. same name, where the base's path is gone and the head's is new (a renamed and edited file).
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable

from bot.analysis.grade import grade
from bot.analysis.model import NOT_ANALYSED, Delta, Finding, FunctionMetrics, Report

_ORDINAL = re.compile(r"#[0-9]+$")

Place = tuple[str, str]  # path and qualified name: unique in a report
Key = Callable[[FunctionMetrics], Hashable]


def compare(base: Report, head: Report) -> Delta:
    """What a change did. What could not be seen is held against nobody and credited to nobody: where the base ran out
    of time or memory, the head's findings count as unchanged; where the head's file was left out or not understood, the
    base's findings do not count as fixed."""
    before = _by_place(base)
    origin = _pair(base, head)
    doubtful = {file.path for file in base.files if file.note == NOT_ANALYSED}
    unseen = {file.path for file in head.files if file.note} | {file.path for file in head.left_out}
    introduced: list[Finding] = []
    unchanged: list[Finding] = []
    worse: list[Finding] = []
    met: set[tuple[Place, str]] = set()
    for finding in head.findings:
        place = origin.get((finding.path, finding.symbol))
        old = before.get(place, {}).get(finding.rule) if place else None
        if place and old:
            met.add((place, finding.rule))
        if finding.path in doubtful or (old and finding.value <= old.value):
            unchanged.append(finding)
            continue
        introduced.append(finding)
        if place:
            worse.append(finding)
    fixed = [f for f in base.findings if ((f.path, f.symbol), f.rule) not in met and f.path not in unseen]
    return Delta(tuple(introduced), tuple(fixed), tuple(unchanged), tuple(worse), grade(base), grade(head))


def _by_place(report: Report) -> dict[Place, dict[str, Finding]]:
    table: dict[Place, dict[str, Finding]] = defaultdict(dict)
    for finding in report.findings:
        table[finding.path, finding.symbol][finding.rule] = finding
    return table


def _pair(base: Report, head: Report) -> dict[Place, Place]:
    """Place in head -> place in base, one to one."""
    old = [function for file in base.files for function in file.functions]
    new = [function for file in head.files for function in file.functions]
    gone = {file.path for file in base.files} - {file.path for file in head.files}
    fresh = {file.path for file in head.files} - {file.path for file in base.files}
    pairs: dict[Place, Place] = {}
    keys: tuple[Key, ...] = (
        lambda f: (f.path, _plain(f.name), f.body_hash),
        lambda f: (f.path, _plain(f.name)),
        lambda f: (_plain(f.name), f.body_hash),
        lambda f: f.body_hash,
    )
    for key in keys:
        old, new = _match(old, new, key, pairs)
    _match([f for f in old if f.path in gone], [f for f in new if f.path in fresh], lambda f: _plain(f.name), pairs)
    return pairs


def _match(
    old: Iterable[FunctionMetrics], new: Iterable[FunctionMetrics], key: Key, pairs: dict[Place, Place]
) -> tuple[list[FunctionMetrics], list[FunctionMetrics]]:
    """Pair functions of equal key into `pairs`; what is left of both sides comes back in its order."""
    waiting: dict[Hashable, deque[FunctionMetrics]] = defaultdict(deque)
    for function in old:
        waiting[key(function)].append(function)
    taken: set[Place] = set()
    alone = []
    for function in new:
        queue = waiting.get(key(function))
        if queue:
            match = queue.popleft()
            taken.add((match.path, match.name))
            pairs[function.path, function.name] = (match.path, match.name)
        else:
            alone.append(function)
    return [function for function in old if (function.path, function.name) not in taken], alone


def _plain(name: str) -> str:
    """Without the number that tells functions of one name apart: an overload added above shifts it."""
    return _ORDINAL.sub("", name)
