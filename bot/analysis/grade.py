"""A report's grade: one number and one letter for the health of its functions.

Each finding costs `COST[severity] * min(value / limit, 2)` points, so the price grows with how far the value lies over
the step and never jumps back at the next one. A file's points are 4.0 less its cost per function, floor 0; the report's
are the mean over its files, weighted by the code lines of their functions. Files without functions do not count, and a
report without any is an A.
"""

from __future__ import annotations

from math import fsum

from bot.analysis.model import FileReport, Finding, Grade, Letter, Report, Severity

BEST = 4.0
COST: dict[Severity, float] = {"info": 0.25, "warning": 0.5, "error": 1.0, "critical": 2.0}
LETTERS: tuple[tuple[float, Letter], ...] = ((3.5, "A"), (2.5, "B"), (1.5, "C"), (0.5, "D"), (0.0, "F"))
"""The lowest points (rounded to two digits) of each letter."""


def grade(report: Report) -> Grade:
    """The grade of everything in the report together."""
    weights = [fsum(function.loc for function in file.functions) for file in report.files]
    weight = fsum(weights)
    if not weight:
        return Grade("A", BEST)
    total = fsum(_points(file) * share for file, share in zip(report.files, weights, strict=True) if share)
    gpa = round(total / weight, 2)
    return Grade(next(letter for floor, letter in LETTERS if gpa >= floor), gpa)


def _points(file: FileReport) -> float:
    cost = fsum(_cost(finding) for finding in file.findings)
    return max(0.0, BEST - cost / len(file.functions))


def _cost(finding: Finding) -> float:
    over = finding.value / finding.limit if finding.limit > 0 else 1.0
    return COST[finding.severity] * min(over, 2.0)
