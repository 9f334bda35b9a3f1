"""What in the head was what in the base: functions, namespaces and files, each paired with where it came from.

Functions are paired one to one. A rule that pairs takes what the rules before it left over, the first of several in the
order of path and line:

1. same path, same name and same body;   2. same path, same name;
3. same name and same body, another path;   4. same body, another name (renamed or anonymous functions);
5. same name, in the file that the head's came from;
6. same name, where the base's path is gone and the head's is new (a renamed and edited file).

A file came from that of its path; else from a vanished one of the same bytes; else from where most of the functions
did that the first four rules paired. A namespace came from the one of its name in its file, or in the one that its file
came from; else from the one that at least half of its functions came from, which may be that of several (a class that
was split); else from a left over one of its name in another file.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from bot.analysis.findings import innermost, plain_name
from bot.analysis.model import FunctionMetrics, NamespaceMetrics, Report

T = TypeVar("T")
Place = tuple[str, str]  # path and qualified name: unique in a report for a function, and for a namespace
Key = Callable[[T], Hashable]


class Pairs(Generic[T]):
    """Pairs things of one kind, one to one, by one key after the other. Things are named by their number."""

    def __init__(self, old: Sequence[T], new: Sequence[T]) -> None:
        self.origin: dict[int, int] = {}  # number in the new -> number in the old
        self._old, self._new = old, new
        self._old_left, self._new_left = list(range(len(old))), list(range(len(new)))

    def by(self, old_key: Key[T], new_key: Key[T] | None = None) -> None:
        """Pair what is left over and has the same key, in the order of both sides. What has None for a key waits."""
        key = new_key or old_key
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for number in self._old_left:
            if (its := old_key(self._old[number])) is not None:
                waiting[its].append(number)
        alone = []
        taken: set[int] = set()
        for number in self._new_left:
            its = key(self._new[number])
            queue = waiting.get(its) if its is not None else None
            if queue:
                self.origin[number] = queue.popleft()
                taken.add(self.origin[number])
            else:
                alone.append(number)
        self._new_left = alone
        self._old_left = [number for number in self._old_left if number not in taken]

    def left(self) -> tuple[list[int], list[int]]:
        """What nothing was paired with: numbers in the old, numbers in the new."""
        return self._old_left, self._new_left


class Origins:
    """Where everything in the head came from."""

    def __init__(self, base: Report, head: Report) -> None:
        old = [function for file in base.files for function in file.functions]
        new = [function for file in head.files for function in file.functions]
        pairs = Pairs(old, new)
        keys: tuple[Key[FunctionMetrics], ...] = (
            lambda f: (f.path, plain_name(f.name), f.body_hash),
            lambda f: (f.path, plain_name(f.name)),
            lambda f: (plain_name(f.name), f.body_hash),
            lambda f: f.body_hash,
        )
        for key in keys:
            pairs.by(key)
        self._files = _files(base, head, _places(old, new, pairs.origin.items()))
        gone = {file.path for file in base.files} - self._files.keys()
        fresh = self._files.keys() - {file.path for file in base.files}
        pairs.by(lambda f: (f.path, plain_name(f.name)), lambda f: (self.file(f.path), plain_name(f.name)))
        pairs.by(
            lambda f: plain_name(f.name) if f.path in gone else None,
            lambda f: plain_name(f.name) if f.path in fresh else None,
        )
        self._functions = _places(old, new, pairs.origin.items())
        self._namespaces = self._of_namespaces(base, head)

    def function(self, place: Place) -> Place | None:
        return self._functions.get(place)

    def namespace(self, place: Place) -> Place | None:
        return self._namespaces.get(place)

    def file(self, path: str) -> str:
        """A file that is new came from itself."""
        return self._files.get(path, path)

    def place(self, place: Place) -> Place:
        """Of a function, a namespace, or what is outside of both. What is new came from its own name."""
        path, symbol = place
        return self._functions.get(place) or self._namespaces.get(place) or (self.file(path), symbol)

    def _of_namespaces(self, base: Report, head: Report) -> dict[Place, Place]:
        old = [namespace for file in base.files for namespace in file.namespaces]
        new = [namespace for file in head.files for namespace in file.namespaces]
        pairs = Pairs(old, new)
        pairs.by(lambda n: (n.path, n.name))
        pairs.by(lambda n: (n.path, n.name), lambda n: (self.file(n.path), n.name))
        votes = _votes(base, head, self._functions)
        left = [(new[number].path, new[number].name) for number in pairs.left()[1]]
        split = {place: votes[place] for place in left if place in votes}
        origins = set(split.values())
        pairs.by(
            lambda n: n.name if (n.path, n.name) not in origins else None,
            lambda n: n.name if (n.path, n.name) not in split else None,
        )
        return {**_places(old, new, pairs.origin.items()), **split}


def _votes(base: Report, head: Report, functions: dict[Place, Place]) -> dict[Place, Place]:
    """Namespace in the head -> the base's that at least half of its functions came from."""
    owner_before = {place: owner for place, owner in _owners(base) if owner[1]}
    count: Counter[Place] = Counter()
    votes: dict[Place, Counter[Place]] = defaultdict(Counter)
    for place, owner in _owners(head):
        count[owner] += 1
        before = functions.get(place)
        if before in owner_before:
            votes[owner][owner_before[before]] += 1
    best = {owner: came.most_common(1)[0] for owner, came in votes.items()}
    return {owner: origin for owner, (origin, number) in best.items() if owner[1] and 2 * number >= count[owner]}


def _owners(report: Report) -> Iterator[tuple[Place, Place]]:
    """Each function with the namespace that it lies in, or its file's own."""
    for file in report.files:
        names = {namespace.name for namespace in file.namespaces}
        for function in file.functions:
            yield (file.path, function.name), (file.path, innermost(function.name, names))


def _files(base: Report, head: Report, functions: dict[Place, Place]) -> dict[str, str]:
    there = {file.path for file in base.files}
    gone = there - {file.path for file in head.files}
    by_bytes = {file.oid: file.path for file in reversed(base.files) if file.path in gone}
    origins: dict[str, str] = {}
    for file in head.files:
        came = Counter(functions[place][0] for f in file.functions if (place := (file.path, f.name)) in functions)
        most = came.most_common(1)[0][0] if came else file.path
        origins[file.path] = file.path if file.path in there else by_bytes.get(file.oid, most)
    return origins


N = TypeVar("N", FunctionMetrics, NamespaceMetrics)


def _places(old: Sequence[N], new: Sequence[N], pairs: Iterable[tuple[int, int]]) -> dict[Place, Place]:
    return {(new[n].path, new[n].name): (old[o].path, old[o].name) for n, o in pairs}
