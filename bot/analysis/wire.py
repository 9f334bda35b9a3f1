"""The pipe's format between the analysis and its child: four bytes of length, big-endian, then as many bytes.

parent -> child   the language's name, then the file; again for each file; end of file ends the child
child -> parent   READY once it is locked down, then one JSON frame per file
"""

from __future__ import annotations

import struct
from typing import NamedTuple

import orjson

HEADER = struct.Struct("!I")
READY = b"sealbeat analysis child 1"
MAX_REPLY = 64 * 1024 * 1024
"""A megabyte of source cannot hold functions for more; a longer frame means that the child is not ours any more."""

REFUSED = 3
"""Exit status of a child that could not lock itself down."""


class Row(NamedTuple):
    """FunctionMetrics without the path, which the child does not learn. Fields mean the same there."""

    name: str
    start_line: int
    end_line: int
    cyclomatic: int
    cognitive: int
    abc: float
    arity: int
    nesting: int
    loc: int
    returns: int
    body_hash: str


class Measurement(NamedTuple):
    """What the child says about a file."""

    quality: float
    note: str
    rows: list[Row]


_TYPES: tuple[tuple[type, ...], ...] = ((str,), *[(int,)] * 4, (int, float), *[(int,)] * 4, (str,))


def encode(measurement: Measurement) -> bytes:
    quality, note, rows = measurement
    return orjson.dumps((quality, note, [tuple(row) for row in rows]))


def decode(reply: bytes) -> Measurement:
    """A reply in the types promised above. The child reads hostile input: raises ValueError for anything else."""
    raw = orjson.loads(reply)
    if not isinstance(raw, list) or len(raw) != 3:
        raise ValueError("not a measurement")
    quality, note, rows = raw
    heads = type(quality) in (int, float) and type(note) is str
    if not heads or not isinstance(rows, list) or not all(map(_is_row, rows)):
        raise ValueError("not a measurement")
    return Measurement(float(quality), note, [Row(*row) for row in rows])


def _is_row(row: object) -> bool:
    return (
        isinstance(row, list)
        and len(row) == len(_TYPES)
        and all(type(value) in types for value, types in zip(row, _TYPES, strict=True))
    )
