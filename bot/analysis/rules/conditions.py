"""Conditions that ask nothing: constants, assignments, and those on which nothing depends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.analysis.rules.lib.languages import sites
from bot.analysis.rules.lib.nodes import bare, field, is_empty_block, only, parts
from bot.analysis.rules.rule import Context, Found, Rule
from bot.analysis.syntax import Node

_CONSTANTS = frozenset(
    {
        "true",
        "false",
        "none",
        "nil",
        "null",
        "integer",
        "float",
        "number",
        "int_literal",
        "integer_literal",
        "decimal_integer_literal",
        "number_literal",
        "boolean_literal",
        "null_literal",
        "boolean",
        "list",
        "dictionary",
        "tuple",
        "lambda",
        "arrow_function",
    }
)
_BLOCKS = frozenset({"statement_block", "block", "compound_statement"})
_FALSE = re.compile(rb"(?i)false|0|none|null|nil")


def is_constant(condition: Node | None) -> bool:
    """Is this a literal, in any parentheses?"""
    inner = bare(condition)
    return inner is not None and inner.type in _CONSTANTS


def _is_kotlin_literal(condition: Node, context: Context) -> bool:
    return context.language == "kotlin" and context.text(condition) in (b"true", b"false")


def _constant_condition(node: Node, context: Context) -> Iterator[Found]:
    inner = parts(node)
    is_python_ternary = node.type == "conditional_expression" and context.language == "python"
    condition = bare(inner[1] if is_python_ternary and len(inner) == 3 else field(node, "condition"))
    if condition is None or not (condition.type in _CONSTANTS or _is_kotlin_literal(condition, context)):
        return
    text = context.text(condition)
    if node.type in ("while_statement", "while", "while_expression", "for_statement") and not _FALSE.fullmatch(text):
        return  # an endless loop
    body = field(node, "consequence", "body")
    if body is not None and body.type in _BLOCKS and is_empty_block(body, context):
        return  # the first of a row of conditions, for the others to look alike
    if node.type == "if_statement" and context.language in ("c", "cpp", "objc") and _is_jumped_into(body):
        return
    body = only(body)
    if text and not text.startswith((b"{}", b"[]")) and not context.text(body).startswith(b"yield"):
        yield Found(condition, text.decode(errors="replace")[:20])


def _is_jumped_into(body: Node | None) -> bool:
    """Does the branch begin with a label? `if (0) { failed: ... }` runs for those who jump there."""
    return any(child.type in ("labeled_statement", "case_statement") for child in parts(body)[:4])


_CONSTANT_ALONE = (
    rb"if +\(*(?:True\b|False\b|None\b|true\b|false\b|nil\b|\d|\[|\{|lambda)",
    rb"while +\(*(?:False\b|None\b|false\b|nil\b|0)",
    rb"unless (?:true|false|nil)\b",
    rb"if \([^()\n]*,[^()\n]*\):",
    rb"true \?",
    rb"false \?",
)
_CONSTANT_IN_BRACKETS = (
    rb"(?i)\b(?:if|while)\s*\(+\s*(?:true|false|null|[\d.]+)\s*\)",
    rb"(?i)\b(?:true|false|null|[\d.]+)\)*\s*\?",
)

_LITERALS = _CONSTANTS | {"string", "string_literal", "template_string", "encapsed_string", "symbol", "simple_symbol"}


_ASSIGNS = (rb"if\s*\(?\s*[$@\w.>\[\]-]+\s*=[^=~>]",)


def _plain_assignment(node: Node, context: Context) -> Iterator[Found]:
    """`if (a = 1)`. Not what is put in extra parentheses, and not `if (match = find())`: both are meant."""
    condition = field(node, "condition")
    inner = _in_parentheses(condition) if context.language not in ("ruby", "csharp") else condition
    if inner is None or inner.type not in ("assignment_expression", "assignment"):
        return
    right = field(inner, "right")
    operator = context.data[inner.start_byte : right.start_byte].rstrip()[-2:] if right is not None else b""
    if right is None or not operator.endswith(b"=") or operator[:1] in b"+-*/%&|^<>!?=~":
        return
    if right.type in _LITERALS:
        yield Found(inner)


def _in_parentheses(node: Node | None) -> Node | None:
    if node is None or node.type not in ("parenthesized_expression", "condition_clause"):
        return None
    inner = parts(node)
    return inner[0] if len(inner) == 1 else None


_BRACKETED = rb"\([^()\n]*(?:%b[^()\n]*)*\)"
_EMPTY_BRACES = rb"\{[\s;]*\}"
_EMPTY = (_EMPTY_BRACES, rb"if\s*%b\s*;" % (_BRACKETED % (_BRACKETED % (_BRACKETED % rb"\(\)"))))


def _nothing_depends(node: Node, context: Context) -> Iterator[Found]:
    if context.language in ("kotlin", "swift"):
        ending = context.data[max(node.start_byte, node.end_byte - 200) : node.end_byte]
        if node.child_count < 16 and _ENDS_EMPTY.search(ending):
            yield from _empty_last(node)
        return
    body = field(node, "consequence", "body")
    if body is None or field(node, "alternative") is not None:
        return
    if context.language in ("c", "cpp", "objc") and b"(" in context.text(bare(field(node, "condition"))):
        return  # `if (write(...)) {}` quiets a compiler that minds an unused result
    if context.language == "rust" and b"let " in context.text(field(node, "condition")):
        return  # one way to pass over an error
    if body.type in ("empty_statement", ";") or (body.type in _BLOCKS and is_empty_block(body, context)):
        yield Found(body)


_ENDS_EMPTY = re.compile(rb"\{\s*\}\Z")


def _empty_last(node: Node) -> Iterator[Found]:
    """Braces with nothing in them at the end of an `if` without an `else`, in grammars that do not name the body."""
    last = node.children[-1]
    if last.type in ("block", "}") and not any(child.type == "else" for child in node.children):
        yield Found(node)


RULES = (
    Rule(
        "constant-condition",
        "correctness",
        "warning",
        "Condition that never changes",
        "This condition is always the same: delete what never runs, or ask what was meant.",
        sites(
            {
                "python": ("if_statement", "elif_clause", "while_statement", "conditional_expression"),
                "ecmascript": ("if_statement", "while_statement", "ternary_expression"),
                "ruby": ("if", "elsif", "unless", "while", "conditional"),
                "go": ("if_statement",),
                "java": ("if_statement", "while_statement", "ternary_expression"),
                "php": ("if_statement", "else_if_clause", "while_statement", "conditional_expression"),
                "c": ("if_statement", "conditional_expression"),
                "cpp": ("if_statement", "conditional_expression"),
                "csharp": ("if_statement", "while_statement", "conditional_expression"),
                "scala": ("if_expression", "while_expression"),
                "kotlin": ("if_expression", "while_statement"),
                "swift": ("if_statement", "while_statement"),
                "rust": ("if_expression",),
            },
            _constant_condition,
            signs=dict.fromkeys(
                ("ecmascript", "java", "php", "c", "cpp", "csharp", "scala", "kotlin"), _CONSTANT_IN_BRACKETS
            )
            | dict.fromkeys(("python", "ruby", "go", "swift", "rust"), _CONSTANT_ALONE),
        ),
    ),
    Rule(
        "assignment-in-condition",
        "correctness",
        "error",
        "Assignment where a comparison was meant",
        "This assigns instead of comparing: write a comparison, or assign above the condition.",
        sites(
            {
                "ecmascript": ("if_statement",),
                "java": ("if_statement",),
                "ruby": ("if",),
                "php": ("if_statement", "else_if_clause"),
                "c": ("if_statement",),
                "cpp": ("if_statement",),
                "csharp": ("if_statement",),
            },
            _plain_assignment,
            dict.fromkeys(("ecmascript", "java", "ruby", "php", "c", "cpp", "csharp"), _ASSIGNS),
        ),
    ),
    Rule(
        "empty-branch",
        "correctness",
        "warning",
        "Condition without consequence",
        "Nothing depends on this condition: write what should happen, or say in a comment why it is empty.",
        sites(
            {
                "ecmascript": ("if_statement",),
                "java": ("if_statement",),
                "go": ("if_statement",),
                "php": ("if_statement",),
                "c": ("if_statement",),
                "cpp": ("if_statement",),
                "csharp": ("if_statement",),
                "scala": ("if_expression",),
                "kotlin": ("if_expression",),
                "swift": ("if_statement",),
                "rust": ("if_expression",),
            },
            _nothing_depends,
            dict.fromkeys(("go", "kotlin", "swift", "rust"), (_EMPTY_BRACES,))
            | dict.fromkeys(("ecmascript", "java", "php", "c", "cpp", "csharp", "scala"), _EMPTY),
        ),
    ),
)
