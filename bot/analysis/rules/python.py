"""Traps of Python's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.analysis.rules.lib.nodes import field, only, parts
from bot.analysis.rules.rule import Context, Found, Rule, Site
from bot.analysis.syntax import Node

_MUTABLE = re.compile(rb"=\s*(?:\[\s*\]|\{\s*\}|(?:list|dict|set|defaultdict|deque|Counter)\()")
_MEANT = re.compile(rb"_|\w*(?:cache|memo)", re.IGNORECASE)
_BODY = 30_000  # bytes of a function's body that are looked at
_CHANGES = (
    rb"\b%b\.(?:append|extend|insert|add|update|setdefault|pop|popitem|remove|discard|clear|sort|reverse|appendleft)\("
    rb"|\b%b\[[^\]\n]*\]\s*(?:[-+*/|&]|//)?=[^=]|\b%b\s*[+|&-]=|\bdel\s+%b\["
    rb"|\breturn\s+%b\s*$|\.\w+\s*=\s*%b\s*$"
)


_SHARED = rb"def +\w+\s*\([^)]*=\s*(?:\[|\{|(?:list|dict|set|defaultdict|deque|Counter)\()"


def _mutable_default(node: Node, context: Context) -> Iterator[Found]:
    listed, body = field(node, "parameters"), field(node, "body")
    if listed is None or body is None or not _MUTABLE.search(context.text(listed)):
        return
    for parameter in parts(listed):
        if parameter.type not in ("default_parameter", "typed_default_parameter"):
            continue
        name, value = field(parameter, "name"), field(parameter, "value")
        if name is None or value is None or not _MUTABLE.match(b"=" + context.text(value)):
            continue
        word = context.text(name)
        if not _MEANT.match(word) and _is_changed(word, context.text(body)[:_BODY]):
            yield Found(parameter, word.decode(errors="replace"))


def _is_changed(name: bytes, body: bytes) -> bool:
    """Does the body change what the name holds, or hand it out to others who may?"""
    if name not in body or (not name.isalnum() and not name.replace(b"_", b"").isalnum()):
        return False
    if re.search(rb"(?m)^\s*%b\s*=[^=]" % name, body):
        return False  # most often a copy
    return re.search(_CHANGES.replace(b"%b", name), body, re.MULTILINE) is not None


def _assert_tuple(node: Node, context: Context) -> Iterator[Found]:  # noqa: ARG001
    inner = only(node)
    if inner is not None and inner.type == "tuple" and inner.named_child_count:
        yield Found(inner)


def _except_or(node: Node, context: Context) -> Iterator[Found]:
    value = field(node, "value")
    if value is not None and value.type == "as_pattern":
        value = value.named_child(0)
    if value is not None and value.type == "boolean_operator":
        sign = field(value, "operator")
        yield Found(value, context.text(sign).decode())


def _not_implemented(node: Node, context: Context) -> Iterator[Found]:
    inner = next(iter(parts(node)), None)
    target = field(inner, "function") if inner is not None and inner.type == "call" else inner
    if context.text(target) == b"NotImplemented":
        yield Found(node)


_EXCEPTIONS = re.compile(
    rb"Exception|(?:Arithmetic|Assertion|Attribute|Buffer|EOF|Import|Index|Key|Lookup|Memory|Name|OS|Overflow|Recursion"
    rb"|Reference|Runtime|Syntax|System|Type|UnboundLocal|Unicode|UnicodeDecode|UnicodeEncode|Value|ZeroDivision"
    rb"|FileNotFound|FileExists|Permission|Timeout|Connection|ConnectionReset|BrokenPipe|NotImplemented|IO)Error"
    rb"|StopIteration|StopAsyncIteration"
)
_OS = re.compile(
    rb"(?:FileNotFound|FileExists|Permission|Timeout|Connection\w*|BrokenPipe|IsADirectory|NotADirectory)Error"
)


def _shadowed_handler(node: Node, context: Context) -> Iterator[Found]:
    """Handlers of one `try` in order: one that can get no error any more."""
    if node.child_count < 5:  # a try, its block, and one handler
        return
    met: set[bytes] = set()
    for handler in node.named_children:
        if handler.type != "except_clause":
            continue
        value = field(handler, "value")
        if value is not None and value.type == "as_pattern":
            value = value.named_child(0)
        names = [value] if value is None or value.type != "tuple" else parts(value)
        texts = [context.text(name) for name in names]
        if texts and all(text and _covered(text, met) for text in texts):
            yield Found(value or handler, b", ".join(texts).decode(errors="replace")[:60])
        met.update(texts)


def _covered(name: bytes, met: set[bytes]) -> bool:
    if name in met:
        return True
    if b"OSError" in met and _OS.fullmatch(name):
        return True
    return not met.isdisjoint((b"Exception", b"BaseException")) and _EXCEPTIONS.fullmatch(name) is not None


RULES = (
    Rule(
        "mutable-default",
        "correctness",
        "warning",
        "Default value that is shared and changed",
        "All calls share this default value of {detail}, and one changes it: use None, and make a new one in the body.",
        {"python": Site(("function_definition",), _mutable_default, (_SHARED,))},
    ),
    Rule(
        "assert-on-tuple",
        "correctness",
        "error",
        "Assertion that always holds",
        "A tuple is always true, so this asserts nothing: drop the parentheses.",
        {"python": Site(("assert_statement",), _assert_tuple, (rb"assert *\(",))},
    ),
    Rule(
        "except-or",
        "correctness",
        "error",
        "Handler for only one of two errors",
        "This handles only one of these errors: write them as a tuple, (A, B), instead of joining them with {detail}.",
        {"python": Site(("except_clause",), _except_or, (rb"except\b[^\n:]*\b(?:or|and)\b",))},
    ),
    Rule(
        "raise-not-implemented",
        "correctness",
        "error",
        "NotImplemented is no error",
        "NotImplemented is a value for operators to return: raise the error of that name, with Error at its end.",
        {"python": Site(("raise_statement",), _not_implemented, (rb"raise NotImplemented\b",))},
    ),
    Rule(
        "shadowed-handler",
        "correctness",
        "error",
        "Handler that gets no errors",
        "A handler above gets every {detail}: put this one first, or drop it.",
        {"python": Site(("try_statement",), _shadowed_handler)},
    ),
)
