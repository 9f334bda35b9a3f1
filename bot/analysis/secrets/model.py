"""The kinds of secrets, read from formats.toml once, with their patterns compiled."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import re2

from bot.analysis.model import Severity

_BEFORE = r"[\w. \t-]{0,24}[ \t\"'`\]]{0,4}(?:[:=|?]{1,4}>?|,|>)[ \t\"'`=]{0,5}"
"""Between a name and its value: the name's end, a quote, what assigns, and another quote."""


@dataclass(frozen=True, slots=True)
class SecretRule:
    """One kind. `id` begins with "secret-" and never changes; `message` says what to do about it; `source` is where the
    vendor describes it. `pattern` finds candidates, the secret in its last group; `entropy` is the least that a value
    must have, in bits per character. `rank`: where two kinds claim one place, the lower is the more specific."""

    id: str
    title: str
    severity: Severity
    message: str
    source: str
    rank: int
    named: bool
    entropy: float
    quick: tuple[bytes, ...] = field(repr=False)
    pattern: Any = field(repr=False)


def compiled(pattern: str) -> Any:
    """A pattern over bytes, which are taken for Latin-1, so that no file is invalid. Its automaton stays small, because
    there are many of them in a child that may not grow."""
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.log_errors = False
    options.max_mem = 4 << 20
    return re2.compile(pattern.encode("latin-1"), options)


def load() -> dict[str, SecretRule]:
    raw = tomllib.loads((Path(__file__).parent / "formats.toml").read_text("utf-8"))
    ranked = [(entry, False) for entry in raw["format"]] + [(entry, True) for entry in raw["named"]]
    rules = (_rule(entry, rank, named) for rank, (entry, named) in enumerate(ranked))
    return {rule.id: rule for rule in rules}


def _rule(entry: dict[str, Any], rank: int, named: bool) -> SecretRule:
    title = entry["title"]
    # A value that says itself what it is, is surer than a name beside one, and both than the kinds without a vendor.
    severity = entry.get("severity", "critical")
    value = entry["value"]
    words = (f"(?i:{re2.escape(word)})" for word in entry["words"])
    return SecretRule(
        id=f"secret-{entry['id']}",
        title=title,
        severity=severity,
        message=f"{title} in the source: revoke it at its issuer, and read its successor from where secrets are kept.",
        source=entry["source"],
        rank=rank + (1000 if severity == "warning" else 0),
        named=named,
        entropy=entry.get("entropy", 3.0),
        quick=tuple(word.encode() for word in ([entry["quick"]] if "quick" in entry else words)),
        pattern=compiled(f"(?i:{entry['names']}){_BEFORE}({value})" if named else f"({value})"),
    )


SECRETS: dict[str, SecretRule] = load()
"""Every kind by its id."""
