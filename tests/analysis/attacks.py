"""What hostile code in the child would try, each attack as a process of its own. Only tests hold this.

Run as `python attacks.py ATTACK LAYER`, with one layer of the lock, "landlock" or "seccomp": exit status 0 means that
the attack succeeded, 10 that it was refused.
"""

import ctypes
import mmap
import os
import resource
import socket
import sys
import threading
from pathlib import Path

import numpy as np
import re2

from bot.analysis import jail

SUCCEEDED, REFUSED = 0, 10


def read_a_file():
    with Path("/etc/hostname").open("rb") as file:
        file.read(1)


def list_a_folder():
    os.listdir("/")  # noqa: PTH208 - the plain call is the attack


def write_a_file():
    descriptor = os.open(os.environ["TARGET"], os.O_WRONLY | os.O_CREAT)
    os.write(descriptor, b"x")


def connect():
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as wire:
        wire.bind(("127.0.0.1", 0))


def connect_locally():
    socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close()


def run_a_program():
    os.execv(sys.executable, [sys.executable, "-c", ""])


def fork():
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def start_a_thread():
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()


def map_executable_memory():
    mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC).close()


def make_memory_executable():
    area = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE)
    address = ctypes.addressof(ctypes.c_char.from_buffer(area))
    if ctypes.CDLL(None).mprotect(ctypes.c_void_p(address), mmap.PAGESIZE, mmap.PROT_READ | mmap.PROT_EXEC):
        raise OSError


def signal_the_parent():
    os.kill(os.getppid(), 0)


def trace_itself():
    if ctypes.CDLL(None).ptrace(0, 0, 0, 0):
        raise OSError


def read_the_parents_memory():
    """By process_vm_readv(2), at the address of something that parent and child have in common."""
    buffer = ctypes.create_string_buffer(8)
    here, there = _Span(ctypes.addressof(buffer), 8), _Span(ctypes.addressof(_KNOWN), 8)
    pid = ctypes.c_int(os.getppid())
    if ctypes.CDLL(None).process_vm_readv(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) != 8:
        raise OSError


def open_the_parents_memory():
    os.close(os.open(f"/proc/{os.getppid()}/mem", os.O_RDONLY))


def read_the_parents_environment():
    Path(f"/proc/{os.getppid()}/environ").read_bytes()


def limit_the_parent():
    resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE)


def hold_the_parent():
    os.close(os.pidfd_open(os.getppid()))


def pass_a_descriptor():
    """To the parent, over the socket that replies go through, with an empty reply."""
    with socket.socket(fileno=os.dup(0)) as wire:
        socket.send_fds(wire, [bytes(4)], [1])


def pass_a_descriptor_by_hand():
    """The same without a further descriptor: sendmsg(2) alone."""
    wire = socket.socket(fileno=0)
    try:
        socket.send_fds(wire, [bytes(4)], [1])
    finally:
        wire.detach()


def make_a_pipe():
    for end in os.pipe():
        os.close(end)


def make_a_memory_file():
    os.close(os.memfd_create("x"))


def read_a_file_with_numpy():
    np.fromfile("/etc/hostname", np.uint8)


def map_a_file_with_numpy():
    np.memmap("/etc/hostname", np.uint8, "r")


def import_a_module():
    import xml.dom.minidom  # noqa: F401 - one that nothing has imported yet


class _Span(ctypes.Structure):
    _fields_ = (("start", ctypes.c_void_p), ("size", ctypes.c_size_t))


_KNOWN = ctypes.create_string_buffer(b"in both", 8)

ATTACKS = {
    function.__name__: function
    for function in (
        read_a_file,
        list_a_folder,
        write_a_file,
        connect,
        connect_locally,
        run_a_program,
        fork,
        start_a_thread,
        map_executable_memory,
        make_memory_executable,
        signal_the_parent,
        trace_itself,
        read_the_parents_memory,
        open_the_parents_memory,
        read_the_parents_environment,
        limit_the_parent,
        hold_the_parent,
        pass_a_descriptor,
        pass_a_descriptor_by_hand,
        make_a_pipe,
        make_a_memory_file,
        read_a_file_with_numpy,
        map_a_file_with_numpy,
        import_a_module,
    )
}


def compute():
    """No attack: the control that a locked child still works."""
    numbers = np.cumsum(np.frombuffer(b"\x01" * 10_000_000, np.uint8), dtype=np.int64)
    if numbers[-1] != 10_000_000 or not re2.search("a{1000}b", "a" * 100_000 + "b"):
        raise OSError


def main(name: str, lock: str) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    if lock == "landlock":
        libc.prctl(38, *map(ctypes.c_ulong, (1, 0, 0, 0)))
        jail.restrict_files(jail.strength().landlock)
    elif lock == "seccomp":
        libc.prctl(38, *map(ctypes.c_ulong, (1, 0, 0, 0)))
        jail.restrict_calls()
    try:
        ATTACKS[name]()
    except (OSError, RuntimeError):
        return REFUSED
    return SUCCEEDED


if __name__ == "__main__":
    os._exit(main(*sys.argv[1:3]))
