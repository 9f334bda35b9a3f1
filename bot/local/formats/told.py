"""What both documents for machines have in common: the state and fingerprint of a finding, and how bytes are made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

import orjson

from bot.analysis.findings import fingerprint
from bot.analysis.model import Finding
from bot.local.analyze import Answer

_UNSEEN = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)

State = Literal["present", "introduced", "worse", "unchanged", "fixed"]
"""Of a tree's finding, always the first; of a change's, what the change did."""


class Told(NamedTuple):
    """A finding, and a fingerprint that no other of the same answer has."""

    finding: Finding
    state: State
    fingerprint: str


def dump(document: Mapping[str, Any]) -> str:
    """JSON that a terminal may be shown, too: what nobody sees, or what turns the text around it, is escaped. Such
    characters stand inside strings only."""
    return _UNSEEN.sub(_escape, orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()) + "\n"


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def told(answer: Answer) -> Iterator[Told]:
    """All findings, accepted ones too, in the order of paths and lines; then those that were fixed."""
    change = answer.change
    states: dict[int, State] = {}
    if change is not None:
        states |= {id(finding): "introduced" for finding in change.introduced}
        states |= {id(finding): "worse" for finding in change.worse}
    rest: State = "present" if change is None else "unchanged"
    seen: Counter[str] = Counter()
    for finding in answer.report.findings:
        yield _told(finding, states.get(id(finding), rest), seen)
    for finding in change.fixed if change is not None else ():
        yield _told(finding, "fixed", seen)


def _told(finding: Finding, state: State, seen: Counter[str]) -> Told:
    """A secret's own fingerprint is a hash of it, which could be guessed from: it is named by kind and place."""
    place = (finding.rule, finding.path, finding.symbol)
    mark = fingerprint(*place) if finding.kind == "secret" else finding.fingerprint
    seen[mark] += 1
    return Told(finding, state, f"{mark}:{seen[mark]}")
