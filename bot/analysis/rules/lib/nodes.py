"""Looking at nodes, downward and within bounds: the source is hostile, so nothing here recurses or reads it twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.analysis.rules.rule import Context
from bot.analysis.syntax import Node

COMMENTS = frozenset({"comment", "line_comment", "block_comment", "multiline_comment", "html_comment", "doc_comment"})
STRINGS = frozenset(
    {
        "string",
        "string_literal",
        "interpreted_string_literal",
        "raw_string_literal",
        "encapsed_string",
        "line_string_literal",
        "template_string",
    }
)
_PIECES = frozenset({"string_content", "string_fragment", "interpreted_string_literal_content", "line_str_text"})

EQUAL = frozenset({b"==", b"===", b"!=", b"!=="})
COMPARISONS = EQUAL | {b"<", b">", b"<=", b">=", b"<>"}

COMPARED_BYTES = 4096
"""Longer pieces of code are not compared: nobody takes one for the other by a slip."""

VISITED_NODES = 4000
"""How many nodes below one node a rule looks at."""


def parts(node: Node | None) -> list[Node]:
    """The node's named children without comments."""
    return [child for child in node.named_children if child.type not in COMMENTS] if node is not None else []


def only(node: Node | None) -> Node | None:
    """The only named child that is no comment."""
    found = parts(node)
    return found[0] if len(found) == 1 else None


def head(node: Node) -> Node:
    """The node's first token where it has one, for an objection to stand at something small."""
    return node.child(0) if node.child_count else node


_PARENTHESES = ("parenthesized_expression", "condition_clause")


def bare(node: Node | None, wrappers: Collection[str] = _PARENTHESES) -> Node | None:
    """The node within any parentheses."""
    while node is not None and node.type in wrappers:
        node = only(node)
    return node


def field(node: Node | None, *names: str) -> Node | None:
    """The child in the first of these fields that the node has."""
    for name in names:
        if node is not None and (found := node.child_by_field_name(name)) is not None:
            return found
    return None


def below(node: Node, closed: Collection[str] = (), limit: int = VISITED_NODES) -> Iterator[Node]:
    """The named nodes below `node` in the order of the source, at most `limit`; of the kinds in `closed` only
    themselves, not what they hold."""
    stack = node.named_children[::-1]
    while stack and limit:
        limit -= 1
        found = stack.pop()
        yield found
        if found.type not in closed:
            stack.extend(reversed(found.named_children))


def is_empty_block(block: Node, context: Context) -> bool:
    """Is there nothing between the braces, not even a comment? (A comment behind them may belong to the node, too.)"""
    text = context.data[block.start_byte : min(block.end_byte, block.start_byte + COMPARED_BYTES)]
    return text.startswith(b"{") and text[1:].lstrip(b" \t\r\n;").startswith(b"}")


_DEFINITION = re.compile(rb"(?:(?:async )?def|(class))\b")
_NO_STATEMENT = (b"#", b")", b"]", b"}")
_OPENER = 200  # bytes of a line that are told


def line_around(node: Node, context: Context) -> bytes:
    """In Python the line that opens the block in which a statement stands: the first one above that is indented less.
    Empty where the file itself is the block."""
    lines: list[bytes] = context.memo.get("openers") or context.memo.setdefault("openers", _openers(context.data))
    return lines[node.start_point[0]]


def _openers(data: bytes) -> list[bytes]:
    """For each line of Python the one that opens its block. All at once: a look upwards from each of many statements
    would cost the file's size each time."""
    openers = []
    around: list[tuple[int, bytes]] = []
    for line in data.split(b"\n"):
        code = line.lstrip()
        counts = bool(code) and not code.startswith(_NO_STATEMENT)
        indent = len(line) - len(code)
        while counts and around and around[-1][0] >= indent:
            around.pop()
        openers.append(around[-1][1] if around else b"")
        if counts:
            around.append((indent, code[:_OPENER]))
    return openers


def is_in_function(node: Node, context: Context) -> bool:
    """Is a function of Python, rather than a class or the file, what a statement stands in?"""
    lines: list[bool] = context.memo.get("in_function") or context.memo.setdefault(
        "in_function", _in_functions(context.data)
    )
    return lines[node.start_point[0]]


def _in_functions(data: bytes) -> list[bool]:
    """For each line of Python, whether it stands in a function."""
    inside = []
    around: list[tuple[int, bool]] = []  # indents of the definitions that are open, and whether each is a function
    for line in data.split(b"\n"):
        code = line.lstrip()
        if code and not code.startswith(_NO_STATEMENT):
            indent = len(line) - len(code)
            while around and around[-1][0] >= indent:
                around.pop()
        inside.append(bool(around) and around[-1][1])
        if found := _DEFINITION.match(code):
            around.append((len(line) - len(code), not found[1]))
    return inside


def plain(node: Node, context: Context) -> bytes:
    """The node's source: `Context.text` of what is there for certain."""
    return context.data[node.start_byte : node.end_byte]


def squeezed(text: bytes) -> bytes:
    """The text with each run of white space as one blank."""
    return b" ".join(text.split())


def same(one: Node | None, other: Node | None, context: Context) -> bool:
    """Do two nodes hold the same code, however it is laid out? Nothing and very long code are never the same."""
    if one is None or other is None or one.kind_id != other.kind_id:
        return False
    first, second = one.byte_range, other.byte_range
    if max(first[1] - first[0], second[1] - second[0]) > COMPARED_BYTES or first[0] == first[1]:
        return False
    text, against = context.data[first[0] : first[1]], context.data[second[0] : second[1]]
    return text == against or squeezed(text) == squeezed(against)


def operator(node: Node, context: Context) -> bytes:
    """The operator of a binary or unary expression; empty where it has none."""
    return context.text(field(node, "operator", "operators"))


def string_value(node: Node | None, context: Context) -> bytes | None:
    """The text of a string literal as it is written, escapes and all; None where the node is none or has
    interpolations."""
    if node is None or node.type not in STRINGS:
        return None
    inner = [child for child in node.named_children if child.type not in ("string_start", "string_end")]
    if any(child.type not in _PIECES and child.type != "escape_sequence" for child in inner):
        return None
    if inner:
        return context.data[inner[0].start_byte : inner[-1].end_byte]
    return context.text(node).strip(b"\"'`")
