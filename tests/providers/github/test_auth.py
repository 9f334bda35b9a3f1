from __future__ import annotations

import asyncio
from typing import Any

import jwt
import pytest
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bot.errors import ConfigError, Gone, Retryable, UserError
from bot.model import InstallationId, RepositoryId, Secret
from bot.providers.github import build
from bot.providers.github.auth import AppKey, Scope, Token, Tokens, for_review
from tests.providers.github.parts import (
    APP_ID,
    HEAD,
    INSTALLATION,
    REPOSITORY,
    START,
    github_and_provider,
    private_key,
    private_pem,
    repository_json,
    settings,
)
from tests.providers.github.parts import TestClock as Clock

BY_ID = "/repositories/77"
KEYS = "/repos/octo-org/hello.world/keys"
MINT = "/app/installations/31/access_tokens"
COMMENTS = "/repos/octo-org/hello.world/issues/1/comments"


# --------------------------------------------------------------------------------------------------------- app


def claims(app: AppKey) -> dict[str, Any]:
    unchecked = {"verify_exp": False, "verify_iat": False}
    token = app.jwt().reveal()
    found: dict[str, Any] = jwt.decode(token, private_key().public_key(), ["RS256"], unchecked)  # type: ignore[arg-type]
    return found


def test_the_jwt_is_backdated_and_ends_well_within_what_github_allows() -> None:
    assert claims(AppKey(APP_ID, Secret(private_pem()), Clock())) == {
        "iat": START - 60,
        "exp": START + 480,
        "iss": APP_ID,
    }


def test_the_jwt_is_signed_anew_while_the_old_one_is_still_good() -> None:
    clock = Clock()
    app = AppKey(APP_ID, Secret(private_pem()), clock)
    first = app.jwt()
    clock.time += 300
    assert app.jwt() is first
    clock.time += 61
    assert claims(app)["exp"] == START + 361 + 480
    clock.time = START - 10_000  # a clock that was set back
    assert claims(app)["iat"] == START - 10_060


def pem(key: Any, password: None = None) -> bytes:
    return bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


@pytest.mark.parametrize(
    "key",
    [
        b"",
        b"canary",
        b"-----BEGIN RSA PRIVATE KEY-----\ncanary\n-----END RSA PRIVATE KEY-----\n",
        pem(ec.generate_private_key(ec.SECP256R1())),
        pem(rsa.generate_private_key(public_exponent=65537, key_size=1024)),
    ],
    ids=["empty", "text", "broken", "elliptic", "short"],
)
async def test_a_private_key_that_is_none_stops_the_start(key: bytes) -> None:
    with pytest.raises(ConfigError, match="private_key") as caught:
        async with build(settings(private_key=Secret(key)), Clock()):
            pass
    assert "canary" not in repr(caught.value)
    assert caught.value.__context__ is None


async def test_calls_as_the_app_carry_the_jwt() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", "/app/installations", [])
        await provider.accounts.installations()
        scheme, _, token = github.headers[0]["Authorization"].partition(" ")
        assert scheme.lower() == "bearer"
        assert jwt.get_unverified_header(token)["alg"] == "RS256"


async def test_a_jwt_that_github_does_not_accept_is_signed_anew_once() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", "/app/installations", (401, {"message": "A JSON web token could not be decoded"}))
        with pytest.raises(Retryable, match="clock"):
            await provider.accounts.installations()
        assert len(github.asked) == 2


# ------------------------------------------------------------------------------------------------------ tokens


async def test_a_token_is_as_narrow_as_its_purpose() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", KEYS, [])
        github.on("GET", COMMENTS, [])
        github.on("GET", "/installation/repositories", {"repositories": []})
        await provider.keys.list(REPOSITORY)
        await provider.reports.ensure_comment(REPOSITORY, 1, None)
        await provider.accounts.repositories(INSTALLATION)
        review = {"checks": "write", "contents": "read", "pull_requests": "write"}
        assert github.mints == [
            {"repository_ids": [77], "permissions": {"administration": "write"}},
            {"repository_ids": [77], "permissions": review},
            {"permissions": {"metadata": "read"}},
        ]


async def test_one_token_serves_a_whole_review() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", BY_ID, repository_json())
        github.on("GET", COMMENTS, [])
        run = {"id": 9, "status": "in_progress", "output": {"annotations_count": 0}}
        github.on("POST", "/repos/octo-org/hello.world/check-runs", (201, run))
        for _ in range(3):
            await provider.origin.repository(INSTALLATION, REPOSITORY.id)
            await provider.reports.begin(REPOSITORY, HEAD, "run-1", resume=False)
            await provider.reports.ensure_comment(REPOSITORY, 1, None)
        assert len(github.mints) == 1


async def test_fifty_callers_at_once_mint_one_token() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", BY_ID, repository_json())
        await asyncio.gather(*(provider.origin.repository(INSTALLATION, REPOSITORY.id) for _ in range(50)))
        assert len(github.mints) == 1
        assert len(github.asked) == 50


async def test_fifty_callers_at_once_hear_of_one_failure() -> None:
    async with github_and_provider() as (github, provider):
        calls = [provider.origin.repository(INSTALLATION, REPOSITORY.id) for _ in range(50)]
        github.on("POST", MINT, (404, {"message": "Not Found"}))
        errors = await asyncio.gather(*calls, return_exceptions=True)
        assert {type(error) for error in errors} == {Gone}
        assert github.paths() == [f"POST {MINT}"]


async def test_a_caller_who_leaves_takes_no_token_from_the_others() -> None:
    async with github_and_provider() as (github, provider):
        asked, answer = asyncio.Event(), asyncio.Event()

        async def mint(_: web.Request) -> web.Response:
            asked.set()
            await answer.wait()
            return web.json_response({"token": "ghs_x", "expires_at": "2027-01-15T09:00:00Z"}, status=201)

        github.on("POST", MINT, mint)
        github.on("GET", BY_ID, repository_json())
        first = asyncio.create_task(provider.origin.repository(INSTALLATION, REPOSITORY.id))
        await asked.wait()
        second = asyncio.create_task(provider.origin.repository(INSTALLATION, REPOSITORY.id))
        await asyncio.sleep(0)
        first.cancel()
        answer.set()
        assert (await second).id == 77
        assert github.paths().count(f"POST {MINT}") == 1


async def test_a_token_is_replaced_five_minutes_before_it_ends() -> None:
    clock = Clock()
    async with github_and_provider(clock) as (github, provider):
        github.on("GET", BY_ID, repository_json())
        for elapsed, mints in ((0, 1), (3299, 1), (3300, 2)):  # the small host's tokens end 3,600 s after the start
            clock.time = START + elapsed
            await provider.origin.repository(INSTALLATION, REPOSITORY.id)
            assert len(github.mints) == mints


async def test_forgetting_an_installation_drops_its_tokens_and_no_others() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", BY_ID, repository_json())
        other = InstallationId(32)
        for installation in (INSTALLATION, other):
            await provider.origin.repository(installation, REPOSITORY.id)
        await provider.accounts.forget(INSTALLATION)
        await provider.accounts.forget(InstallationId(99))  # never seen
        await provider.origin.repository(other, REPOSITORY.id)
        assert len(github.mints) == 2
        await provider.origin.repository(INSTALLATION, REPOSITORY.id)
        assert len(github.mints) == 3


async def test_a_token_that_arrives_after_its_installation_was_forgotten_is_not_kept() -> None:
    async with github_and_provider() as (github, provider):
        asked, answer = asyncio.Event(), asyncio.Event()

        async def mint(_: web.Request) -> web.Response:
            asked.set()
            await answer.wait()
            return web.json_response({"token": "ghs_x", "expires_at": "2027-01-15T09:00:00Z"}, status=201)

        github.on("POST", MINT, mint)
        github.on("GET", BY_ID, repository_json())
        waiting = asyncio.create_task(provider.origin.repository(INSTALLATION, REPOSITORY.id))
        await asked.wait()
        await provider.accounts.forget(INSTALLATION)
        answer.set()
        await waiting
        await provider.origin.repository(INSTALLATION, REPOSITORY.id)
        assert github.paths().count(f"POST {MINT}") == 2


async def test_closing_ends_a_mint_that_hangs() -> None:
    asked = asyncio.Event()

    async def hang(_: web.Request) -> web.Response:
        asked.set()
        await asyncio.sleep(30)
        return web.Response()

    async with github_and_provider() as (github, provider):
        github.on("POST", MINT, hang)
        waiting = asyncio.create_task(provider.origin.repository(INSTALLATION, REPOSITORY.id))
        await asked.wait()
    with pytest.raises(asyncio.CancelledError):
        await waiting


REFUSED_MINTS: dict[str, tuple[int, Any, type[Exception]]] = {
    "uninstalled": (404, {"message": "Not Found"}, Gone),
    "suspended": (403, {"message": "This installation has been suspended"}, Gone),
    "not covered": (
        422,
        {"message": "There is at least one repository that does not exist or is not accessible"},
        Gone,
    ),
    "permission": (422, {"message": "The permissions requested are not granted to this installation."}, UserError),
    "broken": (500, {}, Retryable),
    "no token": (201, {"expires_at": "2027-01-15T09:00:00Z"}, Retryable),
    "token is null": (201, {"token": None, "expires_at": "2027-01-15T09:00:00Z"}, Retryable),
    "no end": (201, {"token": "ghs_x"}, Retryable),
    "an end that is none": (201, {"token": "ghs_x", "expires_at": "soon"}, Retryable),
}


@pytest.mark.parametrize(("status", "data", "error"), REFUSED_MINTS.values(), ids=REFUSED_MINTS.keys())
async def test_a_token_that_is_not_given_is_told_by_its_reason(status: int, data: Any, error: type[Exception]) -> None:
    async with github_and_provider() as (github, provider):
        github.on("POST", MINT, (status, data))
        with pytest.raises(error):
            await provider.origin.repository(INSTALLATION, REPOSITORY.id)
        assert github.paths() == [f"POST {MINT}"]


# --------------------------------------------------------------------------------------------------- the cache


def scope(number: int) -> Scope:
    return for_review(INSTALLATION, RepositoryId(number))


async def test_tokens_that_expired_do_not_pile_up() -> None:
    clock = Clock()
    minted: list[Scope] = []

    async def mint(wanted: Scope) -> Token:
        minted.append(wanted)
        return Token(Secret(b"x"), clock.now() + 3600)

    tokens = Tokens(clock, mint)
    for number in range(1, 1500):
        await tokens.get(scope(number))
    assert len(tokens._kept) == 1499  # all of them are good: none is dropped
    clock.time += 3600
    for number in range(2000, 3000):
        await tokens.get(scope(number))
    assert len(tokens._kept) < 1100
    assert len(minted) == 2499
    await tokens.close()


async def test_dropping_a_token_leaves_the_one_that_replaced_it() -> None:
    async def mint(_: Scope) -> Token:
        return Token(Secret(b"x"), START + 3600)

    tokens = Tokens(Clock(), mint)
    first = await tokens.get(scope(1))
    tokens.drop(scope(1), first)
    second = await tokens.get(scope(1))
    assert second is not first
    tokens.drop(scope(1), first)  # somebody else's call found out later
    assert await tokens.get(scope(1)) is second
