"""Which files of a repository may share code with those of a pull request, known without holding all their tokens.

Of every file a few hashes of short runs of tokens are kept, its fingerprints, chosen by winnowing (Schleimer,
Wilkerson, Aiken 2003): of each window of neighbouring runs the smallest hash, so that any two copies of the promised
length share one wherever they stand. An index tells candidates; whether they hold a clone, `clones.find` says.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_left
from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from bot.analysis.duplication.hashing import Words, mix, windows
from bot.analysis.duplication.tokens import Tokens

EXACT, SIMILAR = 50, 80
"""Clones of at least so many tokens share a fingerprint; shorter ones may."""

_EXACT_RUN, _SIMILAR_RUN = 25, 40
"""Tokens in a run: the longer, the fewer chance meetings, and the more fingerprints."""

_COMMON = 64
"""Of files that share a fingerprint so many are looked at, the first by object id: what is everywhere says little."""

_HEADER = struct.Struct("<8sIIQ")  # magic, blobs, bytes of object ids, postings
_MAGIC = b"clones\x00\x01"
_OID = re.compile("[0-9a-f]+")
_SHIFT = np.uint64(32)
_LOW = np.uint64(0xFFFF_FFFF)


def fingerprints(tokens: Tokens) -> Words:
    """Those of one file: sorted, each once."""
    exact = _winnowed(tokens.exact, _EXACT_RUN, EXACT)
    similar = _winnowed(tokens.normalised, _SIMILAR_RUN, SIMILAR)
    return np.unique(np.concatenate((exact, similar)))


def _winnowed(stream: npt.NDArray[np.uint32], run: int, promised: int) -> Words:
    """The least hash of every window of as many runs as a promised clone has."""
    hashes = windows(mix(stream.astype(np.uint64)), run)
    width = promised - run + 1
    if len(hashes) <= width:
        return np.sort(hashes)[:1]
    # Least of 1, 2, 4, ... neighbours; two such overlapping spans make the window.
    least, length = hashes, 1
    while length * 2 <= width:
        least = np.minimum(least[:-length], least[length:])
        length *= 2
    rest = width - length
    chosen = np.minimum(least[: len(least) - rest], least[rest:])
    return np.unique(chosen)


class Index:
    """Fingerprints by object id. The same contents give the same bytes and answers, however they came in."""

    def __init__(self) -> None:
        self._oids: list[str] = []  # sorted
        # Upper half a fingerprint's upper half, lower half the number of its blob: one sorted array is the whole index.
        self._postings: Words = np.zeros(0, np.uint64)
        self._waiting: dict[str, Words] = {}

    def __contains__(self, oid: str) -> bool:
        at = bisect_left(self._oids, oid)
        return oid in self._waiting or self._oids[at : at + 1] == [oid]

    def __len__(self) -> int:
        self._settle()
        return len(self._oids)

    def add(self, oid: str, fingerprints: Words) -> None:
        """Take a blob in, or replace what is known of it. Raises ValueError for an id that is not hexadecimal."""
        if not _OID.fullmatch(oid):
            raise ValueError("not an object id")
        self._waiting[oid] = np.unique(fingerprints >> _SHIFT << _SHIFT)

    def keep(self, oids: Collection[str]) -> None:
        """Forget all other blobs."""
        self._settle(frozenset(oids))

    def candidates(self, fingerprints: Words, among: Collection[str], limit: int) -> list[str]:
        """At most `limit` of the blobs in `among` that share fingerprints with these, most shared first, then by id."""
        self._settle()
        wanted = frozenset(among)
        allowed = np.fromiter((oid in wanted for oid in self._oids), np.bool_, len(self._oids))
        if not allowed.any():
            return []
        keys = np.unique(fingerprints >> _SHIFT << _SHIFT)
        first, last = np.searchsorted(self._postings, keys), np.searchsorted(self._postings, keys | _LOW, side="right")
        votes = np.zeros(len(self._oids), np.int64)
        for start, end in zip(first.tolist(), last.tolist(), strict=True):
            if start < end:
                blobs = (self._postings[start:end] & _LOW).astype(np.int64)
                votes[blobs[allowed[blobs]][:_COMMON]] += 1
        best = np.argsort(-votes, kind="stable")[:limit]
        return [self._oids[number] for number in best.tolist() if votes[number]]

    def to_bytes(self) -> bytes:
        self._settle()
        oids = "\n".join(self._oids).encode()
        return _HEADER.pack(_MAGIC, len(self._oids), len(oids), len(self._postings)) + oids + self._postings.tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Index:
        """The inverse of `to_bytes`. Raises ValueError for anything else."""
        try:
            magic, blobs, size, count = _HEADER.unpack_from(data)
            oids = data[_HEADER.size : _HEADER.size + size].decode("ascii").split("\n") if size else []
        except (struct.error, UnicodeDecodeError) as error:
            raise ValueError("not an index of clones") from error
        start = _HEADER.size + size
        if not all(map(_OID.fullmatch, oids)):
            raise ValueError("not an index of clones")
        if magic != _MAGIC or len(oids) != blobs or len(data) != start + 8 * count or oids != sorted(set(oids)):
            raise ValueError("not an index of clones")
        postings = np.frombuffer(data, "<u8", count, start).astype(np.uint64)
        if count and (bool((postings[1:] <= postings[:-1]).any()) or int((postings & _LOW).max()) >= blobs):
            raise ValueError("not an index of clones")
        index = cls()
        index._oids, index._postings = oids, postings
        return index

    def _known(self) -> set[str]:
        return set(self._oids) | set(self._waiting)

    def _settle(self, keep: frozenset[str] | None = None) -> None:
        """Put what waits, and what is to be kept of the rest, in its final order."""
        if not self._waiting and keep is None:
            return
        known = self._known()
        oids = sorted(known if keep is None else known & keep)
        number = {oid: place for place, oid in enumerate(oids)}
        gone = len(oids)  # the number of those that are replaced or forgotten
        moved = np.array([gone if oid in self._waiting else number.get(oid, gone) for oid in self._oids], np.uint64)
        parts = [np.zeros(0, np.uint64)]
        if len(moved):
            blobs = moved[(self._postings & _LOW).astype(np.int64)]
            stays = blobs < np.uint64(gone)
            parts.append((self._postings[stays] & ~_LOW) | blobs[stays])
        parts += [prints | np.uint64(number[oid]) for oid, prints in self._waiting.items() if oid in number]
        postings = np.concatenate(parts)
        postings.sort()
        self._oids, self._postings, self._waiting = oids, postings, {}
