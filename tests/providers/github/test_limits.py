from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp import web

from bot.errors import Retryable
from bot.model import InstallationId, RepositoryId
from bot.ports import Provider
from tests.providers.github.parts import (
    INSTALLATION,
    REPOSITORY,
    START,
    SmallGitHub,
    github_and_provider,
    repository_json,
)
from tests.providers.github.parts import TestClock as Clock

BY_ID = "/repositories/77"
KEY = "/repos/octo-org/hello.world/keys"
SECONDARY = {"message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}


async def read(provider: Provider, installation: int = INSTALLATION) -> None:
    await provider.origin.repository(InstallationId(installation), RepositoryId(77))


async def wait_asked(provider: Provider) -> float:
    with pytest.raises(Retryable, match="rate limit") as caught:
        await read(provider)
    assert not caught.value.counts
    assert caught.value.after is not None
    return caught.value.after


def limited(status: int = 403, message: str = "API rate limit exceeded", /, **headers: str) -> Any:
    async def answer(_: web.Request) -> web.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.json_response({"message": message}, status=status, headers=named)

    return answer


def reset(seconds: float) -> dict[str, str]:
    return {"x_ratelimit_remaining": "0", "x_ratelimit_limit": "5000", "x_ratelimit_reset": str(int(START + seconds))}


# No Date header of the real clock, where a test's clock counts.
NO_DATE = {"Date": "yesterday"}

WAITS: dict[str, tuple[Any, float]] = {
    "403 with retry-after": (limited(retry_after="17"), 17),
    "429 with retry-after": (limited(429, retry_after="17"), 17),
    "retry-after counts before the reset": (limited(retry_after="17", **reset(500), **NO_DATE), 17),
    "403 until the reset": (limited(**reset(500), **NO_DATE), 500),
    "429 until the reset": (limited(429, **reset(500), **NO_DATE), 500),
    "secondary limit by its words": (limited(403, SECONDARY["message"], x_ratelimit_remaining="4000"), 60),
    "abuse detection by its words": (limited(403, "You have triggered an abuse detection mechanism."), 60),
    "429 without a word": (limited(429, ""), 60),
    "retry-after that is no number": (limited(429, retry_after="soon"), 60),
    "retry-after of nothing": (limited(429, retry_after="0"), 1),
    "retry-after of years": (limited(429, retry_after="9" * 30), 3660),
    "reset in the past": (limited(**reset(-500), **NO_DATE), 1),
    "reset in years": (limited(**reset(1e8), **NO_DATE), 3660),
    "remaining 0 and no reset": (limited(x_ratelimit_remaining="0", **NO_DATE), 60),
}


@pytest.mark.parametrize(("answer", "seconds"), WAITS.values(), ids=WAITS.keys())
async def test_github_says_how_long_to_wait(answer: Any, seconds: float) -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", BY_ID, answer)
        assert await wait_asked(provider) == seconds


async def test_a_reset_is_measured_by_githubs_own_clock() -> None:
    async with github_and_provider() as (github, provider):
        # Fri, 15 Jan 2027 08:00:00 GMT is the start of the test's clock; GitHub's is five minutes ahead of it.
        github.on("GET", BY_ID, limited(**reset(500), Date="Fri, 15 Jan 2027 08:05:00 GMT"))
        assert await wait_asked(provider) == 200


async def test_while_we_wait_nothing_is_asked_and_then_it_is() -> None:
    clock = Clock()
    async with github_and_provider(clock) as (github, provider):
        github.on("GET", BY_ID, limited(retry_after="100"), repository_json())
        await wait_asked(provider)
        clock.time += 40
        assert await wait_asked(provider) == 60
        assert (len(github.asked), len(github.mints)) == (1, 1)
        clock.time += 60
        await read(provider)
        assert len(github.asked) == 2


async def test_a_limit_is_one_installations_alone() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", BY_ID, limited(retry_after="100"), repository_json())
        await wait_asked(provider)
        await read(provider, installation=32)


async def test_limits_without_a_wait_are_waited_for_longer_each_time() -> None:
    clock = Clock()
    async with github_and_provider(clock) as (github, provider):
        github.on("GET", BY_ID, *[(429, SECONDARY)] * 8, repository_json(), (429, SECONDARY))
        waits = []
        for _ in range(8):
            waits.append(await wait_asked(provider))
            clock.time += waits[-1]
        assert waits == [60, 120, 240, 480, 960, 1920, 3660, 3660]
        await read(provider)
        assert await wait_asked(provider) == 60


async def test_the_last_request_of_the_hour_closes_the_door_behind_it() -> None:
    async with github_and_provider() as (github, provider):
        headers = {name.replace("_", "-"): value for name, value in (reset(500) | NO_DATE).items()}
        github.on("GET", BY_ID, repository_json(), **headers)
        await read(provider)
        assert await wait_asked(provider) == 500
        assert len(github.asked) == 1


async def test_an_ordinary_403_is_no_limit() -> None:
    """Negative control: not every 403 waits."""
    async with github_and_provider() as (github, provider):
        github.on("GET", BY_ID, limited(403, "Resource not accessible by integration", x_ratelimit_remaining="4999"))
        with pytest.raises(Exception, match="permission"):
            await read(provider)


async def test_a_limit_on_the_app_itself_reaches_whoever_needs_a_token() -> None:
    async with github_and_provider() as (github, provider):
        github.on("POST", "/app/installations/31/access_tokens", limited(429, retry_after="9"))
        assert await wait_asked(provider) == 9


# ------------------------------------------------------------------------------------------------------- writes


def at_once(github: SmallGitHub, method: str, path: str) -> list[int]:
    """How many of these requests were under way when each one came."""
    under_way, seen = 0, []

    async def answer(_: web.Request) -> web.Response:
        nonlocal under_way
        under_way += 1
        seen.append(under_way)
        await asyncio.sleep(0.02)
        under_way -= 1
        return web.json_response(repository_json()) if method == "GET" else web.Response(status=204)

    github.on(method, path, answer)
    return seen


async def test_writes_of_an_installation_come_one_by_one_and_reads_do_not() -> None:
    async with github_and_provider() as (github, provider):
        writes, reads = at_once(github, "DELETE", f"{KEY}/5"), at_once(github, "GET", BY_ID)
        await asyncio.gather(*(provider.keys.ensure_absent(REPOSITORY, 5) for _ in range(8)))
        await asyncio.gather(*(read(provider) for _ in range(8)))
        assert max(writes) == 1
        assert max(reads) > 1


async def test_writes_are_a_second_apart_once_a_burst_is_used_up() -> None:
    clock = Clock()
    async with github_and_provider(clock) as (github, provider):
        github.on("DELETE", f"{KEY}/5", (204, None))
        for _ in range(13):
            await provider.keys.ensure_absent(REPOSITORY, 5)
        assert clock.slept == [1.0, 1.0, 1.0]
        clock.time += 100
        for _ in range(10):
            await provider.keys.ensure_absent(REPOSITORY, 5)
        assert len(clock.slept) == 3
        clock.time -= 10_000  # set back: nobody waits for hours
        for _ in range(5):
            await provider.keys.ensure_absent(REPOSITORY, 5)
        assert len(clock.slept) == 3


async def test_writes_that_wait_in_line_hear_of_a_limit_and_are_not_sent() -> None:
    async with github_and_provider() as (github, provider):
        github.on("DELETE", f"{KEY}/5", limited(429, retry_after="30"))
        calls = [provider.keys.ensure_absent(REPOSITORY, 5) for _ in range(5)]
        errors = await asyncio.gather(*calls, return_exceptions=True)
        assert {type(error) for error in errors} == {Retryable}
        assert len(github.asked) == 1
