"""The lines of a file: which hold code, and a hash of any run of them in constant time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from zlib import crc32

_NOT_NEWLINE = re.compile(rb"[^\n]")
_PRIME = (1 << 61) - 1
_BASE = 0x9E3779B97F4A7C15 % _PRIME


class CodeLines:
    """Lines count from 0 here, and ranges are half open.

    The hash of a run is a polynomial over its code lines, stripped: made from prefixes, because hashing each of many
    nested functions afresh would cost the square of their depth. It tells bodies apart; it is no protection.
    """

    def __init__(self, data: bytes, comments: Iterable[tuple[int, int]]) -> None:
        code = bytearray(data)
        for start, end in comments:
            code[start:end] = _NOT_NEWLINE.sub(b" ", data[start:end])
        self._code = code
        self._count = [0]
        self._hash = [0]
        count = value = 0
        for line in code.split(b"\n"):
            if text := line.strip():
                count += 1
                value = (value * _BASE + crc32(text)) % _PRIME
            self._count.append(count)
            self._hash.append(value)

    def count(self, start: int, end: int) -> int:
        """How many lines of the run hold code."""
        return self._count[end] - self._count[start] if end > start else 0

    def hash(self, start: int, end: int) -> str:
        """16 hex digits for the code lines of a run, whatever their indentation and comments."""
        value = self._hash[end] - self._hash[start] * pow(_BASE, self.count(start, end), _PRIME)
        return f"{value % _PRIME:016x}"

    def hash_bytes(self, start: int, end: int) -> str:
        """The same for code within one line, by its byte range."""
        return f"{crc32(bytes(self._code[start:end]).strip()):016x}"
