"""A nursery whose children are in the hands of hostile code: asked to measure, they attack. Only tests hold this.

Run as `python attacked.py LOCK`, with a socket for the standard input; LOCK is "all" or "none". "None" is the control:
the same nursery and children, without the lock.
"""

import contextlib
import ctypes
import os
import select
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import msgspec

from bot.analysis import child
from bot.analysis.measure import Measurer
from bot.analysis.nursery import Nursery
from bot.analysis.secrets.scanner import Scanner
from bot.analysis.wire import Measurement
from tests.analysis.attacks import ATTACKS, REFUSED, SUCCEEDED, compute

_PR_SET_PTRACER, _ANYONE = 0x59616D61, -1


def find_another_descriptor():
    """Beside the two ends of its own socket, and the errors that go nowhere."""
    for descriptor in range(3, 5000):
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        if not any(event & select.POLLNVAL for _, event in poll.poll(0)):
            return
    raise OSError


def find_its_own_descriptor():
    """The control of the one above: it sees descriptors that are there."""
    poll = select.poll()
    poll.register(0, select.POLLOUT)
    if any(event & select.POLLNVAL for _, event in poll.poll(0)):
        raise OSError


class Attacker(Measurer):
    """Stands where a Measurer stands. How it went is told as a number of lines."""

    def __init__(self, attack):
        self._attack = attack

    def measure(self, data, _seconds):
        os.environ["TARGET"] = data.decode()
        try:
            self._attack()
        except (OSError, RuntimeError):
            return Measurement(1.0, "", REFUSED, [])
        return Measurement(1.0, "", SUCCEEDED, [])


class Unlocked(Nursery):
    """Everything as in a nursery, but the lock."""

    def _become_child(self, wish, descriptor):
        with contextlib.suppress(BaseException):
            os.dup2(descriptor, 0)
            os.dup2(descriptor, 1)
            child.work(wish.parse_seconds, self._measurers, self._scanner)
        os._exit(0)


def main(lock):
    # Some systems let nobody but a debugger read another process' memory: that is their defence, not ours.
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, *map(ctypes.c_ulong, (_ANYONE, 0, 0, 0)))
    attacks = {
        **ATTACKS,
        **{each.__name__: each for each in (find_another_descriptor, find_its_own_descriptor, compute)},
    }
    measurers: dict[str, Measurer] = {name: Attacker(attack) for name, attack in attacks.items()}
    with socket.socket(fileno=0) as wire:
        wire.send(msgspec.msgpack.encode(0))
        (Nursery if lock == "all" else Unlocked)(wire, measurers, Scanner(b"", ())).run()


if __name__ == "__main__":
    main(sys.argv[1])
