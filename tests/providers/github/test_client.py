from __future__ import annotations

import asyncio
import gzip
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.errors import Gone, Retryable, SealbeatError, UserError
from bot.model import InstallationId
from bot.providers.github import build
from bot.providers.github.wire import API_VERSION, LARGEST_ANSWER
from tests.providers.github.parts import (
    INSTALLATION,
    REPOSITORY,
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


# ------------------------------------------------------------------------------------------------ what is sent


async def test_every_request_names_us_and_the_version_of_the_api() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", BY_ID, repository_json())
        await provider.origin.repository(INSTALLATION, REPOSITORY.id)
        assert github.headers[0]["X-GitHub-Api-Version"] == API_VERSION
        assert github.headers[0]["User-Agent"] == "sealbeat"
        assert github.headers[0]["Authorization"].startswith("token ghs_1_")


async def test_an_enterprise_server_is_reached_below_its_path() -> None:
    async with (
        small_github() as github,
        build(settings(api_url=f"{github.url}/api/v3/"), Clock()) as provider,
    ):
        github.on("GET", f"/api/v3{BY_ID}", repository_json())
        assert (await provider.origin.repository(INSTALLATION, REPOSITORY.id)).name == "hello.world"


async def test_names_are_kept_out_of_a_path_that_they_would_lead_astray() -> None:
    async with github_and_provider() as (github, provider):
        for name in ("..", ".", "", "a/b", "a b", "a?b", "a#b", "é", "a" * 101):
            github.on("GET", BY_ID, repository_json(name=name))
            with pytest.raises(Retryable):
                await provider.origin.repository(INSTALLATION, REPOSITORY.id)


# ------------------------------------------------------------------------------------------------- odd answers


def html(status: int) -> Any:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, body=b"<html>Unicorn!</html>", content_type="application/json")

    return answer


def raw(body: bytes, content_type: str = "application/json", status: int = 200) -> Any:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, body=body, headers={"Content-Type": content_type})

    return answer


async def slow(_: web.Request) -> web.Response:
    await asyncio.sleep(5)
    return web.json_response(repository_json())


async def reset(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def broken_off(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b'{"id": 77')
    assert request.transport is not None
    request.transport.abort()
    return response


async def bomb(_: web.Request) -> web.Response:
    body = gzip.compress(b" " * (LARGEST_ANSWER + 1))
    assert len(body) < 100_000
    return web.Response(body=body, headers={"Content-Encoding": "gzip", "Content-Type": "application/json"})


async def not_gzip(_: web.Request) -> web.Response:
    return web.Response(body=b"{}", headers={"Content-Encoding": "gzip", "Content-Type": "application/json"})


ODD: dict[str, Any] = {
    "a 502 of HTML that is called JSON": html(502),
    "a 200 of HTML that is called JSON": html(200),
    "a 422 of HTML that is called JSON": html(422),
    "a 503": (503, {"message": "Service Unavailable"}),
    "a status of Cloudflare": (520, {"message": "canary"}),
    "a status that nobody defined": (599, {}),
    "a 418": (418, {"message": "canary"}),
    "a 409": (409, {"message": "canary"}),
    "a 422 without a word": (422, {}),
    "a 422 whose errors are text": (422, {"message": "canary", "errors": "canary"}),
    "a 422 whose errors are numbers": (422, {"message": 5, "errors": [1, None, ["canary"]]}),
    "a 422 that is a list": (422, ["canary"]),
    "a 400 that is null": (400, None),
    "a 206": (206, repository_json()),
    "a 304": raw(b"", status=304),
    "nothing": raw(b""),
    "a list": [repository_json()],
    "text": '"canary"',
    "null": raw(b"null"),
    "an object without fields": {},
    "an id that is text": repository_json(id="77"),
    "another id": repository_json(id=78),
    "bad UTF-8": raw(b'{"id": 77, "name": "\xff"}'),
    "a lone surrogate": raw(b'{"id": 77, "name": "\\ud800"}'),
    "a number of 5,000 digits": raw(b'{"id": ' + b"7" * 5000 + b"}"),
    "deep nesting": raw(b"[" * 900 + b"]" * 900),
    "deeper nesting": raw(b"[" * 100_000 + b"]" * 100_000),
    "a charset that is none": raw(b"<html>", "application/json; charset=foo"),
    "a slow answer": slow,
    "a connection that is cut": reset,
    "a body that is cut": broken_off,
    "a bomb": bomb,
    "a compression that is none": not_gzip,
}


@pytest.mark.parametrize("answer", ODD.values(), ids=ODD.keys())
async def test_an_odd_answer_is_tried_again_later_and_never_quoted(answer: Any) -> None:
    async with github_and_provider(timeout=0.5) as (github, provider):
        github.on("GET", BY_ID, answer)
        with pytest.raises(Retryable) as caught:
            await provider.origin.repository(INSTALLATION, REPOSITORY.id)
        assert caught.value.counts
        assert "canary" not in str(caught.value)
        assert "hello.world" not in str(caught.value)
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__ or caught.value.__context__ is None


async def test_a_host_that_nobody_listens_at_is_tried_again_later() -> None:
    async with build(settings(api_url="http://127.0.0.1:1"), Clock()) as provider:
        with pytest.raises(Retryable, match="no answer from GitHub"):
            await provider.accounts.installations()


async def test_odd_headers_do_no_harm() -> None:
    odd = {"X-RateLimit-Limit": "many", "X-RateLimit-Remaining": "-", "X-RateLimit-Reset": "\u00e9", "Link": "<<>>;"}
    async with github_and_provider() as (github, provider):
        github.on("GET", BY_ID, repository_json(), **odd)
        github.on("GET", KEYS, [key_json(1)], **odd)
        await provider.origin.repository(INSTALLATION, REPOSITORY.id)
        assert len(await provider.keys.list(REPOSITORY)) == 1


FORBIDDEN: dict[str, tuple[str, type[SealbeatError], str]] = {
    "permission": ("Resource not accessible by integration", UserError, "permission"),
    "archived": ("Repository was archived so is read-only.", UserError, "archived"),
    "allow list": ("... the `octo` organization has an IP allow list enabled, ...", UserError, "allow list"),
    "unknown": ("canary", UserError, "refuses"),
    "suspended": ("This installation has been suspended", Gone, "suspended"),
    "blocked": ("Repository access blocked", Gone, "blocked"),
}


@pytest.mark.parametrize(("message", "error", "says"), FORBIDDEN.values(), ids=FORBIDDEN.keys())
async def test_a_403_is_told_by_its_reason(message: str, error: type[SealbeatError], says: str) -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", BY_ID, (403, {"message": message}))
        with pytest.raises(error, match=says) as caught:
            await provider.origin.repository(INSTALLATION, REPOSITORY.id)
        assert "canary" not in str(caught.value)


async def test_a_missing_permission_is_named() -> None:
    async with github_and_provider() as (github, provider):
        refusal = (403, {"message": "Resource not accessible by integration"})
        github.on("GET", BY_ID, refusal, **{"X-Accepted-GitHub-Permissions": "contents=read; metadata=read"})
        with pytest.raises(UserError, match="contents=read"):
            await provider.origin.repository(INSTALLATION, REPOSITORY.id)


@pytest.mark.parametrize("status", [404, 410, 451])
async def test_what_is_not_there_is_gone(status: int) -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", BY_ID, (status, {"message": "canary"}))
        with pytest.raises(Gone):
            await provider.origin.repository(INSTALLATION, REPOSITORY.id)


async def test_an_empty_repository_has_nothing_to_compare() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", f"{PULLS}/1", (409, {"message": "Git Repository is empty."}))
        with pytest.raises(Gone, match="empty"):
            await provider.origin.pull_request(REPOSITORY, 1)


# ------------------------------------------------------------------------------------------------- credentials


async def test_a_token_that_github_no_longer_accepts_is_replaced_once() -> None:
    async with github_and_provider() as (github, provider):
        refusal = (401, {"message": "Bad credentials"})
        github.on("GET", BY_ID, repository_json(), refusal, repository_json())
        for _ in range(2):
            await provider.origin.repository(INSTALLATION, REPOSITORY.id)
        used = [headers["Authorization"][:11] for headers in github.headers]
        assert used == ["token ghs_1", "token ghs_1", "token ghs_2"]


async def test_credentials_that_stay_refused_are_tried_again_later() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", BY_ID, (401, {"message": "Bad credentials"}))
        with pytest.raises(Retryable, match="credentials"):
            await provider.origin.repository(INSTALLATION, REPOSITORY.id)
        assert len(github.asked) == 2


async def test_a_list_whose_token_dies_between_two_pages_is_read_anew() -> None:
    async with github_and_provider() as (github, provider):
        second = f'<{github.url}{KEYS}?page=2>; rel="next"'
        turns = [[key_json(1)], (401, {}), [key_json(1)], [key_json(2)]]

        async def answer(_: web.Request) -> web.Response:
            turn = turns.pop(0)
            status, data = turn if isinstance(turn, tuple) else (200, turn)
            return web.json_response(data, status=status, headers={"Link": second} if turns else {})

        github.on("GET", KEYS, answer)
        assert [key.id for key in await provider.keys.list(REPOSITORY)] == [1, 2]


async def test_the_session_keeps_no_cookies() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", BY_ID, repository_json(), **{"Set-Cookie": "session=canary"})
        for installation in (31, 32):
            await provider.origin.repository(InstallationId(installation), REPOSITORY.id)
        assert not any("Cookie" in headers for headers in github.headers)


async def test_the_session_is_closed_with_the_provider() -> None:
    sessions: list[aiohttp.ClientSession] = []

    def factory() -> aiohttp.ClientSession:
        sessions.append(aiohttp.ClientSession())
        return sessions[0]

    async with build(settings(), Clock(), factory):
        assert not sessions[0].closed
    assert sessions[0].closed
