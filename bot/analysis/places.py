"""Where in a node the parts of it are that the walk must find: a name, a body, a condition, an else."""

from __future__ import annotations

from collections.abc import Iterator

from bot.analysis.syntax import Node


class Place:
    """By field or, where the grammar has no such field, by the kind of the child. False if there is no such place."""

    __slots__ = ("_fields", "_kinds", "_tokens")

    def __init__(self, fields: tuple[int, ...], kinds: frozenset[int], tokens: frozenset[int]) -> None:
        self._fields = fields
        self._kinds = kinds  # of named children
        self._tokens = tokens

    def __bool__(self) -> bool:
        return bool(self._fields or self._kinds or self._tokens)

    def of(self, node: Node) -> Node | None:
        """What is there: of several the first."""
        for field in self._fields:
            found = node.child_by_field_id(field)
            if found is not None:
                return found
        if self._kinds:
            for child in node.named_children:
                if child.kind_id in self._kinds:
                    return child
        if self._tokens:
            for child in node.children:
                if child.kind_id in self._tokens:
                    return child
        return None

    def all_of(self, node: Node) -> list[Node]:
        """All named children that are there; of several fields those of the first that has any."""
        for field in self._fields:
            if found := [child for child in node.children_by_field_id(field) if child.is_named]:
                return found
        return [child for child in node.named_children if child.kind_id in self._kinds] if self._kinds else []


def after(node: Node, tokens: frozenset[int], comments: frozenset[int]) -> Node | None:
    """The child after the first of these tokens; None if nothing stands there."""
    children: Iterator[Node] = iter(node.children)
    if not any(child.kind_id in tokens for child in children):
        return None
    return next((child for child in children if child.is_named and child.kind_id not in comments), None)


def rows(node: Node) -> tuple[int, int]:
    """The first and the last row, from 0. A block that indentation ends may reach to the start of the line after it."""
    first, (last, column) = node.start_point[0], node.end_point
    return first, last - 1 if column == 0 and last > first else last
