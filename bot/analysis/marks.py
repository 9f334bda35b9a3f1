"""Inline suppressions as they stand in a file's comments. Runs in the child: what they do is the parent's to say.

    (codebeat|sealbeat):(disable|enable|disable-line|disable-next-line)[KEY, ...] until 2027-01-31: reason

docs/repository-settings.md tells it to people. A directive stands anywhere in a comment, on one line; after a quote or
a backtick it is only talked about.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

from bot.analysis.naming import printable
from bot.analysis.wire import MAX_KEYS, MAX_MARKS, Mark

# What a Mark's `problem` may be; suppressions.py has the words for people, since a child's text is not to be trusted.
OPEN, LONG, NO_KEYS, NO_DAY, MANY = "open", "long", "no-keys", "no-day", "many"

_REASON = 200  # characters
_TAIL = 600  # bytes that are looked at for end and reason
LOOK_AHEAD = 50  # lines that may lie between `disable-next-line` and its code

# Bounded on both sides of the bracket, so that a line of a megabyte costs its length and not the square of it.
_DIRECTIVE = re.compile(
    rb"(?<![\w`'\"])(?:codebeat|sealbeat):[ \t]*(disable-next-line|disable-line|disable|enable)(?![\w-])"
    rb"(?:[ \t]*(\[)([^\]\[\r\n]{0,2000})(\]?))?",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"[\s,;]*until\s+(\S{1,40}?)(?:[:;,.]*(?:\s|$)|[:;,])", re.IGNORECASE)
_KEY = re.compile(r"[\s,;]+")
_CLOSERS = ("*/", "-->", "=end")
_DECORATION = (b"@", b"#[")  # decorators and attributes stand between a comment and the function that it is about


def marks(data: bytes, comments: Iterable[tuple[int, int]]) -> list[Mark]:
    """The suppressions in these byte ranges, in the order of the source. Never raises; linear in the file's size."""
    if b"beat:" not in data.lower():
        return []
    places = _merged(data, comments)
    starts = [start for start, _ in places]
    found: list[Mark] = []
    line, counted = 1, 0
    for match in _DIRECTIVE.finditer(data):
        at = match.start()
        number = bisect_right(starts, at) - 1
        if number < 0 or at >= places[number][1]:
            continue
        line += data.count(b"\n", counted, at)
        counted = at
        if len(found) == MAX_MARKS:
            found.append(Mark(line, "", (), problem=MANY))
            break
        found.append(_mark(data, match, line, places, starts))
    return found


def _merged(data: bytes, comments: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order and apart from each other; strings that serve as documentation are no comments."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(comments):
        if data[start : start + 3].lstrip(b"rRbBuUfF")[:1] in (b"'", b'"'):
            continue
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _mark(data: bytes, match: re.Match[bytes], line: int, places: list[tuple[int, int]], starts: list[int]) -> Mark:
    verb = match[1].decode().lower()
    first, last = line, 0
    if verb == "disable-line":
        last = line
    elif verb == "disable-next-line":
        first, last = _next_code(data, match.end(), line, places, starts)
    keys = [printable(key) for key in _KEY.split((match[3] or b"").decode("utf-8", "replace").strip(" \t,;")) if key]
    end = places[bisect_right(starts, match.start()) - 1][1]
    reason, until, problem = _tail(data[match.end() : min(end, match.end() + _TAIL)])
    if match[2] and not match[4]:
        keys, reason, problem = [], "", OPEN
    elif len(keys) > MAX_KEYS:
        problem = LONG
    elif not keys and (verb != "enable" or match[2]):
        problem = NO_KEYS
    return Mark(line, verb, tuple(keys[:MAX_KEYS]), reason, until, problem, first, last)


def _tail(tail: bytes) -> tuple[str, str, str]:
    """(reason, last day, problem) from what follows the keys on their line."""
    following = _DIRECTIVE.search(tail)
    text = re.split(rb"[\r\n]", tail[: following.start()] if following else tail, maxsplit=1)[0].decode(
        "utf-8", "replace"
    )
    text = text[: 2 * _REASON]
    until = problem = ""
    if said := _UNTIL.match(text):
        until = _day(said[1])
        if until:
            text = text[said.end() :]
        else:
            problem = NO_DAY
    text = text.rstrip()
    for closer in _CLOSERS:
        text = text.removesuffix(closer)
    return printable(text.lstrip(" \t:;,-–—").rstrip())[:_REASON], until, problem


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if len(text) == 10 else ""
    except ValueError:
        return ""


def _next_code(data: bytes, at: int, line: int, places: list[tuple[int, int]], starts: list[int]) -> tuple[int, int]:
    """The next line with code, up to the first that is no decorator, so that both of them are meant."""
    first = 0
    for number in range(line + 1, line + 1 + LOOK_AHEAD):
        at = data.find(b"\n", at) + 1
        if not at:
            break
        text = data[at : at + 200].split(b"\n", 1)[0]
        code = at + len(text) - len(text.lstrip())
        place = bisect_right(starts, code) - 1
        if not text.strip() or (place >= 0 and code < places[place][1]):
            continue
        first = first or number
        if not text.lstrip().startswith(_DECORATION):
            return first, number
    return first or line + 1, first or line + 1
