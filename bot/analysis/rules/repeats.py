"""The same twice where two were meant: assignments of a variable to itself, operands that are alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.analysis.rules.lib.calls import holds
from bot.analysis.rules.lib.languages import BINARY, sites
from bot.analysis.rules.lib.nodes import COMPARISONS, EQUAL, bare, is_in_function, plain, squeezed
from bot.analysis.rules.rule import Context, Found, Rule
from bot.analysis.syntax import Node

_SET_ANEW = re.compile(rb"(?i)location|href|src|html|text|value|scroll|style|class|selected|length|width|height|stack")
"""Properties of pages that do something when they are set, even to what they hold."""

_SETTERS = frozenset({"kotlin", "swift"})
"""Where to set a property of whatever object is to call it: `view.layoutParams = view.layoutParams`."""


_SAME = re.compile(rb"((?:[$@\w.\[\]]++|->)++(?:, [$\w.]++){0,8}+)\s{0,9}+=\s{0,9}+\1")


def _self_assignment(node: Node, context: Context) -> Iterable[Found]:
    found = _SAME.match(context.data, node.start_byte)
    if found is None or found.end() != node.end_byte or node.has_error:
        return ()
    text = found[1]
    if context.language == "python":
        # Outside of functions it takes a name of the module into a class, or a builtin's into the module.
        if b"." in text or b"[" in text or not is_in_function(node, context):
            return ()
    elif context.language in _SETTERS:
        if not _NAME.fullmatch(text) or _SET_ANEW.search(text):
            return ()
    elif context.language in ("c", "cpp", "objc"):
        # A bare name is put to rest so, for the compiler; and a register is cleared by writing to it what it holds.
        if not (b"." in text or b">" in text) or re.search(rb"\b[A-Z]", text):
            return ()
    elif (b"." in text or b">" in text) and _SET_ANEW.search(text):
        return ()
    return (Found(node, text.decode(errors="replace")[:60]),)


_JOINED = re.compile(rb"&&|\|\||\band\b|\bor\b")
_JOINTS = frozenset({b"&&", b"||", b"and", b"or", b"??"})
_ODD = frozenset({b"-", b"/", b"%", b"&", b"|", b"^", b"<", b">", b"<=", b">=", b"//"}) | _JOINTS
_LITERAL = re.compile(rb"[-+]?[\d'\"`.]|True\b|False\b|true\b|false\b|b['\"]|:")
_NAME = re.compile(rb"[$\w]+")
_TYPE_LIKE = re.compile(rb"[A-Z]\w*|\w+_t")
_PATH = re.compile(rb"[$\w.]+")
_TWICE = re.compile(
    rb"((?:[$@\w.\[\]]++|->)++)\s{0,9}+(===?|!==?|<=?|>=?|&&?|\|\|?|\^|-|//?|%|and|or|\?\?)\s{0,9}+\1(?![$\w.\[(>-])"
)
_LINKS = 64  # of a chain that are looked at
_WRAPPERS = ("parenthesized_expression", "parenthesized_statements")


def _identical_operands(node: Node, context: Context) -> Iterable[Found]:
    """Operands that hold a call may differ, so that plain text tells nearly all there is to know."""
    data = context.data
    start, end = node.byte_range
    found = _TWICE.match(data, start, end)
    if found is not None and found[2] not in _JOINTS:
        return _objection(node, found[2], found[1], context) if found.end() == end else ()
    if end - start > 1000:
        return ()
    text = data[start:end]
    if b"&&" not in text and b"||" not in text and b"and" not in text and b"or" not in text:
        return ()
    return _chain(node, context) if _repeats(text, start, context) and node.child_count == 3 else ()


def _repeats(text: bytes, start: int, context: Context) -> bool:
    """Is some piece between two joints there twice? None in a chain is none in its links, which come later."""
    first, last = context.memo.get("unrepeated", (0, 0))
    if first <= start and start + len(text) <= last:
        return False
    pieces = [b" ".join(piece.split()).strip(b"() ") for piece in _JOINED.split(text)]
    if len(set(pieces)) < len(pieces):
        return True
    context.memo["unrepeated"] = (start, start + len(text))
    return False


def _objection(node: Node, sign: bytes, text: bytes, context: Context) -> Iterable[Found]:
    if b"(" in text or b"++" in text or b"--" in text or b"<-" in text or b"await" in text or _LITERAL.match(text):
        return ()
    if context.language == "elixir" and sign == b"|":
        return ()  # `[_ | _]` is a list with anything in it, and `a | a` a type
    if context.language == "objc" and b"[" in text:
        return ()  # a message, which is a call
    if context.language == "scala" and re.match(rb"_(?!\w)", text):
        return ()  # `_ - _` are two arguments
    if context.language in ("c", "cpp", "objc") and sign in (b"&", b"&&") and _TYPE_LIKE.fullmatch(text):
        return ()  # a reference that a declaration with macros in it hides from the grammar
    if context.language == "cpp" and holds(context, b"EXPECT_EQ("):
        return ()  # a test of the operator itself
    if sign in COMPARISONS and (sign in (b"!=", b"!==") or _NAME.fullmatch(text)):
        return ()  # the usual test for NaN, or a test of the comparison itself
    if sign in (b"-", b"/") and (b"NaN" in context.data or b"nan" in context.data) and _NAME.fullmatch(text):
        return ()  # one way to make it, or to ask for infinity
    return (Found(node, sign.decode()),) if sign in _ODD or sign in EQUAL else ()


def _chain(node: Node, context: Context) -> Iterator[Found]:
    """All of a chain such as `a && (b || c)`, of which the walk shows the top alone: in each run of one operator, no
    operand may be there twice."""
    runs: list[tuple[Node, dict[bytes, Node], bytes]] = [(node, {}, plain(node.children[1], context))]
    links = 0
    while runs and links < _LINKS:
        link, met, sign = runs.pop()
        links += 1
        for operand in (link.children[0], link.children[2]):
            inner = bare(operand, _WRAPPERS)
            joint = plain(inner.children[1], context) if inner is not None and inner.child_count == 3 else b""
            if inner is not None and joint in _JOINTS and inner.kind_id == node.kind_id:
                runs.append((inner, met if joint == sign else {}, joint))
            elif inner is not None and inner.end_byte - inner.start_byte < 500:
                text = squeezed(context.text(inner))
                first = met.setdefault(text, inner)  # the links come from right to left
                if (
                    first is not inner
                    and _is_new(first, context)
                    and not (_gives_value(sign, first, node) and _PATH.fullmatch(text))
                ):
                    yield from _objection(first, sign, text, context)


def _is_new(place: Node, context: Context) -> bool:
    """Has this place not been objected to? A part of a chain may be seen again by itself."""
    met: set[int] = context.memo.setdefault("operands", set())
    known = place.start_byte in met
    met.add(place.start_byte)
    return not known


def _gives_value(sign: bytes, operand: Node, top: Node) -> bool:
    """Is this the last of three or more joined by `and`? `a && a.b && a` gives a, if it has a b."""
    return sign in (b"&&", b"and") and operand.end_byte == top.end_byte and top.children[0].kind_id == top.kind_id


RULES = (
    Rule(
        "self-assignment",
        "correctness",
        "error",
        "Assignment of a variable to itself",
        "This assigns {detail} to itself, which does nothing: one of the two sides was meant to be another.",
        sites(
            {
                "python": ("assignment",),
                "ecmascript": ("assignment_expression",),
                "go": ("assignment_statement",),
                "java": ("assignment_expression",),
                "php": ("assignment_expression",),
                "rust": ("assignment_expression",),
                "kotlin": ("assignment",),
                "swift": ("assignment",),
                "c": ("assignment_expression",),
                "cpp": ("assignment_expression",),
            },
            _self_assignment,
        ),
    ),
    Rule(
        "identical-operands",
        "correctness",
        "error",
        "Both sides of an operator are the same",
        "Both sides of this {detail} are the same: one of them was meant to be another.",
        sites(BINARY, _identical_operands),
    ),
)
