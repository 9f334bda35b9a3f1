"""Statements that do nothing: results that nobody looks at, errors that nobody raises."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.analysis.rules.lib.calls import call
from bot.analysis.rules.lib.languages import sites
from bot.analysis.rules.lib.nodes import field, line_around, only, parts
from bot.analysis.rules.rule import Context, Found, Rule
from bot.analysis.syntax import Node

_STATEMENTS = {
    "python": ("expression_statement",),
    "ecmascript": ("expression_statement",),
    "java": ("expression_statement",),
    "php": ("expression_statement",),
}
_COMPARING = {
    **{name: kinds for name, kinds in _STATEMENTS.items() if name != "java"},
    "rust": ("expression_statement",),
    "objc": ("expression_statement",),
}
"""In Java it is no statement; in Kotlin and Swift it may be what a lambda gives."""


def _alone(node: Node, context: Context) -> Node | None:
    """What stands as a statement of its own. In Python not what stands right in a `with` or `try`: a test writes
    it there for the error that it raises."""
    if context.language == "python" and _OPENS.match(line_around(node, context)):
        return None
    return only(node)


_COMPARED = re.compile(rb"[$\w.\[\]\"'>-]+(?:\([^\n=]*\))? *(?:==|!=|<=|>=)")
_MADE = re.compile(rb"(?:new +)?[\w.\\]*(?:Error|Exception)\(")
_OPENS = re.compile(rb"(?:async )?with\b|try\b")
_COMPARISONS = frozenset({b"==", b"!=", b"===", b"!==", b"<=", b">="})


def _comparison(node: Node, context: Context) -> Iterable[Found]:
    return _compared(node, context) if _COMPARED.match(context.data, node.start_byte) else ()


def _compared(node: Node, context: Context) -> Iterator[Found]:
    inner = _alone(node, context)
    if inner is None or inner.type not in ("comparison_operator", "binary_expression") or inner.child_count != 3:
        return
    if context.text(inner.children[1]) in _COMPARISONS:
        yield Found(inner)


_ERROR = re.compile(
    rb"(?:[\w.\\]*\.|\\)?(?!Set|Get|Show|Log|Handle|Raise|Throw|On|Print|Assert|Report|Clear|Format|Add|Write|Check)"
    rb"(?:[A-Z]\w*)?(?:Error|Exception)"
)


def _not_thrown(node: Node, context: Context) -> Iterable[Found]:
    return _made(node, context) if _MADE.match(context.data, node.start_byte) else ()


def _made(node: Node, context: Context) -> Iterator[Found]:
    inner = _alone(node, context)
    if inner is None or context.data[max(0, node.start_byte - 10) : node.start_byte].rstrip().endswith(b"->"):
        return  # the value of a case is no statement
    if context.language == "python":
        target = field(inner, "function") if inner.type == "call" else None
    elif inner.type in ("new_expression", "object_creation_expression"):
        target = field(inner, "constructor", "type") or parts(inner)[0]
    else:
        return
    if target is not None and target.end_byte - target.start_byte < 100 and _ERROR.fullmatch(context.text(target)):
        yield Found(target, context.text(target).decode(errors="replace"))


_CALLS = frozenset({"call", "call_expression", "method_invocation", "function_call_expression"})
_PURE = {
    "python": {b"strip", b"lstrip", b"rstrip", b"upper", b"lower", b"casefold", b"swapcase"},
    "javascript": {
        b"trim",
        b"trimStart",
        b"trimEnd",
        b"toUpperCase",
        b"toLowerCase",
        b"concat",
        b"padStart",
        b"padEnd",
    },
    "java": {b"trim", b"strip", b"toUpperCase", b"toLowerCase", b"substring"},
    "php": {b"trim", b"rtrim", b"ltrim", b"strtolower", b"strtoupper", b"ucfirst", b"str_replace", b"array_merge"},
}
_WITHOUT_ARGUMENTS = frozenset({b"upper", b"lower", b"casefold", b"swapcase", b"trim", b"trimStart", b"trimEnd"})
_PURE_FUNCTIONS = {b"sorted", b"reversed"}


def _ignored(node: Node, context: Context) -> Iterator[Found]:
    inner = only(node)
    if inner is None or inner.type not in _CALLS:
        return
    found = call(inner, context)
    pure = _PURE.get(context.language, _PURE["javascript"])
    is_method = b"." in found.text or context.language == "php"
    if context.language != "php" and found.name in _WITHOUT_ARGUMENTS and found.arguments():
        return  # another method of the same name
    if found.name == b"lower" and b"tkinter" in context.data:
        return  # which lowers a window
    known = (found.name in pure and is_method) or (context.language == "python" and found.path in _PURE_FUNCTIONS)
    if known and _alone(node, context) is not None:
        yield Found(inner, found.name.decode())


def _lines(beginning: bytes) -> tuple[bytes, ...]:
    """Lines that are one statement of this kind, as far as a look at the text can tell."""
    return (rb"(?m)(?:^|[;{}):])[ \t]*" + beginning,)


_CHAIN = rb"[$\w.\[\]\"'()>-]*"


def _called(words: set[bytes]) -> tuple[bytes, ...]:
    return _lines(_CHAIN + rb"(?:" + b"|".join(sorted(words)) + rb")\(")


RULES = (
    Rule(
        "useless-comparison",
        "correctness",
        "error",
        "Comparison that nobody looks at",
        "Nothing is done with this comparison: assign, assert or ask it in a condition.",
        sites(
            _COMPARING,
            _comparison,
            dict.fromkeys(_COMPARING, _lines(_COMPARED.pattern)),
        ),
    ),
    Rule(
        "error-not-raised",
        "correctness",
        "error",
        "Error that is made and not raised",
        "This {detail} is made and thrown away: raise it.",
        sites(
            _STATEMENTS,
            _not_thrown,
            dict.fromkeys(_STATEMENTS, _lines(_MADE.pattern)),
        ),
    ),
    Rule(
        "ignored-result",
        "correctness",
        "error",
        "Result that nobody looks at",
        "{detail} changes nothing but returns a new value: use what it returns.",
        sites(
            _STATEMENTS,
            _ignored,
            signs={
                "python": _called(_PURE["python"] | _PURE_FUNCTIONS),
                "ecmascript": _called(_PURE["javascript"]),
                "java": _called(_PURE["java"]),
                "php": _called(_PURE["php"]),
            },
        ),
    ),
)
