"""What hostile code in the child would try, each attack as a process of its own. Only tests hold this.

Run as `python attacks.py ATTACK LOCK`: exit status 0 means that the attack succeeded, 10 that it was refused.
"""

import ctypes
import mmap
import os
import socket
import sys
import threading
from pathlib import Path

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
    )
}


def compute():
    """No attack: the control that a locked child still works."""
    if len(b"x" * 10_000_000) != 10_000_000:
        raise OSError


def main(name: str, lock: str) -> int:
    attack = compute if name == "compute" else ATTACKS[name]
    libc = ctypes.CDLL(None, use_errno=True)
    if lock == "all":
        jail.lock_down(memory=1 << 30, cpu_seconds=20)
    elif lock == "landlock":  # this layer alone
        libc.prctl(38, *map(ctypes.c_ulong, (1, 0, 0, 0)))
        jail.restrict_files(jail.strength().landlock)
    elif lock == "seccomp":
        libc.prctl(38, *map(ctypes.c_ulong, (1, 0, 0, 0)))
        jail.restrict_calls()
    try:
        attack()
    except (OSError, RuntimeError):
        return REFUSED
    return SUCCEEDED


if __name__ == "__main__":
    os._exit(main(*sys.argv[1:3]))
