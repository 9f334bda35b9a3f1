"""The values that travel between rooms. Standard library only; every one is immutable."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NewType, NoReturn

InstallationId = NewType("InstallationId", int)
"""The host's numeric id of one installation of the app on an account. Never reused by the host."""
RepositoryId = NewType("RepositoryId", int)
"""The host's numeric id of a repository: survives rename and transfer."""
Sha = NewType("Sha", str)
"""A full object id: 40 (or 64) lower-case hex digits."""


class Secret:
    """Bytes that must not be seen: prints as ``***``, refuses pickle and JSON, compares in constant time."""

    __slots__ = ("_value",)

    def __init__(self, value: bytes | str) -> None:
        self._value = value.encode() if isinstance(value, str) else bytes(value)

    def reveal(self) -> bytes:
        return self._value

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self._value, other._value)

    def __hash__(self) -> int:
        raise TypeError("a Secret is not hashable: hashing would leave traces of it in a table")

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret refuses to be serialised")


@dataclass(frozen=True, slots=True)
class Installation:
    """One account that installed the app, as the host describes it now."""

    id: InstallationId
    account_id: int
    account: str = field(repr=False)  # login name: personal data, sealed at rest, never logged
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class Repository:
    """One repository of an installation. `owner` and `name` are labels that change; the ids do not."""

    id: RepositoryId
    installation: InstallationId
    owner: str = field(repr=False)
    name: str = field(repr=False)
    default_branch: str = field(default="main", repr=False)
    private: bool = True
    archived: bool = False


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A pull request as the host describes it now (not as some delivery once did)."""

    number: int
    head: Sha
    base: Sha  # tip of the base branch, not the merge base
    base_ref: str = field(repr=False)
    open: bool = True
    draft: bool = False
    fork: bool = False  # head lives in another repository, or in one that is gone


@dataclass(frozen=True, slots=True)
class DeployKey:
    """A deploy key as the host lists it. `public` is the OpenSSH line without comment."""

    id: int
    public: str
    title: str = ""
    read_only: bool = True
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class SshAddress:
    """Where a repository's source is fetched: ssh://user@host:port/path, and the only host keys we accept there."""

    host: str
    port: int
    user: str
    path: str = field(repr=False)
    host_keys: tuple[str, ...]  # OpenSSH public key lines; Ed25519 first


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a tree. `path` is raw bytes as git stores them: never joined to a path of this machine."""

    path: bytes = field(repr=False)
    mode: int
    oid: Sha


@dataclass(frozen=True, slots=True)
class Blob:
    """One blob. `data` is None where it is larger than the reader's limit (`size` still tells) or was never sent."""

    oid: Sha
    size: int
    data: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Budgets of one fetch; exceeding one raises UserError."""

    wire_bytes: int = 500 * 1024 * 1024
    seconds: float = 120.0
    tree_entries: int = 100_000
    blob_bytes: int = 1024 * 1024


Level = Literal["notice", "warning", "failure"]
Conclusion = Literal["success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required"]


@dataclass(frozen=True, slots=True)
class Annotation:
    """One remark at lines of a file. Texts are plain text or already neutralised Markdown."""

    path: str = field(repr=False)
    start_line: int
    end_line: int
    level: Level
    message: str = field(repr=False)
    title: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a finished check says. `annotations` come most severe first; the reporter batches them."""

    conclusion: Conclusion
    title: str
    summary: str = field(repr=False)
    text: str = field(default="", repr=False)
    annotations: tuple[Annotation, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class OpenCheck:
    """A check run at the host: whether it is completed, and how many annotations it already holds."""

    id: int
    completed: bool = False
    annotations: int = 0


@dataclass(frozen=True, slots=True)
class FailedDelivery:
    """A delivery that the host could not hand over. `id` numbers the attempt, `guid` is the delivery id."""

    id: int
    guid: str
    delivered_at: float  # Unix time, seconds


class Table(StrEnum):
    """The tables of the store. A record's bytes are sealed; what stands beside them are numbers."""

    INSTALLATION = "installation"
    REPOSITORY = "repository"
    DEPLOY_KEY = "deploy_key"
    CHECK = "check"
    RESULT = "result"
    RECEIPT = "receipt"
    CURSOR = "cursor"


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the store. `installation` 0 and `repository` 0 mean "belongs to none"."""

    table: Table
    id: str
    installation: InstallationId
    repository: RepositoryId
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook delivery on its way into the inbox, its body sealed.

    `key` serialises: two jobs of one key never run at once. Where `coalesce` is true, a newer
    job of the same key replaces older waiting ones.
    """

    id: str  # the host's unique delivery id
    name: str  # the host's event name, e.g. "pull_request"
    installation: InstallationId
    repository: RepositoryId
    key: str
    coalesce: bool
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Job:
    """A delivery in the inbox. `seq` orders; `tries` counts attempts that were started, durably, this one included."""

    seq: int
    delivery: str
    name: str
    installation: InstallationId
    repository: RepositoryId
    key: str
    coalesce: bool
    tries: int = 0
    due: float = 0.0  # Unix time before which it must not start
    reason: str = ""  # for dead jobs: the error's class and place, never its data
