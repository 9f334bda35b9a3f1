"""Reading a git repository that lies on this machine: trees and blobs by id, nothing of it run.

Hooks, filters, file-system monitors, remotes and the user's own configuration play no part; nothing is fetched or
written.
"""

from __future__ import annotations

import asyncio
import os
import signal
from asyncio import StreamReader
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path

from bot.errors import ConfigError
from bot.model import Blob, Entry, Sha

_REGULAR = {0o100644, 0o100755, 0o100664}  # the last is what git wrote in 2005
_CHUNK = 1 << 20

_ENVIRONMENT = {
    "LC_ALL": "C",
    "HOME": "/nonexistent",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    # An object that a partial clone lacks would be fetched, by whatever command the repository's settings name. The
    # first is known since git 2.45; the second has held before, and over every `protocol.*.allow`.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "/bin/false",
}
_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.excludesFile": os.devnull,
    "core.sshCommand": "/bin/false",
    "core.alternateRefsCommand": "",
    "core.commitGraph": "false",
    "credential.helper": "",
    "protocol.allow": "never",
    "safe.directory": "*",  # reading another user's folder like this runs nothing of it
}
_FLAGS = tuple(word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}"))


class GitRepository:
    """bot.ports.Objects over a repository on disk. `root` is the top of the work tree, or the repository itself where
    it is `bare`."""

    received = 0

    def __init__(self, store: Path, root: Path, blob_bytes: int) -> None:
        """`store`: the `.git` folder, or the file of that name that points to it (work trees, submodules)."""
        self.root = root
        self.bare = store == root
        self._store = store
        self._largest = blob_bytes

    async def hash_name(self) -> str:
        """Of the algorithm that makes its ids: "sha1" or "sha256"."""
        return (await self._ask("rev-parse", "--show-object-format")).decode().strip()

    async def commit(self, revision: str) -> Sha:
        """The full id of a commit. Raises ConfigError where there is none of that name."""
        if revision.startswith("-"):
            raise ConfigError(f"{revision!r} is not a revision")
        try:
            return Sha((await self._ask("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")).decode().strip())
        except _Failed:
            raise ConfigError(f"there is no commit {revision!r} in {self.root}: see `git log --all`") from None

    async def merge_base(self, one: Sha, other: Sha) -> Sha:
        """Raises ConfigError where the two have no history in common."""
        try:
            return Sha((await self._ask("merge-base", one, other)).decode().strip())
        except _Failed:
            raise ConfigError(
                f"{one[:12]} and {other[:12]} have no commit in common; if this is a shallow clone, try"
                " `git fetch --unshallow`"
            ) from None

    async def tree(self, commit: Sha) -> list[Entry]:
        entries = []
        for line in (await self._ask("ls-tree", "-r", "-z", "--full-tree", commit)).split(b"\0")[:-1]:
            head, _, path = line.partition(b"\t")
            mode, _, oid = head.split(b" ")
            if int(mode, 8) in _REGULAR:
                entries.append(Entry(path, int(mode, 8), Sha(oid.decode())))
        return entries

    async def blobs(self, oids: Sequence[Sha]) -> AsyncIterator[Blob]:
        process = await self._start("cat-file", "--batch", "--buffer")
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write("".join(f"{oid}\n" for oid in oids).encode())
            process.stdin.write_eof()
            for oid in oids:
                yield await self._blob(process.stdout, oid)
        except BaseException:
            await _end(process)
            raise
        await process.wait()

    async def _blob(self, answers: StreamReader, oid: Sha) -> Blob:
        _, _, last = (await answers.readline()).decode().rpartition(" ")
        if not last.strip().isdigit():
            raise ConfigError(f"the repository lacks {oid[:12]}; if it is a partial clone, check the commit out first")
        size = int(last)
        try:
            if size <= self._largest:
                return Blob(oid, size, (await answers.readexactly(size + 1))[:-1])
            left = size + 1
            while left:  # too large to be looked at, so too large to be held
                left -= len(await answers.readexactly(min(left, _CHUNK)))
        except asyncio.IncompleteReadError:
            raise ConfigError(f"git could not read {oid[:12]}: try `git fsck`") from None
        return Blob(oid, size, None)

    async def files(self) -> list[bytes]:
        """Paths of the work tree's files that git tracks or would track."""
        listed = await self._ask("ls-files", "-z", "--cached", "--others", "--exclude-standard")
        return sorted(set(listed.split(b"\0")[:-1]))

    async def is_one(self) -> bool:
        """Whether git takes it for a repository."""
        try:
            return bool(await self._ask("rev-parse", "--git-dir"))
        except _Failed:
            return False

    async def _ask(self, *arguments: str) -> bytes:
        process = await self._start(*arguments)
        try:
            out, _ = await process.communicate()
        except BaseException:
            await _end(process)
            raise
        await process.wait()
        if process.returncode:
            raise _Failed(f"git {arguments[0]} failed in {self.root}: try `git -C {self.root} {arguments[0]}`")
        return out

    async def _start(self, *arguments: str) -> Process:
        # Both named, so that the repository's settings cannot point elsewhere.
        places = [f"--git-dir={self._store}", *([] if self.bare else [f"--work-tree={self.root}"])]
        try:
            return await asyncio.create_subprocess_exec(
                "git",
                *_FLAGS,
                *places,
                *arguments,
                cwd=self.root,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                env={"PATH": os.environ.get("PATH", os.defpath), **_ENVIRONMENT},
            )
        except OSError:
            raise ConfigError("git is needed to read this repository, and cannot be run: apt install git") from None


async def _end(process: Process) -> None:
    """Now. Not by `Process.kill`, which would take the status of one that has just ended away from the loop that waits
    for it. A reader with a full buffer never sees the end of its pipe, and `wait` would not return: it is emptied."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
    while process.stdout is not None and await process.stdout.read(_CHUNK):
        pass
    await process.wait()


class _Failed(ConfigError):
    """git ended with a status that says no."""


async def around(folder: Path, blob_bytes: int) -> GitRepository | None:
    """The repository that a folder is the top of, lies in, or is itself (bare)."""
    for place in (folder, *folder.parents):
        store = place / ".git"
        if store.exists():
            found = GitRepository(store, place, blob_bytes)
        elif all((place / part).exists() for part in ("HEAD", "objects", "refs")):
            found = GitRepository(place, place, blob_bytes)
        else:
            continue
        if await found.is_one():
            return found
    return None
