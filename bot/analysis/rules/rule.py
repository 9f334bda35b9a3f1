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
    """Where a rule looks in one language: at `kinds` of its grammar, and wherever `also` says.

    What keeps a hundred rules cheap is that hardly any node is looked at. `signs` are RE2 patterns: where there are
    any, a node is passed over unless a match of some rule's sign ends in it. `names` are those of calls: where there
    are any, the kinds are calls, and one is passed over unless the last word of what it calls is among them."""

    kinds: tuple[str, ...]
    check: Check
    signs: tuple[bytes, ...] = ()
    names: frozenset[bytes] = frozenset()
    also: tuple[Site, ...] = ()


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
