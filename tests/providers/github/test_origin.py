from __future__ import annotations

from typing import Any

import pytest
from aiohttp import web

from bot.errors import Gone, Retryable
from bot.model import Sha
from bot.providers.github import GITHUB_HOST_KEYS
from bot.providers.github.origin import MOST_OPEN
from tests.providers.github.parts import BASE, HEAD, INSTALLATION, REPOSITORY, github_and_provider, repository_json

PULLS = "/repos/octo-org/hello.world/pulls"


def pull(number: int = 5, head: str = HEAD, source: Any = REPOSITORY.id, **changes: Any) -> dict[str, Any]:
    repo = None if source is None else {"id": source}
    base = {"sha": BASE, "ref": "main", "repo": {"id": REPOSITORY.id}}
    return {"number": number, "state": "open", "head": {"sha": head, "repo": repo}, "base": base} | changes


@pytest.mark.parametrize(
    ("changes", "open", "draft", "fork"),
    [
        ({}, True, False, False),
        ({"state": "closed", "draft": True}, False, True, False),
        ({"source": 78}, True, False, True),
        ({"source": None}, True, False, True),
    ],
)
async def test_a_pull_request(changes: Any, open: bool, draft: bool, fork: bool) -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", f"{PULLS}/5", pull(**changes))
        found = await provider.origin.pull_request(REPOSITORY, 5)
        assert (found.number, found.head, found.base, found.base_ref) == (5, HEAD, BASE, "main")
        assert (found.open, found.draft, found.fork) == (open, draft, fork)


async def test_a_pull_request_of_a_repository_that_took_the_name_is_not_taken_for_ours() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", f"{PULLS}/5", pull(base={"sha": BASE, "ref": "main", "repo": {"id": 78}}))
        with pytest.raises(Gone):
            await provider.origin.pull_request(REPOSITORY, 5)


@pytest.mark.parametrize("sha", ["main", "A" * 40, "a" * 39, "", None, "--upload-pack=x", "../../x"])
async def test_a_head_that_is_no_commit_id_goes_no_further(sha: Any) -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", f"{PULLS}/5", pull(head=sha))
        with pytest.raises(Retryable):
            await provider.origin.pull_request(REPOSITORY, 5)


async def test_open_pull_requests_are_found_by_their_head_forks_included() -> None:
    async with github_and_provider() as (github, provider):
        pulls = [pull(9, source=78), pull(8, BASE), pull(7), pull(7), pull(6, source=None)]
        github.on("GET", PULLS, pulls)
        assert await provider.origin.open_pull_requests(REPOSITORY, HEAD) == [6, 7, 9]
        assert github.paths() == [f"GET {PULLS}?state=open&sort=updated&direction=desc&per_page=100"]


async def test_the_search_for_a_head_ends_after_the_most_recent_ones() -> None:
    async with github_and_provider() as (github, provider):

        async def answer(request: web.Request) -> web.Response:
            page = int(request.query.get("page", "1"))
            pulls = [pull(page * 100 + number) for number in range(100)]
            return web.json_response(pulls, headers={"Link": f'<{PULLS}?page={page + 1}>; rel="next"'})

        github.on("GET", PULLS, answer)
        assert len(await provider.origin.open_pull_requests(REPOSITORY, HEAD)) == MOST_OPEN


async def test_the_merge_base_comes_from_the_hosts_comparison() -> None:
    async with github_and_provider() as (github, provider):
        path = f"/repos/octo-org/hello.world/compare/{BASE}...{HEAD}"
        github.on("GET", path, {"merge_base_commit": {"sha": "c" * 40}, "commits": [], "files": []})
        assert await provider.origin.merge_base(REPOSITORY, BASE, HEAD) == "c" * 40
        assert github.paths() == [f"GET {path}?per_page=1"]
        with pytest.raises(Gone):  # no such commit, or no common ancestor
            await provider.origin.merge_base(REPOSITORY, Sha("d" * 40), HEAD)


async def test_a_repository() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", "/repositories/77", repository_json(archived=True, private=False, default_branch="trunk"))
        found = await provider.origin.repository(INSTALLATION, REPOSITORY.id)
        assert (found.id, found.installation, found.owner, found.name) == (77, 31, "octo-org", "hello.world")
        assert (found.default_branch, found.private, found.archived) == ("trunk", False, True)


async def test_the_address_is_the_settings_own_with_their_pinned_keys() -> None:
    async with github_and_provider(ssh_host="ssh.github.com", ssh_port=443) as (github, provider):
        address = await provider.origin.address(REPOSITORY)
        assert (address.host, address.port, address.user) == ("ssh.github.com", 443, "git")
        assert (address.path, address.host_keys) == ("octo-org/hello.world.git", GITHUB_HOST_KEYS)
        assert provider.origin.pull_ref(5) == "refs/pull/5/head"
        assert github.asked == []
