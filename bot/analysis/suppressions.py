"""What inline suppressions do to a file's findings: those in their reach are accepted, and nothing is lost silently."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from bot.analysis import keys
from bot.analysis.marks import LONG, LOOK_AHEAD, MANY, NO_DAY, NO_KEYS, OPEN
from bot.analysis.model import Finding, Remark
from bot.analysis.notes import Notes
from bot.analysis.wire import MAX_KEYS, MAX_MARKS, Mark

MAX_REMARKS = 20
"""For one file."""

_PROBLEMS = {
    OPEN: "this suppression's list of keys has no `]`, so it does nothing.",
    LONG: f"only the first {MAX_KEYS} keys of this suppression were read.",
    NO_KEYS: "this suppression names no keys, so it does nothing: write them in brackets, as in `[LOC, ABC]`.",
    NO_DAY: "`until` wants a day like `2027-01-31`; this suppression was read as having no end.",
    MANY: f"only the first {MAX_MARKS} suppressions of a file are read.",
}
_END = 1 << 60


@dataclass(slots=True)
class _Scope:
    """Where one suppression holds for one key, both ends included."""

    number: int
    mark: Mark
    key: str
    last: int = _END
    met: bool = False


@dataclass(slots=True)
class _Reach:
    """One key's scopes: from `disable` to `enable`, in order and apart from each other, and single lines."""

    blocks: list[_Scope] = field(default_factory=list)
    lines: dict[int, _Scope] = field(default_factory=dict)

    def at(self, line: int) -> _Scope | None:
        if scope := self.lines.get(line):
            return scope
        number = bisect_right(self.blocks, line, key=lambda scope: scope.mark.line) - 1
        return self.blocks[number] if number >= 0 and line <= self.blocks[number].last else None


def suppress(
    path: str, findings: Sequence[Finding], marks: Iterable[Mark], today: str = ""
) -> tuple[list[Finding], list[Remark]]:
    """One file's findings, in their order, those accepted that a suppression reaches; and what is wrong with the
    suppressions: what was not understood, what has ended, what meets nothing any more. Pure; never raises.

    A finding is reached where its first line lies between `disable` and `enable`; that of a namespace also where the
    `disable` stands inside it, and in no smaller one with a finding of that key. `today` is an ISO date; empty: none
    has ended. What was accepted before stays so.
    """
    reading = _Reading(path, today)
    for number, mark in enumerate(islice(marks, MAX_MARKS + 1)):
        reading.add(number, mark)
    inside = _inside(findings, reading.reaches)
    judged = []
    for number, finding in enumerate(findings):
        reach = reading.reaches.get(finding.rule)
        scope = (reach.at(finding.line) if reach else None) or inside.get(number)
        if scope:
            scope.met = True
        judged.append(replace(finding, accepted=_why(scope.mark)) if scope and not finding.accepted else finding)
    return judged, reading.remarks()


class _Reading:
    """The suppressions of a file, taken in one after the other."""

    def __init__(self, path: str, today: str) -> None:
        self.reaches: dict[str, _Reach] = {}
        self._today = today
        self._scopes: list[_Scope] = []
        self._open: dict[str, _Scope] = {}
        self._notes = Notes(path, MAX_REMARKS)

    def _tell(self, mark: Mark, text: str | Callable[[], str]) -> None:
        self._notes.add(mark.line, text)

    def add(self, number: int, mark: Mark) -> None:
        if mark.problem in _PROBLEMS:
            self._tell(mark, _PROBLEMS[mark.problem])
        names = self._names(mark)
        if mark.verb == "enable":
            self._enable(mark, names)
        elif mark.until and mark.until < self._today:
            self._tell(mark, f"this suppression ended on {keys.shown(mark.until)}: remove it, or give it another day.")
        elif mark.verb in ("disable", "disable-line", "disable-next-line"):
            for key in names:
                self._disable(_Scope(number, mark, key))

    def _names(self, mark: Mark) -> list[str]:
        names = []
        for name in mark.keys[:MAX_KEYS]:
            key = keys.find(name)
            if key is None:
                self._tell(mark, partial(_unknown, name))
            elif key not in names:
                names.append(key)
        return names

    def _disable(self, scope: _Scope) -> None:
        self._scopes.append(scope)
        reach = self.reaches.setdefault(scope.key, _Reach())
        if scope.mark.verb == "disable":
            self._close(scope.key, scope.mark.line)
            self._open[scope.key] = scope
            reach.blocks.append(scope)
            return
        first = scope.mark.first
        for line in range(first, min(scope.mark.last, first + LOOK_AHEAD) + 1):
            reach.lines.setdefault(line, scope)

    def _enable(self, mark: Mark, names: Sequence[str]) -> None:
        """Without keys it ends all that is open."""
        wanted = names if mark.keys else list(self._open)
        idle = [key for key in wanted if not self._close(key, mark.line)]
        if idle and not mark.problem:
            self._tell(mark, f"{_listed(idle)} is enabled here, but was not disabled before: remove this.")

    def _close(self, key: str, line: int) -> bool:
        scope = self._open.pop(key, None)
        if scope:
            scope.last = line - 1
        return scope is not None

    def remarks(self) -> list[Remark]:
        """In the order of lines. Of clones nothing is stale: a change is searched for the clones that it touches."""
        unmet: dict[int, list[_Scope]] = {}
        for scope in self._scopes:
            if not scope.met and scope.key not in keys.CLONES:
                unmet.setdefault(scope.number, []).append(scope)
        for scopes in unmet.values():
            self._tell(
                scopes[0].mark, f"nothing here needs the suppression of {_listed(s.key for s in scopes)}: remove it."
            )
        return list(self._notes.remarks())


def _inside(findings: Sequence[Finding], reaches: dict[str, _Reach]) -> dict[int, _Scope]:
    """Number of a namespace's finding -> the `disable` of its key that stands inside it."""
    owners: dict[str, list[tuple[int, int, int]]] = {}
    for number, finding in enumerate(findings):
        if finding.kind == "namespace" and finding.rule in reaches:
            owners.setdefault(finding.rule, []).append((finding.line, -finding.end_line, number))
    found: dict[int, _Scope] = {}
    for key, places in owners.items():
        waiting = sorted(places, reverse=True)
        around: list[tuple[int, int, int]] = []
        for scope in reaches[key].blocks:
            line = scope.mark.line
            while waiting and waiting[-1][0] <= line:
                around.append(waiting.pop())
            while around and -around[-1][1] < line:
                around.pop()
            if around:
                found.setdefault(around[-1][2], scope)
    return found


def _unknown(name: str) -> str:
    return f"{keys.shown(name)} is no metric, rule or secret{keys.meant(name, keys.known().values())}"


def _why(mark: Mark) -> str:
    until = f" until {mark.until}" if mark.until else ""
    return f"suppressed in line {mark.line}{until}" + (f": {mark.reason}" if mark.reason else "")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(keys.shown(name) for name in names)
