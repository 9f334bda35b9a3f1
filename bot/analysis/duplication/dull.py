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


def data_tables(text: Words, literal: Mask, name: Mask) -> Mask:
    """Tokens in long runs of nothing but literals, their keys, and what separates and encloses them."""
    size = len(text)
    if size < TABLE:
        return np.zeros(size, np.bool_)
    sign = places(text, _AMONG) < len(_AMONG)
    colon = text == _COLON
    arrow = text == _EQUALS
    arrow[:-1] &= text[1:] == _GREATER
    arrow[-1] = False
    key = np.zeros(size, np.bool_)
    key[:-1] = name[:-1] & (colon[1:] | arrow[1:])
    member = literal | sign | key
    edges = np.flatnonzero(np.diff(member, prepend=False, append=False))
    found = np.zeros(size + 1, np.int8)
    first, last = edges[::2], edges[1::2]
    counted = np.concatenate(([0], np.cumsum(literal | key)))
    table = (last - first >= TABLE) & ((counted[last] - counted[first]) * _LITERALS >= last - first)
    found[first[table]] += 1
    found[last[table]] -= 1
    return np.cumsum(found[:-1], dtype=np.int8) > 0


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

    def find(self, text: Words, per_line: Ints) -> Iterator[tuple[int, int]]:
        """Ranges of tokens."""
        ends = np.cumsum(per_line)
        heads = (ends - per_line)[per_line > 0]  # tokens that are the first on their line
        wanted = np.flatnonzero(places(text[heads], self._first) < len(self._first))
        if not len(wanted):
            return
        depth = np.concatenate(([0], np.cumsum(_among(text, _OPEN).astype(np.int64) - _among(text, _CLOSE))))
        at = [*heads.tolist(), len(text)]
        level = depth[np.array(at)].tolist()
        done = 0
        for number in wanted.tolist():
            if number < done or not self._matches(text, at[number]):
                continue
            done = number + 1
            while done < len(at) - 1 and level[done] > level[number]:
                done += 1
            yield at[number], at[done]

    def _matches(self, text: Words, place: int) -> bool:
        second = self._second[int(text[place])]
        return not second or (place + 1 < len(text) and int(text[place + 1]) in second)


def _among(text: Words, signs: list[np.uint64]) -> Mask:
    found = np.zeros(len(text), np.bool_)
    for sign in signs:
        found |= text == sign
    return found
