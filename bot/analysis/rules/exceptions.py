"""Errors that get lost: empty handlers, handlers that catch too much, and jumps that leave them behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.analysis.rules.lib.languages import FUNCTIONS, LOOPS, SWITCHES, sites
from bot.analysis.rules.lib.nodes import below, field, head, is_empty_block, only, parts
from bot.analysis.rules.rule import Context, Found, Rule
from bot.analysis.syntax import Node

_BROAD = frozenset(
    {b"Exception", b"BaseException", b"StandardError", b"Throwable", b"RuntimeException", b"Error", b"IOException"}
    | {b"SQLException"}
)
_TYPED = frozenset({"java", "php", "cpp", "csharp", "kotlin"})
_SWIFT_EMPTY = re.compile(rb"catch\s*\{\s*\}")
_MEANT = re.compile(rb"_|_?(ignor|expect|unused|swallow|cannot|never|impossib|quiet)", re.IGNORECASE)
_IDLE = re.compile(rb"(?:pass|\.\.\.)[;\s]*\Z")
_NOTHING = frozenset({"pass_statement", "ellipsis", "empty_statement"})


def _caught(node: Node, context: Context) -> bytes:
    """What a Python or Ruby handler catches, as it is written, without the name that it is bound to."""
    value = field(node, "value", "exceptions")
    if value is not None and value.type == "as_pattern":
        value = value.named_child(0)
    return context.text(value)


def _commented(node: Node, context: Context) -> bool:
    """Does a comment stand in the handler, at its end or on the line below? The grammars of Python and Ruby give such
    a comment to whatever comes next."""
    data = context.data
    end = _line_end(data, node.end_byte)
    return b"#" in data[node.start_byte : end] or data[end : _line_end(data, end + 1)].lstrip().startswith(b"#")


def _line_end(data: bytes, start: int) -> int:
    found = data.find(b"\n", start)
    return found if found >= 0 else len(data)


def _empty_handler(node: Node, context: Context) -> Iterator[Found]:
    if context.language == "python" and not _IDLE.search(context.data, max(0, node.end_byte - 20), node.end_byte):
        return
    if context.language in ("python", "ruby"):
        if (
            _is_broad(_caught(node, context))
            and not _is_kept(node, context)
            and _does_nothing(node)
            and not _commented(node, context)
        ):
            yield Found(node)
        return
    if context.language == "swift":
        if _SWIFT_EMPTY.fullmatch(context.data, node.start_byte, node.end_byte):
            yield Found(node)
        return
    body = node.named_children[-1] if context.language == "kotlin" else field(node, "body")
    if body is None or not is_empty_block(body, context):
        return
    closed = context.data.find(b"}", body.start_byte) + 1  # TypeScript's blocks may reach over what is behind them
    behind = context.data[closed : _line_end(context.data, closed)].lstrip()
    if behind.startswith((b"//", b"/*")):
        return
    header = context.data[node.start_byte : body.start_byte]
    if context.language == "csharp" and re.search(rb"\bwhen\b|\bIOException\b", header):
        return  # one kind of trouble
    caught = node.named_children[-2] if context.language == "kotlin" else field(node, "type") or node.named_child(0)
    if context.language in _TYPED and not _is_broad(context.text(caught)):
        return
    name = re.search(rb"(\w+)\s*(?::[^():]*)?\)\s*$", header)
    if b"//" not in header and b"/*" not in header and not (name and _MEANT.match(name[1])):
        yield Found(node)


def _is_broad(caught: bytes) -> bool:
    """Does a handler of these classes catch more than one kind of trouble? One without any catches all."""
    names = re.findall(rb"(?:[\w.:]*[.:\\])?(\w+)", caught[:400])
    return not names or not _BROAD.isdisjoint(names)


def _is_kept(node: Node, context: Context) -> bool:
    """In Ruby a handler's variable lives on: is it there again soon after the handler?"""
    name = context.text(only(field(node, "variable"))) if context.language == "ruby" else b""
    after = context.data[node.end_byte : node.end_byte + 1000]
    return bool(name) and (name in after or name.startswith(b"@"))


def _does_nothing(handler: Node) -> bool:
    if handler.type == "rescue":
        return not parts(field(handler, "body"))
    body = handler.named_children[-1:]
    if not body or body[0].type != "block":
        return False
    return all(
        statement.type in _NOTHING
        or (statement.type == "expression_statement" and statement.named_child_count == 1 and _is_ellipsis(statement))
        for statement in parts(body[0])
    )


def _is_ellipsis(statement: Node) -> bool:
    inner = statement.named_child(0)
    return inner is not None and inner.type in _NOTHING


_RAISES = frozenset({b"raise", b"exit", b"exit!", b"abort", b"throw", b"fail"})


def _catches_all(node: Node, context: Context) -> Iterator[Found]:
    caught = _caught(node, context)
    if context.language == "ruby":
        if caught != b"Exception":
            return
    elif caught not in (b"", b"BaseException") or b" as " in context.data[node.start_byte : node.start_byte + 40]:
        return
    elif _does_nothing(node) and not _commented(node, context):
        return  # a swallowed error, which is worse
    for inner in below(node, FUNCTIONS):
        if inner.type == "raise_statement" or (inner.type == "identifier" and context.text(inner) in _RAISES):
            return
    variable = context.text(only(field(node, "variable")))
    if variable and re.search(rb"(?:=|<<)\s*%b\b" % re.escape(variable), context.text(node)[:2000]):
        return  # kept, to be handed on
    yield Found(head(node))


_BREAKS = frozenset({"break_statement", "continue_statement", "break", "next"})
_RETURNS = frozenset({"return_statement", "return_expression", "return"})
_CATCHERS = FUNCTIONS | LOOPS | SWITCHES | {"labeled_statement"}
_RUBY_CATCHERS = _CATCHERS | {"block", "do_block"}


def _leaves_finally(node: Node, context: Context) -> Iterator[Found]:
    """Jumps out of the block: returns at any depth, breaks that leave no loop within it."""
    for inner in below(node, FUNCTIONS):
        if inner.type in _RETURNS:
            yield Found(head(inner))
    for inner in below(node, _RUBY_CATCHERS if context.language == "ruby" else _CATCHERS):
        if inner.type in _BREAKS:
            yield Found(head(inner))


RULES = (
    Rule(
        "empty-catch",
        "correctness",
        "warning",
        "Swallowed error",
        "This handler swallows the error: handle it, log it, or say in a comment why it can be ignored.",
        sites(
            {
                "python": ("except_clause",),
                "ecmascript": ("catch_clause",),
                "ruby": ("rescue",),
                "java": ("catch_clause",),
                "php": ("catch_clause",),
                "cpp": ("catch_clause",),
                "csharp": ("catch_clause",),
                "kotlin": ("catch_block",),
                "swift": ("catch_block",),
            },
            _empty_handler,
        ),
    ),
    Rule(
        "catch-all",
        "correctness",
        "warning",
        "Handler that stops exits and interrupts",
        "This also catches requests to exit and interrupts: name the errors that you expect, or raise it again.",
        sites(
            {"python": ("except_clause",), "ruby": ("rescue",)},
            _catches_all,
            {"python": (rb"except\s*:", rb"\bBaseException\b"), "ruby": (rb"\bException\b",)},
        ),
    ),
    Rule(
        "jump-in-finally",
        "correctness",
        "error",
        "Jump out of a finally block",
        "A jump out of this block discards the error or the result that is on its way: move it behind the block.",
        sites(
            {
                "python": ("finally_clause",),
                "ecmascript": ("finally_clause",),
                "ruby": ("ensure",),
                "java": ("finally_clause",),
                "php": ("finally_clause",),
                "scala": ("finally_clause",),
            },
            _leaves_finally,
        ),
    ),
)
