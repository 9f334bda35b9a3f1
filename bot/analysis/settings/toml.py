"""TOML from a repository, in bounded time, and the lines that its keys stand on.

tomllib's work grows with the square of a key's parts (64 KiB of "a.a.a…" take it 18 seconds), so such keys are refused
before it sees them. It tells lines for what is not TOML alone; where a key stands is looked up here, by its shape.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

import re2

from bot.analysis.notes import Notes
from bot.markdown import code

MAX_BYTES = 32 * 1024
MAX_PARTS = 16
"""Of a dotted key."""

_PART = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_LONG_KEY = re2.compile(rf"{_PART}(?:[ \t]*\.[ \t]*{_PART}){{{MAX_PARTS}}}")
_NAME = re.compile(_PART)
_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]*)\]")
_KEY = re.compile(rf"\s*({_PART}(?:[ \t]*\.[ \t]*{_PART}){{0,15}})[ \t]*=")
_WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")

Place = tuple[str | int, ...]


class Document:
    """The file's table, and its lines: a place is the keys that lead to a value, with numbers in arrays of tables."""

    def __init__(self, root: Mapping[str, Any], text: str) -> None:
        self.root = root
        lines = text.split("\n")
        self._text = text
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        self._lines = _lines(lines)

    def line(self, *place: str | int) -> int:
        """The line of a place, or of the nearest around it; 1: the file's first."""
        for end in range(len(place), 0, -1):
            if found := self._lines.get(place[:end]):
                return found
        return 1

    def lines_of(self, texts: Sequence[str], *place: str | int) -> list[int]:
        """The line of each text of a list that stands at the place: each is looked for after the one before it."""
        line = self.line(*place)
        at = self._starts[line - 1]
        lines: list[int] = []
        for text in texts:
            found = self._text.find(text, at)
            if found < 0:  # written with escapes; to look for the rest as well would cost a square
                break
            at = found + len(text)
            line = bisect_right(self._starts, found)
            lines.append(line)
        return lines + [line] * (len(texts) - len(lines))


def read(data: bytes, notes: Notes) -> Document | None:
    """The document; None, with a remark, where it is none. Never raises."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        notes.add(data.count(b"\n", 0, error.start) + 1, "this is not UTF-8: nothing of the file is used.")
        return None
    if found := _LONG_KEY.search(text):
        line = text.count("\n", 0, found.start()) + 1
        notes.add(line, f"a key has more than {MAX_PARTS} parts: nothing of the file is used.")
        return None
    try:
        return Document(tomllib.loads(text), text)
    except RecursionError:
        notes.add(0, "values are nested too deeply: nothing of the file is used.")
    except ValueError as error:  # also a number with more digits than Python converts
        said = _WHERE.search(str(error))
        line = int(said[1]) if said and said[1] else text.count("\n") + 1 if said else 0
        reason = code(_WHERE.sub("", str(error)), 100)
        notes.add(line, f"this is not TOML ({reason}): nothing of the file is used.")
    return None


def _lines(text: list[str]) -> dict[Place, int]:
    """Place -> line, for headers and for keys that begin a line. Text that only looks so may give a wrong line."""
    lines: dict[Place, int] = {}
    met: dict[Place, int] = {}
    table: Place = ()
    for number, line in enumerate(text, 1):
        if header := _HEADER.match(line):
            table = tuple(_names(header[2]))[: MAX_PARTS + 1]
            for end in range(1, len(table)):  # [paths.rules] is about the last of [[paths]]
                if table[:end] in met:
                    table = (*table[:end], met[table[:end]], *table[end:])
            if header[1] == "[[":
                count = met[table] = met.get(table, -1) + 1
                table = (*table, count)
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, *_names(key[1])), number)
    return lines


def _names(text: str) -> list[str]:
    return [part.strip("\"'") for part in _NAME.findall(text)]
