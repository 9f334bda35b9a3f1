"""What the local host knows: accounts, repositories, installations and all that hangs on them, in memory."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.providers.local.gitrepo import GitRepo

Json = dict[str, Any]
"""A JSON object on its way in or out: the host speaks GitHub's shapes, which are far too many for types of our own."""

_HOSTS = itertools.count(1)


def iso(when: float) -> str:
    """A time as GitHub writes it: 2024-01-31T12:00:00Z."""
    return datetime.fromtimestamp(int(when), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Ids:
    """Numbers as GitHub gives them: large, never reused, other ranges for other kinds, other ones for other hosts."""

    _START = {  # noqa: RUF012 - a table
        "account": 98_000_000,
        "repository": 741_000_000,
        "installation": 47_000_000,
        "key": 93_000_000,
        "pull": 1_690_000_000,
        "run": 21_000_000_000,  # beyond 32 bits, as GitHub's are
        "suite": 20_000_000_000,
        "comment": 1_920_000_000,
        "hook": 455_000_000,
        "delivery": 25_000_000_000_000_000,
    }

    def __init__(self) -> None:
        host = next(_HOSTS)
        self._next = {kind: itertools.count(start + host * 10_007) for kind, start in self._START.items()}

    def new(self, kind: str) -> int:
        return next(self._next[kind])


@dataclass(eq=False, slots=True)
class Account:
    """A user or an organisation. `deploy_keys_forbidden` is the organisation's policy on deploy keys."""

    id: int
    login: str
    type: str = "Organization"
    deploy_keys_forbidden: bool = False


@dataclass(eq=False, slots=True)
class App:
    """The one GitHub App that this host knows, its registration and the public half of its key."""

    id: int
    slug: str
    public_key_pem: bytes = field(repr=False)
    permissions: dict[str, str]
    events: tuple[str, ...]
    owner: Account
    bot: Account
    created: float

    @property
    def client_id(self) -> str:
        return f"Iv23li{self.id:014d}"


@dataclass(eq=False, slots=True)
class Repo:
    """A repository: a name and an owner that change, an id that does not, and a real bare git repository."""

    id: int
    owner: Account
    name: str
    git: GitRepo
    created: float
    private: bool = True
    default_branch: str = "main"
    archived: bool = False
    parent: Repo | None = None  # the repository that this one was forked from
    deleted: bool = False
    pushed: float = 0.0
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def full_name(self) -> str:
        return f"{self.owner.login}/{self.name}"


@dataclass(eq=False, slots=True)
class Installation:
    """The app, installed on an account. `selected` is None where it covers all of the account's repositories."""

    id: int
    account: Account
    permissions: dict[str, str]
    events: tuple[str, ...]
    created: float
    selected: set[int] | None = None
    suspended: float | None = None

    def covers(self, repo: Repo) -> bool:
        mine = repo.owner is self.account and not repo.deleted
        return mine and (self.selected is None or repo.id in self.selected)


@dataclass(eq=False, slots=True)
class Token:
    """An installation token: what it may do, and to which repositories (None: all that the installation covers)."""

    value: str = field(repr=False)
    installation: Installation
    permissions: dict[str, str]
    repositories: frozenset[int] | None
    expires: float


@dataclass(eq=False, slots=True)
class Key:
    """A deploy key. It outlives its repository for a while: nobody else may register the same public key."""

    id: int
    repo: Repo
    line: str
    title: str
    read_only: bool
    added_by: str
    created: float

    @property
    def enabled(self) -> bool:
        return not self.repo.owner.deploy_keys_forbidden


@dataclass(eq=False, slots=True)
class Pull:
    """A pull request. `source` is the repository of the head branch; it may be a fork, or gone."""

    id: int
    number: int
    repo: Repo
    source: Repo
    head_ref: str
    base_ref: str
    head: str
    base: str
    title: str
    author: Account
    created: float
    updated: float
    draft: bool = False
    closed: float | None = None
    merged: float | None = None
    merge_commit: str | None = None

    @property
    def open(self) -> bool:
        return self.closed is None

    @property
    def fork(self) -> bool:
        return self.source is not self.repo


@dataclass(eq=False, slots=True)
class Suite:
    """All check runs of the app on one commit of one repository."""

    id: int
    repo: Repo
    head: str
    branch: str | None
    before: str
    created: float
    completed_told: bool = False


@dataclass(eq=False, slots=True)
class Run:
    """One check run: what the app said last, and the annotations of all its requests."""

    id: int
    suite: Suite
    name: str
    external_id: str
    details_url: str
    status: str
    started: str
    conclusion: str | None = None
    completed: str | None = None
    title: str | None = None
    summary: str | None = None
    text: str | None = None
    annotations: list[Json] = field(default_factory=list)
    actions: list[Json] = field(default_factory=list)

    @property
    def head(self) -> str:
        return self.suite.head


@dataclass(eq=False, slots=True)
class Comment:
    """A comment in the conversation of a pull request."""

    id: int
    repo: Repo
    number: int
    author: Account
    body: str
    created: float
    updated: float
