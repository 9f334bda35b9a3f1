"""What a rule is: a pure function from a node to what is wrong with it, and the words for people.

It is shown every node of a kind that it asks for, once, leaves and the links of a chain of operators too, but for what
the walk passes over: a function without a body, Elixir's clauses, and what lies in a leaf of its language. The order is
the walk's, not the source's. A rule reads the file's bytes and looks *down* from its node; it never asks for a node's
parent (that costs its depth) and it bounds how far it looks, because the source is hostile. Each has samples in
tests/analysis/rules/ID/ and a page docs/rules/ID.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from bot.analysis.model import Severity
from bot.analysis.syntax import Node

Category = Literal["correctness", "security", "style"]


class Found(NamedTuple):
    """One place that a rule objects to. `detail` may hold a name from the source; it is untrusted text."""

    node: Node
    detail: str = ""


class Context:
    """What a check may know beside its node: the file's bytes, its language, and a place for facts about the file."""

    __slots__ = ("data", "language", "memo")

    def __init__(self, language: str, data: bytes) -> None:
        self.language = language
        self.data = data
        self.memo: dict[str, Any] = {}

    def text(self, node: Node | None) -> bytes:
        """The node's source; empty for None."""
        return self.data[node.start_byte : node.end_byte] if node is not None else b""


Check = Callable[[Node, Context], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Site:
    """Where a rule looks in one language: `kinds` of its grammar. A file that holds none of `needles` is passed over
    without a look (empty: every file is looked into), which is what keeps a hundred rules cheap. So is one in which
    none of `signs` is found, which are RE2 patterns; one search finds all of both."""

    kinds: tuple[str, ...]
    check: Check
    needles: tuple[bytes, ...] = ()
    signs: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `id` is kebab-case and never changes; `message` is one sentence that says what to do, in which
    "{detail}" stands for `Found.detail`."""

    id: str
    category: Category
    severity: Severity
    title: str
    message: str
    sites: Mapping[str, Site] = field(repr=False)
