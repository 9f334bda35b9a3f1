"""Hashes of many byte ranges at once.

The hash of a range is a polynomial in an odd number, modulo 2^64, over its bytes: running sums give it for any range
without a loop, and an odd number has an inverse that moves the range back to the origin. It tells texts apart; it is
no protection.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_THIRTY_THREE, _TWENTY_NINE, _SPREAD = np.uint64(33), np.uint64(29), np.uint64(0xFF51AFD7ED558CCD)


class _Powers:
    """Powers of a number from 0 on, as many as were asked for so far."""

    def __init__(self, base: int) -> None:
        self._base = base
        self._table = np.ones(1, np.uint64)

    def upto(self, count: int) -> Words:
        if count > len(self._table):
            table = np.full(max(count, 1 << 16), self._base, np.uint64)
            table[0] = 1
            self._table = np.multiply.accumulate(table)
        return self._table[:count]


_POWERS, _INVERSES = _Powers(_BASE), _Powers(_INVERSE)


def mix(numbers: Words) -> Words:
    """Spread every bit over all (the finaliser of MurmurHash3, shortened)."""
    mixed: Words = numbers >> _THIRTY_THREE
    mixed ^= numbers
    mixed *= _SPREAD
    mixed ^= mixed >> _TWENTY_NINE
    return mixed


def hashes_of(data: bytes, start: Ints, end: Ints) -> Words:
    """The 64-bit hash of each range of bytes."""
    # In place as far as can be: on files of usual size, fresh memory costs more than the arithmetic does.
    powers = _POWERS.upto(len(data))
    sums = np.empty(len(data) + 1, np.uint64)
    sums[0] = 0
    terms = sums[1:]
    np.multiply(np.frombuffer(data, np.uint8), powers, out=terms)
    terms += powers  # each byte counts as one more than it is, so that zeros are told from nothing
    np.add.accumulate(terms, out=terms)
    found: Words = sums.take(end)
    found -= sums.take(start)
    found *= _INVERSES.upto(len(data) + 1).take(start)
    found += (end - start).view(np.uint64)
    return mix(found)


def text_hash(text: bytes) -> int:
    """The same for one text."""
    return int(hashes_of(text, np.array([0]), np.array([len(text)]))[0])


class Table:
    """Small numbers by hash, looked up for many at once; `other` for hashes that it does not hold."""

    def __init__(self, entries: Mapping[int, int], other: int, dtype: npt.DTypeLike = np.uint8) -> None:
        self._other = other
        # The highest bits of a hash are its place: as many as it takes to tell ours apart.
        bits = next(bits for bits in range(4, 64) if len({number >> 64 - bits for number in entries}) == len(entries))
        self._shift = np.uint64(64 - bits)
        self._hashes = np.zeros(1 << bits, np.uint64)
        self._numbers = np.full(1 << bits, other, dtype)
        for number, entry in entries.items():
            self._hashes[number >> 64 - bits] = number
            self._numbers[number >> 64 - bits] = entry

    def of(self, hashes: Words) -> npt.NDArray[Any]:
        place = (hashes >> self._shift).view(np.int64)
        found = self._numbers.take(place)
        found[self._hashes.take(place) != hashes] = self._other
        return found


def windows(numbers: Words, size: int) -> Words:
    """The hash of every run of `size` numbers: hashes of runs of 1, 2, 4, ... are joined."""
    whole, done = np.zeros(len(numbers) + 1, np.uint64), 0  # hashes of runs of `done`
    run, length, power = numbers, 1, _BASE  # hashes of runs of `length`
    while done < size <= len(numbers):
        if size & length:
            count = len(numbers) - done - length + 1
            whole = whole[:count] * np.uint64(power) + run[done : done + count]
            done += length
        if done < size:
            run = run[:-length] * np.uint64(power) + run[length:]
            power = power * power % (1 << 64)
            length *= 2
    return mix(whole[: max(0, len(numbers) - size + 1)])
