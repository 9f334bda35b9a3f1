"""The lines of a file: which hold code, and hashes of runs of code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from bot.analysis.duplication.hashing import hashes_of

_BLANK = np.zeros(256, np.bool_)
_BLANK[list(b" \t\n\r\v\f")] = True


def count_lines(data: bytes) -> int:
    """Physical lines; the last one needs no line feed."""
    return data.count(b"\n") + (bool(data) and not data.endswith(b"\n"))


class CodeLines:
    """Lines count from 0 here, and ranges are half open. Code is what is neither blank nor in a comment."""

    def __init__(self, data: bytes, comments: Iterable[tuple[int, int]]) -> None:
        self._bytes = np.frombuffer(data, np.uint8)
        self._blank = _BLANK[self._bytes]
        for start, end in comments:
            self._blank[start:end] = True
        self._starts = np.flatnonzero(self._bytes == 0x0A) + 1  # of all lines but the first
        self._places = np.flatnonzero(~self._blank)  # of the bytes of code
        before = np.searchsorted(self._places, np.concatenate(([0], self._starts, [len(data)])))
        self._count: list[int] = [0, *np.cumsum(before[1:] > before[:-1]).tolist()]

    @property
    def total(self) -> int:
        """How many lines hold code."""
        return self._count[-1]

    def count(self, start: int, end: int) -> int:
        """How many lines of the run hold code."""
        return self._count[end] - self._count[start] if end > start else 0

    def start(self, line: int) -> int:
        """The place in the file of a line's first byte."""
        return int(self._starts[line - 1]) if line else 0

    def text(self, start: int, end: int) -> bytes:
        """The code in a range of bytes, without the space and the comments in it."""
        return self._bytes[start:end][~self._blank[start:end]].tobytes()

    def hashes(self, ranges: Sequence[tuple[int, int]]) -> list[str]:
        """16 hex digits for the code in each range of bytes, whatever the space and the comments in it.

        All at once, from running sums: hashing each of many nested functions afresh would cost the square of their
        depth.
        """
        if not ranges:
            return []
        bounds = np.searchsorted(self._places, np.array(ranges, np.int64))
        code = self._bytes[self._places].tobytes()
        return [f"{number:016x}" for number in hashes_of(code, bounds[:, 0], bounds[:, 1]).tolist()]
