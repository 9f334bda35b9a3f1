"""The clone search: which runs of tokens stand elsewhere too, over all files at once.

Every window of W tokens has a hash; windows that share one are sorted together, and the first of each such group, in
the order of files and lines, is the original of all others. From a copied window on, a copy is followed token by token
as far as it goes. So the cost grows with the tokens (and their sorting), not with the number of copies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from bot.analysis.duplication.dull import is_rows, repeats_itself
from bot.analysis.duplication.hashing import Ints, mix, windows
from bot.analysis.duplication.model import Clone, CloneKind
from bot.analysis.duplication.overlaps import Run, reconcile
from bot.analysis.duplication.tokens import LITERAL, Tokens

Stream = npt.NDArray[np.uint32]

_DIFFERENT_EXACT = 1 / 2
_DIFFERENT_SIMILAR = 2 / 3
"""A copy has as many different short runs as this share of the fewest tokens that make one."""

_STEP = 64
"""How many tokens are compared at first; twice as many each time they are equal."""


def find(streams: Sequence[Tokens], *, exact: int | None, similar: int | None) -> list[Clone]:
    """The copies in these files, in the order of files and lines. `exact` and `similar` are the fewest tokens that
    make an IDENTITY and a SIMILARITY clone; None: these are not looked for.

    No token is in two copies, and no copy overlaps its own original. What only repeats itself is no copy, and neither
    are rows of data that are only similar. Where a SIMILARITY clone and an IDENTITY clone
    overlap, one of them is told. Raises ValueError for a size below 1.
    """
    place = _Place(streams)
    identical: list[Run] = []
    alike: list[Run] = []
    if exact is not None:
        same = _joined([stream.exact for stream in streams])
        identical = [
            run
            for run in _runs(same, place, exact)
            if not repeats_itself(same[run.copy : run.end], _DIFFERENT_EXACT * exact)
        ]
    normalised = _joined([stream.normalised for stream in streams])
    if similar is not None:
        alike = [
            run for run in _runs(normalised, place, similar) if _says_much(normalised[run.copy : run.end], similar)
        ]
        identical, alike = reconcile(identical, alike, similar)
        alike = [run for run in alike if _says_much(normalised[run.copy : run.end], similar)]  # what was cut short
    runs: list[tuple[Run, CloneKind]] = [(run, "IDENTITY") for run in identical]
    runs += [(run, "SIMILARITY") for run in alike]
    return [place.clone(run, kind, normalised) for run, kind in sorted(runs, key=lambda entry: entry[0].copy)]


def _says_much(code: Stream, similar: int) -> bool:
    return not repeats_itself(code, _DIFFERENT_SIMILAR * similar) and not is_rows(code, code == LITERAL)


def _joined(streams: list[Stream]) -> Stream:
    return np.concatenate([np.zeros(0, np.uint32), *streams])


class _Place:
    """Where tokens of the joined streams lie."""

    def __init__(self, streams: Sequence[Tokens]) -> None:
        self._streams = streams
        self.ends: Ints = np.cumsum([len(stream.words) for stream in streams], dtype=np.int64)

    def file(self, token: int) -> int:
        return int(np.searchsorted(self.ends, token, side="right"))

    def end(self, token: int) -> int:
        """Where the file of this token ends."""
        return int(self.ends[self.file(token)])

    def lines(self, first: int, last: int) -> tuple[int, int, int]:
        """File, first line and last line (from 0) of the tokens from `first` to `last`, both included."""
        number = self.file(first)
        file = self._streams[number]
        start = int(self.ends[number]) - len(file.words)
        top, bottom = np.searchsorted(file.ends, (first - start, last - start), side="right")
        if last + 1 - start == file.ends[bottom]:
            bottom = file.reach[bottom]
        return number, int(top), int(bottom)

    def _whole_lines(self, run: Run, number: int, top: int, bottom: int) -> tuple[int, int]:
        """The copy without the lines that it shares with its neighbours, if anything is left then: what makes its
        identity, since a bracket more or less depends on where a copy stands."""
        ends = self._streams[number].ends
        start = int(self.ends[number]) - len(self._streams[number].words)
        first, last = run.copy, run.copy + run.size
        if first - start > (ends[top - 1] if top else 0):
            first = start + int(ends[top])
        if last - start < ends[bottom]:
            last = start + (int(ends[bottom - 1]) if bottom else 0)
        return (first, last) if first < last else (run.copy, run.copy + run.size)

    def clone(self, run: Run, kind: CloneKind, normalised: Stream) -> Clone:
        file, top, bottom = self.lines(run.copy, run.copy + run.size - 1)
        original, first, last = self.lines(run.original, run.original + run.size - 1)
        code = self._streams[file].code
        tokens = normalised[slice(*self._whole_lines(run, file, top, bottom))]
        identity = blake2b(tokens.astype("<u4").tobytes(), digest_size=8)
        return Clone(
            kind=kind,
            file=file,
            line=top + 1,
            end_line=bottom + 1,
            original_file=original,
            original_line=first + 1,
            original_end_line=last + 1,
            lines=int(code[bottom]) - (int(code[top - 1]) if top else 0),
            tokens=run.size,
            identity=identity.hexdigest(),
        )


@dataclass(frozen=True, slots=True)
class _Matches:
    """Windows that occurred before: `copies` where they start, in order, `originals` where their like first did."""

    copies: Ints
    originals: Ints


def _matches(stream: Stream, place: _Place, size: int) -> _Matches:
    if size < 1:
        raise ValueError("a clone has at least one token")
    hashes = windows(mix(stream.astype(np.uint64)), size)
    inside = np.ones(len(hashes), np.bool_)
    for end in place.ends.tolist():
        inside[max(0, end - size + 1) : end] = False
    places = np.flatnonzero(inside)
    # One number for hash and place, so that one sort, the fastest there is, brings equal windows together in order.
    bits = np.uint64(max(1, len(hashes)).bit_length())
    keys = hashes[places] >> bits << bits | places.astype(np.uint64)
    keys.sort()
    groups = keys >> bits
    new = np.ones(len(keys), np.bool_)
    new[1:] = groups[1:] != groups[:-1]
    sorted_places = (keys & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.int64)
    repeated = np.flatnonzero(~new)
    copies = sorted_places[repeated]
    originals = sorted_places[np.maximum.accumulate(np.where(new, np.arange(len(keys)), 0))[repeated]]
    true = hashes[copies] == hashes[originals]  # the sort saw only the upper bits
    copies, originals = copies[true], originals[true]
    order = np.argsort(copies)
    return _Matches(copies[order], originals[order])


def _runs(stream: Stream, place: _Place, size: int) -> Iterator[Run]:
    """Disjoint copies, in order."""
    found = _matches(stream, place, size)
    copies, originals = found.copies, found.originals
    at = 0
    while at < len(copies):
        copy, original = int(copies[at]), int(originals[at])
        distance = copy - original
        if distance < size:
            # Something repeats itself in short steps: go on to where a whole copy is clear of the original.
            skip = -(-size // distance) * distance - distance
            at = int(np.searchsorted(copies, copy + max(skip, 1)))
            continue
        limit = min(place.end(copy) - copy, place.end(original) - original, distance)
        length = _equal(stream, original, copy, limit)
        if length < size:  # two texts of one hash
            at += 1
            continue
        yield Run(copy, original, length)
        at = int(np.searchsorted(copies, copy + length))


def _equal(stream: Stream, one: int, other: int, limit: int) -> int:
    """How many tokens are equal from both places on, at most `limit`."""
    done, step = 0, _STEP
    while done < limit:
        step = min(step, limit - done)
        differ = stream[one + done : one + done + step] != stream[other + done : other + done + step]
        first = int(differ.argmax())
        if differ[first]:
            return done + first
        done += step
        step *= 2
    return limit
