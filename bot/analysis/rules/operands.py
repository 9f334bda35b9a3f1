"""Operators whose two sides say that something else was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.analysis.rules.lib.languages import BINARY, sites
from bot.analysis.rules.lib.nodes import COMPARISONS, EQUAL, field, operator, plain, string_value
from bot.analysis.rules.rule import Context, Found, Rule, Site
from bot.analysis.syntax import Node

_NAN = {
    "python": re.compile(rb"(?:math|np|numpy|cmath|jnp)\.nan|float\(['\"]nan['\"]\)"),
    "javascript": re.compile(rb"(?:Number\.)?NaN"),
    "typescript": re.compile(rb"(?:Number\.)?NaN"),
    "tsx": re.compile(rb"(?:Number\.)?NaN"),
    "java": re.compile(rb"(?:Double|Float)\.NaN"),
    "ruby": re.compile(rb"Float::NAN"),
    "go": re.compile(rb"math\.NaN\(\)"),
    "php": re.compile(rb"NAN"),
    "objc": re.compile(rb"NAN"),
    "kotlin": re.compile(rb"(?:Double|Float)\.NaN"),
    "swift": re.compile(rb"(?:Double|Float|CGFloat)\.nan"),
    "rust": re.compile(rb"(?:std::)?f(?:32|64)::NAN"),
    "c": re.compile(rb"NAN"),
    "cpp": re.compile(rb"NAN|std::nan\(\"\"\)"),
    "csharp": re.compile(rb"(?:double|float|Double|Single)\.NaN"),
    "scala": re.compile(rb"(?:Double|Float)\.NaN"),
}


def _nan(node: Node, context: Context) -> Iterator[Found]:
    if node.child_count != 3 or plain(node.children[1], context) not in COMPARISONS:
        return
    pattern = _NAN[context.language]
    for side in (node.children[0], node.children[2]):
        if side.end_byte - side.start_byte < 20 and pattern.fullmatch(context.text(side)):
            yield Found(node)
            return


def _negation(node: Node, context: Context) -> Iterator[Found]:
    """`!a in b` asks whether false or true is in b."""
    left = field(node, "left")
    if (
        left is not None
        and left.type == "unary_expression"
        and context.data[left.start_byte : left.start_byte + 1] == b"!"
    ):
        sign = operator(node, context)
        if sign in (b"in", b"instanceof"):
            yield Found(left, sign.decode())


_IS_ODD = frozenset({"string", "integer", "float", "tuple", "list", "dictionary", "set", "concatenated_string"})


def _is_literal(node: Node, context: Context) -> Iterator[Found]:
    if node.child_count != 3 or not plain(node.children[1], context).startswith(b"is"):
        return
    for side in (node.children[0], node.children[2]):
        if side.type in _IS_ODD:
            yield Found(node)
            return


_TYPES = frozenset(
    {b"undefined", b"object", b"boolean", b"number", b"string", b"function", b"symbol", b"bigint", b"unknown", b"date"}
)


_TYPEOF = (rb"typeof [^=!\n]+[=!]==?\s*[\"']", rb"= typeof")
_KNOWN_TYPE = re.compile(rb"typeof [\w.$]{1,80} [=!]==? [\"'](?:" + b"|".join(sorted(_TYPES)) + rb")[\"']")


def _typeof(node: Node, context: Context) -> Iterable[Found]:
    return () if _KNOWN_TYPE.match(context.data, node.start_byte) else _unknown_type(node, context)


def _unknown_type(node: Node, context: Context) -> Iterator[Found]:
    left, right = field(node, "left"), field(node, "right")
    if operator(node, context) not in EQUAL:
        return
    for one, other in ((left, right), (right, left)):
        if one is not None and one.type == "unary_expression" and context.text(one).startswith(b"typeof"):
            value = string_value(other, context)
            if value is not None and other is not None and value not in _TYPES:
                yield Found(other, value.decode(errors="replace")[:40])


def _string_comparison(node: Node, context: Context) -> Iterator[Found]:
    left, right = field(node, "left"), field(node, "right")
    if left is None or right is None or operator(node, context) not in (b"==", b"!="):
        return
    kinds = (left.type, right.type)
    if kinds.count("string_literal") == 1 and "null_literal" not in kinds:
        yield Found(node)


RULES = (
    Rule(
        "nan-comparison",
        "correctness",
        "error",
        "Comparison with NaN",
        "NaN equals nothing, not even itself: ask with the function that is there for it.",
        sites(
            {
                name: ("comparison_operator",) if name == "python" else kinds
                for name, kinds in BINARY.items()
                if name in _NAN or name == "ecmascript"
            },
            _nan,
            {
                "python": (rb"\.nan\b", rb"float\([\"']nan[\"']\)"),
                "ecmascript": (rb"\bNaN\b",),
                "ruby": (rb"\bNAN\b",),
                "go": (rb"math\.NaN\(\)",),
                "java": (rb"\.NaN\b",),
                "php": (rb"\bNAN\b",),
                "objc": (rb"\bNAN\b",),
                "kotlin": (rb"\.NaN\b",),
                "swift": (rb"\.nan\b",),
                "rust": (rb"::NAN\b",),
                "c": (rb"\bNAN\b",),
                "cpp": (rb"\bNAN\b", rb"std::nan\("),
                "csharp": (rb"\.NaN\b",),
                "scala": (rb"\.NaN\b",),
            },
        ),
    ),
    Rule(
        "unsafe-negation",
        "correctness",
        "error",
        "Negation of the wrong part",
        "The ! belongs to the left side alone here: put the whole `{detail}` in parentheses and negate those.",
        sites(
            {"ecmascript": ("binary_expression",)},
            _negation,
            signs={"ecmascript": (rb"![$\w.\[\]]+ (?:in|instanceof)\b",)},
        ),
    ),
    Rule(
        "is-literal",
        "correctness",
        "error",
        "Identity asked of a literal",
        "`is` asks whether these are the same object, which a literal need not be: compare with == or !=.",
        {"python": Site(("comparison_operator",), _is_literal, signs=(rb" is (?:not )?[\d\"'(\[{]",))},
    ),
    Rule(
        "invalid-typeof",
        "correctness",
        "error",
        "Type that typeof never gives",
        "typeof never gives {detail}: mend the name of the type.",
        sites({"ecmascript": ("binary_expression",)}, _typeof, signs={"ecmascript": _TYPEOF}),
    ),
    Rule(
        "string-comparison",
        "correctness",
        "error",
        "Strings compared by identity",
        "This asks whether both are the same object, not whether they hold the same text: compare with equals.",
        {"java": Site(("binary_expression",), _string_comparison, (rb'[=!]=\s*"', rb'"\s*[=!]='))},
    ),
)
