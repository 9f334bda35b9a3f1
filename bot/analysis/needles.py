"""Many words looked for in one pass over a file, whatever their number."""

from __future__ import annotations

from collections.abc import Sequence

import re2

_MEMORY = 32 << 20


class Needles:
    """Which of some words a file holds. Words are RE2 patterns over bytes, which are taken for Latin-1."""

    def __init__(self, patterns: Sequence[bytes]) -> None:
        options = re2.Options()
        options.encoding = re2.Options.Encoding.LATIN1
        options.log_errors = False
        options.max_mem = _MEMORY
        self._count = len(patterns)
        self._set = re2.Set.SearchSet(options)
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

    @staticmethod
    def literal(word: bytes) -> bytes:
        """The pattern of a word that is looked for as it stands."""
        escaped: bytes = re2.escape(word)
        return escaped
