"""Text in source: literals, and text that is built from literals and values, in every language's own way."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.analysis.rules.lib.calls import KINDS, call, unwrapped
from bot.analysis.rules.rule import Context
from bot.analysis.syntax import Node

STRINGS = frozenset(
    {
        "string",
        "string_literal",
        "interpreted_string_literal",
        "raw_string_literal",
        "template_string",
        "line_string_literal",
        "multi_line_string_literal",
        "multiline_string_literal",
        "encapsed_string",
        "verbatim_string_literal",
        "interpolated_string_expression",
        "interpolated_string",
        "concatenated_string",
        "chained_string",
        "heredoc",
        "nowdoc",
        "charlist",
        "raw_string",
        "subshell",
        "shell_command_expression",
    }
)
"""Node kinds of text, with or without values within it."""

_HOLES = frozenset(
    {
        "interpolation",
        "template_substitution",
        "interpolated_expression",
        "interpolated_identifier",
        "interpolated_string_expression_part",
        "line_string_expression",
        "multi_line_string_expression",
        "variable_name",
        "dynamic_variable_name",
        "member_access_expression",
        "subscript_expression",
    }
)
_JOINS = frozenset({"binary_operator", "binary_expression", "binary", "additive_expression", "infix_expression"})
_JOINERS = frozenset({b"+", b".", b"<>", b"++", b"..", b"<<"})
_FORMATS = frozenset({b"format", b"sprintf", b"Sprintf", b"formatted", b"Format"})
_FORMAT_HOLE = re.compile(rb"%[-+# 0]*\d*(?:\.\d+)?(?:\(\w+\))?[a-zA-Z@]|\{[\w.!:]*\}")
_QUOTES = b"\"'`"
_WORD = re.compile(rb"[A-Za-z_]\w*")
_MANY = 200  # parts that are looked at

_NUMBERS = re.compile(r"(integer|float|number|int|real|decimal|boolean|true|false|null|nil|none|char)")
_CONSTANT = re.compile(rb"(?:[\w$]+(?:\.|::|->))*(?:k[A-Z]\w*|_*[A-Z][A-Z0-9_]+)\Z")
_OWN = re.compile(
    rb"(?:RbConfig|Gem|Process)\.|Rails\.(?:root|env)|__(?:dir|FILE|LINE|name)__|sys\.executable|process\.(?:pid|execPath)"
)
_HARMLESS_CALL = re.compile(
    rb"(?i)(quot|escap|sanit|encode_?uri|html_?encode|url_?encode|^(int|integer|float|number|parseint|parsefloat|len|count|size|length|str\.len"
    rb"|itoa|to_i|to_f|intval|floatval|max|min|hex|ord|id|uuid4?|md5|hexdigest|tostring16|parselong)$|placeholder|ident|^(_|__|t|n?gettext\w*|translate|getpid|time|now)$"
    rb"|purif|clean|strip_tags|safe)"
)


class Part(NamedTuple):
    """A piece of built text: `text` that is known, or the node of a value that is not."""

    text: bytes
    value: Node | None = None


def is_string(node: Node) -> bool:
    return node.type in STRINGS


def parts(node: Node, context: Context) -> list[Part]:
    """The pieces of a text in order, as far as one expression shows them. What is not text at all is one value."""
    found: list[Part] = []
    pending = [node]
    for _ in range(10 * _MANY):
        if not pending or len(found) > _MANY:
            break
        current = unwrapped(pending.pop())
        kind = current.type
        if kind in ("concatenated_string", "chained_string"):
            pending.extend(reversed(current.named_children[:_MANY]))
        elif kind == "interpolated_string_expression" and _is_scala(current):  # Scala's s"..."
            _string(current.named_children[1], context, found)
        elif kind in STRINGS:
            _string(current, context, found)
        elif kind in _JOINS and (sides := _sides(current, context)):
            pending.extend(reversed(sides))
        elif not _formatted(current, context, found):
            found.append(Part(b"", current))
    return found


def _is_scala(node: Node) -> bool:
    """`s"..."`, whose text is a node of its own; C# has the pieces right here."""
    inner = node.named_children
    return len(inner) == 2 and inner[1].type == "interpolated_string"


def _sides(node: Node, context: Context) -> list[Node]:
    """Left and right of a concatenation; empty for another operator."""
    if node.child_count != 3:
        return []
    left, joint, right = node.children
    return [left, right] if context.text(joint) in _JOINERS else []


def _string(node: Node, context: Context, found: list[Part]) -> None:
    at = node.start_byte
    data = context.data
    first = len(found)
    kotlin = context.language == "kotlin"
    for child in node.named_children[:_MANY]:
        if child.type in _HOLES:
            found.append(Part(data[at : child.start_byte]))
            found.append(Part(b"", _hole(child)))
            at = child.end_byte
        elif kotlin and data[child.start_byte : child.end_byte] == b"$":  # "$name", whose name is text to the grammar
            name = _WORD.match(data, child.end_byte)
            if name is not None and not _CONSTANT.match(name[0]):
                found.append(Part(data[at : child.start_byte]))
                found.append(Part(b"", child))
                at = name.end()
    found.append(Part(data[at : node.end_byte]))
    # The quotes, and the letters before them, are no text.
    opening = re.match(rb"[A-Za-z@$#]{0,3}(?:\"{3}|'{3}|[\"'`])?", found[first].text)
    found[first] = Part(found[first].text[opening.end() if opening else 0 :])
    found[-1] = Part(found[-1].text.rstrip(_QUOTES) if len(found) - first == 1 else _closed(found[-1].text))


def _closed(text: bytes) -> bytes:
    """Without the closing quote, but with one of the other kind before it."""
    for quote in (b'"""', b"'''"):
        if text.endswith(quote):
            return text[:-3]
    return text[:-1]


def _hole(node: Node) -> Node:
    """The value that is put into text."""
    if node.type in ("variable_name", "member_access_expression", "subscript_expression"):
        return node
    inner = next((child for child in node.named_children if child.type != "interpolation_brace"), None)
    return inner if inner is not None else node


def _formatted(node: Node, context: Context, found: list[Part]) -> bool:
    """`"..." % x`, `"...".format(x)`, `fmt.Sprintf("...", x)` and their like."""
    if node.type in ("binary_operator", "binary") and node.child_count == 3:
        left, joint, right = node.children
        if context.text(joint) == b"%" and left.type in STRINGS:
            values = right.named_children if right.type in ("tuple", "array") else [right]
            _fill(left, values, context, found)
            return True
        return False
    if node.type in KINDS[context.language]:
        made = call(node, context) if node.end_byte - node.start_byte < 20_000 else None
        if made is not None and made.name in _FORMATS:
            values = made.arguments()
            receiver = _receiver(node)
            if receiver is not None and receiver.type in STRINGS:
                _fill(receiver, values, context, found)
                return True
            if values and values[0].type in STRINGS:
                _fill(values[0], values[1:], context, found)
                return True
    return False


def _receiver(node: Node) -> Node | None:
    function = node.child_by_field_name("function")
    if function is None:
        return node.child_by_field_name("receiver") or node.child_by_field_name("object")
    return function.child_by_field_name("object") or function.child_by_field_name("value")


def _fill(template: Node, values: list[Node], context: Context, found: list[Part]) -> None:
    """A template with its values in their places; the last value stands for those that are missing."""
    pieces: list[Part] = []
    _string(template, context, pieces)
    number = 0
    for piece in pieces:
        if piece.value is not None:
            found.append(piece)
            continue
        at = 0
        for hole in _FORMAT_HOLE.finditer(piece.text):
            found.append(Part(piece.text[at : hole.start()]))
            if hole[0][-1:] in b"diuxXofeEgGc":  # a number, whatever is put there
                found.append(Part(b"0"))
            elif values:
                found.append(Part(b"", unwrapped(values[min(number, len(values) - 1)])))
            number += 1
            at = hole.end()
            if len(found) > _MANY:
                return
        found.append(Part(piece.text[at:]))


def constant(node: Node | None, context: Context) -> bytes | None:
    """The text of a literal without values in it, quotes left out; None for anything else."""
    if node is None:
        return None
    node = unwrapped(node)
    if node.type not in STRINGS:
        return None
    found = parts(node, context)
    return b"".join(part.text for part in found) if all(part.value is None for part in found) else None


def harmless(value: Node, context: Context) -> bool:
    """Whether a value that is put into text can be seen to be a number, a constant, or made safe on the way."""
    value = unwrapped(value)
    if _NUMBERS.match(value.type) or value.type in STRINGS:
        return True
    text = context.data[value.start_byte : min(value.end_byte, value.start_byte + 160)]
    if _CONSTANT.match(text) or _OWN.match(text):
        return True
    if value.type in KINDS[context.language]:
        return _HARMLESS_CALL.search(call(value, context).name) is not None
    return text.endswith((b".length", b".size"))


def built(node: Node, context: Context) -> list[Part]:
    """The pieces of a text that holds both words of its own and a value that is not harmless; else nothing."""
    found = parts(node, context)
    words = any(part.text.strip() for part in found)
    values = any(part.value is not None and not harmless(part.value, context) for part in found)
    return found if words and values else []


def is_fixed(node: Node, context: Context) -> bool:
    """Whether a text shows no value that is not harmless."""
    return all(part.value is None or harmless(part.value, context) for part in parts(node, context))
