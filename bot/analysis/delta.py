"""Head against base: which findings a change introduced, fixed or left.

What came from where is found out first (`pairing`), so that moved lines, renamed files and renamed functions blame
nobody. Then each finding of the head looks for its partner, and takes one that no other has:

- of a metric: the base's finding of the same metric at the function or namespace that it came from;
- of rules, secrets and clones: one of the same fingerprint: in the place it came from, else in the file, else at a
  place of the same name, else anywhere. Two where there was one are one introduced;
- of a rule's infos and warnings, after that, any of the same rule in the place it came from: code that was edited is
  still what it was. What could fail a check must be the same code to count as old;
- of a clone, after that, what is left of clones between the same two files, as many lines as there were: an edit that
  cuts one in two makes no new one.

Accepted findings take part, so that accepting is no fix, and no longer accepting introduces nothing.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.analysis.findings import plain_name
from bot.analysis.grade import grade
from bot.analysis.model import APPROXIMATE, Delta, FileReport, Finding, Report
from bot.analysis.pairing import Origins, Pairs

_MEASURED = ("function", "namespace")
_MILD = ("info", "warning")


def compare(base: Report, head: Report) -> Delta:
    """What a change did, in the order of the findings. What could not be seen is held against nobody and credited to
    nobody: where the base's file was left out or not understood, the head's findings count as unchanged; where the
    head's was, the base's do not count as fixed."""
    origins = Origins(base, head)
    old, new = base.findings, head.findings
    partners, grown = _partners(old, new, origins)
    doubtful, unseen = _unseen(base), _unseen(head)
    introduced: list[Finding] = []
    unchanged: list[Finding] = []
    worse: list[Finding] = []
    for number, finding in enumerate(new):
        if finding.accepted:
            continue
        known = number in partners and number not in grown
        if known or {finding.path, origins.file(finding.path)} & doubtful:
            unchanged.append(finding)
            continue
        introduced.append(finding)
        if number in grown or (finding.kind in _MEASURED and _origin(finding, origins)):
            worse.append(finding)
    met = set(partners.values())
    fixed = [f for n, f in enumerate(old) if n not in met and not f.accepted and f.path not in unseen]
    return Delta(tuple(introduced), tuple(fixed), tuple(unchanged), tuple(worse), grade(base), grade(head))


def _unseen(report: Report) -> set[str]:
    return {file.path for file in report.files if _blind(file)} | {file.path for file in report.left_out}


def _blind(file: FileReport) -> bool:
    """Not analysed, or lines only; approximate numbers are seen."""
    return bool(file.note) and not file.note.startswith(APPROXIMATE)


def _partners(old: Sequence[Finding], new: Sequence[Finding], origins: Origins) -> tuple[dict[int, int], set[int]]:
    """(number in the new -> number in the old, those of the new whose value rose)."""
    before = {_measure(f, (f.path, f.symbol)): n for n, f in enumerate(old) if f.kind in _MEASURED}
    partners: dict[int, int] = {}
    grown: set[int] = set()
    for number, finding in enumerate(new):
        place = _origin(finding, origins) if finding.kind in _MEASURED else None
        partner = before.get(_measure(finding, place)) if place else None
        if partner is not None:
            partners[number] = partner
            if finding.value > old[partner].value:
                grown.add(number)
    pairs = _alike(old, new, origins)
    partners.update(pairs.origin)
    rest, fresh = pairs.left()
    for number, partner, fits in _remnants(old, new, rest, fresh, origins):
        partners[number] = partner
        if not fits:
            grown.add(number)
    return partners, grown


def _measure(finding: Finding, place: tuple[str, str] | None) -> tuple[object, ...]:
    return finding.kind, place, finding.rule


def _origin(finding: Finding, origins: Origins) -> tuple[str, str] | None:
    look = origins.function if finding.kind == "function" else origins.namespace
    return look((finding.path, finding.symbol))


def _alike(old: Sequence[Finding], new: Sequence[Finding], origins: Origins) -> Pairs[Finding]:
    """Findings of rules, secrets and clones, paired by what they are and where."""

    def print_of(finding: Finding) -> str | None:
        return None if finding.kind in _MEASURED else finding.fingerprint

    def mild(finding: Finding) -> str | None:
        return finding.rule if finding.kind == "rule" and finding.severity in _MILD else None

    pairs = Pairs(old, new)
    pairs.by(
        lambda f: (f.path, f.symbol, mark) if (mark := print_of(f)) else None,
        lambda f: (*origins.place((f.path, f.symbol)), mark) if (mark := print_of(f)) else None,
    )
    pairs.by(
        lambda f: (f.path, mark) if (mark := print_of(f)) else None,
        lambda f: (origins.file(f.path), mark) if (mark := print_of(f)) else None,
    )
    pairs.by(lambda f: (plain_name(f.symbol), mark) if (mark := print_of(f)) else None)
    pairs.by(print_of)
    pairs.by(
        lambda f: (f.path, f.symbol, rule) if (rule := mild(f)) else None,
        lambda f: (*origins.place((f.path, f.symbol)), rule) if (rule := mild(f)) else None,
    )
    return pairs


@dataclass(slots=True)
class _Pool:
    """What is left of the clones between two files: their numbers, and how many lines they had."""

    lines: float = 0
    waiting: deque[int] = field(default_factory=deque)
    spent: float = 0

    def take(self, lines: float, old: Sequence[Finding]) -> tuple[int, bool]:
        """(whose remnant it is, whether there were as many lines)."""
        fits = lines <= self.lines
        partner = self.waiting[0]
        self.lines -= lines
        self.spent += lines
        while len(self.waiting) > 1 and self.spent >= old[self.waiting[0]].value:
            self.spent -= old[self.waiting.popleft()].value
        return partner, fits


def _remnants(
    old: Sequence[Finding], new: Sequence[Finding], rest: list[int], fresh: list[int], origins: Origins
) -> list[tuple[int, int, bool]]:
    """(number in the new, number in the old, whether it is no larger) of clones between the same two files."""
    pools: dict[tuple[str, ...], _Pool] = defaultdict(_Pool)
    for number in rest:
        original = old[number].original
        if original:
            pool = pools[tuple(sorted((old[number].path, original.path)))]
            pool.lines += old[number].value
            pool.waiting.append(number)
    told = []
    for number in fresh:
        original = new[number].original
        if original:
            files = tuple(sorted((origins.file(new[number].path), origins.file(original.path))))
            if files in pools:
                told.append((number, *pools[files].take(new[number].value, old)))
    return told
