"""Instance variables: which names a declaration or an assignment tells of."""

from __future__ import annotations

import re

from bot.analysis.syntax import Node
from bot.analysis.tables import Plan, Tables

_WORD = re.compile(rb"\w+")
_MEMBER = re.compile(rb"#?[\w$\x80-\xff]+")
_LENGTH = 2000  # of source looked at for one name: longer targets hold no names


def told(node: Node, data: bytes, tables: Tables, names: set[bytes], *, direct: bool) -> None:
    """Add to `names` those that a node of one of the language's `fields` tells of, as they are written, without their
    prefix. `direct`: the node stands in the namespace's own body, not in a function of it."""
    for plan in tables.fields[node.kind_id]:
        if plan.prefix:
            for place in _targets(node, plan):
                start = place.start_byte
                target = data[start : min(place.end_byte, start + _LENGTH)]
                if plan.prefix in target:
                    _members(target, plan.prefix, names)
        elif (direct or plan.inner) and not (plan.typed and node.child_by_field_id(tables.type) is None):
            if plan.without.of(node) is not None:
                continue
            value = node.child_by_field_id(tables.value)
            if value is not None and value.kind_id in tables.functions:
                continue  # that makes it a method
            places = _follow(node, plan) or ([] if plan.strict else [node])
            if places and (not plan.worded or _worded(node, places[0], plan, data, tables)):
                names.update(
                    data[place.start_byte : min(place.end_byte, place.start_byte + _LENGTH)] for place in places
                )


def _targets(node: Node, plan: Plan) -> list[Node]:
    """Where the path of a prefix leads: most often to one field of an assignment, of which there are many."""
    if len(plan.steps) == 1 and plan.steps[0][0]:
        target = node.child_by_field_id(plan.steps[0][0])
        return [target] if target is not None else []
    return _follow(node, plan)


def _follow(node: Node, plan: Plan) -> list[Node]:
    """Where the path leads."""
    nodes = [node]
    for field, kinds in plan.steps:
        if field:
            nodes = [child for parent in nodes for child in parent.children_by_field_id(field)]
        else:
            nodes = [child for parent in nodes for child in parent.named_children if child.kind_id in kinds]
    return nodes


def _worded(node: Node, name: Node, plan: Plan, data: bytes, tables: Tables) -> bool:
    """Do the words around the first name make it an instance variable?"""
    start = node.start_byte
    words = set(_WORD.findall(data, start, min(name.start_byte, start + _LENGTH)))
    if (declared := node.child_by_field_id(tables.type)) is not None:
        begin = declared.start_byte
        words.update(_WORD.findall(data, begin, min(declared.end_byte, begin + _LENGTH)))
    return words.isdisjoint(plan.unless) and not (plan.needs and words.isdisjoint(plan.needs))


def _members(target: bytes, prefix: bytes, names: set[bytes]) -> None:
    """`self.a, (self.b, *self.c)` -> a, b, c; what is more than a name behind the prefix is none."""
    for piece in target.split(b","):
        name = piece.strip(b" \t\r\n()*")
        if name.startswith(prefix) and _MEMBER.fullmatch(name, len(prefix)):
            names.add(name[len(prefix) :])
