"""JSON as people write it: comments, trailing commas, a byte order mark, and slips whose meaning is plain.

What is repaired without changing the meaning is repaired silently; where something was guessed, there is a remark.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Literal

from bot.analysis import keys
from bot.analysis.notes import Notes

MAX_BYTES = 16 * 1024
MAX_DEPTH = 8
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}

# Each alternative takes in all that it looks at, closed or not, so that the work is linear.
_TOKEN = re.compile(
    r"""(?P<blank>\s+|//[^\n]*|\#[^\n]*|/\*(?s:.*?)(?:\*/|\Z))
    |(?P<string>"(?:[^"\\\n]|\\.?)*"?|'(?:[^'\\\n]|\\.?)*'?)
    |(?P<number>[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)
    |(?P<word>[^\W\d][\w-]*)
    |(?P<mark>.)""",
    re.VERBOSE,
)

Kind = Literal["object", "list", "value"]


@dataclass(slots=True)
class Node:
    """A value and its line. An object has `members`, a list `items`, anything else a `value`."""

    kind: Kind
    line: int
    value: object = None
    members: list[tuple[str, Node]] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)

    def plain(self) -> object:
        """As Python has it; what is nested in a list's lists is left out."""
        return [item.value for item in self.items] if self.kind == "list" else self.value


@dataclass(slots=True)
class _Token:
    kind: str
    text: str
    line: int


def read(data: bytes, notes: Notes) -> Node | None:
    """The value; None, with a remark, where there is none. Never raises."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        notes.add(data.count(b"\n", 0, error.start) + 1, "this is not UTF-8: nothing of the file is used.")
        return None
    parser = _Parser(_tokens(text), notes)
    if parser.ended:
        notes.add(0, "the file is empty: nothing of it is used.")
        return None
    return parser.whole()


def _tokens(text: str) -> list[_Token]:
    tokens = []
    line = 1
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "blank":
            tokens.append(_Token(match.lastgroup or "", match[0], line))
        line += match[0].count("\n")
    return tokens


class _Parser:
    def __init__(self, tokens: list[_Token], notes: Notes) -> None:
        self._tokens = tokens
        self._notes = notes
        self._at = 0

    @property
    def ended(self) -> bool:
        return self._at >= len(self._tokens)

    @property
    def _line(self) -> int:
        return self._tokens[min(self._at, len(self._tokens) - 1)].line

    def _see(self, *marks: str) -> bool:
        return not self.ended and self._tokens[self._at].kind == "mark" and self._tokens[self._at].text in marks

    def _take(self, *marks: str) -> bool:
        found = self._see(*marks)
        self._at += found
        return found

    def whole(self) -> Node:
        node = self._value(0)
        if not self.ended:
            self._notes.add(self._line, "there is more after the closing bracket; it was ignored.")
        return node

    def _value(self, depth: int) -> Node:
        """The value that begins here. Takes one token at the least."""
        line = self._line
        if self._see("{", "[") and depth == MAX_DEPTH:
            self._notes.add(line, "values are nested too deeply; the rest was ignored.")
            self._at = len(self._tokens)
            return Node("value", line)
        if self._take("{"):
            return self._object(line, depth)
        if self._take("["):
            return self._list(line, depth)
        token = self._tokens[self._at]
        self._at += 1
        return Node("value", line, self._scalar(token))

    def _object(self, line: int, depth: int) -> Node:
        node = Node("object", line)
        while not self._closed("}", line):
            if self._see("]"):
                self._notes.add(self._line, "a `]` stands where a `}` should; it was read as one.")
                self._at += 1
                return node
            token = self._tokens[self._at]
            self._at += 1
            if token.kind == "mark":
                self._notes.add(token.line, f"{keys.shown(token.text)} stands where a name should; it was ignored.")
                continue
            name = self._text(token)
            if not self._take(":") and not self._take("="):
                self._notes.add(token.line, f"a `:` is missing after {keys.shown(name)}; it was assumed.")
            if self.ended or self._see("}", ","):
                self._notes.add(token.line, f"{keys.shown(name)} has no value; it was ignored.")
            else:
                node.members.append((name, self._value(depth + 1)))
            self._separator()
        return node

    def _list(self, line: int, depth: int) -> Node:
        node = Node("list", line)
        while not self._closed("]", line):
            if self._see("}"):
                self._notes.add(self._line, "a `]` is missing before `}`; it was assumed.")
                return node
            node.items.append(self._value(depth + 1))
            self._separator()
        return node

    def _separator(self) -> None:
        """What stands between two members; a comma before the end is nothing to speak of."""
        if self._take(",") or self.ended or self._see("}", "]"):
            return
        if self._see(".", ";"):
            self._notes.add(self._line, f"{keys.shown(self._tokens[self._at].text)} was read as a comma.")
            self._at += 1
        else:
            before = self._tokens[self._at - 1].line
            self._notes.add(
                before, f"a comma is missing before {keys.shown(self._tokens[self._at].text)}; it was assumed."
            )

    def _closed(self, close: str, line: int) -> bool:
        """Whether the bracket that opened on that line is closed here, or has to be."""
        if self.ended:
            self._notes.add(line, f"the bracket that opens here is never closed; its `{close}` was assumed at the end.")
            return True
        return self._take(close)

    def _text(self, token: _Token) -> str:
        if token.kind != "string":
            return token.text
        body = token.text[1:-1] if len(token.text) > 1 and token.text[-1] == token.text[0] else token.text[1:]
        try:
            return str(json.loads(f'"{body}"')) if "\\" in body else body
        except ValueError:
            return body

    def _scalar(self, token: _Token) -> object:
        """A number, a truth value, null; text for anything else."""
        if token.kind == "number":
            number = float(token.text)
            return int(number) if number.is_integer() and abs(number) < 1e15 else number
        if token.kind == "word" and token.text.lower() in _WORDS:
            return _WORDS[token.text.lower()]
        return self._text(token)
