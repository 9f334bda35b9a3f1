"""Instance variables: which names a declaration or an assignment tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.analysis.language import Field
from bot.analysis.syntax import Node
from bot.analysis.tables import Steps, Tables

_WORD = re.compile(rb"\w+")
_MEMBER = re.compile(rb"#?[\w$\x80-\xff]+")
_LENGTH = 2000  # of source looked at for one name: longer targets hold no names


def told(node: Node, data: bytes, tables: Tables, *, direct: bool) -> Iterator[bytes]:
    """The names that a node of one of the language's `fields` tells of, as they are written, without their prefix.
    `direct`: the node stands in the namespace's own body, not in a function of it."""
    for field, steps in tables.fields[node.kind_id]:
        if not (direct or field.inner or field.prefix) or (field.typed and node.child_by_field_id(tables.type) is None):
            continue
        names = _follow(node, steps, tables, strict=field.strict)
        if not _worded(node, names, field, data, tables):
            continue
        for name in names:
            if field.prefix:
                yield from _members(data[name.start_byte : min(name.end_byte, name.start_byte + _LENGTH)], field.prefix)
            else:
                yield data[name.start_byte : min(name.end_byte, name.start_byte + _LENGTH)]


def _follow(node: Node, steps: Steps, tables: Tables, *, strict: bool) -> list[Node]:
    """Where the path leads; nowhere where the value at its end is a function, since that makes it a method."""
    nodes = [node]
    for field, kinds in steps:
        if field:
            nodes = [child for parent in nodes for child in parent.children_by_field_id(field)]
        else:
            nodes = [child for parent in nodes for child in parent.named_children if child.kind_id in kinds]
    value = node.child_by_field_id(tables.value)
    if value is not None and value.kind_id in tables.functions:
        return []
    return nodes or ([] if strict else [node])


def _worded(node: Node, names: list[Node], field: Field, data: bytes, tables: Tables) -> bool:
    """Do the words around the first name make it an instance variable?"""
    if not (field.needs or field.unless) or not names:
        return True
    start = node.start_byte
    words = set(_WORD.findall(data, start, min(names[0].start_byte, start + _LENGTH)))
    if (declared := node.child_by_field_id(tables.type)) is not None:
        begin = declared.start_byte
        words.update(_WORD.findall(data, begin, min(declared.end_byte, begin + _LENGTH)))
    if field.needs and words.isdisjoint(word.encode() for word in field.needs):
        return False
    return words.isdisjoint(word.encode() for word in field.unless)


def _members(target: bytes, prefix: str) -> Iterator[bytes]:
    """`self.a, (self.b, *self.c)` -> a, b, c; what is more than a name behind the prefix is none."""
    start = prefix.encode()
    for piece in target.split(b",") if start in target else ():
        name = piece.strip(b" \t\r\n()*")
        if name.startswith(start) and _MEMBER.fullmatch(name, len(start)):
            yield name[len(start) :]
