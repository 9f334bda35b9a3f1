"""What each finding costs, and who pays: the accounts from which the grade and the quick wins are told.

Sums are whole numbers, so that no order of files or findings changes a digit. docs/grade.md explains every choice.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.analysis.findings import innermost
from bot.analysis.model import FileReport, Finding, Report, Severity

POINT = 1_000_000
BEST = 4 * POINT
COST: dict[Severity, int] = {
    "info": POINT // 4,
    "warning": POINT // 2,
    "error": POINT,
    "critical": 2 * POINT,
}
FARTHEST = 2.0
"""Beyond this many times its step, a value costs no more: the next step is reached long before."""


@dataclass(slots=True)
class Account:
    """One namespace of a file, or with the name "" what lies outside of all of them there. Costs in millionths."""

    path: str = field(repr=False)
    name: str = field(repr=False)
    lines: int = 0  # code
    functions: int = 0
    shared: int = 0  # costs that its functions share
    whole: int = 0  # costs that it bears as a whole
    findings: int = 0  # with the accepted ones

    def weight(self, findings: int) -> int:
        """Its code lines, with so many findings; 0 where it holds neither functions nor findings: a table of constants
        is no merit."""
        return max(1, self.lines) if self.functions or findings else 0

    def points(self, shared: int, whole: int) -> float:
        """4.0 at best, 0.0 at worst, at these costs."""
        return max(0.0, BEST - shared / max(1, self.functions) - whole) / POINT


@dataclass(frozen=True, slots=True)
class Entry:
    """What one finding costs its account: its functions together, or the whole."""

    finding: Finding
    account: Account
    shared: int
    whole: int


def ledger(report: Report, *, accepted: bool = False) -> tuple[list[Account], list[Entry]]:
    """All accounts and all entries, in the order of the report. With `accepted`, findings that are accepted cost as
    the others do; without, they have no entry."""
    accounts: list[Account] = []
    entries: list[Entry] = []
    for file in report.files:
        own, found = _file(file, accepted=accepted)
        accounts += own
        entries += found
    return accounts, entries


def price(finding: Finding) -> tuple[int, int]:
    """(what the functions share, what the namespace bears as a whole), in millionths of a point."""
    over = min(finding.value / finding.limit, FARTHEST) if finding.limit > 0 else 1.0
    cost = round(COST[finding.severity] * over)
    if finding.kind == "function" or (finding.kind == "rule" and finding.severity in ("info", "warning")):
        return cost, 0
    # A large class mostly is too much in several ways at once, and a copy rarely comes alone: half the price for each.
    return 0, cost // 2 if finding.kind in ("namespace", "duplication") else cost


def _file(file: FileReport, *, accepted: bool) -> tuple[list[Account], list[Entry]]:
    rest = Account(file.path, "")
    named: dict[str, Account] = {}
    for namespace in file.namespaces:
        account = named.setdefault(namespace.name, Account(file.path, namespace.name))
        account.lines += namespace.loc
    lines = 0
    for function in file.functions:
        owner = named.get(innermost(function.name, named), rest)
        owner.functions += 1
        lines += function.loc if owner is rest else 0
    rest.lines = max(lines, file.code_lines - sum(account.lines for account in named.values()))
    entries = []
    for finding in file.findings:
        payer = named.get(innermost(finding.symbol, named), rest)
        payer.findings += 1
        if finding.accepted and not accepted:
            continue
        entry = Entry(finding, payer, *price(finding))
        payer.shared += entry.shared
        payer.whole += entry.whole
        entries.append(entry)
    return [rest, *named.values()], entries
