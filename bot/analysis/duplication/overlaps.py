"""Which of two kinds of clones is told where both are found."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple


class Run(NamedTuple):
    """A copy and its original, as places in the joined streams, and their size in tokens."""

    copy: int
    original: int
    size: int

    @property
    def end(self) -> int:
        return self.copy + self.size


def reconcile(identical: Sequence[Run], alike: Sequence[Run], fewest: int) -> tuple[list[Run], list[Run]]:
    """Both lists without overlaps; each is sorted and disjoint in itself.

    A similar clone gives way to identical ones that cross its ends or fill half of it; one that is more than these
    swallows them, so that a copy with a few changes is told once. What has fewer than `fewest` tokens left is dropped.
    """
    ends = [run.end for run in identical]
    swallowed: set[int] = set()
    kept = []
    for run in alike:
        first = bisect_left(ends, run.copy + 1)
        last = first
        while last < len(identical) and identical[last].copy < run.end:
            last += 1
        start, end = run.copy, run.end
        inside = range(first, last)
        if inside and identical[first].copy < start:
            start, inside = identical[first].end, inside[1:]
        if inside and identical[inside[-1]].end > end:
            end, inside = identical[inside[-1]].copy, inside[:-1]
        if end - start < fewest or sum(identical[number].size for number in inside) * 2 >= end - start:
            continue
        swallowed.update(inside)
        kept.append(Run(start, run.original + start - run.copy, end - start))
    return [run for number, run in enumerate(identical) if number not in swallowed], kept
