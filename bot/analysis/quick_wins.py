"""Quick wins: the few findings whose removal would lift the grade most."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest
from math import fsum

from bot.analysis.grade import points, weight
from bot.analysis.ledger import Entry, ledger
from bot.analysis.model import SEVERITIES, Finding, Report

_DIGITS = 9  # of a gain that are compared: what lies below is noise of the arithmetic


@dataclass(frozen=True, slots=True)
class QuickWin:
    """A finding, and how many points the report's grade gains when it alone is gone."""

    finding: Finding
    gain: float


def quick_wins(report: Report, count: int = 5) -> list[QuickWin]:
    """The findings whose removal lifts the report's grade most, the best first; none that lift it by nothing, and none
    that are accepted. Exactly what grading the report without each would say, in one pass over the findings."""
    accounts, entries = ledger(report)
    total = sum(map(weight, accounts))
    if not total:
        return []
    earned = fsum(points(account) * weight(account) for account in accounts)
    wins = [(_gain(entry, earned, total), entry.finding) for entry in entries]
    lifting = [(gain, finding) for gain, finding in wins if gain > 0]
    best = nsmallest(count, lifting, key=lambda win: (-win[0], -SEVERITIES.index(win[1].severity), *_place(win[1])))
    return [QuickWin(finding, gain) for gain, finding in best]


def _gain(entry: Entry, earned: float, total: int) -> float:
    account = entry.account
    after = account.points(account.shared - entry.shared, account.whole - entry.whole)
    left = account.weight(account.findings - 1)  # the last finding of a namespace without functions takes it along
    rest = total - weight(account) + left
    now = earned / total
    then = (earned - points(account) * weight(account) + after * left) / rest if rest else 4.0
    return round(then - now, _DIGITS)


def _place(finding: Finding) -> tuple[str, int, str, str, int, str, str, float]:
    """Tells all findings apart that people can tell apart, so that the order of equals is not that of the input."""
    f = finding
    return f.path, f.line, f.rule, f.symbol, f.end_line, f.kind, f.fingerprint, f.value
