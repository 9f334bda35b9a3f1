"""Findings: every metric of a function that reaches a threshold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from bot.analysis.model import Finding, FunctionMetrics
from bot.analysis.thresholds import RULES, Thresholds

ANONYMOUS = "<anonymous>"
"""The name of a function literal that is not bound to a name."""


def find(functions: Iterable[FunctionMetrics], language: str, thresholds: Thresholds) -> Iterator[Finding]:
    """Findings of all severities, function by function, rules in the order of RULES."""
    for function in functions:
        for rule, attribute in RULES.items():
            value: float = getattr(function, attribute)
            judged = thresholds.judge(language, rule, value)
            if judged is None:
                continue
            yield Finding(
                rule=rule,
                path=function.path,
                line=function.start_line,
                end_line=function.end_line,
                symbol=function.name,
                value=value,
                limit=judged[1],
                severity=judged[0],
                fingerprint=_fingerprint(rule, language, function),
            )


def _fingerprint(rule: str, language: str, function: FunctionMetrics) -> str:
    identity = function.body_hash if ANONYMOUS in function.name else function.name
    return hashlib.blake2b(f"{rule}\0{language}\0{identity}".encode(), digest_size=8).hexdigest()
