"""Work that is waited for by nobody, or put off for too long."""

from __future__ import annotations

from collections.abc import Iterator

from bot.analysis.rules.lib.calls import call
from bot.analysis.rules.lib.languages import FUNCTIONS, sites
from bot.analysis.rules.lib.nodes import below, field, head, only, parts
from bot.analysis.rules.rule import Context, Found, Rule, Site
from bot.analysis.syntax import Node


def _async_executor(node: Node, context: Context) -> Iterator[Found]:
    found = call(node, context)
    given = found.argument(0)
    if context.text(field(node, "constructor")) == b"Promise" and given is not None and _is_async(given, context):
        body = field(given, "body")
        inner = only(body)
        if inner is None or inner.type != "try_statement":  # which hands errors on
            yield Found(head(given))


def _is_async(node: Node, context: Context) -> bool:
    return node.type in ("arrow_function", "function_expression") and context.data.startswith(b"async", node.start_byte)


def _async_each(node: Node, context: Context) -> Iterator[Found]:
    found = call(node, context)
    given = found.argument(0) if found.name == b"forEach" else None
    if given is not None and _is_async(given, context):
        yield Found(head(given))


def _deferred(node: Node, context: Context) -> Iterator[Found]:
    """Of nested loops only the outermost looks."""
    seen: set[int] = context.memo.setdefault("loops", set())
    clause = next(iter(parts(node)), None)
    if node.start_byte in seen or clause is None or clause.type == "block" or b'"testing"' in context.data:
        return  # a test's loop is short
    for inner in below(node, FUNCTIONS):
        if inner.type == "for_statement":
            seen.add(inner.start_byte)
        elif inner.type == "defer_statement":
            yield Found(head(inner))


def _added_late(node: Node, context: Context) -> Iterator[Found]:
    started = next(iter(parts(node)), None)
    literal = field(started, "function")
    if literal is None or literal.type != "func_literal":
        return
    statements = [inner for block in parts(field(literal, "body")) for inner in parts(block)]
    first = next(iter(parts(statements[0])), None) if statements else None
    if first is not None and first.type == "call_expression":
        found = call(first, context)
        if found.name == b"Add" and b"wg" in found.path.lower() and context.text(found.argument(0)) == b"1":
            yield Found(first)


def _unit(node: Node, context: Context) -> Iterator[Found]:
    found = call(node, context)
    given = found.argument(0)
    if found.path != b"time.Sleep" or given is None or given.type != "int_literal":
        return
    if context.text(given) not in (b"0", b"1") and given.end_byte - given.start_byte < 5:
        yield Found(node)


RULES = (
    Rule(
        "async-promise-executor",
        "correctness",
        "error",
        "Promise made by an async function",
        "Errors in an async executor are lost and leave the promise pending: make the executor a plain function.",
        sites({"ecmascript": ("new_expression",)}, _async_executor, {"ecmascript": (rb"new Promise\b",)}),
    ),
    Rule(
        "async-for-each",
        "correctness",
        "warning",
        "forEach does not wait",
        "forEach waits for none of these calls, and their errors are lost: use for ... of, or Promise.all with map.",
        sites({"ecmascript": ("call_expression",)}, _async_each, {"ecmascript": (rb"forEach\(async",)}),
    ),
    Rule(
        "defer-in-loop",
        "correctness",
        "warning",
        "defer in a loop",
        "This runs when the function ends, not the round of the loop: put the round into a function of its own.",
        {"go": Site(("for_statement",), _deferred, (b"defer ",))},
    ),
    Rule(
        "add-in-goroutine",
        "correctness",
        "error",
        "WaitGroup counted too late",
        "Wait may be over before this goroutine adds itself: call Add before the go statement.",
        {"go": Site(("go_statement",), _added_late, (rb"\.Add\(1\)",))},
    ),
    Rule(
        "sleep-without-unit",
        "correctness",
        "warning",
        "Sleep of some nanoseconds",
        "A bare number means nanoseconds here: multiply it by a unit such as time.Second.",
        {"go": Site(("call_expression",), _unit, (rb"time\.Sleep\(",))},
    ),
)
