"""The lines of a file: which hold code, and a hash of any run of them in constant time."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, count
from operator import mul
from zlib import crc32


def count_lines(data: bytes) -> int:
    """Physical lines; the last one needs no line feed."""
    return data.count(b"\n") + (bool(data) and not data.endswith(b"\n"))


class CodeLines:
    """Lines count from 0 here, and ranges are half open.

    The hash of a run is made from running sums, because hashing each of many nested functions afresh would cost the
    square of their depth. It tells bodies apart; it is no protection.
    """

    def __init__(self, data: bytes, comments: Iterable[tuple[int, int]]) -> None:
        code = bytearray(data)
        for start, end in comments:
            text = data[start:end]
            code[start:end] = b"\n".join(b" " * len(line) for line in text.split(b"\n"))
        self._code = bytes(code)
        lines = list(map(bytes.strip, self._code.split(b"\n")))
        self._count = list(accumulate(map(bool, lines), initial=0))
        hashes = [crc32(line) for line in lines if line]
        self._sum = list(accumulate(hashes, initial=0))
        self._moment = list(accumulate(map(mul, hashes, count()), initial=0))

    @property
    def total(self) -> int:
        """How many lines hold code."""
        return self._count[-1]

    def count(self, start: int, end: int) -> int:
        """How many lines of the run hold code."""
        return self._count[end] - self._count[start] if end > start else 0

    def hash(self, start: int, end: int) -> str:
        """16 hex digits for the code lines of a run, in their order, whatever their indentation and comments."""
        first, last = self._count[start], self._count[end]
        total = self._sum[last] - self._sum[first]
        moment = self._moment[last] - self._moment[first] - first * total
        return f"{(total << 32 ^ moment) & 0xFFFF_FFFF_FFFF_FFFF:016x}"

    def hash_bytes(self, start: int, end: int) -> str:
        """The same for code within one line, by its byte range."""
        return f"{crc32(self._code[start:end].strip()):016x}"
