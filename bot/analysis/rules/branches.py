"""Branches that cannot be what was meant: conditions that never change, the same question or the same answer twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from bot.analysis.rules.conditions import is_constant
from bot.analysis.rules.lib.calls import holds
from bot.analysis.rules.lib.chains import IFS, TERNARIES, Branch, chain
from bot.analysis.rules.lib.languages import sites
from bot.analysis.rules.lib.nodes import COMPARED_BYTES, bare, field, parts, same, squeezed
from bot.analysis.rules.rule import Context, Found, Rule
from bot.analysis.syntax import Node

_CHANGING = re.compile(
    rb"\+\+|--|:=|<-|[^=!<>:]=[^=>~]|\b(?:next|read|random|rand|pop|shift|await|yield|advance)", re.I
)
"""In a condition: asked twice, it may well answer otherwise."""


def _code(node: Node | None, context: Context) -> bytes:
    """A node's code on one line, to compare; empty where it is too long."""
    inner = bare(node)
    if inner is None or inner.end_byte - inner.start_byte > COMPARED_BYTES:
        return b""
    return squeezed(context.text(inner))


def _duplicate_condition(node: Node, context: Context) -> Iterable[Found]:
    branches = chain(node, context)
    if len(branches) < 2 or branches[1].condition is None:
        return ()
    return _repeated(node, branches, context)


def _repeated(node: Node, branches: list[Branch], context: Context) -> Iterator[Found]:
    if context.language == "go" and b";" in _headers(branches, context):
        return
    met: set[bytes] = set()
    for branch in branches:
        code = _code(branch.condition, context)
        if code in met and code and not _CHANGING.search(code) and not is_constant(branch.condition):
            yield Found(branch.condition or node, code.decode(errors="replace")[:60])
        met.add(code)


def _headers(branches: list[Branch], context: Context) -> bytes:
    """What stands between each body and the next condition, where Go declares variables."""
    return b"".join(
        context.data[one.body.end_byte : two.condition.start_byte]
        for one, two in pairwise(branches)
        if one.body is not None and two.condition is not None
    )


def _identical_branches(node: Node, context: Context) -> Iterable[Found]:
    branches = chain(node, context)
    if len(branches) < 2 or branches[-1].condition is not None:
        return ()
    first = branches[0].body
    if first is None or not all(_same_body(first, branch.body, context) for branch in branches[1:]):
        return ()
    return (Found(branches[0].condition or node),) if _has_code(first, context) else ()


def _same_body(one: Node, other: Node | None, context: Context) -> bool:
    if other is not None and one.kind_id == other.kind_id:
        return same(one, other, context)
    return other is not None and _lines(one, context) == _lines(other, context) != b""


def _lines(node: Node, context: Context) -> bytes:
    """The statements of a branch whose node holds a keyword, too (Ruby's `then` and `else`)."""
    inner = node.named_children
    return squeezed(context.data[inner[0].start_byte : inner[-1].end_byte][:COMPARED_BYTES]) if inner else b""


def _has_code(body: Node, context: Context) -> bool:
    inner = parts(body)
    return bool(inner) and not all(child.type == "pass_statement" for child in inner) and bool(context.text(body))


def _identical_ternary(node: Node, context: Context) -> Iterable[Found]:
    inner = node.named_children
    if len(inner) == 3:
        one, other = (inner[0], inner[2]) if context.language == "python" else inner[1:]
        if not context.data.startswith(context.data[one.start_byte : one.start_byte + 1], other.start_byte):
            return ()
    return _same_answer(node, context)


def _same_answer(node: Node, context: Context) -> Iterator[Found]:
    if context.language == "python":
        inner = parts(node)
        if len(inner) == 3 and same(inner[0], inner[2], context):
            yield Found(inner[1])
    elif not node.has_error and same(field(node, "consequence", "body"), field(node, "alternative"), context):
        yield Found(field(node, "condition") or node)


_CASES = {
    "ecmascript": ("switch_body",),
    "ruby": ("case",),
    "python": ("match_statement",),
    "php": ("switch_block",),
    "scala": ("case_block",),
    "rust": ("match_block",),
    "kotlin": ("when_expression",),
    "swift": ("switch_statement",),
}


def _duplicate_case(node: Node, context: Context) -> Iterator[Found]:
    if context.language == "swift" and holds(context, b"#if"):
        return  # a case may be there once for each platform
    met: set[bytes] = set()
    for case in _cases(node, context):
        for value in _values(case, context):
            code = _code(value, context)
            if code in met and not _CHANGING.search(code):
                yield Found(value, code.decode(errors="replace")[:60])
            elif code:
                met.add(code)


def _cases(node: Node, context: Context) -> list[Node]:
    if context.language == "python":
        return parts(field(node, "body"))
    return parts(node)


def _values(case: Node, context: Context) -> Iterable[Node]:
    if context.language == "ruby":
        return case.children_by_field_name("pattern") if case.type == "when" else ()
    if context.language == "python":
        if case.type != "case_clause" or field(case, "guard") is not None:
            return ()
        return [child for child in case.named_children if child.type == "case_pattern"]
    if context.language == "scala":
        guarded = any(child.type == "guard" for child in case.named_children)
        return () if case.type != "case_clause" or guarded else case.children_by_field_name("pattern")[:1]
    if context.language in _PATTERNED:
        return _patterns(case, context)
    return case.children_by_field_name("value")[:1]


_PATTERNED = frozenset({"rust", "kotlin", "swift"})


def _patterns(case: Node, context: Context) -> list[Node]:
    """None of a case that asks more than its pattern, or that is there for some platforms alone."""
    if context.language == "kotlin":
        return case.children_by_field_name("condition") if case.type == "when_entry" else []
    inner = case.named_children
    if context.language == "rust":
        is_plain = case.type == "match_arm" and bool(inner) and inner[0].type == "match_pattern"
        return [inner[0]] if is_plain and inner[0].child_by_field_name("condition") is None else []
    if case.type != "switch_entry" or any("where" in child.type for child in inner):
        return []
    return [child for child in inner if child.type == "switch_pattern"]


RULES = (
    Rule(
        "duplicate-condition",
        "correctness",
        "error",
        "Condition asked twice in one chain",
        "This branch never runs, because the same condition was asked above: ask another, or drop the branch.",
        sites(IFS, _duplicate_condition),
    ),
    Rule(
        "identical-branches",
        "correctness",
        "warning",
        "All branches do the same",
        "All branches do the same: drop the condition, or mend the branch that was meant to differ.",
        sites(IFS, _identical_branches),
    ),
    Rule(
        "identical-ternary",
        "correctness",
        "warning",
        "Both answers are the same",
        "Both answers are the same: drop the condition, or mend the answer that was meant to differ.",
        sites(TERNARIES, _identical_ternary),
    ),
    Rule(
        "duplicate-case",
        "correctness",
        "error",
        "Case that is there twice",
        "This case never runs, because the same value was handled above: change the value, or drop the case.",
        sites(_CASES, _duplicate_case),
    ),
)
