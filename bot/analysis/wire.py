"""The pipe's format between the analysis and its child: four bytes of length, big-endian, then as many bytes.

The child reads hostile input, so that its words may be an attacker's: each field has bounds, and a reply that leaves
them, or does not fit the file, is no measurement.

parent -> child   a salt for hashes of secrets, once; then the language's name and the file; end of file ends the child
child -> parent   READY once it is locked down, then one frame per file
"""

from __future__ import annotations

import struct
from typing import Annotated

import msgspec
from msgspec import Meta

from bot.analysis.lines import count_lines
from bot.analysis.model import APPROXIMATE, NOT_ANALYSED

HEADER = struct.Struct("!I")
READY = b"sealbeat analysis child 2"
MAX_REPLY = 64 * 1024 * 1024
"""A megabyte of source cannot hold functions for more; a longer frame means that the child is not ours any more."""

REFUSED = b"sealbeat analysis child: refused"
"""Said instead of READY by a child that could not lock itself down."""

HASH = 16
"""Hex digits of the hashes below."""

MAX_FUNCTIONS = 20_000
"""In one file, and as many namespaces. A megabyte that people wrote has some thousand of them."""

MAX_HITS = 5_000
"""Of rules in one file: what has more is no code that anyone wrote by hand, and is told by its first ones."""

MAX_SECRETS = 1_000
"""In one file: what has more is a list of test data, and is told by its first ones."""

MAX_MARKS, MAX_KEYS = 500, 20
"""Suppressions in one file, and keys of one."""

Line = Annotated[int, Meta(ge=1, le=1 << 31)]
Count = Annotated[int, Meta(ge=0, le=1 << 31)]
Size = Annotated[float, Meta(ge=0, le=1 << 62)]
"""The bounds keep out what is not a number, too."""

Name = Annotated[str, Meta(max_length=256)]
Word = Annotated[str, Meta(max_length=40)]
Digest = Annotated[str, Meta(max_length=HASH)]
TOO_MANY = f"lines only: it has more than {MAX_FUNCTIONS:,} functions or classes"
CUT = f"{APPROXIMATE}only the first {MAX_HITS:,} places that rules object to are told"
"""Notes about files that were written to be too much."""

_POOR = "lines only: [0-9]{1,3}% of the file reads as [a-z_]{1,20}"
Note = Annotated[str, Meta(pattern=rf"\A({NOT_ANALYSED}|{_POOR}|{TOO_MANY}|{CUT})?\Z")]
"""It is shown to people as it stands, so nothing but these."""

Day = Annotated[str, Meta(pattern=r"\A(\d{4}-\d\d-\d\d)?\Z")]


class Row(msgspec.Struct, frozen=True, array_like=True):
    """FunctionMetrics without the path, which the child does not learn. Fields mean the same there."""

    name: Name
    start_line: Line
    end_line: Line
    cyclomatic: Count
    cognitive: Count
    abc: Size
    arity: Count
    nesting: Count
    loc: Count
    returns: Count
    return_values: Count
    body_hash: Digest


class NamespaceRow(msgspec.Struct, frozen=True, array_like=True):
    """NamespaceMetrics without the path."""

    name: Name
    kind: Word
    start_line: Line
    end_line: Line
    methods: Count
    ivars: Count
    complexity: Size
    loc: Count


class Hit(msgspec.Struct, frozen=True, array_like=True):
    """One place that a rule objects to, or a secret. `symbol` is the qualified name of what it lies in ("" outside of
    everything). `identity` survives moved lines and reformatting: for a rule a hash of the code it points at, for a
    secret a keyed hash of its value. `detail`: see rules.rule.Found; always empty for a secret."""

    rule: Name
    line: Line
    end_line: Line
    symbol: Name
    detail: Name
    identity: Digest


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """One inline suppression comment: `disable` or `enable` these keys from this line on, or `disable-line` and
    `disable-next-line`, for what begins in the lines from `first` to `last` alone. `until` is an ISO date, the last
    day, or empty; `problem` is a word of marks.py for what was not understood. Keys and reason are untrusted text."""

    line: Line
    verb: Word
    keys: Annotated[tuple[Name, ...], Meta(max_length=MAX_KEYS)]
    reason: Name = ""
    until: Day = ""
    problem: Word = ""
    first: Count = 0
    last: Count = 0


class Measurement(msgspec.Struct, frozen=True, array_like=True):
    """What the child says about a file: all that depends on its bytes and language alone, so that it can be kept by
    blob id. `tokens` is the packed token stream for the clone search (duplication.tokens) or empty; it is never kept.
    """

    quality: Annotated[float, Meta(ge=0, le=1)]
    note: Note
    code_lines: Count
    rows: Annotated[list[Row], Meta(max_length=MAX_FUNCTIONS)]
    namespaces: Annotated[list[NamespaceRow], Meta(max_length=MAX_FUNCTIONS)] = []
    hits: Annotated[list[Hit], Meta(max_length=MAX_HITS + MAX_SECRETS)] = []
    marks: Annotated[list[Mark], Meta(max_length=MAX_MARKS + 1)] = []
    tokens: bytes = b""


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Measurement)


def encode(measurement: Measurement) -> bytes:
    return _ENCODER.encode(measurement)


def decode(reply: bytes) -> Measurement:
    """A reply in the types and bounds promised above. Raises ValueError for anything else."""
    try:
        return _DECODER.decode(reply)
    except msgspec.MsgspecError as error:
        raise ValueError("not a measurement") from error


def believe(reply: bytes, data: bytes) -> Measurement:
    """A reply about this file. Raises ValueError also for one that speaks of lines that the file does not have, or
    brings more tokens than it has bytes."""
    said = decode(reply)
    lines = count_lines(data)
    last = max(1, lines)
    fits = (
        said.code_lines <= lines
        and len(said.tokens) <= 4 * (lines + len(data))
        and all(row.start_line <= row.end_line <= last for row in said.rows)
        and all(row.start_line <= row.end_line <= last for row in said.namespaces)
        and all(hit.line <= hit.end_line <= last for hit in said.hits)
        and all(mark.line <= last for mark in said.marks)
    )
    if not fits:
        raise ValueError("not a measurement of this file")
    return said
