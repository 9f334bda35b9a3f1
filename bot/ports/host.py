"""The git host, as five small ports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.events import Event
from bot.model import (
    CheckResult,
    DeployKey,
    FailedDelivery,
    Installation,
    InstallationId,
    OpenCheck,
    PullRequest,
    Repository,
    RepositoryId,
    Sha,
    SshAddress,
)


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
