"""What is kept of a measured tree, so that the next analysis pays only for what changed: measurements by path and blob
id, and which files share code. No source and no tokens are in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from bot.analysis.duplication.model import Clone, CloneKind
from bot.analysis.measured import Measured
from bot.analysis.model import NOT_ANALYSED
from bot.analysis.wire import Measurement


class KeptFile(msgspec.Struct, frozen=True, array_like=True):
    """A `Measured` whose path is the key that it lies under."""

    oid: str
    language: str
    lines: int
    measurement: Measurement


class KeptClone(msgspec.Struct, frozen=True, array_like=True):
    """A `Clone` that names its files by their paths."""

    kind: CloneKind
    path: str
    line: int
    end_line: int
    original_path: str
    original_line: int
    original_end_line: int
    lines: int
    tokens: int
    identity: str


class Survey(msgspec.Struct, frozen=True):
    """One tree, measured."""

    files: dict[str, KeptFile] = {}
    clones: list[KeptClone] = []

    def get(self, path: str, oid: str) -> Measured | None:
        kept = self.files.get(path)
        if kept is None or kept.oid != oid:
            return None
        return Measured(path, kept.oid, kept.language, kept.lines, kept.measurement)

    def related(self, paths: Iterable[str]) -> set[str]:
        """All files that share code with these, directly or through others, these included."""
        neighbours: dict[str, set[str]] = defaultdict(set)
        for clone in self.clones:
            neighbours[clone.path].add(clone.original_path)
            neighbours[clone.original_path].add(clone.path)
        found: set[str] = set()
        pending = list(paths)
        while pending:
            path = pending.pop()
            if path not in found:
                found.add(path)
                pending += neighbours.get(path, ())
        return found

    def to_bytes(self) -> bytes:
        return msgspec.msgpack.encode(self)

    @classmethod
    def from_bytes(cls, data: bytes) -> Survey:
        """The inverse of `to_bytes`. Raises ValueError on anything else."""
        try:
            return _DECODER.decode(data)
        except msgspec.MsgspecError as error:
            raise ValueError("not a survey") from error


_DECODER = msgspec.msgpack.Decoder(Survey)


def survey_of(files: Sequence[Measured], clones: Iterable[KeptClone]) -> Survey:
    """What to keep of these files. One that ran out of time or memory is not kept: next time it is tried again."""
    kept = {
        file.path: KeptFile(file.oid, file.language, file.lines, msgspec.structs.replace(file.measurement, tokens=b""))
        for file in files
        if file.measurement.note != NOT_ANALYSED
    }
    return Survey(kept, list(clones))


def by_path(clones: Iterable[Clone], files: Sequence[Measured]) -> list[KeptClone]:
    """Clones that name files by their number in `files`, naming them by path."""
    return [
        KeptClone(
            clone.kind,
            files[clone.file].path,
            clone.line,
            clone.end_line,
            files[clone.original_file].path,
            clone.original_line,
            clone.original_end_line,
            clone.lines,
            clone.tokens,
            clone.identity,
        )
        for clone in clones
    ]


def by_number(clones: Iterable[KeptClone], numbers: Mapping[str, int]) -> list[Clone]:
    """The inverse of `by_path`."""
    return [
        Clone(
            clone.kind,
            numbers[clone.path],
            clone.line,
            clone.end_line,
            numbers[clone.original_path],
            clone.original_line,
            clone.original_end_line,
            clone.lines,
            clone.tokens,
            clone.identity,
        )
        for clone in clones
    ]
