"""Path patterns as in `.gitignore`, matched in linear time whatever they are.

The last pattern of a list that fits decides, and `!` takes a path back in. `*` and `?` stop at `/`, `**` does not;
`[a-z]` and `{js,ts}` choose. A pattern with a slash before its end is tied to the root, another fits at any depth; one
that fits a folder fits all in it. Other than with git, a file can be taken back in when its folder is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import re2

MAX_GLOBS = 500
"""In one list."""

MAX_LENGTH = 300
MAX_STARS = 8
"""In one pattern: each that is open costs a look at every character of a path."""


_BRACES = re.compile(r"\{([^{}]*,[^{}]*)\}")
_OPTIONS = re2.Options()
_OPTIONS.log_errors = False
_OPTIONS.dot_nl = True
_OPTIONS.max_mem = 64 << 20


class BadGlob(ValueError):
    """A pattern that fits nothing; the text says why, in Markdown of ours."""


@dataclass(frozen=True, slots=True)
class Glob:
    """One pattern as it was written, and the line where."""

    text: str = field(repr=False)
    line: int
    negated: bool
    regex: str = field(repr=False)


class Globs:
    """A list of patterns. Paths are relative to the root, with `/` between their parts."""

    def __init__(self, globs: Sequence[Glob]) -> None:
        self._globs = tuple(globs)
        self._made: dict[int, Any] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Globs) and self._globs == other._globs

    def __hash__(self) -> int:
        return hash(self._globs)

    def __len__(self) -> int:
        return len(self._globs)

    @cached_property
    def _any(self) -> Any | None:
        """All at once: most paths fit none, and one look tells. None: too large to be made."""
        try:
            return re2.compile("|".join(f"(?:{glob.regex})" for glob in self._globs), _OPTIONS)
        except re2.error:
            return None

    def _fits(self, number: int, path: str) -> bool:
        made = self._made.get(number)
        if made is None:
            made = self._made[number] = re2.compile(self._globs[number].regex, _OPTIONS)
        return made.fullmatch(path) is not None

    def last(self, path: str) -> Glob | None:
        """The last pattern that fits; None: no pattern does."""
        path = path.encode("utf-8", "replace").decode()
        if not self._globs or (self._any is not None and self._any.fullmatch(path) is None):
            return None
        for number in range(len(self._globs) - 1, -1, -1):
            if self._fits(number, path):
                return self._globs[number]
        return None

    def match(self, path: str) -> bool:
        glob = self.last(path)
        return glob is not None and not glob.negated


def glob(text: str, line: int = 0, under: str = "") -> Glob:
    """The pattern's meaning, tied to the folder `under` instead of the root. Raises BadGlob."""
    if len(text) > MAX_LENGTH:
        raise BadGlob(f"is longer than {MAX_LENGTH} characters")
    negated = text.startswith("!")
    body = text[1:] if negated else text
    while body.startswith("./"):
        body = body[2:]
    body = re.sub(r"/{2,}", "/", body)
    folder = body.endswith("/")
    tied = "/" in body[:-1]
    body = body.strip("/")
    if not body or body == ".":
        raise BadGlob("names nothing")
    if ".." in body.split("/"):
        raise BadGlob("leads out of the repository")
    if len(re.findall(r"\*+", body)) > MAX_STARS:
        raise BadGlob(f"has more than {MAX_STARS} stars")
    if re.search(r"\\[A-Za-z0-9_]", body):
        raise BadGlob("has a backslash; write `/` between folders")
    root = _escape(under.strip("/")) + "/" if under.strip("/") else ""
    regex = root + ("" if tied else "(?:.*/)?") + _translate(body) + ("/.*" if folder else "(?:/.*)?")
    try:
        re2.compile(regex, _OPTIONS)
    except re2.error:
        raise BadGlob("is not a pattern") from None
    return Glob(text, line, negated, regex)


def _translate(body: str) -> str:
    """A glob without slashes at its ends, as a regular expression."""
    parts: list[str] = []
    at = 0
    while at < len(body):
        char = body[at]
        braces = _BRACES.match(body, at) if char == "{" else None
        if body.startswith("**/", at) and (at == 0 or body[at - 1] == "/"):
            parts.append("(?:.*/)?")
            at += 3
        elif char == "*":
            end = at + len(body[at:]) - len(body[at:].lstrip("*"))
            parts.append(".*" if end - at > 1 else "[^/]*")
            at = end
        elif braces:
            parts.append("(?:" + "|".join(_simple(choice) for choice in braces[1].split(",")) + ")")
            at = braces.end()
        elif char == "[":
            text, at = _class(body, at)
            parts.append(text)
        elif char == "\\" and at + 1 < len(body):
            parts.append(_escape(body[at + 1]))
            at += 2
        else:
            parts.append("[^/]" if char == "?" else _escape(char))
            at += 1
    return "".join(parts)


def _simple(choice: str) -> str:
    """What stands between braces: `*` and `?` are known there, and nothing else."""
    return "".join("[^/]*" if char == "*" else "[^/]" if char == "?" else _escape(char) for char in choice)


def _class(body: str, at: int) -> tuple[str, int]:
    """A set of characters, and where it ends. Raises BadGlob where it does not."""
    start = at + 1
    negated = body[start : start + 1] in ("!", "^")
    start += negated
    end = body.find("]", start + 1)
    if end < 0:
        raise BadGlob("has a `[` without its `]`")
    members = "".join(char if char == "-" or char.isalnum() else _escape(char) for char in body[start:end])
    return f"(?:[^/{members}])" if negated else f"[{members}]", end + 1


def _escape(text: str) -> str:
    return str(re2.escape(text))
