"""Where requests go: redirects and further pages. Never anywhere but to the API that was set."""

from __future__ import annotations

from typing import Any

import pytest
from aiohttp import web

from bot.errors import Retryable
from bot.providers.github import build
from tests.providers.github.parts import (
    HEAD,
    INSTALLATION,
    REPOSITORY,
    SmallGitHub,
    github_and_provider,
    repository_json,
    settings,
    small_github,
)
from tests.providers.github.parts import TestClock as Clock

BY_ID = "/repositories/77"
KEYS = "/repos/octo-org/hello.world/keys"
RUNS = "/repos/octo-org/hello.world/check-runs"
PULLS = "/repos/octo-org/hello.world/pulls"
LISTING = "/installation/repositories"


def key_json(number: int) -> dict[str, Any]:
    return {"id": number, "key": f"ssh-ed25519 AAAA{number}", "title": "t", "read_only": True}


# --------------------------------------------------------------------------------------------------- redirects


def moved(location: str, status: int = 301) -> Any:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, headers={"Location": location})

    return answer


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_read_is_followed_within_the_api_with_its_credentials(status: int) -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", KEYS, moved(f"{github.url}/repositories/77/keys?per_page=100", status))
        github.on("GET", "/repositories/77/keys", [key_json(1)])
        assert [key.id for key in await provider.keys.list(REPOSITORY)] == [1]
        assert github.headers[1]["Authorization"] == github.headers[0]["Authorization"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_write_that_is_redirected_is_neither_sent_again_nor_turned_into_a_read(status: int) -> None:
    async with github_and_provider() as (github, provider):
        github.on("POST", RUNS, moved(f"{github.url}/repositories/77/check-runs", status))
        github.on("POST", "/repositories/77/check-runs", (201, {}))
        github.on("GET", "/repositories/77/check-runs", {"total_count": 0, "check_runs": []})
        with pytest.raises(Retryable, match="moved"):
            await provider.reports.begin(REPOSITORY, HEAD, "run-1", resume=False)
        assert github.paths() == [f"POST {RUNS}"]


@pytest.mark.parametrize("status", [301, 307])
async def test_nothing_ever_goes_to_another_host(status: int) -> None:
    async with github_and_provider() as (github, provider), small_github() as evil:
        github.on("GET", KEYS, moved(f"{evil.url}/keys", status))
        github.on("POST", RUNS, moved(f"{evil.url}/check-runs", status))
        with pytest.raises(Retryable):
            await provider.keys.list(REPOSITORY)
        with pytest.raises(Retryable):
            await provider.reports.begin(REPOSITORY, HEAD, "run-1", resume=False)
        assert evil.asked == []
        assert evil.mints == []


@pytest.mark.parametrize(
    "location",
    [
        "",
        "https://github.com/keys",
        "http://127.0.0.1:99999/",
        "http://[",
        "//example.com/api/v3/keys",
        "/other/keys",
        "/api/v3/../keys",
        "/api/v3x/keys",
        "file:///etc/passwd",
        "{scheme}user@{host}/api/v3/keys",
    ],
)
async def test_a_place_outside_of_the_api_is_not_followed(location: str) -> None:
    async with (
        small_github() as github,
        build(settings(api_url=f"{github.url}/api/v3"), Clock()) as provider,
    ):
        place = location.format(scheme="http://evil.example.com:", host=github.url.removeprefix("http://"))
        github.on("GET", f"/api/v3{KEYS}", moved(place))
        with pytest.raises(Retryable, match="moved"):
            await provider.keys.list(REPOSITORY)
        assert len(github.asked) == 1


async def test_redirects_in_circles_end() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", KEYS, moved(KEYS))
        with pytest.raises(Retryable, match="circles"):
            await provider.keys.list(REPOSITORY)
        assert len(github.asked) == 4


# ------------------------------------------------------------------------------------------------------- pages


def paged(github: SmallGitHub, path: str, pages: list[Any], link: str = "{url}{path}?per_page=100&page={next}") -> None:
    async def answer(request: web.Request) -> web.Response:
        number = int(request.query.get("page", "1"))
        headers = {}
        if number < len(pages):
            place = link.format(url=github.url, path=path, next=number + 1)
            headers["Link"] = f'<{place}>; rel="next", <{github.url}{path}?page={len(pages)}>; rel="last"'
        return web.json_response(pages[number - 1], headers=headers)

    github.on("GET", path, answer)


async def test_all_pages_of_a_list_are_read() -> None:
    async with github_and_provider() as (github, provider):
        paged(github, KEYS, [[key_json(1), key_json(2)], [], [key_json(3)]])
        assert [key.id for key in await provider.keys.list(REPOSITORY)] == [1, 2, 3]


async def test_all_pages_of_an_object_are_read() -> None:
    async with github_and_provider() as (github, provider):
        pages = [{"total_count": 2, "repositories": [repository_json(id=number)]} for number in (1, 2)]
        paged(github, LISTING, pages)
        assert [found.id for found in await provider.accounts.repositories(INSTALLATION)] == [1, 2]


@pytest.mark.parametrize("page", [{}, {"total_count": 0}, {"keys": []}, {"repositories": {}}, {"repositories": [1]}])
async def test_an_object_without_its_list_is_an_odd_answer_and_no_empty_list(page: Any) -> None:
    """An installation without repositories would have all of them wiped."""
    async with github_and_provider() as (github, provider):
        github.on("GET", LISTING, page)
        with pytest.raises(Retryable):
            await provider.accounts.repositories(INSTALLATION)


async def test_of_a_next_page_only_the_query_counts() -> None:
    """A server behind another name pages on, and no answer can send the token elsewhere."""
    async with github_and_provider() as (github, provider), small_github() as evil:
        paged(github, KEYS, [[key_json(1)], [key_json(2)]], link=evil.url + "/elsewhere?per_page=100&page={next}")
        assert [key.id for key in await provider.keys.list(REPOSITORY)] == [1, 2]
        assert evil.asked == []
        assert github.paths() == [f"GET {KEYS}?per_page=100", f"GET {KEYS}?per_page=100&page=2"]


async def test_a_page_that_names_itself_as_the_next_one_ends() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", KEYS, [], Link=f'<{github.url}{KEYS}?page=1>; rel="next"')
        with pytest.raises(Retryable, match="does not end"):
            await provider.keys.list(REPOSITORY)
