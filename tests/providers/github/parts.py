"""What the tests of this room share: an app with a key, a clock that they own, and a GitHub of a few lines."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bot.model import InstallationId, Repository, RepositoryId, Secret, Sha
from bot.ports import Provider
from bot.providers.github import Settings, build

APP_ID = "4711"
WEBHOOK_SECRET = b"correct horse battery staple"
INSTALLATION = InstallationId(31)
REPOSITORY = Repository(RepositoryId(77), INSTALLATION, "octo-org", "hello.world", "main")
HEAD = Sha("a" * 40)
BASE = Sha("b" * 40)
START = 1_800_000_000.0


class TestClock:
    """Time stands still unless somebody sleeps or the test moves it."""

    __test__ = False

    def __init__(self, now: float = START) -> None:
        self.time = now
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@cache
def private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def private_pem() -> bytes:
    return private_key().private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())


def settings(**changes: Any) -> Settings:
    values: dict[str, Any] = {
        "app_id": APP_ID,
        "private_key": Secret(private_pem()),
        "webhook_secrets": (Secret(WEBHOOK_SECRET),),
    }
    return Settings(**(values | changes))


def sign(body: bytes, secret: bytes = WEBHOOK_SECRET) -> str:
    return "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()


Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class SmallGitHub:
    """Answers what a test tells it to, on a real socket, and remembers what it was asked. Tokens are minted by itself
    unless the test says otherwise."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[tuple[str, str, Any]] = []  # method, path and query, JSON body
        self.headers: list[Mapping[str, str]] = []
        self.mints: list[Any] = []
        self._answers: dict[tuple[str, str], Answer] = {}

    def on(self, method: str, path: str, *answers: Any, **headers: str) -> None:
        """Answer with these, one after the other, the last one for ever: JSON data, (status, JSON data), or a function
        of the request."""
        turns = list(answers)

        async def answer(request: web.Request) -> web.StreamResponse:
            turn = turns.pop(0) if len(turns) > 1 else turns[0]
            if callable(turn):
                result: web.StreamResponse = await turn(request)
                return result
            status, data = turn if isinstance(turn, tuple) else (200, turn)
            if status == 204:
                return web.Response(status=204)
            return web.json_response(data, status=status, headers=headers)

        self._answers[method, path] = answer

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        data = await request.json() if body else None
        if request.path.endswith("/access_tokens") and ("POST", request.path) not in self._answers:
            self.mints.append(data)
            return web.json_response(
                {"token": f"ghs_{len(self.mints)}_{'x' * 600}", "expires_at": "2027-01-15T09:00:00Z"}, status=201
            )
        self.asked.append((request.method, request.path_qs, data))
        self.headers.append(request.headers)
        answer = self._answers.get((request.method, request.path))
        if answer is None:
            return web.json_response({"message": "Not Found"}, status=404)
        return await answer(request)

    def paths(self) -> list[str]:
        return [f"{method} {path}" for method, path, _ in self.asked]


@asynccontextmanager
async def small_github() -> AsyncIterator[SmallGitHub]:
    github = SmallGitHub()
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", github.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        github.url = f"http://{host}:{port}"
        yield github
    finally:
        await runner.cleanup()


@asynccontextmanager
async def github_and_provider(
    clock: TestClock | None = None, **changes: Any
) -> AsyncIterator[tuple[SmallGitHub, Provider]]:
    async with (
        small_github() as github,
        build(settings(api_url=github.url, **changes), clock or TestClock()) as provider,
    ):
        yield github, provider


def repository_json(**changes: Any) -> dict[str, Any]:
    return {
        "id": REPOSITORY.id,
        "name": REPOSITORY.name,
        "owner": {"login": REPOSITORY.owner, "id": 5},
        "default_branch": "main",
        "private": True,
        "archived": False,
    } | changes
