"""The child: reads source from one end of a socket, writes numbers to it, and can do nothing else (see jail).

It is forked by the nursery, with the socket for its standard input and output.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import msgspec

from bot.analysis.jail import JailError, lock_down
from bot.analysis.measure import Measurer
from bot.analysis.secrets.scanner import Scanner
from bot.analysis.wire import HEADER, READY, REFUSED, Measurement, encode

FAILED = 1
"""Exit status of a child that met a fault of ours."""

_STDIN, _STDOUT = 0, 1
_TEXT = Measurement(1.0, "", 0, [])


def serve(
    memory: int,
    cpu_seconds: int,
    required: bool,
    parse_seconds: float,
    measurers: Mapping[str, Measurer],
    scanner: Scanner,
) -> int:
    """Lock this process, then measure what comes until nothing comes any more. The exit status."""
    try:
        lock_down(memory=memory, cpu_seconds=cpu_seconds, required=required)
    except JailError:
        _write(REFUSED)
        return 0
    work(parse_seconds, measurers, scanner)
    return 0


def work(parse_seconds: float, measurers: Mapping[str, Measurer], scanner: Scanner) -> None:
    """Until the other side hangs up."""
    salt = _read()
    if salt is None:
        return
    scanner.key(salt)
    _write(READY)
    while (name := _read()) is not None and (data := _read()) is not None:
        measurer = measurers.get(name.decode())
        measured = _TEXT if measurer is None else measurer.measure(data, parse_seconds)
        _write(encode(msgspec.structs.replace(measured, hits=[*measured.hits, *scanner.scan(data)])))


def _read() -> bytes | None:
    """The next frame; None at the end."""
    header = _exactly(HEADER.size)
    return _exactly(HEADER.unpack(header)[0]) if header is not None else None


def _exactly(size: int) -> bytes | None:
    parts = []
    while size:
        part = os.read(_STDIN, min(size, 1 << 20))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _write(payload: bytes) -> None:
    view = memoryview(HEADER.pack(len(payload)) + payload)
    while view:
        view = view[os.write(_STDOUT, view) :]
