"""Many words looked for in one pass over a file, whatever their number: which are there, or where any is."""

from __future__ import annotations

from collections.abc import Sequence

import re2

_MEMORY = 32 << 20


def _options() -> re2.Options:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.log_errors = False
    options.max_mem = _MEMORY
    return options


def literal(word: bytes) -> bytes:
    """The pattern of a word that is looked for as it stands."""
    escaped: bytes = re2.escape(word)
    return escaped


class Needles:
    """Which of some words a file holds. Words are RE2 patterns over bytes, which are taken for Latin-1."""

    def __init__(self, patterns: Sequence[bytes]) -> None:
        self._count = len(patterns)
        self._set = re2.Set.SearchSet(_options())
        for pattern in (*patterns, b""):  # the empty one is always found, unless the search itself has failed
            self._set.Add(pattern)
        self._set.Compile()

    def within(self, data: bytes) -> set[int]:
        """The numbers of the words that are there. Where the search runs out of memory: of all words, since any may
        be."""
        found = self._set.Match(data)
        if not found:
            return set(range(self._count))
        return {number for number in found if number < self._count}

    literal = staticmethod(literal)


class Spots:
    """Where any of some patterns is found. They are RE2's, as those of Needles."""

    literal = staticmethod(literal)

    def __init__(self, patterns: Sequence[bytes]) -> None:
        joined = b"|".join(b"(?:" + pattern + b")" for pattern in patterns)
        self._pattern = re2.compile(joined, _options()) if joined else None

    def within(self, data: bytes) -> list[int]:
        """The last byte of each match in order. Where two overlap, the second is not told; one pattern's words must
        not swallow another's."""
        if self._pattern is None:
            return []
        return [found.end() - 1 for found in self._pattern.finditer(data)]
