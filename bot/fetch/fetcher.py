"""One fetch from end to end: folder, connection, objects - and nothing of them left afterwards."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.fetch import ssh
from bot.fetch.git import Git
from bot.fetch.objects import FetchedObjects
from bot.fetch.remote import Remote, Stopwatch
from bot.fetch.workspace import workspace
from bot.model import FetchLimits, Secret, Sha, SshAddress
from bot.ports import Objects

_SHA = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
# https://git-scm.com/docs/git-check-ref-format: what follows keeps a ref from being read as a refspec or an option.
_REF = re.compile(r"refs/(?!.*(?:\.\.|@\{|//))[^\x00-\x20\x7f~^:?*\[\\]+")


@dataclass(frozen=True, slots=True)
class SshFetcher:
    """See bot.ports.Fetcher."""

    workspace: Path
    git: str
    patience: ssh.Patience

    @asynccontextmanager
    async def fetch(
        self, address: SshAddress, key: Secret, commits: Sequence[Sha], *, refs: Sequence[str] = (), limits: FetchLimits
    ) -> AsyncIterator[Objects]:
        _check(commits, refs)
        command = ssh.upload_pack(address.path)
        watch = Stopwatch(limits.seconds)
        async with workspace(self.workspace) as folder:
            git = Git(self.git, folder, limits, sha256=any(len(commit) == 64 for commit in commits))
            git.create()
            async with watch.running():
                connection = await ssh.connect(address, key, self.patience)
            try:
                objects = FetchedObjects(git, Remote(connection, command, git, watch), watch, commits, refs)
                await objects.bring()
                yield objects
            finally:
                git.kill_all()
                await asyncio.shield(ssh.close(connection))


def _check(commits: Sequence[Sha], refs: Sequence[str]) -> None:
    """They end up as lines that git reads: a malformed one is a mistake in this program."""
    if not all(_SHA.fullmatch(commit) for commit in commits) or not all(_REF.fullmatch(ref) for ref in refs):
        raise ValueError("not a commit id or not a full ref name")
