"""The ports: what the services need of the world, in their words. Adapters implement them; bot.app chooses which.

Every method states its promise, also on failure. Errors are those of bot.errors and nothing else: an adapter maps its
vendor's errors at its own border. Methods named ensure_ may be called twice with the effect of once.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from bot.events import Event
from bot.model import (
    Blob,
    CheckResult,
    Delivery,
    DeployKey,
    Entry,
    FailedDelivery,
    FetchLimits,
    Installation,
    InstallationId,
    Job,
    OpenCheck,
    PullRequest,
    Record,
    Repository,
    RepositoryId,
    Secret,
    Sha,
    SshAddress,
    Table,
)

# ---------------------------------------------------------------------------------------------------- the git host


class Webhooks(Protocol):
    """The host's deliveries, read without wire: no await, no clock, no client."""

    def verify(self, headers: Mapping[str, str], body: bytes) -> tuple[str, str]:
        """(delivery id, event name) of a delivery whose signature over the raw bytes is right.
        Raises Forged (no or wrong signature) or Malformed (headers missing or not of the documented form)."""
        ...

    def read(self, name: str, body: bytes) -> Event | None:
        """The event that a verified body tells; None where it is nothing to us. Raises Malformed."""
        ...


class Accounts(Protocol):
    """Who installed the app, and on what. All reads; the host's answer is the truth that events only hint at."""

    async def installation(self, id: InstallationId) -> Installation:
        """Raises Gone where the host does not know it (any more)."""
        ...

    async def installations(self) -> list[Installation]: ...

    async def repositories(self, installation: InstallationId) -> list[Repository]:
        """All repositories that the installation covers, all pages. Raises Gone."""
        ...

    async def failed_deliveries(self, since: float) -> list[FailedDelivery]:
        """Deliveries newer than `since` (Unix time) of which no attempt reached us, oldest first."""
        ...

    async def redeliver(self, delivery: FailedDelivery) -> None: ...

    async def forget(self, installation: InstallationId) -> None:
        """Drop cached tokens of an installation. Never fails, sends nothing."""
        ...


class Keys(Protocol):
    """Deploy keys of one repository."""

    async def ensure(self, repository: Repository, public: str, title: str) -> DeployKey:
        """The key is at the host afterwards, read-only (verified in the answer). Found by its bytes first, so that a
        lost answer leaves no second key. Raises UserError where policy forbids keys, KeyInUse, Gone, Retryable."""
        ...

    async def ensure_absent(self, repository: Repository, key_id: int) -> None:
        """The key is not at the host afterwards. Raises Gone where we may no longer look, UserError where the
        repository takes no changes (archived) or a permission is missing, Retryable."""
        ...

    async def list(self, repository: Repository) -> list[DeployKey]: ...


class Reports(Protocol):
    """What people see at a commit or pull request."""

    async def begin(self, repository: Repository, head: Sha, external_id: str, *, resume: bool) -> OpenCheck:
        """A check run of that external id, "in progress". With `resume`, one that an earlier attempt may have made is
        looked for first and taken (its `completed` and `annotations` tell how far that attempt came)."""
        ...

    async def finish(self, repository: Repository, check: OpenCheck, result: CheckResult) -> None:
        """Complete the check run, annotations in batches; those that `check` already holds are not sent again."""
        ...

    async def ensure_comment(self, repository: Repository, number: int, body: str | None) -> None:
        """Exactly one comment of ours, found by its hidden marker, says `body`; with None, there is none."""
        ...


class Origin(Protocol):
    """Where source comes from."""

    async def repository(self, installation: InstallationId, id: RepositoryId) -> Repository:
        """By id: rename and transfer do not matter. Raises Gone."""
        ...

    async def pull_request(self, repository: Repository, number: int) -> PullRequest: ...

    async def open_pull_requests(self, repository: Repository, head: Sha) -> list[int]:
        """Numbers of the open pull requests, forks included, whose head is that commit."""
        ...

    async def merge_base(self, repository: Repository, base: Sha, head: Sha) -> Sha: ...

    async def address(self, repository: Repository) -> SshAddress: ...

    def pull_ref(self, number: int) -> str:
        """The ref of the base repository that holds the pull request's head, also for forks."""
        ...


@dataclass(frozen=True, slots=True)
class Provider:
    """One git host: five small ports."""

    webhooks: Webhooks
    accounts: Accounts
    keys: Keys
    reports: Reports
    origin: Origin
    key_page: Callable[[Repository], str]  # where an owner removes a deploy key by hand


# ---------------------------------------------------------------------------------------------------- source


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


# ---------------------------------------------------------------------------------------------------- what is kept


class Store(Protocol):
    """Sealed records, durable when the call returns."""

    async def put(self, record: Record) -> None: ...

    async def get(self, table: Table, id: str) -> Record | None: ...

    async def find(
        self, table: Table, *, installation: InstallationId | None = None, repository: RepositoryId | None = None
    ) -> list[Record]:
        """Records of a table, narrowed by what is given, ordered by id."""
        ...

    async def delete(self, table: Table, id: str) -> None: ...

    async def erase(
        self, installation: InstallationId, repository: RepositoryId | None = None, *, keep: int | None = None
    ) -> dict[str, int]:
        """Delete every record and job of the installation (or of one repository of it) except the job `keep`, and
        scrub them from the files: overwritten pages, truncated log. Returns rows deleted per table. Safe to repeat."""
        ...

    async def remaining(self, installation: InstallationId, repository: RepositoryId | None = None) -> dict[str, int]:
        """Rows left per table (jobs as "job"), tables with none left out: the wipe's verification."""
        ...


class Inbox(Protocol):
    """The durable truth of what is still to do. A queue may forget; this does not."""

    async def accept(self, delivery: Delivery) -> Job | None:
        """Durable when it returns. None where this delivery id was accepted before, ever; a dead job of that id comes
        back to life instead and is returned."""
        ...

    async def pending(self, before: float) -> list[Job]:
        """Jobs neither done nor dead that are due before that Unix time, by seq."""
        ...

    async def start(self, seq: int, until: float) -> tuple[Job, bytes] | None:
        """Count the attempt, durably, and lease the job until then; (job, sealed body). None where it is gone."""
        ...

    async def settle(self, seqs: Iterable[int]) -> None:
        """The jobs are done: their rows go; their delivery ids stay known."""
        ...

    async def postpone(self, seq: int, due: float, *, counts: bool) -> None:
        """Not before `due`; without `counts`, the attempt just made is taken back."""
        ...

    async def bury(self, seq: int, reason: str) -> None:
        """To the dead letter: kept, listed by `dead`, never run until `revive`."""
        ...

    async def dead(self) -> list[Job]: ...

    async def revive(self, seq: int) -> Job | None: ...


class Queue(Protocol):
    """Hands out jobs: fair between installations, one per key at a time, newest of a coalescing key wins."""

    def offer(self, job: Job) -> None:
        """Consider a job that the inbox holds. Never fails, never blocks; what it forgets, the sweep finds."""
        ...

    async def run(
        self, handle: Callable[[Job, bytes], Awaitable[None]], give_up: Callable[[Job, bytes], Awaitable[None]]
    ) -> None:
        """Until cancelled: take what is due, count the attempt, call `handle`; settle, postpone or bury by the error
        (bot.errors). `give_up` is called once, before a job is buried. On cancellation, running handlers are
        cancelled and their jobs stay in the inbox."""
        ...

    async def cancel(self, installation: InstallationId, repository: RepositoryId | None = None) -> int:
        """Cancel the running jobs of an installation (or one repository), except the caller's own, and forget the
        waiting ones. Returns when they have ended."""
        ...

    def depth(self) -> dict[str, float]:
        """Gauges: waiting, running, oldest (seconds)."""
        ...


# ---------------------------------------------------------------------------------------------------- keys and time


class Kms(Protocol):
    """The root key's keeper: wraps data keys, bound to a context, and never shows the root."""

    async def wrap(self, key: bytes, context: bytes) -> bytes: ...

    async def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Raises Tampered."""
        ...

    async def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose of the instance itself (receipts, lookup), always the same."""
        ...


class KeyStore(Protocol):
    """Wrapped data keys, apart from the data they open, in no backup of it."""

    async def get(self, id: str) -> bytes | None: ...

    async def put(self, id: str, wrapped: bytes) -> bytes:
        """Keep it, unless that id has one already: returns the one that is kept."""
        ...

    async def destroy(self, prefix: str) -> int:
        """Delete the key `prefix` and all whose id starts with `prefix/`, and scrub the file. Returns how many."""
        ...


class Clock(Protocol):
    """Time, so that a test can own it."""

    def now(self) -> float:
        """Unix time in seconds."""
        ...

    async def sleep(self, seconds: float) -> None: ...
