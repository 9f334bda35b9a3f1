"""The child: reads source from one pipe, writes numbers to another, and can do nothing else (see jail).

Started as `python -I -m bot.analysis.child MEMORY CPU REQUIRED PARSE_SECONDS LANGUAGES` by sandbox, in an empty
environment.
"""

from __future__ import annotations

import gc
import os
import sys

from bot.analysis.jail import JailError, lock_down
from bot.analysis.languages import LANGUAGES
from bot.analysis.measure import Measurer
from bot.analysis.wire import HEADER, READY, REFUSED, encode

_STDIN, _STDOUT = 0, 1


def main(argv: list[str]) -> int:
    memory, cpu_seconds, required, parse_seconds = int(argv[0]), int(argv[1]), argv[2] != "0", float(argv[3])
    if _read() is None:  # the salt
        return REFUSED
    measurers = {name: Measurer(LANGUAGES[name]) for name in argv[4].split(",") if name}
    for measurer in measurers.values():  # whatever is imported or built on first use, is so before the lock
        encode(measurer.measure(b"\xff\n{(", parse_seconds))
    gc.disable()  # nothing here makes cycles, and looking for them costs a tenth
    try:
        lock_down(memory=memory, cpu_seconds=cpu_seconds, required=required)
    except JailError:
        return REFUSED
    _write(READY)
    while (name := _read()) is not None and (data := _read()) is not None:
        _write(encode(measurers[name.decode()].measure(data, parse_seconds)))
    return 0


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


if __name__ == "__main__":
    # No farewell: the interpreter's own ending makes calls that the lock kills.
    os._exit(main(sys.argv[1:]))
