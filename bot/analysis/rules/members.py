"""Members of classes: two of one name, one that nobody uses, and equals without hashCode."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.analysis.rules.lib.languages import sites
from bot.analysis.rules.lib.nodes import field, parts
from bot.analysis.rules.rule import Context, Found, Rule, Site
from bot.analysis.syntax import Node

_METHODS = frozenset({"function_definition", "method_definition", "method", "singleton_method"})
_BETWEEN = 20_000  # bytes between two methods that are looked at


def _duplicate_method(node: Node, context: Context) -> Iterable[Found]:
    body = node if node.type == "class_body" else next(iter(node.named_children[-1:]), None)
    if body is None:
        return ()
    met = (_NAMED.match(context.data, member.start_byte) for member in body.named_children)
    names = [found[1] for found in met if found is not None]
    return _lost(node, context) if len(set(names)) < len(names) else ()


_NAMED = re.compile(rb"(?:(?:async|def|static|get|set)\s+|\*\s*)*+([$\w#.]+)")


def _lost(node: Node, context: Context) -> Iterator[Found]:
    """Two methods of one name right in a class body. What lies in a condition or is decorated is meant; so is a method
    whose name is used before the second one takes it."""
    body = node if node.type == "class_body" else field(node, "body")
    met: dict[bytes, Node] = {}
    data = context.data
    for member in body.named_children if body is not None else ():
        found = _DEFINED.match(data, member.start_byte)
        if found is None:
            continue
        key = b" ".join(found[0].replace(b"async", b"").split())
        first = met.setdefault(key, member)
        if first is member or member.type not in _METHODS or first.type not in _METHODS:
            continue
        met[key] = member
        name = field(member, "name")
        between = data[first.end_byte : min(member.start_byte, first.end_byte + _BETWEEN)]
        if name is not None and not re.search(rb"(?<!\w)%b(?!\w)" % re.escape(context.text(name)), between):
            yield Found(name, context.text(name).decode(errors="replace"))


_DEFINED = re.compile(rb"(?:(?:async|def|static|get|set)\s+|\*\s*)*(?!_\b)[$\w#.]{1,100}[?!=]?(?=\s*(?:[(;\n#]|$))")
"""A method from its first word to its name, with what tells two methods apart."""


_CALLED_BY_NAME = re.compile(
    rb"serialVersionUID|serialPersistentFields|readObject|writeObject|readResolve|writeReplace|readObjectNoData|main"
    rb"|registerNatives|initIDs"
)
_BUDGET = 16_000_000  # bytes that one file's searches may read in all


def _unused_private(node: Node, context: Context) -> Iterable[Found]:
    """A private method or field of Java whose name is nowhere else in the file."""
    start = node.start_byte
    return _unused(node, context) if context.data[start : start + 7] in (b"private", b"static ", b"final p") else ()


def _unused(node: Node, context: Context) -> Iterator[Found]:
    text = context.text(node.named_child(0))
    if b"private" not in text or b"@" in text or b"native" in text:
        return
    if node.type == "method_declaration":
        names = [field(node, "name")]
    elif b"static" in text and b"final" in text and _among_constants(node, context.data):
        return
    else:
        names = [field(child, "name") for child in node.children_by_field_name("declarator")]
    for name in names:
        if name is None or _CALLED_BY_NAME.fullmatch(context.text(name)):
            continue
        if not _is_used(name, context):
            yield Found(name, context.text(name).decode(errors="replace"))


_CONSTANT = re.compile(rb"\s*(?:private|public|protected)?\s*static final [\w.<>\[\]]{1,60}\s+[A-Z]")


def _among_constants(node: Node, data: bytes) -> bool:
    """Is the line above or below a constant, too? Of a list of codes or flags some are there to be read."""
    start = data.rfind(b"\n", 0, node.start_byte)
    above = data[data.rfind(b"\n", max(0, start - 400), max(0, start)) + 1 : max(0, start)]
    end = data.find(b"\n", node.end_byte)
    below = data[end + 1 : end + 400] if end >= 0 else b""
    return _CONSTANT.match(above) is not None or _CONSTANT.match(below) is not None


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
    return data[start - 1 : start].isalnum() or data[end : end + 1].isalnum() or data[end : end + 1] in (b"_", b"$")


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
        {"java": Site(("method_declaration", "field_declaration"), _unused_private, (rb"\bprivate\b",))},
    ),
    Rule(
        "equals-without-hashcode",
        "correctness",
        "warning",
        "equals without hashCode",
        "Equal objects must have equal hash codes: define hashCode, too.",
        {"java": Site(("class_declaration",), _equals_alone, (rb"\bboolean\s+equals\s*\(",))},
    ),
)
