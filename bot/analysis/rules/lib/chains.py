"""Chains of `if ... else if ... else`, read the same way in every language."""

from __future__ import annotations

from typing import NamedTuple

from bot.analysis.rules.lib.nodes import field, only
from bot.analysis.rules.rule import Context
from bot.analysis.syntax import Node

IFS = {
    "python": ("if_statement",),
    "ecmascript": ("if_statement",),
    "ruby": ("if",),
    "go": ("if_statement",),
    "java": ("if_statement",),
    "php": ("if_statement",),
    "rust": ("if_expression",),
    "c": ("if_statement",),
    "cpp": ("if_statement",),
    "csharp": ("if_statement",),
    "scala": ("if_expression",),
    "objc": ("if_statement",),
    "kotlin": ("if_expression",),
    "swift": ("if_statement",),
}
"""Language -> the kinds that open a chain."""

TERNARIES = {
    "python": ("conditional_expression",),
    "ecmascript": ("ternary_expression",),
    "ruby": ("conditional",),
    "java": ("ternary_expression",),
    "php": ("conditional_expression",),
    "c": ("conditional_expression",),
    "cpp": ("conditional_expression",),
    "csharp": ("conditional_expression",),
}

_CONTINUE = frozenset({"if_statement", "if", "if_expression", "elsif"})
_ELSES = frozenset({"else_clause", "else"})
_FLAT = frozenset({"elif_clause", "else_if_clause"})  # stand in a row in the first `if`
_LONG = 200  # branches that are looked at
_PLACED = frozenset({"kotlin", "swift"})  # their grammars give no names to the branches


class Branch(NamedTuple):
    """One branch; an `else` has no condition."""

    condition: Node | None
    body: Node | None


def chain(node: Node, context: Context) -> list[Branch]:
    """The branches of the chain that `node` opens; none where it only continues a chain or has but one branch. The
    rules that look at one node share the work, and a chain is read once however long it is."""
    placed = context.language in _PLACED
    if node.child_count < (7 if placed else 5 if context.language in ("python", "ruby") else 4):
        return []  # no else: by far the most
    known = context.memo.get("chain")
    if known is not None and known[0] is node:
        return known[1]  # type: ignore[no-any-return]
    inner: set[int] = context.memo.setdefault("chained", set())
    if placed:
        found = [] if node.start_byte in inner else _placed(node, inner)
    else:
        found = [] if node.start_byte in inner or field(node, "alternative") is None else _read(node, inner)
    context.memo["chain"] = (node, found)
    return found


def _read(node: Node, inner: set[int]) -> list[Branch]:
    found: list[Branch] = []
    current: Node | None = node
    while current is not None:
        inner.add(current.start_byte)
        if len(found) < _LONG:
            found.append(Branch(field(current, "condition"), field(current, "consequence", "body")))
        following = None
        for other in current.children_by_field_name("alternative"):
            inside = only(other) if other.type in _ELSES else other
            if other.type in _FLAT:
                found.append(Branch(field(other, "condition"), field(other, "consequence", "body")))
            elif inside is not None and inside.type in _CONTINUE:
                following = inside
            else:  # with a comment beside its body, the clause itself stands for it
                alone = inside is not None and other.type == "else_clause" and other.named_child_count == 1
                found.append(Branch(None, inside if alone else other))
        current = following
    return found


def _placed(node: Node, inner: set[int]) -> list[Branch]:
    """The same where place alone tells the branches: a condition, a body, and what stands behind the `else`. None where
    anything else is there, such as a comment or a second condition, for then place does not tell."""
    found: list[Branch] = []
    current: Node | None = node
    while current is not None:
        inner.add(current.start_byte)
        named = [child for child in current.named_children if child.type != "else"]
        has_else = any(child.type == "else" for child in current.children)
        conditions = current.children_by_field_name("condition")
        if len(conditions) != 1 or named[:1] != conditions or len(named) != 2 + has_else:
            return []
        if len(found) < _LONG:
            found.append(Branch(conditions[0], named[1]))
        current = None
        if has_else and named[2].type in _CONTINUE:
            current = named[2]
        elif has_else:
            found.append(Branch(None, named[2]))
    return found if len(found) > 1 else []
