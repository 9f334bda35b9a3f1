"""What is not worth calling a copy: imports, which look alike everywhere, and tables of data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from bot.analysis.duplication.hashing import Ints, Words, places, text_hash

TABLE = 32
"""Tokens that make a table. A shorter list of literals is code like any other."""

_LITERALS = 3
"""A table has at least one literal (or key) in so many tokens."""

Mask = npt.NDArray[np.bool_]


def _sign(char: str) -> np.uint64:
    return np.uint64(text_hash(char.encode()))


_AMONG = np.sort(np.array([_sign(char) for char in ",:[](){}-+=>"], np.uint64))
_COLON, _EQUALS, _GREATER = _sign(":"), _sign("="), _sign(">")
_OPEN, _CLOSE = ([_sign(char) for char in chars] for chars in ("([{", ")]}"))


def data_tables(text: Words, literal: Mask, name: Mask) -> list[tuple[int, int]]:
    """Ranges of tokens: long runs of nothing but literals, their keys, and what separates and encloses them."""
    if len(text) < TABLE:
        return []
    joint = text == _COLON
    joint[:-1] |= (text[:-1] == _EQUALS) & (text[1:] == _GREATER)
    valued = literal.copy()
    valued[:-1] |= name[:-1] & joint[1:]
    others = (~(valued | (places(text, _AMONG) < len(_AMONG)))).nonzero()[0]
    # Tables are the long gaps between all other tokens.
    bounds = np.concatenate(([-1], others, [len(text)]))
    wide = (bounds[1:] - bounds[:-1] > TABLE).nonzero()[0]
    gaps = zip((bounds[wide] + 1).tolist(), bounds[wide + 1].tolist(), strict=True)
    return [(first, last) for first, last in gaps if int(valued[first:last].sum()) * _LITERALS >= last - first]


class Imports:
    """Finds statements that begin a line with one of some phrases, each of one or two tokens parted by a space. A
    statement ends with its line, or with the first later line outside of all brackets that it opened."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._second: dict[int, set[int]] = {}  # empty: anything may follow
        for phrase in phrases:
            first, _, second = phrase.partition(" ")
            self._second.setdefault(text_hash(first.encode()), set()).update(
                {text_hash(second.encode())} if second else ()
            )
        self._first = np.array(sorted(self._second), np.uint64)

    def find(self, text: Words, upto: Ints, per_line: Ints) -> Iterator[tuple[int, int]]:
        """Ranges of tokens. So many tokens start on each line, and up to its end."""
        if not len(self._first):
            return
        heads = (upto - per_line)[per_line > 0]  # tokens that are the first on their line
        wanted = (places(text[heads], self._first) < len(self._first)).nonzero()[0]
        if not len(wanted):
            return
        depth = np.concatenate(([0], np.cumsum(_among(text, _OPEN).astype(np.int64) - _among(text, _CLOSE))))
        at = [*heads.tolist(), len(text)]
        level = depth[np.array(at)].tolist()
        done = 0
        for number in wanted.tolist():
            if number < done or not self._goes_on(text, at[number]):
                continue
            done = number + 1
            while done < len(at) - 1 and level[done] > level[number]:
                done += 1
            yield at[number], at[done]

    def _goes_on(self, text: Words, place: int) -> bool:
        second = self._second[int(text[place])]
        return not second or (place + 1 < len(text) and int(text[place + 1]) in second)


def _among(text: Words, signs: list[np.uint64]) -> Mask:
    found = np.zeros(len(text), np.bool_)
    for sign in signs:
        found |= text == sign
    return found
