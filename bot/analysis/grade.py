"""A report's grade: one number and one letter for the health of its code. docs/grade.md defines both, with examples.

A namespace has 4.0 points less what its findings cost, floor 0; a report has the mean of its namespaces, weighted by
their code lines. A report without any is an A.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import fsum
from typing import Literal

from bot.analysis.ledger import BEST, POINT, Account, ledger
from bot.analysis.model import Grade, Letter, Report

LETTERS: tuple[tuple[float, Letter], ...] = ((3.5, "A"), (2.5, "B"), (1.5, "C"), (0.5, "D"), (0.0, "F"))
"""The lowest points (rounded to two digits) of each letter."""

Direction = Literal["up", "down", "same"]


@dataclass(frozen=True, slots=True)
class NamespaceGrade:
    """How one namespace of a file does. `name` is "" for what lies outside of all in that file; `lines` is its weight
    in the report's grade."""

    path: str = field(repr=False)
    name: str = field(repr=False)
    lines: int
    functions: int
    grade: Grade


@dataclass(frozen=True, slots=True)
class Trend:
    """How a grade moved. `difference` is in points, two digits."""

    direction: Direction
    difference: float


def grade(report: Report, *, accepted: bool = False) -> Grade:
    """The grade of everything in the report together. With `accepted`, accepted findings cost as the others do."""
    return _mean(ledger(report, accepted=accepted)[0])


def by_namespace(report: Report, *, accepted: bool = False) -> list[NamespaceGrade]:
    """Every namespace that counts, the worst first, of equals the larger."""
    accounts = [account for account in ledger(report, accepted=accepted)[0] if weight(account)]
    accounts.sort(key=lambda account: (points(account), -weight(account), account.path, account.name))
    return [
        NamespaceGrade(account.path, account.name, weight(account), account.functions, of_points(points(account)))
        for account in accounts
    ]


def by_project(report: Report, project: Callable[[str], str], *, accepted: bool = False) -> dict[str, Grade]:
    """A grade for each sub-project that holds code, in the order of their names. `project` tells it by the path."""
    parts: dict[str, list[Account]] = defaultdict(list)
    for account in ledger(report, accepted=accepted)[0]:
        if weight(account):
            parts[project(account.path)].append(account)
    return {name: _mean(parts[name]) for name in sorted(parts)}


def trend(previous: Grade, now: Grade) -> Trend:
    """From one measurement to the next."""
    difference = round(now.gpa - previous.gpa, 2)
    return Trend("up" if difference > 0 else "down" if difference < 0 else "same", difference)


def points(account: Account) -> float:
    return account.points(account.shared, account.whole)


def weight(account: Account) -> int:
    return account.weight(account.findings)


def of_points(points: float) -> Grade:
    gpa = round(points, 2)
    return Grade(next(letter for floor, letter in LETTERS if gpa >= floor), gpa)


def _mean(accounts: Iterable[Account]) -> Grade:
    weighed = [(points(account), weight(account)) for account in accounts]
    total = sum(weight for _, weight in weighed)
    return of_points(fsum(points * weight for points, weight in weighed) / total if total else BEST / POINT)
