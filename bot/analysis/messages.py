"""The words for each finding: what its rule is called, and a sentence about it. The only room that has them."""

from __future__ import annotations

from collections.abc import Callable

from bot.analysis.model import Finding
from bot.analysis.rules import RULES
from bot.analysis.secrets.model import SECRETS

TITLES: dict[str, str] = {
    "CYCLO": "cyclomatic complexity",
    "COGNITIVE": "cognitive complexity",
    "ABC": "ABC size",
    "ARITY": "number of parameters",
    "BLOCK_NESTING": "nesting depth",
    "LOC": "lines of code",
    "RETURNS": "number of returns",
    "RETURN_VALUES": "number of return values",
    "TOO_MANY_FUNCTIONS": "number of functions",
    "TOO_MANY_IVARS": "number of instance variables",
    "TOTAL_COMPLEXITY": "total complexity",
    "TOTAL_LOC": "total lines of code",
    "IDENTITY": "identical code",
    "SIMILARITY": "similar code",
    **{rule.id: rule.title for rule in RULES.values()},
    **{secret.id: secret.title for secret in SECRETS.values()},
}
"""Key -> what people call it; plain text of ours."""

_MESSAGES = {rule.id: rule.message for rule in RULES.values()} | {s.id: s.message for s in SECRETS.values()}

Quote = Callable[[str], str]


def title(rule: str) -> str:
    """For a rule that there was once and is no more, too."""
    return TITLES.get(rule, "a rule that is no more")


def message(finding: Finding, quote: Quote = str) -> str:
    """What is wrong, and for rules and secrets what to do. Text of ours, but for what `quote` makes of each piece that
    comes from the repository: it must make it harmless where the message will stand. Of a secret nothing is told."""
    original = finding.original
    if finding.kind == "duplication" and original:
        alike = "equal" if finding.rule == "IDENTITY" else "similar"
        return f"{number(finding.value)} lines {alike} to {quote(original.path)}:{original.line}-{original.end_line}"
    if finding.kind == "secret":
        return _MESSAGES.get(finding.rule, title(finding.rule))
    if finding.kind == "rule":
        detail = quote(finding.detail) if finding.detail else "this"
        return _MESSAGES.get(finding.rule, title(finding.rule)).replace("{detail}", detail)
    return f"{title(finding.rule)} {number(finding.value)} (limit {number(finding.limit)})"


def headline(finding: Finding) -> str:
    """A few words of ours, with the number where there is one."""
    what = title(finding.rule)
    what = what[0].upper() + what[1:]
    if finding.kind in ("rule", "secret"):
        return what
    unit = " lines" if finding.kind == "duplication" else ""
    return f"{what}: {number(finding.value)}{unit}"


def number(value: float) -> str:
    """One digit behind the point at most."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
