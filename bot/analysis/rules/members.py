"""Members of classes: two of one name, one that nobody uses, and equals without hashCode."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.analysis.rules.lib.languages import sites
from bot.analysis.rules.lib.nodes import field, parts
from bot.analysis.rules.rule import Context, Found, Rule, Site
from bot.analysis.syntax import Node

_METHODS = frozenset({"function_definition", "method_definition", "method", "singleton_method"})
_BETWEEN = 20_000  # bytes between two methods that are looked at


def _duplicate_method(node: Node, context: Context) -> Iterator[Found]:
    """Two methods of one name right in a class body. What lies in a condition or is decorated is meant; so is a method
    whose name is used before the second one takes it."""
    members = node.named_children if node.type == "class_body" else parts(field(node, "body"))
    met: dict[bytes, Node] = {}
    for member in members:
        if member.type not in _METHODS:
            continue
        name = field(member, "name")
        if name is None or name.type == "computed_property_name":
            continue
        key = _key(member, name, context)
        first = met.get(key)
        met[key] = member
        if first is None or key == b"_":
            continue
        between = context.data[first.end_byte : min(member.start_byte, first.end_byte + _BETWEEN)]
        if not re.search(rb"(?<!\w)%b(?!\w)" % re.escape(context.text(name)), between):
            yield Found(name, context.text(name).decode(errors="replace"))


def _key(member: Node, name: Node, context: Context) -> bytes:
    """The name with what else tells two methods apart: static, get, set, the receiver."""
    head = context.data[member.start_byte : name.start_byte].split()
    marks = [word for word in head if word in (b"static", b"get", b"set") or b"." in word]
    return b" ".join([*marks, context.text(name)])


_CALLED_BY_NAME = re.compile(
    rb"serialVersionUID|serialPersistentFields|readObject|writeObject|readResolve|writeReplace|readObjectNoData|main"
    rb"|registerNatives|initIDs"
)
_BUDGET = 16_000_000  # bytes that one file's searches may read in all


def _unused_private(node: Node, context: Context) -> Iterator[Found]:
    """A private method or field of Java whose name is nowhere else in the file."""
    modifiers = node.named_child(0)
    if modifiers is None or modifiers.type != "modifiers":
        return
    text = context.text(modifiers)
    if b"private" not in text or b"@" in text or b"native" in text:
        return
    if node.type == "method_declaration":
        names = [field(node, "name")]
    else:
        names = [field(child, "name") for child in node.children_by_field_name("declarator")]
    for name in names:
        if name is None or _CALLED_BY_NAME.fullmatch(context.text(name)):
            continue
        if not _is_used(name, context):
            yield Found(name, context.text(name).decode(errors="replace"))


def _is_used(name: Node, context: Context) -> bool:
    """Is the name there a second time? Behind it first, where it mostly is."""
    data, word = context.data, context.text(name)
    if not word:
        return True
    for start, end in ((name.end_byte, len(data)), (0, name.start_byte)):
        last, place = start, data.find(word, start, end)
        while place >= 0:
            if not _continues(data, place, place + len(word)) or _spend(context, place - last) < 0:
                return True
            last, place = place, data.find(word, place + len(word), end)
        if _spend(context, end - last) < 0:
            return True
    return False


def _spend(context: Context, read: int) -> int:
    left: int = context.memo.get("budget", _BUDGET) - read - 50
    context.memo["budget"] = left
    return left


def _continues(data: bytes, start: int, end: int) -> bool:
    """Is this only a part of a longer name?"""
    around = data[max(0, start - 1) : start] + data[end : end + 1]
    return re.search(rb"[\w$]", around) is not None


def _equals_alone(node: Node, context: Context) -> Iterator[Found]:
    if field(node, "superclass") is not None:
        return  # which may well define hashCode
    equals = None
    for member in parts(field(node, "body")):
        if member.type != "method_declaration":
            continue
        name = field(member, "name")
        word = context.text(name)
        listed = parts(field(member, "parameters"))
        if word == b"hashCode" and not listed:
            return
        if word == b"equals" and len(listed) == 1 and context.text(field(listed[0], "type")) in _OBJECT:
            equals = name
    if equals is not None:
        yield Found(equals)


_OBJECT = (b"Object", b"java.lang.Object")

RULES = (
    Rule(
        "duplicate-method",
        "correctness",
        "error",
        "Two methods of one name",
        "{detail} was defined above in this class, and that one is lost: rename one, or drop it.",
        sites(
            {
                "python": ("class_definition",),
                "ecmascript": ("class_body",),
                "ruby": ("class", "module"),
            },
            _duplicate_method,
        ),
    ),
    Rule(
        "unused-private-member",
        "correctness",
        "warning",
        "Private member that nobody uses",
        "Nobody uses {detail}, and nobody outside can: delete it.",
        {"java": Site(("method_declaration", "field_declaration"), _unused_private, (b"private",))},
    ),
    Rule(
        "equals-without-hashcode",
        "correctness",
        "warning",
        "equals without hashCode",
        "Equal objects must have equal hash codes: define hashCode, too.",
        {"java": Site(("class_declaration",), _equals_alone, (b" equals(",))},
    ),
)
