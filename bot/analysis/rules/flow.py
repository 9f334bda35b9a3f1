"""The order in which code runs: what never runs, what runs only once, and what runs although it was not meant to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from bot.analysis.rules.lib.languages import FUNCTIONS, LOOPS, SWITCHES, sites
from bot.analysis.rules.lib.nodes import bare, below, field, head, parts
from bot.analysis.rules.rule import Context, Found, Rule
from bot.analysis.syntax import Node

_FAR = 200  # nobody's code is indented deeper
_NEXT = re.compile(
    rb"[ \t;]*(?:(?:#|//|/\*)[^\n]*)?\r?\n(?:[ \t\r]*(?:(?:#(?!if|el|end|define|include)|//)[^\n]*)?\n)*"
)
_GOES_ON = re.compile(
    rb"[)}\]#@/*.\s]|\Z|(?:end|else|elsif|elif|case|when|default|rescue|ensure|except|finally|in|catch|while)\b|break\b"
    rb"|(?:async\s+|export\s+|default\s+)*(?:function|class|interface|type|declare|enum|namespace|var\s+[\w$]+\s*;)"
    rb"|yield\b|\w+:(?!:)|<\?|\?>"
)
"""What may follow a jump: ends and turns of its block, what is declared rather than run, labels, what makes a Python
function a generator, and the break that many put behind a return for the eye."""


def _unreachable(node: Node, context: Context) -> Iterable[Found]:
    """By the indentation: the next line of code stands exactly below the jump, and the line above ends a statement.

    That costs next to nothing, while asking every block for its statements would cost more than all else here.
    """
    data, start = context.data, node.start_byte
    line = data.rfind(b"\n", max(0, start - _FAR), start) + 1
    indent = data[line:start]
    if not line or indent.strip():
        return ()
    next_line = _NEXT.match(data, node.end_byte)
    if next_line is None:
        return ()
    code = next_line.end() + len(indent)
    if data[next_line.end() : code] != indent or _GOES_ON.match(data, code) or not _ends_statement(data, line, context):
        return ()
    return (Found(head(node), node.type.removesuffix("_statement")),)


def _ends_statement(data: bytes, line: int, context: Context) -> bool:
    """Where braces may be left out, the jump may belong to the condition above."""
    if context.language in ("python", "ruby", "go"):
        return True
    above = data[max(0, line - 400) : line].rstrip()
    return above.endswith((b";", b"{", b"}", b":")) and not above.endswith(b"else:")


_JUMPS = frozenset(
    {
        "return_statement",
        "break_statement",
        "continue_statement",
        "throw_statement",
        "raise_statement",
        "goto_statement",
        "exit_statement",
        "yield_statement",
        "return",
        "break",
        "next",
    }
)
_FALLS = re.compile(rb"(?i)exit|fail|die|abort|throw|error|panic|unreachable|never|fall|redirect|break|process")
_SIMPLE = frozenset(
    {"expression_statement", "lexical_declaration", "variable_declaration", "local_variable_declaration"}
)


def _fallthrough(node: Node, context: Context) -> Iterator[Found]:
    cases = node.named_children
    for case, following in pairwise(cases):
        if "case" not in case.type and "default" not in case.type and case.type != "switch_block_statement_group":
            continue
        if following.type in ("comment", "line_comment", "block_comment"):
            continue
        inner = case.named_children
        last = inner[-1] if inner else None
        if last is None or last.type not in _SIMPLE or case.has_error:
            continue
        line = context.data.find(b"\n", following.start_byte)
        text = context.data[max(last.start_byte, last.end_byte - 400) : max(line, following.start_byte)]
        if (
            not _counts_down(case, following, context)
            and not _FALLS.search(text)
            and b"//" not in text
            and b"/*" not in text
        ):
            yield Found(head(following))


_NUMBER = re.compile(rb"case\s+(\d+)\s*:")


def _counts_down(case: Node, following: Node, context: Context) -> bool:
    """`case 2: ... case 1: ...` does the work for two and then for one."""
    one = _NUMBER.match(context.data, case.start_byte)
    other = _NUMBER.match(context.data, following.start_byte)
    return one is not None and other is not None and one[1] > other[1]


_LOOPS = {
    "python": ("while_statement",),
    "ecmascript": ("while_statement", "for_statement"),
    "java": ("while_statement", "for_statement"),
    "ruby": ("while", "until"),
    "go": ("for_statement",),
    "php": ("while_statement", "for_statement"),
}
_CONTINUES = frozenset({"continue_statement", "next", "redo", "yield", "labeled_statement", "goto_statement"})
_BLOCKS = frozenset({"block", "statement_block", "compound_statement", "do"})
_BREAKS = frozenset({"break_statement", "break"})
_LEAVES = _JUMPS - {"continue_statement", "next", "yield_statement", "goto_statement"}


def _once(node: Node, context: Context) -> Iterator[Found]:
    condition = field(node, "condition")
    if context.language == "go":
        inner = parts(node)
        if not inner or inner[0].type in ("range_clause", "block"):
            return
    elif bare(condition) is None or context.text(bare(condition)) in (b"true", b"True", b"1", b";"):
        return  # an endless loop with a break at its end is a way to write a block that can be left
    body = field(node, "body")
    statements = parts(body) if body is not None and body.type in _BLOCKS and not node.has_error else []
    if context.language == "go" and len(statements) == 1:
        statements = parts(statements[0])
    if not statements or statements[-1].type not in _LEAVES:
        return
    last = statements[-1]
    jumps = [inner for inner in below(node, FUNCTIONS) if inner.type in _CONTINUES or inner.type in _BREAKS]
    if not jumps or jumps == [last]:
        yield Found(head(statements[-1]))


_COMPARED = re.compile(rb"\s*(\w+)\s*(<|>)=?\s*[^<>=&|;]+;?\s*")
_STEPPED = re.compile(rb"\s*(?:(\w+)\s*(\+\+|--|\+=\s*[\d.]+|-=\s*[\d.]+)|(\+\+|--)\s*(\w+))\s*")


def _wrong_way(node: Node, context: Context) -> Iterator[Found]:
    clause = node
    if context.language == "go":
        clause = next((child for child in node.named_children if child.type == "for_clause"), node)
    condition, update = field(clause, "condition"), field(clause, "increment", "update")
    if condition is None or update is None or condition.end_byte - condition.start_byte > 200:
        return
    compared, stepped = _COMPARED.fullmatch(_plain(condition, context)), _STEPPED.fullmatch(_plain(update, context))
    if compared is None or stepped is None or compared[1] != (stepped[1] or stepped[4]):
        return
    if (compared[2] == b"<") != (stepped[2] or stepped[3]).startswith(b"+"):
        yield Found(update)


def _plain(node: Node, context: Context) -> bytes:
    return context.text(node)[:200].replace(b"$", b"")


_LABELLED = LOOPS | SWITCHES
_JUMP = re.compile(rb"(?:break|continue) ([^\s;{}()]+)")


def _unused_label(node: Node, context: Context) -> Iterator[Found]:
    if node.child(node.child_count - 1).type not in _LABELLED:
        return
    if "jumps" not in context.memo:  # once: a search for each label would cost the file's size each time
        context.memo["jumps"] = frozenset(_JUMP.findall(context.data))
    label = next(iter(parts(node)), node)
    if context.text(label) not in context.memo["jumps"]:
        yield Found(label, context.text(label).decode(errors="replace"))


_ENDS = {
    "python": ("return_statement", "raise_statement", "break_statement", "continue_statement"),
    "ecmascript": ("return_statement", "throw_statement", "break_statement", "continue_statement"),
    "ruby": ("return", "break", "next"),
    "go": ("return_statement", "break_statement", "continue_statement"),
    "php": ("return_statement", "break_statement", "continue_statement"),
}

RULES = (
    Rule(
        "unreachable-code",
        "correctness",
        "error",
        "Code that never runs",
        "The code behind this {detail} never runs: delete it, or mend the condition that was meant to stand here.",
        sites(_ENDS, _unreachable),
    ),
    Rule(
        "switch-fallthrough",
        "correctness",
        "info",
        "Case that runs on into the next",
        "The case above runs on into this one: end it with a break, or say in a comment that it is meant.",
        sites(
            {"ecmascript": ("switch_body",), "java": ("switch_block",), "php": ("switch_block",)},
            _fallthrough,
        ),
    ),
    Rule(
        "single-iteration-loop",
        "correctness",
        "warning",
        "Loop that runs at most once",
        "This leaves the loop in its first round: write a condition instead of the loop, or put the jump under one.",
        sites(_LOOPS, _once),
    ),
    Rule(
        "for-direction",
        "correctness",
        "error",
        "Loop that counts the wrong way",
        "The counter moves away from its limit, so that the loop never ends or never runs: turn one of the two round.",
        sites(
            {
                "ecmascript": ("for_statement",),
                "java": ("for_statement",),
                "go": ("for_statement",),
                "php": ("for_statement",),
            },
            _wrong_way,
        ),
    ),
    Rule(
        "unused-label",
        "correctness",
        "warning",
        "Label that nothing jumps to",
        "Nothing jumps to this label: delete it, or mend what was meant to be a key or a case.",
        sites({"ecmascript": ("labeled_statement",), "java": ("labeled_statement",)}, _unused_label),
    ),
)
