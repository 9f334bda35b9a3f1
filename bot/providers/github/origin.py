"""Where source comes from: repositories and pull requests as they are now, and the address to fetch from."""

from __future__ import annotations

from typing import Final

from bot.errors import Gone, Retryable
from bot.model import InstallationId, PullRequest, Repository, RepositoryId, Sha, SshAddress
from bot.providers.github.auth import for_review
from bot.providers.github.client import Client
from bot.providers.github.fields import Fields
from bot.providers.github.names import path_of, repository_of
from bot.providers.github.settings import Settings

MOST_OPEN: Final = 1000  # open pull requests that are searched for a head, the most recently touched first


class Origin:
    """Implements bot.ports.Origin."""

    def __init__(self, client: Client, settings: Settings) -> None:
        self._client = client
        self._settings = settings

    async def repository(self, installation: InstallationId, id: RepositoryId) -> Repository:
        """GET /repositories/{id}: in no reference page, yet where GitHub's own redirects and page links lead."""
        answer = await self._client.get(for_review(installation, id), "/repositories/{id}", {"id": str(id)})
        repository = repository_of(answer, installation)
        if repository.id != id:
            raise Retryable("GitHub answered with another repository")
        return repository

    async def pull_request(self, repository: Repository, number: int) -> PullRequest:
        """https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request"""
        url = path_of(repository) | {"number": str(number)}
        return _pull_request(await self._get(repository, "/repos/{owner}/{repo}/pulls/{number}", url), repository)

    async def open_pull_requests(self, repository: Repository, head: Sha) -> list[int]:
        """From the list of open ones: asking by commit leaves out those from forks."""
        seen = 0

        def enough(_pull: Fields) -> bool:
            nonlocal seen
            seen += 1
            return seen > MOST_OPEN

        pulls = await self._client.every(
            for_review(repository.installation, repository.id),
            "/repos/{owner}/{repo}/pulls?state=open&sort=updated&direction=desc&per_page=100",
            path_of(repository),
            until=enough,
        )
        # The list may shift between two pages and show one pull request twice.
        return sorted({pull.id("number") for pull in pulls if pull.object("head").sha("sha") == head})

    async def merge_base(self, repository: Repository, base: Sha, head: Sha) -> Sha:
        """https://docs.github.com/en/rest/commits/commits#compare-two-commits, its commits kept to a page of one."""
        url = path_of(repository) | {"base": base, "head": head}
        path = "/repos/{owner}/{repo}/compare/{base}...{head}?per_page=1"
        return (await self._get(repository, path, url)).object("merge_base_commit").sha("sha")

    async def address(self, repository: Repository) -> SshAddress:
        names = path_of(repository)
        return SshAddress(
            host=self._settings.ssh_host,
            port=self._settings.ssh_port,
            user=self._settings.ssh_user,
            path=f"{names['owner']}/{names['repo']}.git",
            host_keys=self._settings.host_keys,
        )

    def pull_ref(self, number: int) -> str:
        return f"refs/pull/{number}/head"

    async def _get(self, repository: Repository, path: str, url: dict[str, str]) -> Fields:
        return await self._client.get(for_review(repository.installation, repository.id), path, url)


def _pull_request(answer: Fields, repository: Repository) -> PullRequest:
    head, base = answer.object("head"), answer.object("base")
    if base.object("repo").id("id") != repository.id:  # the name has gone to another repository meanwhile
        raise Gone("the pull request belongs to another repository")
    source = head.maybe("repo")  # null once the fork is deleted
    return PullRequest(
        number=answer.id("number"),
        head=head.sha("sha"),
        base=base.sha("sha"),
        base_ref=base.text("ref"),
        open=answer.text("state") == "open",
        draft=answer.flag("draft", False),
        fork=source is None or source.id("id") != repository.id,
    )
