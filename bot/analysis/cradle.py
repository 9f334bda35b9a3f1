"""The parent's side of the nursery: it is started when the first child is wanted, and again if it died."""

from __future__ import annotations

import atexit
import contextlib
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence

import msgspec

from bot.analysis.nursery import LARGEST, End, Start

_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1"}
"""All that the environment holds: numpy's linear algebra, which nothing here uses, would start threads."""

NURSERY = ("-m", "bot.analysis.nursery")


class Cradle:
    """Asks the nursery. Calls block for some milliseconds, the first for a second; make them in a thread."""

    def __init__(self, program: Sequence[str] = NURSERY) -> None:
        """`program`: what Python is to run as the nursery."""
        self._program = program
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._wire: socket.socket | None = None

    @property
    def pid(self) -> int | None:
        """The nursery's, while there is one."""
        return self._process.pid if self._process is not None else None

    def start(self, wish: Start, end_of_child: socket.socket, seconds: float) -> int:
        """The pid of a new child. Raises OSError (also TimeoutError) where none can be started."""
        return self._ask(wish, [end_of_child.fileno()], seconds)

    def end(self, pid: int) -> int:
        """Kill a child and wait until it is gone; its exit status, if it had ended by itself."""
        return self._ask(End(pid), [], None)

    def close(self) -> None:
        """End the nursery and all its children."""
        with self._lock:
            self._forget()

    def _ask(self, wish: Start | End, descriptors: list[int], seconds: float | None) -> int:
        with self._lock:
            if self._wire is None:
                if isinstance(wish, End):  # it went with the nursery
                    return 0
                self._wire = self._found(seconds)
            try:
                self._wire.settimeout(seconds)
                socket.send_fds(self._wire, [msgspec.msgpack.encode(wish)], descriptors)
                return _answer(self._wire)
            except OSError:
                self._forget()
                raise

    def _found(self, seconds: float | None) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                # -I: neither the environment nor the working directory decides what is imported
                [sys.executable, "-I", *self._program],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT,
                cwd="/",
                start_new_session=True,
            )
        self._wire = ours
        try:
            ours.settimeout(seconds)
            _answer(ours)
        except OSError:
            self._forget()
            raise
        return ours

    def _forget(self) -> None:
        if self._wire is not None:
            self._wire.close()
            self._wire = None
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()  # its children die with it
            self._process.wait()
            self._process = None


def _answer(wire: socket.socket) -> int:
    message = wire.recv(LARGEST)
    if not message:
        raise ConnectionResetError("the nursery is gone")
    answer: int = msgspec.msgpack.decode(message, type=int)
    return answer


CRADLE = Cradle()
"""This process' own: children are forked from one place, however many analyses run."""

atexit.register(CRADLE.close)
