"""Classes, modules, structs: what the walk learns of each, and the rows that come of it. docs/metrics.md defines them.

A namespace may have several parts in one file (a Ruby class opened twice, the methods of a Go type): they are one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from bot.analysis.findings import ANONYMOUS
from bot.analysis.lines import CodeLines
from bot.analysis.places import rows
from bot.analysis.syntax import Node
from bot.analysis.wire import NamespaceRow

if TYPE_CHECKING:
    from bot.analysis.frame import Frame

ADDITIONS = frozenset({"receiver", "extension", "impl", "category"})
"""Words for parts that add to something declared elsewhere: the declaration's own word, where it is there, wins."""


class Part(NamedTuple):
    """A piece of source that makes a namespace or adds to it: bytes, and rows from 0, both ends included."""

    start: int
    end: int
    first: int
    last: int
    kind: str


class Space:
    """One namespace of a file. `nested` are the rows of the namespaces that lie within its parts."""

    __slots__ = ("ivars", "known", "methods", "name", "nested", "parts")

    def __init__(self, name: str) -> None:
        self.name = name
        self.methods = 0
        self.known: set[str] = set()  # functions with several clauses
        self.ivars: set[bytes] = set()
        self.parts: list[Part] = []
        self.nested: list[tuple[int, int]] = []


class Spaces:
    """The namespaces of one file."""

    def __init__(self) -> None:
        self._named: dict[str, Space] = {}
        self._all: list[Space] = []

    def __len__(self) -> int:
        return len(self._all)

    def part(self, name: str, kind: str, node: Node, within: Space | None) -> Space:
        """The namespace that `node` is a part of; nameless ones are never the same."""
        space = self._named.get(name)
        if space is None or name.endswith(ANONYMOUS):
            space = self._named[name] = Space(name)
            self._all.append(space)
        part = Part(node.start_byte, node.end_byte, *rows(node), kind)
        space.parts.append(part)
        if within is not None:
            within.nested.append((part.first, part.last))
        return space

    def rows(self, frames: Iterable[Frame], code: CodeLines) -> list[NamespaceRow]:
        """In the order of the source. What has neither methods nor instance variables only holds other things, and is
        no row."""
        if not self._all:
            return []
        complexity: dict[Space | None, float] = {}
        for frame in frames:
            complexity[frame.space] = complexity.get(frame.space, 0.0) + frame.abc
        met: dict[str, int] = {}
        rows = []
        for space in sorted(self._all, key=lambda space: min(space.parts)):
            if space.methods or space.ivars:
                number = met[space.name] = met.get(space.name, 0) + 1
                name = space.name if number == 1 else f"{space.name}#{number}"
                rows.append(_row(space, name, round(complexity.get(space, 0.0), 2), code))
        return rows


def _row(space: Space, name: str, complexity: float, code: CodeLines) -> NamespaceRow:
    first = min(space.parts)
    kind = next((part.kind for part in sorted(space.parts) if part.kind not in ADDITIONS), first.kind)
    loc = sum(code.count(part.first, part.last + 1) for part in space.parts)
    loc -= sum(code.count(start + 1, end + 1) for start, end in space.nested)
    return NamespaceRow(name, kind, first.first + 1, first.last + 1, space.methods, len(space.ivars), complexity, loc)
