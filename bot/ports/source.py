"""Where source is fetched from, and read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.model import Blob, Entry, FetchLimits, Secret, Sha, SshAddress


class Objects(Protocol):
    """A bare object store that lives as long as its fetch's context. Nothing in it is ever checked out or run."""

    @property
    def received(self) -> int:
        """Bytes that came over SSH so far."""
        ...

    async def tree(self, commit: Sha) -> list[Entry]:
        """All entries below the commit's root that are regular files, in git's order; symbolic links and submodules
        are left out. Walked by object id under the entry budget; UserError beyond it."""
        ...

    def blobs(self, oids: Sequence[Sha]) -> AsyncIterator[Blob]:
        """The blobs in the order asked, missing ones fetched first in one request. Larger than the limit: data None."""
        ...


class Fetcher(Protocol):
    """Brings source here, over SSH."""

    def fetch(
        self, address: SshAddress, key: Secret, commits: Sequence[Sha], *, refs: Sequence[str] = (), limits: FetchLimits
    ) -> AbstractAsyncContextManager[Objects]:
        """Fetch the commits, shallowly, with the private key (OpenSSH PEM) in memory only and the host's key pinned.
        `refs` are tried where the host refuses a commit by id. Raises UserError (refused key, wrong host key, too
        large, hostile objects), Gone (no such repository or commit), Retryable (connection, time-out)."""
        ...
