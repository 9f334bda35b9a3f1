"""Git as a child process: hardened command line and environment, limits before the first byte, no survivor."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.model import FetchLimits

_ENVIRONMENT = {
    "PATH": os.defpath,
    "LC_ALL": "C",  # messages are read by verdict.py
    "HOME": "/nonexistent",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "/bin/false",
    "GIT_ALLOW_PROTOCOL": "fd",
    "GIT_LFS_SKIP_SMUDGE": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
}
_SETTINGS = {
    "fetch.fsckObjects": "true",
    "fetch.unpackLimit": "1",  # always one pack: loose objects are slower and escape RLIMIT_FSIZE
    "fetch.writeCommitGraph": "false",
    "fetch.recurseSubmodules": "false",
    "fetch.negotiationAlgorithm": "noop",  # we have nothing to offer, and named blobs cannot be asked for otherwise
    "submodule.recurse": "false",
    "transfer.bundleURI": "false",
    "protocol.version": "2",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "credential.helper": "",
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "core.alternateRefsCommand": "",
    "core.symlinks": "false",
    "core.sshCommand": "/bin/false",
    "core.bigFileThreshold": "16m",  # larger blobs are streamed by index-pack, not held in memory
}
_FLAGS = tuple(word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}"))
_MIB = 1024 * 1024
_PIPE_BUFFER = 1 * _MIB


@dataclass(frozen=True, slots=True)
class Git:
    """The git program over one bare object store, under the limits of one fetch."""

    program: str
    store: Path
    limits: FetchLimits
    sha256: bool = False
    live: set[Process] = field(default_factory=set)

    def create(self) -> None:
        """An empty bare store, as `git init --bare` makes it but without templates, hooks or a process."""
        for folder in ("objects", "refs"):
            (self.store / folder).mkdir()
        (self.store / "HEAD").write_text("ref: refs/heads/none\n")
        self.configure()

    def configure(self) -> None:
        """Write the store's own settings afresh. A filtered fetch notes there that the remote promises what is not
        here, and reading a promised object then ends git, where a missing one is merely told as missing."""
        extensions = "[extensions]\n\tobjectFormat = sha256\n" if self.sha256 else ""
        (self.store / "config").write_text(f"[core]\n\trepositoryFormatVersion = 1\n\tbare = true\n{extensions}")

    @asynccontextmanager
    async def running(
        self, *arguments: str, settings: Mapping[str, str] | None = None, fds: Sequence[int] = (), capture: bool = False
    ) -> AsyncIterator[Process]:
        """A git process with stdin and stderr piped (with `capture`, stdout instead of stderr). When the context ends,
        its whole process group has ended."""
        extra = (word for name, value in (settings or {}).items() for word in ("-c", f"{name}={value}"))
        process = await asyncio.create_subprocess_exec(
            self.program,
            *_FLAGS,
            *extra,
            f"--git-dir={self.store}",
            *arguments,
            stdin=PIPE,
            stdout=PIPE if capture else DEVNULL,
            stderr=DEVNULL if capture else PIPE,
            cwd=self.store,
            env=_ENVIRONMENT,
            pass_fds=fds,
            start_new_session=True,
            limit=_PIPE_BUFFER,
        )
        self.live.add(process)
        try:
            restrain(process.pid, self.limits)
            yield process
        finally:
            await asyncio.shield(_end(process))
            self.live.discard(process)

    def kill_all(self) -> None:
        """End every process over this store, also those of a reader that nobody finished."""
        for process in self.live:
            kill(process)


def restrain(pid: int, limits: FetchLimits) -> None:
    """Bound what that process, and every child it starts from now on, may use.

    Set from outside (prlimit(2)) because code between fork and exec is unsafe in a threaded parent. That it comes a
    moment after the start does no harm: callers hand the process its first byte only afterwards, and git starts the
    helpers that touch foreign bytes (index-pack) only once bytes have come.
    """
    if sys.platform != "linux":
        return
    seconds = int(limits.seconds) + 1
    wanted = {
        resource.RLIMIT_FSIZE: limits.wire_bytes + 64 * _MIB,  # a pack grows by the bases that a thin one left out
        resource.RLIMIT_AS: limits.wire_bytes + 4096 * _MIB,  # packs are mapped whole; threads reserve arenas
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_CORE: 0,
    }
    with contextlib.suppress(ProcessLookupError):  # it has ended already
        for kind, value in wanted.items():
            hard = resource.prlimit(pid, kind)[1]
            ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.prlimit(pid, kind, (ceiling, ceiling))


def kill(process: Process) -> None:
    """End the process and its helpers, now. A git that failed may have left helpers behind, hence no look at whether
    it still runs: its group's id is not given to others while one of them lives, nor at once afterwards."""
    if process.returncode != 0:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


async def _end(process: Process) -> None:
    kill(process)
    for stream in (process.stdout, process.stderr):
        # A reader that is paused with a full buffer never sees the end of its pipe, and wait() would never return.
        while stream is not None and await stream.read(_PIPE_BUFFER):
            pass
    await process.wait()
