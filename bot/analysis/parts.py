"""The parts of a node that the walk treats apart: a structure's heads, and how a case decides."""

from __future__ import annotations

from bot.analysis.syntax import Node
from bot.analysis.tables import Split, Tables


def split(node: Node, by: Split) -> tuple[list[Node], list[Node], list[Node]]:
    """A structure's named children: its heads (in the order of its table), what lies deeper, and those of the heads
    that are conditions."""
    bodies: list[Node] = node.named_children
    if by.last:
        return bodies[:-1], bodies[-1:], []
    heads = [bodies[number] for number in by.numbers if number < len(bodies)]
    tests = heads[:1]
    for place in by.places:
        found = place.all_of(node)
        tests = tests or found
        heads += found
    for head in heads:
        bodies.remove(head)
    return heads, bodies, tests if by.tested else []


def paths(case: Node, data: bytes, tables: Tables) -> int:
    """How many decisions a case makes: none if it matches whatever is left (`default:`, `_ =>`), one more if it has a
    guard in its pattern."""
    if tables.pattern:
        pattern = case.child_by_field_id(tables.pattern)
    else:
        children: list[Node] = case.named_children
        pattern = children[0] if children else None
    if pattern is None:
        return 0
    guards = int(tables.guard > 0 and pattern.child_by_field_id(tables.guard) is not None)
    if tables.defaults and (_first(case) in tables.defaults or _first(pattern) in tables.defaults):
        return guards
    return guards + (data[pattern.start_byte : pattern.end_byte] != b"_")


def labelled(jump: Node, data: bytes, tables: Tables) -> bool:
    """Does a `break`, `continue` or `goto` say where to?"""
    if tables.jump_words and not data.startswith(tables.jump_words, jump.start_byte):
        return False
    labels, comments = tables.jump_labels, tables.comments
    children: list[Node] = jump.named_children
    return any(child.kind_id in labels if labels else child.kind_id not in comments for child in children)


def _first(node: Node) -> int:
    """The kind of a node's first child; 0, which is no kind, where there is none."""
    children: list[Node] = node.children
    return children[0].kind_id if children else 0
