"""The pipe's format between the analysis and its child: four bytes of length, big-endian, then as many bytes.

parent -> child   a salt for hashes of secrets, once; then the language's name and the file; end of file ends the child
child -> parent   READY once it is locked down, then one frame per file
"""

from __future__ import annotations

import struct

import msgspec

HEADER = struct.Struct("!I")
READY = b"sealbeat analysis child 2"
MAX_REPLY = 64 * 1024 * 1024
"""A megabyte of source cannot hold functions for more; a longer frame means that the child is not ours any more."""

REFUSED = b"sealbeat analysis child: refused"
"""Said instead of READY by a child that could not lock itself down."""

HASH = 16
"""Hex digits of the hashes below."""


class Row(msgspec.Struct, frozen=True, array_like=True):
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
    return_values: int
    body_hash: str


class NamespaceRow(msgspec.Struct, frozen=True, array_like=True):
    """NamespaceMetrics without the path."""

    name: str
    kind: str
    start_line: int
    end_line: int
    methods: int
    ivars: int
    complexity: float
    loc: int


class Hit(msgspec.Struct, frozen=True, array_like=True):
    """One place that a rule objects to, or a secret. `symbol` is the qualified name of what it lies in ("" outside of
    everything). `identity` survives moved lines and reformatting: for a rule a hash of the code it points at, for a
    secret a keyed hash of its value. `detail`: see rules.rule.Found; always empty for a secret."""

    rule: str
    line: int
    end_line: int
    symbol: str
    detail: str
    identity: str


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """One inline suppression comment: `disable` or `enable` these keys from this line on, or `disable-line` and
    `disable-next-line`, for what begins in the lines from `first` to `last` alone. `until` is an ISO date, the last
    day, or empty; `problem` is a word of marks.py for what was not understood. Keys and reason are untrusted text."""

    line: int
    verb: str
    keys: tuple[str, ...]
    reason: str = ""
    until: str = ""
    problem: str = ""
    first: int = 0
    last: int = 0


class Measurement(msgspec.Struct, frozen=True, array_like=True):
    """What the child says about a file: all that depends on its bytes and language alone, so that it can be kept by
    blob id. `tokens` is the packed token stream for the clone search (duplication.tokens) or empty; it is never kept.
    """

    quality: float
    note: str
    code_lines: int
    rows: list[Row]
    namespaces: list[NamespaceRow] = []
    hits: list[Hit] = []
    marks: list[Mark] = []
    tokens: bytes = b""


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Measurement)


def encode(measurement: Measurement) -> bytes:
    return _ENCODER.encode(measurement)


def decode(reply: bytes) -> Measurement:
    """A reply in the types promised above. The child reads hostile input: raises ValueError for anything else."""
    try:
        return _DECODER.decode(reply)
    except msgspec.MsgspecError as error:
        raise ValueError("not a measurement") from error
