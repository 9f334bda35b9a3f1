"""Everything the host holds, and the look-ups that its faces share."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.providers.local.gitrepo import GitRepo
from bot.providers.local.hooks import Outbox
from bot.providers.local.shapes.urls import Urls
from bot.providers.local.state import Account, App, Comment, Ids, Installation, Key, Pull, Repo, Run, Suite, Token

_EPOCH = 1_700_000_000
"""Commits get times that count up from here, so that the same story makes the same ids."""


class World:
    """The host's state. Look-ups raise KeyError; names are compared without case, as GitHub does."""

    def __init__(self, root: Path, now: Callable[[], float]) -> None:
        self.root = root
        self.now = now
        self.ids = Ids()
        self.ticks = itertools.count(_EPOCH)
        self.accounts: dict[str, Account] = {}
        self.repos: dict[int, Repo] = {}
        self.names: dict[str, int] = {}  # "owner/name" of today and of earlier days -> repository id
        self.installations: dict[int, Installation] = {}
        self.tokens: dict[str, Token] = {}
        self.keys: dict[int, Key] = {}
        self.pulls: dict[tuple[int, int], Pull] = {}
        self.suites: dict[int, Suite] = {}
        self.runs: dict[int, Run] = {}
        self.comments: dict[int, Comment] = {}
        self.person = self.add_account("mona", "User")
        self.app: App
        self.outbox: Outbox
        self.urls: Urls
        self.host_keys: tuple[str, ...] = ()

    def add_account(self, login: str, type: str) -> Account:
        if login.lower() in self.accounts:
            raise ValueError("that login is taken")
        account = Account(self.ids.new("account"), login, type)
        self.accounts[login.lower()] = account
        return account

    def account(self, it: Account | str) -> Account:
        return self.accounts[it.lower()] if isinstance(it, str) else it

    async def add_repo(self, owner: Account, name: str, *, private: bool, parent: Repo | None = None) -> Repo:
        """A repository without git directory yet."""
        if self.named(owner.login, name, former=False):
            raise ValueError("that name is taken")
        id = self.ids.new("repository")
        repo = Repo(id, owner, name, GitRepo(self.root / f"{id}.git"), self.now(), private, parent=parent)
        repo.pushed = repo.created
        self.repos[id] = repo
        self.names[repo.full_name.lower()] = id
        return repo

    def repo(self, it: Repo | str) -> Repo:
        if isinstance(it, Repo):
            return it
        return self.repos[self.names[it.lower()]]

    def named(self, owner: str, name: str, *, former: bool = True) -> Repo | None:
        """The living repository of that name; with `former`, also of an earlier name that nobody took since."""
        full = f"{owner}/{name}".lower()
        repo = self.repos.get(self.names.get(full, 0))
        if repo is None or repo.deleted or not (former or repo.full_name.lower() == full):
            return None
        return repo

    def repos_of(self, installation: Installation) -> list[Repo]:
        return [repo for repo in self.repos.values() if installation.covers(repo)]

    def covering(self, repo: Repo) -> Installation | None:
        """The installation that covers a repository; a host knows one app, and an account installs it once."""
        return next((one for one in self.installations.values() if one.covers(repo)), None)

    def pull(self, repo: Repo, number: int) -> Pull:
        return self.pulls[repo.id, number]

    def pulls_of(self, repo: Repo) -> list[Pull]:
        """Newest first."""
        return [one for one in reversed(self.pulls.values()) if one.repo is repo]

    def pulls_at(self, repo: Repo, head: str) -> list[Pull]:
        """Open pull requests that a check on a commit names: none of forks."""
        return [one for one in self.pulls_of(repo) if one.head == head and one.open and not one.fork]

    def suite_at(self, repo: Repo, head: str) -> Suite | None:
        return next((one for one in self.suites.values() if one.repo is repo and one.head == head), None)

    def runs_of(self, suite: Suite) -> list[Run]:
        return [one for one in self.runs.values() if one.suite is suite]

    def comments_of(self, repo: Repo, number: int) -> list[Comment]:
        return [one for one in self.comments.values() if one.repo is repo and one.number == number]

    def keys_of(self, repo: Repo) -> list[Key]:
        return [one for one in self.keys.values() if one.repo is repo]

    def key_of(self, line: str) -> Key | None:
        """The deploy key with these bytes, whatever comment follows them."""
        return next((one for one in self.keys.values() if one.line.split()[:2] == line.split()[:2]), None)

    @property
    def app_page(self) -> str:
        return f"{self.urls.web}/apps/{self.app.slug}"

    def drop_tokens(self, of: Iterable[Installation] | None = None) -> None:
        dead = None if of is None else set(of)
        for value in [v for v, token in self.tokens.items() if dead is None or token.installation in dead]:
            del self.tokens[value]

    # ------------------------------------------------------------------------------------- what the SSH door asks

    def accepts(self, line: str) -> bool:
        key = self.key_of(line)
        return key is not None and key.enabled

    def resolve(self, line: str, path: str) -> Path | None:
        """A key opens its own repository, under its name of today and those of earlier days."""
        owner, _, name = path.strip("/").removesuffix(".git").partition("/")
        repo, key = self.named(owner, name), self.key_of(line)
        return repo.git.path if repo and key and key.enabled and key.repo is repo else None
