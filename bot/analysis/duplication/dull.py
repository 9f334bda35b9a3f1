"""What is not worth calling a copy: imports, which look alike everywhere, tables of data, and rows upon rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import numpy.typing as npt

from bot.analysis.duplication.hashing import Ints, Table, Words, mix, text_hash, windows

TABLE = 32
"""Tokens that make a table. A shorter list of literals is code like any other."""

_LITERALS = 3
"""A table has at least one literal (or key) in so many tokens."""

_RUN = 8
"""Tokens of the runs by which code is compared with itself."""

_ROWS = 0.65
_ROWS_LITERALS = 1 / 7

Mask = npt.NDArray[np.bool_]
Signs = npt.NDArray[np.uint8]
"""For each token the sign that it is; 0 for words and strings."""


def _table(kinds: Mapping[str, int]) -> npt.NDArray[np.int8]:
    table = np.zeros(256, np.int8)
    for chars, number in kinds.items():
        table[list(chars.encode())] = number
    return table


_AMONG = _table({",:[](){}-+=>": 1}).view(np.bool_)
_DEPTH = _table({"([{": 1, ")]}": -1})
_COLON, _EQUALS, _GREATER = np.frombuffer(b":=>", np.uint8)


def data_tables(sign: Signs, literal: Mask, name: Mask) -> list[tuple[int, int]]:
    """Ranges of tokens: long runs of nothing but literals, their keys, and what separates and encloses them."""
    if len(sign) < TABLE:
        return []
    joint = sign == _COLON
    joint[:-1] |= (sign[:-1] == _EQUALS) & (sign[1:] == _GREATER)
    valued = literal.copy()
    valued[:-1] |= name[:-1] & joint[1:]
    others = (~(valued | _AMONG.take(sign))).nonzero()[0]
    # Tables are the long gaps between all other tokens.
    bounds = np.empty(len(others) + 2, np.int64)
    bounds[0], bounds[-1] = -1, len(sign)
    bounds[1:-1] = others
    wide = (bounds[1:] - bounds[:-1] > TABLE).nonzero()[0]
    if not len(wide):
        return []
    gaps = zip((bounds[wide] + 1).tolist(), bounds[wide + 1].tolist(), strict=True)
    return [(first, last) for first, last in gaps if int(valued[first:last].sum()) * _LITERALS >= last - first]


def repeats_itself(code: npt.NDArray[np.uint32], fewest: float) -> bool:
    """Is there little in this code once what it says again and again is taken once: fewer than so many different runs
    of a few tokens? Rows of getters, setters, cases and registrations look like any others."""
    return _different(code) < fewest


def is_rows(code: npt.NDArray[np.uint32], literal: Mask) -> bool:
    """Does code repeat itself in rows that are full of literals, as tables of tests do?"""
    return int(literal.sum()) >= _ROWS_LITERALS * len(code) and _different(code) < _ROWS * len(code)


def _different(code: npt.NDArray[np.uint32]) -> int:
    return len(np.unique(windows(mix(code.astype(np.uint64)), min(_RUN, len(code)))))


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
        self._first = Table(dict.fromkeys(self._second, 1), 0, np.bool_)

    def find(self, text: Words, sign: Signs, upto: Ints, per_line: Ints) -> Iterator[tuple[int, int]]:
        """Ranges of tokens. So many tokens start on each line, and up to its end."""
        if not self._second:
            return
        heads = (upto - per_line)[per_line > 0]  # tokens that are the first on their line
        wanted = self._first.of(text.take(heads)).nonzero()[0]
        if not len(wanted):
            return
        level = [0, *_DEPTH.take(sign).cumsum(dtype=np.int64).take(heads[1:] - 1).tolist()]
        at = [*heads.tolist(), len(text)]
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
