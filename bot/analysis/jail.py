"""The lock: after `lock_down` this process can compute, read and write its open pipes, and exit. Nothing else.

Layers, each enough to stop the usual attack alone: empty descriptors and limits (rlimits), no new privileges, Landlock
without a single rule (no file, no TCP, no signal to others), and seccomp with a short list of calls, every other one of
which kills the process. All need no privilege. https://docs.kernel.org/userspace-api/landlock.html and seccomp(2).
"""

from __future__ import annotations

import ctypes
import os
import resource
import struct
import sys
from dataclasses import dataclass
from typing import Any

try:  # finding libseccomp starts ldconfig: it must happen before the lock, so at import
    import pyseccomp
except (ImportError, OSError, RuntimeError):  # another system, or no libseccomp
    pyseccomp = None

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_GET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 4, 21, 38
_SIGKILL = 9
# The same numbers on every architecture (they are younger than the unified table).
_LANDLOCK_CREATE_RULESET, _LANDLOCK_RESTRICT_SELF = 444, 446
_LANDLOCK_VERSION = 1
_PROT_EXEC = 4

# Memory, the pipes, the clock, the interpreter's own signals, and the end. Checked by running every language's grammar
# over hostile input; a call that is missing here shows as a child killed by SIGSYS.
_CALLS = (
    "read", "readv", "write", "writev", "close", "poll", "ppoll",
    "brk", "madvise", "mremap", "munmap", "futex",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall",
    "clock_gettime", "gettimeofday", "getrandom", "sched_yield",
    "exit", "exit_group",
)  # fmt: skip


class JailError(Exception):
    """This system lacks a layer of the lock; the message names it."""


@dataclass(frozen=True, slots=True)
class Strength:
    """What the kernel offers: `landlock` is its ABI version (0: none)."""

    landlock: int
    seccomp: bool

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name, there in (("Landlock", self.landlock > 0), ("seccomp", self.seccomp)) if not there)


def strength() -> Strength:
    """Ask the kernel, without locking anything."""
    if sys.platform != "linux":
        return Strength(0, seccomp=False)
    libc = _libc()
    version = libc.syscall(_LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_LANDLOCK_VERSION))
    known = libc.prctl(_PR_GET_SECCOMP, *map(ctypes.c_ulong, (0, 0, 0, 0))) >= 0
    return Strength(max(0, version), seccomp=known and pyseccomp is not None)


def lock_down(*, memory: int, cpu_seconds: int, required: bool = True) -> Strength:
    """Lock this process for good. Import and build everything first: no file can be opened after it.

    Raises JailError, before anything is locked, where a layer is missing and `required`; otherwise it locks as far as
    it can and says how far that is.
    """
    offered = strength()
    if required and offered.missing:
        raise JailError(" and ".join(offered.missing))
    os.chdir("/")
    os.closerange(3, 1 << 16)
    limit_resources(memory=memory, cpu_seconds=cpu_seconds)
    if sys.platform == "linux":
        _prctl(_PR_SET_PDEATHSIG, _SIGKILL)
        _prctl(_PR_SET_DUMPABLE, 0)
        _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    if offered.landlock:
        restrict_files(offered.landlock)
    if offered.seccomp:
        restrict_calls()
    return offered


def limit_resources(*, memory: int, cpu_seconds: int) -> None:
    """Hard rlimits. Running into the memory limit inside a parser is a crash of this process, by design."""
    limits = {
        "RLIMIT_AS": memory,
        "RLIMIT_CPU": cpu_seconds,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
        "RLIMIT_NPROC": 0,
        "RLIMIT_NOFILE": 8,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
    }
    for name, value in limits.items():
        kind = getattr(resource, name, None)
        if kind is not None:
            _, hard = resource.getrlimit(kind)
            allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (allowed, allowed))


def restrict_files(version: int) -> None:
    """Landlock with every right of this ABI version handled and none granted. Needs no_new_privs."""
    files = (1 << {1: 13, 2: 14, 3: 15, 4: 15}.get(version, 16)) - 1
    network = 0b11 if version >= 4 else 0
    scope = 0b11 if version >= 6 else 0
    size = 8 if version < 4 else 16 if version < 6 else 24
    rules = struct.pack("=QQQ", files, network, scope)[:size]
    libc = _libc()
    ruleset = libc.syscall(_LANDLOCK_CREATE_RULESET, rules, ctypes.c_size_t(size), ctypes.c_uint32(0))
    if ruleset < 0:
        raise OSError(ctypes.get_errno(), "landlock_create_ruleset")
    try:
        if libc.syscall(_LANDLOCK_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)):
            raise OSError(ctypes.get_errno(), "landlock_restrict_self")
    finally:
        os.close(ruleset)


def restrict_calls() -> None:
    """seccomp: the calls above, memory that is never executable, and death for anything else."""
    allowed: Any = pyseccomp.ALLOW
    rules = pyseccomp.SyscallFilter(defaction=pyseccomp.KILL_PROCESS)
    rules.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.KILL_PROCESS)
    for name in _CALLS:
        rules.add_rule(allowed, name)
    for name in ("mmap", "mprotect"):
        rules.add_rule(allowed, name, pyseccomp.Arg(2, pyseccomp.MASKED_EQ, _PROT_EXEC, 0))
    rules.load()


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _prctl(option: int, value: int) -> None:
    if _libc().prctl(option, *map(ctypes.c_ulong, (value, 0, 0, 0))) != 0:
        raise OSError(ctypes.get_errno(), f"prctl {option}")
