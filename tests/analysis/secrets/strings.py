"""Strings that a regular expression matches, drawn at random: a source of samples that are in no file."""

from __future__ import annotations

import random
import re
import string
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

WORD = string.ascii_letters + string.digits + "_"
VISIBLE = string.ascii_letters + string.digits + "+/=_-.!"
CATEGORIES = {op.CATEGORY_DIGIT: string.digits, op.CATEGORY_WORD: WORD, op.CATEGORY_SPACE: " "}


def translated(pattern: str) -> str:
    """A pattern of Go's (RE2) in Python's own dialect. Flags for a part are dropped: what is drawn is as written."""
    pattern = pattern.replace("[[:alnum:]]", "[0-9A-Za-z]").replace(r"\z", r"\Z")
    pattern = re.sub(r"\(\?P<\w+>", "(?:", pattern)
    return re.sub(r"\(\?-?[ims]+\)", "", pattern).replace("(?-i:", "(?:").replace("(?i:", "(?:")


class Drawer:
    """Draws strings. The same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def draw(self, pattern: str) -> str:
        return self._all(parser.parse(translated(pattern)))

    def _all(self, items: Any) -> str:
        return "".join(self._one(kind, value) for kind, value in items)

    def _one(self, kind: Any, value: Any) -> str:
        if kind is op.LITERAL:
            return chr(value)
        if kind is op.NOT_LITERAL:
            return self._random.choice([char for char in VISIBLE if ord(char) != value])
        if kind is op.ANY:  # alone, it is nearly always a dot that somebody forgot to escape
            return "."
        if kind is op.IN:
            return self._class(value)
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
            least, most, body = value
            spread = 0 if kind is op.MIN_REPEAT else self._random.randint(0, min(int(most) - least, 3))
            if body[0][0] is op.ANY:
                return "".join(self._random.choices(VISIBLE, k=least + spread))
            return "".join(self._all(body) for _ in range(least + spread))
        if kind is op.SUBPATTERN:
            return self._all(value[3])
        if kind is op.BRANCH:
            return self._all(self._random.choice(value[1]))
        assert kind is op.AT, kind
        return ""

    def _class(self, value: Any) -> str:
        chars: set[str] = set()
        negated = False
        for kind, part in value:
            if kind is op.NEGATE:
                negated = True
            elif kind is op.LITERAL:
                chars.add(chr(part))
            elif kind is op.RANGE:
                chars.update(map(chr, range(part[0], part[1] + 1)))
            elif kind is op.CATEGORY:
                chars.update(CATEGORIES.get(part, VISIBLE))
        return self._random.choice(sorted(set(VISIBLE) - chars if negated else chars))
