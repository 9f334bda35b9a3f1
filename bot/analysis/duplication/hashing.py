"""Hashes of many byte ranges at once.

The hash of a range is a polynomial in an odd number, modulo 2^64, over its bytes: running sums give it for any range
without a loop, and an odd number has an inverse that moves the range back to the origin. It tells texts apart; it is
no protection.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]

_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)


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
    mixed = numbers ^ (numbers >> np.uint64(33))
    mixed *= np.uint64(0xFF51AFD7ED558CCD)
    mixed ^= mixed >> np.uint64(29)
    return mixed


def hashes_of(data: bytes, start: Ints, end: Ints) -> Words:
    """The 64-bit hash of each range of bytes."""
    sums = np.zeros(len(data) + 1, np.uint64)
    terms = np.frombuffer(data, np.uint8).astype(np.uint64)
    terms += np.uint64(1)
    terms *= _POWERS.upto(len(data))
    np.cumsum(terms, out=sums[1:])
    return mix((sums[end] - sums[start]) * _INVERSES.upto(len(data) + 1)[start] + (end - start).astype(np.uint64))


def text_hash(text: bytes) -> int:
    """The same for one text."""
    return int(hashes_of(text, np.array([0]), np.array([len(text)]))[0])


def places(numbers: Words, table: Words) -> Ints:
    """Where each number stands in a sorted table; the table's length for those that do not."""
    if not len(table):
        return np.zeros(len(numbers), np.int64)
    place = np.searchsorted(table, numbers)
    place[place == len(table)] = 0
    place[table[place] != numbers] = len(table)
    return place


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
