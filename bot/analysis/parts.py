"""The parts of a node that the walk treats apart: a structure's heads, and how a case decides."""

from __future__ import annotations

from bot.analysis.syntax import Node
from bot.analysis.tables import Tables


def split(node: Node, fields: tuple[int, ...], places: tuple[int, ...]) -> tuple[list[Node], list[Node]]:
    """A structure's named children, its heads apart (in the order of its table) from what lies deeper."""
    bodies: list[Node] = node.named_children
    heads = [bodies[place] for place in places if place < len(bodies)]
    for field in fields:
        part = node.child_by_field_id(field)
        if part is not None and part.is_named:
            heads.append(part)
    for part in heads:
        bodies.remove(part)
    return heads, bodies


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


def _first(node: Node) -> int:
    """The kind of a node's first child; 0, which is no kind, where there is none."""
    children: list[Node] = node.children
    return children[0].kind_id if children else 0
