"""What was put in to look at a running program and was left there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.analysis.rules.lib.calls import KINDS, call
from bot.analysis.rules.rule import Context, Found, Rule, Site
from bot.analysis.syntax import Node

_CALLS = {
    "python": {
        b"breakpoint",
        b"pdb.set_trace",
        b"ipdb.set_trace",
        b"pudb.set_trace",
    },
    "ruby": {b"binding.pry", b"binding.irb", b"byebug", b"debugger", b"binding.break"},
    "elixir": {b"IEx.pry"},
    "php": {b"var_dump", b"dd", b"ddd", b"xdebug_break"},
}


_ALONE = re.compile(rb"[ \t]*(?:[\r\n#;]|\Z|if\b|unless\b)")


def _call(node: Node, context: Context) -> Iterator[Found]:
    if node.end_byte - node.start_byte > 400:
        return
    if node.type == "identifier":
        path = context.text(node) if _is_statement(node, context.data) else b""
    elif node.type == "macro_invocation":
        path = b"dbg!" if context.data.startswith(b"dbg!", node.start_byte) else b""
    else:
        found = call(node, context)
        path = found.text if context.language == "php" or not found.arguments() else b""
    if path in _CALLS.get(context.language, {b"dbg!"}):
        yield Found(node, path.decode())


def _is_statement(name: Node, data: bytes) -> bool:
    """A bare name that is a call: all of its line, but for a condition."""
    before = data[max(0, name.start_byte - 100) : name.start_byte].rpartition(b"\n")[2]
    return not before.strip(b" \t;") and _ALONE.match(data, name.end_byte) is not None


def _statement(node: Node, context: Context) -> Iterator[Found]:  # noqa: ARG001
    yield Found(node, "debugger")


_DEBUGGER = Site(("debugger_statement",), _statement)

RULES = (
    Rule(
        "debugger-left",
        "correctness",
        "error",
        "Debugging aid left behind",
        "{detail} stops or talks to whoever debugs: take it out before this is merged.",
        {
            "javascript": _DEBUGGER,
            "typescript": _DEBUGGER,
            "tsx": _DEBUGGER,
            "python": Site(KINDS["python"], _call, (rb"breakpoint\(\)", rb"set_trace\(")),
            "elixir": Site(KINDS["elixir"], _call, (rb"IEx\.pry\b",)),
            "ruby": Site(
                ("call", "identifier"), _call, (rb"binding\.(?:pry|irb|break)", rb"\bbyebug\b", rb"\bdebugger\b")
            ),
            "php": Site(("function_call_expression",), _call, (rb"var_dump\b", rb"\bd?dd\b", rb"xdebug_break\b")),
            "rust": Site(("macro_invocation",), _call, (b"dbg!",)),
        },
    ),
)
