"""C's functions that write without knowing where to end, or take text for a format."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.analysis.rules.lib.calls import Call, call_sites, short
from bot.analysis.rules.lib.text import constant, is_string
from bot.analysis.rules.rule import Context, Found, Rule

_C = ("c", "cpp", "objc")
_UNBOUNDED_WORD = re.compile(rb"%(?:l|m)?[s\[]")


def _reads(call: Call, context: Context) -> Iterable[Found]:
    if b"." in call.path:
        return ()
    if call.name != b"gets":
        number = 0 if call.name == b"scanf" else 1
        layout = constant(call.argument(number), context)
        if layout is None or not _UNBOUNDED_WORD.search(layout) or b"%m" in layout:
            return ()
        if call.name == b"sscanf":
            return ()  # its source has an end
    return [Found(call.node, call.name.decode())]


UNBOUNDED_READ = Rule(
    "unbounded-read",
    "security",
    "error",
    "Input is read without a limit",
    "Give the size of the buffer (fgets, %99s): {detail} writes past its end as soon as a line is longer.",
    call_sites({_C: ("gets", "scanf", "fscanf")}, _reads),
)


def _copies(call: Call, context: Context) -> Iterable[Found]:
    if b"." in call.path or b"std" in call.text:
        return ()
    source = call.argument(1)
    if source is None or (is_string(source) and b"%s" not in short(source, context)):
        return ()
    if call.name in (b"sprintf", b"vsprintf") and not is_string(source):
        return ()  # a format that is not known: another rule's
    return [Found(call.node, call.name.decode())]


UNBOUNDED_COPY = Rule(
    "unbounded-copy",
    "security",
    "info",
    "Text is copied without a limit",
    "Give the size of the buffer (snprintf, strlcpy): {detail} writes as far as its source goes.",
    call_sites({_C: ("strcpy", "strcat", "sprintf", "vsprintf", "stpcpy")}, _copies),
)

_PLACES = {b"printf": 0, b"fprintf": 1, b"syslog": 1, b"sprintf": 1, b"snprintf": 2, b"dprintf": 1, b"NSLog": 0}
_VARIABLE = frozenset({"identifier", "field_expression", "subscript_expression"})


def _formats(call: Call, context: Context) -> Iterable[Found]:
    place = _PLACES[call.name]
    values = call.arguments()
    if b"." in call.path or len(values) != place + 1 or values[place].type not in _VARIABLE:
        return ()
    text = short(values[place], context)
    if text.isupper() or re.search(rb"(?i)fmt|format|usage|help|msg_?id", text):
        return ()
    return [Found(values[place])]


FORMAT_FROM_VARIABLE = Rule(
    "format-from-variable",
    "security",
    "warning",
    "A variable is used as a format",
    'Write the format down and pass the variable to it ("%s"): a % in it reads or writes memory.',
    call_sites({_C: tuple(name.decode() for name in _PLACES if name != b"NSLog")}, _formats),
)

RULES = (UNBOUNDED_READ, UNBOUNDED_COPY, FORMAT_FROM_VARIABLE)
