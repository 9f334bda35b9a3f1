"""The nursery: a process that is ready to measure in every language, and forks a locked child for each wish.

A child that started by itself would spend a third of a second on imports; a fork takes some milliseconds, so that every
pull request can have fresh ones. The nursery never sees a byte of source. Started as `python -I -m
bot.analysis.nursery` with a socket for its standard input, on which it is asked, in msgpack:

    ["start", memory, cpu seconds, lock required, parse seconds] with the child's end of a socket  ->  the child's pid
    ["end", pid]  ->  the child's exit status, once it is killed and gone

It ends with its parent, and its children end with it.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys

import msgspec

from bot.analysis import child
from bot.analysis.languages import LANGUAGES
from bot.analysis.measure import Measurer
from bot.analysis.secrets.scanner import Scanner
from bot.analysis.wire import encode

LARGEST = 4096
"""Bytes of a message, at most."""

_REMEMBERED = 1000
_STDIN = 0


class Start(msgspec.Struct, tag="start", array_like=True, frozen=True):
    """A wish for a child."""

    memory: int
    cpu_seconds: int
    required: bool
    parse_seconds: float


class End(msgspec.Struct, tag="end", array_like=True, frozen=True):
    """A wish for the end of one."""

    pid: int


_DECODER = msgspec.msgpack.Decoder(Start | End)


class Nursery:
    """The children that were started and not asked after yet: pid -> exit status, None while they live."""

    def __init__(self, wire: socket.socket, measurers: dict[str, Measurer], scanner: Scanner) -> None:
        self._wire = wire
        self._measurers = measurers
        self._scanner = scanner
        self._children: dict[int, int | None] = {}

    def run(self) -> None:
        """Until the other side hangs up."""
        while True:
            message, descriptors, _, _ = socket.recv_fds(self._wire, LARGEST, 1)
            if not message:
                return
            self._reap()
            wish = _DECODER.decode(message)
            answer = self._start(wish, descriptors[0]) if isinstance(wish, Start) else self._end(wish.pid)
            self._wire.send(msgspec.msgpack.encode(answer))

    def _start(self, wish: Start, descriptor: int) -> int:
        pid = os.fork()
        if pid == 0:
            self._become_child(wish, descriptor)
        os.close(descriptor)
        self._children[pid] = None
        return pid

    def _become_child(self, wish: Start, descriptor: int) -> None:
        status = child.FAILED
        try:
            os.dup2(descriptor, 0)
            os.dup2(descriptor, 1)
            status = child.serve(
                wish.memory, wish.cpu_seconds, wish.required, wish.parse_seconds, self._measurers, self._scanner
            )
        finally:  # no farewell: the interpreter's own ending makes calls that the lock kills
            os._exit(status)

    def _end(self, pid: int) -> int:
        if pid in self._children and self._children[pid] is None:
            os.kill(pid, signal.SIGKILL)
            self._children[pid] = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        return self._children.pop(pid, None) or 0

    def _reap(self) -> None:
        """Those that ended by themselves. Some are never asked after: the oldest are forgotten in the end."""
        for pid in [pid for pid, status in self._children.items() if status is None]:
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                self._children[pid] = os.waitstatus_to_exitcode(status)
        for pid in [pid for pid, status in self._children.items() if status is not None][:-_REMEMBERED]:
            del self._children[pid]


def main() -> int:
    measurers = {name: Measurer(language) for name, language in LANGUAGES.items()}
    for measurer in measurers.values():  # whatever is imported or built on first use, is so before the lock
        for sample in (b"", b"\xff\n{("):  # one that reads well, and one that does not
            encode(measurer.measure(sample, 1.0))
    scanner = Scanner(b"")
    scanner.scan(b"password = 'x'\n")
    gc.disable()  # nothing here makes cycles, and looking for them costs a tenth
    gc.freeze()
    with socket.socket(fileno=_STDIN) as wire:
        wire.send(msgspec.msgpack.encode(0))
        Nursery(wire, measurers, scanner).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
