"""Reading a git repository that lies on this machine: trees and blobs by id, nothing of it run.

Hooks, filters, file-system monitors and the user's own configuration play no part; nothing is fetched or written.
"""

from __future__ import annotations

import asyncio
import os
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from bot.errors import ConfigError
from bot.model import Blob, Entry, Sha

_REGULAR = {0o100644, 0o100755}
_SETTINGS = ("core.fsmonitor=false", "core.hooksPath=/dev/null", "protocol.allow=never", "core.commitGraph=false")


class GitRepository:
    """bot.ports.Objects over a repository on disk."""

    received = 0

    def __init__(self, root: Path, blob_bytes: int) -> None:
        self.root = root
        self._largest = blob_bytes

    async def commit(self, revision: str) -> Sha:
        """The full id of a commit. Raises ConfigError where there is none of that name."""
        if revision.startswith("-"):
            raise ConfigError(f"{revision!r} is not a revision")
        try:
            return Sha((await self._ask("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")).decode().strip())
        except ConfigError:
            raise ConfigError(f"there is no commit {revision!r} in {self.root}: see `git log`") from None

    async def merge_base(self, one: Sha, other: Sha) -> Sha:
        """Raises ConfigError where the two have no history in common."""
        try:
            return Sha((await self._ask("merge-base", one, other)).decode().strip())
        except ConfigError:
            raise ConfigError(
                f"{one[:12]} and {other[:12]} have no commit in common: is this a shallow clone?"
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
                header = await process.stdout.readline()
                _, _, size = header.decode().partition(" ")[2].rpartition(" ")
                if not size.strip().isdigit():
                    raise ConfigError(f"the repository lacks the blob {oid}: is this a partial clone?")
                data = await process.stdout.readexactly(int(size) + 1)
                yield Blob(oid, int(size), data[:-1] if int(size) <= self._largest else None)
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def files(self) -> list[bytes]:
        """Paths of the work tree's files that git tracks or would track."""
        listed = await self._ask("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
        return listed.split(b"\0")[:-1]

    async def _ask(self, *arguments: str) -> bytes:
        process = await self._start(*arguments)
        out, _ = await process.communicate()
        if process.returncode:
            raise ConfigError(f"git {arguments[0]} failed in {self.root}: try `git -C {self.root} {arguments[0]}`")
        return out

    async def _start(self, *arguments: str) -> Process:
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        environ = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        environ |= {
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_TERMINAL_PROMPT": "0",
        }
        # The owner of the folder may be another user: reading, without its hooks and monitors, is safe.
        settings += ["-c", "safe.directory=*"]
        try:
            return await asyncio.create_subprocess_exec(
                "git",
                *settings,
                "-C",
                str(self.root),
                *arguments,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                env=environ,
            )
        except OSError:
            raise ConfigError("git is not installed, and this is a git repository: apt install git") from None
