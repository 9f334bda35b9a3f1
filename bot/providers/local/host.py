"""The local git host: one object that is GitHub, for a demo or a test.

REST on loopback, SSH with real git, signed webhooks; its state lives in memory and in bare repositories below `root`.
Methods say what people, or GitHub itself, do; each changes the state and then sends the webhooks GitHub would.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from bot.providers.local.actions import checks, installing, pulls, pushing, repositories
from bot.providers.local.hooks import Delivery
from bot.providers.local.served import Served
from bot.providers.local.state import Account, Comment, Installation, Key, Pull, Repo, Run


class LocalHost(Served):
    """`async with LocalHost(...) as host:`. Repositories are given as the objects that the methods return, or by
    "owner/name"; accounts likewise or by login. Unknown ones raise KeyError."""

    # ------------------------------------------------------------------------------------ accounts, installations

    def create_account(self, login: str, type: Literal["Organization", "User"] = "Organization") -> Account:
        return self._world.add_account(login, type)

    def deploy_keys_forbidden(self, account: Account | str, forbidden: bool) -> None:
        """The organisation's policy: no new deploy keys, and those that are there open nothing."""
        self._world.account(account).deploy_keys_forbidden = forbidden

    async def install(self, account: Account | str, repositories: Sequence[Repo | str] | Literal["all"] = "all") -> int:
        """Returns the installation's id."""
        chosen = None if repositories == "all" else self._repos(repositories)
        return (await installing.install(self._world, self._world.account(account), chosen)).id

    async def uninstall(self, id: int) -> None:
        await installing.uninstall(self._world, self._installation(id))

    async def suspend(self, id: int) -> None:
        await installing.suspend(self._world, self._installation(id))

    async def unsuspend(self, id: int) -> None:
        await installing.unsuspend(self._world, self._installation(id))

    async def add_repositories(self, id: int, *repos: Repo | str) -> None:
        await installing.add_repositories(self._world, self._installation(id), self._repos(repos))

    async def remove_repositories(self, id: int, *repos: Repo | str) -> None:
        await installing.remove_repositories(self._world, self._installation(id), self._repos(repos))

    def expire_tokens(self) -> None:
        """Every installation token that was ever minted is dead."""
        self._world.drop_tokens()

    # ----------------------------------------------------------------------------------------------- repositories

    async def create_repository(
        self,
        account: Account | str,
        name: str,
        *,
        private: bool = True,
        files: Mapping[str, bytes] | None = None,
        git_dir: Path | None = None,
    ) -> Repo:
        """With `files` one commit, with `git_dir` a copy of that repository's branches, with neither it is empty."""
        owner = self._world.account(account)
        return await repositories.create(self._world, owner, name, private=private, files=files, source=git_dir)

    async def fork(self, repo: Repo | str, account: Account | str) -> Repo:
        return await repositories.fork(self._world, self._repo(repo), self._world.account(account))

    async def rename_repository(self, repo: Repo | str, name: str) -> None:
        await repositories.rename(self._world, self._repo(repo), name)

    async def transfer_repository(self, repo: Repo | str, to_account: Account | str) -> None:
        await repositories.transfer(self._world, self._repo(repo), self._world.account(to_account))

    async def delete_repository(self, repo: Repo | str) -> None:
        await repositories.delete(self._world, self._repo(repo))

    async def remove_deploy_key(self, repo: Repo | str, id: int) -> None:
        """A person removes it on the repository's settings page. Apps are told only if they asked to be."""
        await repositories.remove_key(self._world, self._repo(repo), id)

    async def archive(self, repo: Repo | str, archived: bool = True) -> None:
        await repositories.archive(self._world, self._repo(repo), archived=archived)

    async def make_public(self, repo: Repo | str, public: bool = True) -> None:
        await repositories.publicize(self._world, self._repo(repo), private=not public)

    # ----------------------------------------------------------------------------------------------------- pushes

    async def commit(
        self,
        repo: Repo | str,
        branch: str,
        files: Mapping[str, bytes | None],
        message: str,
        *,
        parent: str | None = None,
        force: bool = False,
    ) -> str:
        """Commit and push; None removes a file. A new branch starts at the default branch. Returns the commit."""
        where = self._repo(repo)
        return await pushing.commit(self._world, where, branch, files, message, parent=parent, force=force)

    async def delete_branch(self, repo: Repo | str, branch: str) -> None:
        await pushing.delete_branch(self._world, self._repo(repo), branch)

    # ---------------------------------------------------------------------------------------------- pull requests

    async def open_pull_request(
        self,
        repo: Repo | str,
        head_branch: str,
        base_branch: str = "main",
        *,
        title: str = "A change",
        draft: bool = False,
        fork: Repo | str | None = None,
    ) -> int:
        """Returns its number. With `fork`, the head branch is that repository's."""
        base = self._repo(repo)
        source = base if fork is None else self._repo(fork)
        it = await pulls.open_pull(self._world, base, source, head_branch, base_branch, title=title, draft=draft)
        return it.number

    async def push_to_pull_request(
        self, repo: Repo | str, number: int, files: Mapping[str, bytes | None], message: str = "More"
    ) -> str:
        it = self.pull_request(repo, number)
        return await pushing.commit(self._world, it.source, it.head_ref, files, message)

    async def force_push(
        self, repo: Repo | str, number: int, files: Mapping[str, bytes | None], message: str = "Again"
    ) -> str:
        """Replace all of the pull request's commits by one on top of where it left the base."""
        it = self.pull_request(repo, number)
        start = await it.repo.git.merge_base(it.base, it.head)
        return await pushing.commit(self._world, it.source, it.head_ref, files, message, parent=start, force=True)

    async def retarget(self, repo: Repo | str, number: int, base_branch: str) -> None:
        await pulls.retarget(self._world, self.pull_request(repo, number), base_branch)

    async def retitle(self, repo: Repo | str, number: int, title: str) -> None:
        await pulls.retitle(self._world, self.pull_request(repo, number), title)

    async def ready_for_review(self, repo: Repo | str, number: int) -> None:
        await pulls.set_draft(self._world, self.pull_request(repo, number), draft=False)

    async def convert_to_draft(self, repo: Repo | str, number: int) -> None:
        await pulls.set_draft(self._world, self.pull_request(repo, number), draft=True)

    async def close(self, repo: Repo | str, number: int) -> None:
        await pulls.close(self._world, self.pull_request(repo, number))

    async def reopen(self, repo: Repo | str, number: int) -> None:
        await pulls.reopen(self._world, self.pull_request(repo, number))

    async def merge(self, repo: Repo | str, number: int) -> str:
        return await pulls.merge(self._world, self.pull_request(repo, number))

    async def merge_queue(self, repo: Repo | str, number: int | None = None) -> str:
        """Queue a pull request (default: the newest open one). Returns the merge group's commit."""
        where = self._repo(repo)
        newest = next(one.number for one in self._world.pulls_of(where) if one.open) if number is None else number
        return await pulls.queue(self._world, self.pull_request(where, newest))

    async def rerequest_check_run(self, id: int) -> None:
        await checks.rerequest_run(self._world, self._world.runs[id])

    async def rerequest_check_suite(self, repo: Repo | str, sha: str) -> None:
        await checks.rerequest_suite(self._world, self._repo(repo), sha)

    # --------------------------------------------------------------------------------------------------- webhooks

    @property
    def lose_webhooks(self) -> bool:
        """While true, deliveries fail as if nobody listened. GitHub never sends them again by itself."""
        return self._world.outbox.lose

    @lose_webhooks.setter
    def lose_webhooks(self, lose: bool) -> None:
        self._world.outbox.lose = lose

    def deliveries(self) -> list[Delivery]:
        """Every attempt, oldest first."""
        return list(self._world.outbox.log)

    async def redeliver(self, delivery: Delivery) -> Delivery:
        """The same bytes under the same delivery id once more: a person's "Redeliver", or a duplicate."""
        return await self._world.outbox.repeat(delivery)

    async def settled(self) -> None:
        """Return when the webhooks that REST calls caused are sent."""
        await self._world.outbox.settled()

    # ------------------------------------------------------------------------------------------- what there is now

    def repository(self, name: str) -> Repo:
        return self._world.repo(name)

    def pull_request(self, repo: Repo | str, number: int) -> Pull:
        return self._world.pull(self._repo(repo), number)

    def check_runs(self, repo: Repo | str, sha: str) -> list[Run]:
        """Oldest first."""
        suite = self._world.suite_at(self._repo(repo), sha)
        return [] if suite is None else self._world.runs_of(suite)

    def comments(self, repo: Repo | str, number: int) -> list[Comment]:
        return self._world.comments_of(self._repo(repo), number)

    def deploy_keys(self, repo: Repo | str) -> list[Key]:
        return self._world.keys_of(self._repo(repo))

    def _repo(self, it: Repo | str) -> Repo:
        return self._world.repo(it)

    def _repos(self, them: Sequence[Repo | str]) -> list[Repo]:
        return [self._world.repo(it) for it in them]

    def _installation(self, id: int) -> Installation:
        return self._world.installations[id]
