"""The parts of a node that the walk treats apart: a structure's heads, a jump's label, and how a case decides."""

from __future__ import annotations

from collections.abc import Mapping

from bot.analysis.syntax import Node
from bot.analysis.tables import Split, Tables


def split(node: Node, by: Split, comments: frozenset[int]) -> tuple[list[Node], list[Node], list[Node]]:
    """A structure's named children: its heads (in the order of its table), what lies deeper, and those of the heads
    that are conditions."""
    bodies: list[Node] = node.named_children
    if by.last:
        return bodies[:-1], bodies[-1:], []
    parts = [child for child in bodies if child.kind_id not in comments] if by.numbers else bodies
    heads = [parts[number] for number in by.numbers if number < len(parts)]
    tests = heads[:1]
    for place in by.places:
        found = place.all_of(node)
        tests = tests or found
        heads += found
    for head in heads:
        bodies.remove(head)
    return heads, bodies, tests if by.tested else []


def without(node: Node, fields: Mapping[int, int]) -> list[Node]:
    """The named children but for the one in the field that the table names."""
    part = node.child_by_field_id(fields[node.kind_id])
    return [child for child in node.named_children if child != part]


def paths(case: Node, data: bytes, tables: Tables) -> int:
    """How many decisions a case makes: none if it matches whatever is left (`default:`, `_ =>`), one more if its
    pattern has a guard."""
    children: list[Node] = case.children
    if children and children[0].kind_id in tables.defaults:
        return 0
    if tables.pattern:
        pattern = case.child_by_field_id(tables.pattern)
    else:
        pattern = next((child for child in children if child.is_named), None)
    guards = 0
    if pattern is not None and pattern.kind_id in tables.guarded:
        guards += pattern.child_by_field_id(tables.guarded[pattern.kind_id]) is not None
        pattern = next(iter(pattern.children), None)
    if pattern is None or _matches_all(pattern, data, tables):
        return guards
    return guards + 1


def labelled(jump: Node, data: bytes, tables: Tables) -> bool:
    """Does a `break`, `continue` or `goto` say where to?"""
    if tables.jump_words and not data.startswith(tables.jump_words, jump.start_byte):
        return False
    labels, comments = tables.jump_labels, tables.comments
    children: list[Node] = jump.named_children
    return any(child.kind_id in labels if labels else child.kind_id not in comments for child in children)


def _matches_all(pattern: Node, data: bytes, tables: Tables) -> bool:
    parts: list[Node] = pattern.named_children if pattern.kind_id in tables.groups else [pattern]
    return all(
        data[part.start_byte : part.end_byte] == b"_"
        or (part.kind_id in tables.captures and data[part.start_byte : part.start_byte + 1].islower())
        for part in parts
    )
