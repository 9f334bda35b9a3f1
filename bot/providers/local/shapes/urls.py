"""Where the host's faces are."""

from __future__ import annotations

from dataclasses import dataclass

from bot.providers.local.state import Account, Repo


@dataclass(frozen=True, slots=True)
class Urls:
    """Base addresses without trailing slash: REST (prefix included), web pages, and SSH."""

    api: str
    web: str
    ssh_port: int

    def account(self, account: Account) -> str:
        return f"{self.api}/users/{account.login}"

    def repo(self, repo: Repo) -> str:
        return f"{self.api}/repos/{repo.full_name}"

    def page(self, repo: Repo) -> str:
        return f"{self.web}/{repo.full_name}"

    def ssh(self, repo: Repo) -> str:
        return f"ssh://git@127.0.0.1:{self.ssh_port}/{repo.full_name}.git"
