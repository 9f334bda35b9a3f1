"""Who we are to GitHub: the app itself (a JWT), or the app on one installation (a token, as narrow as its purpose).

https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from bot.errors import ConfigError
from bot.model import InstallationId, Repository, RepositoryId, Secret
from bot.ports import Clock

BACKDATED: Final = 60  # seconds: GitHub's clock may be behind ours
JWT_LIFETIME: Final = 540  # from the backdated start; GitHub allows 600, and its clock may be ahead, too
JWT_MARGIN: Final = 120
TOKEN_MARGIN: Final = 300.0  # a token is replaced this long before it expires
_SWEEP_FIRST: Final = 1000


@dataclass(frozen=True, slots=True)
class Scope:
    """What one token may do: on which repositories (none: all of the installation), with which permissions."""

    installation: InstallationId
    repositories: tuple[RepositoryId, ...]
    permissions: tuple[tuple[str, str], ...]


def for_keys(repository: Repository) -> Scope:
    """The frightening permission, alone, on one repository, for deploy keys only."""
    return Scope(repository.installation, (repository.id,), (("administration", "write"),))


def for_review(installation: InstallationId, repository: RepositoryId) -> Scope:
    """Reading a pull request and reporting on it: one token per repository serves a whole review."""
    permissions = (("checks", "write"), ("contents", "read"), ("pull_requests", "write"))
    return Scope(installation, (repository,), permissions)


def for_listing(installation: InstallationId) -> Scope:
    """Names and ids of all repositories, nothing of what is in them."""
    return Scope(installation, (), (("metadata", "read"),))


class AppKey:
    """The app's private key, and the JWT that it signs. Raises ConfigError where the key is not one of GitHub's."""

    def __init__(self, app_id: str, private_key: Secret, clock: Clock) -> None:
        self._app_id = app_id
        self._clock = clock
        self._key = _load(private_key)
        self._issued = 0.0
        self._jwt: Secret | None = None

    def jwt(self) -> Secret:
        """A JWT that is good for at least a minute. Signed anew every few minutes, for signing costs a millisecond."""
        now = self._clock.now()
        if self._jwt is None or not self._issued <= now < self._issued + JWT_LIFETIME - BACKDATED - JWT_MARGIN:
            start = int(now) - BACKDATED
            claims = {"iat": start, "exp": start + JWT_LIFETIME, "iss": self._app_id}
            self._jwt, self._issued = Secret(jwt.encode(claims, self._key, algorithm="RS256")), now
        return self._jwt

    def drop(self) -> None:
        self._jwt = None


def _load(private_key: Secret) -> RSAPrivateKey:
    try:
        key = load_pem_private_key(private_key.reveal(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None  # the library's message may quote the key
    if not isinstance(key, RSAPrivateKey) or key.key_size < 2048:
        raise ConfigError("github private_key: expected the RSA key (PEM) that GitHub generated for the app")
    return key


@dataclass(frozen=True, slots=True)
class Token:
    """An installation token. Its value has no length or form to rely on: GitHub changed both."""

    value: Secret
    expires_at: float  # Unix time


class Tokens:
    """Installation tokens, cached per scope; however many ask at once, one of them is minted."""

    def __init__(self, clock: Clock, mint: Callable[[Scope], Awaitable[Token]]) -> None:
        self._clock = clock
        self._mint = mint
        self._kept: dict[Scope, Token] = {}
        self._coming: dict[Scope, asyncio.Task[Token]] = {}
        self._tasks: set[asyncio.Task[Token]] = set()
        self._sweep_at = _SWEEP_FIRST

    async def get(self, scope: Scope) -> Token:
        """Raises what minting raises, the same to all who wait for it."""
        kept = self._kept.get(scope)
        if kept is not None and self._is_fresh(kept):
            return kept
        task = self._coming.get(scope)
        if task is None:
            task = self._coming[scope] = asyncio.create_task(self._mint_one(scope))
            self._tasks.add(task)
            task.add_done_callback(lambda done: self._arrived(scope, done))
        # Shielded: the one who asked first may be cancelled, the others must not suffer for it.
        return await asyncio.shield(task)

    def drop(self, scope: Scope, token: Token) -> None:
        """GitHub no longer accepts that token. A newer one stays."""
        if self._kept.get(scope) is token:
            del self._kept[scope]

    def forget(self, installation: InstallationId) -> None:
        """Drop all tokens of an installation, also those on their way."""
        for scope in [scope for scope in self._kept if scope.installation == installation]:
            del self._kept[scope]
        for scope in [scope for scope in self._coming if scope.installation == installation]:
            del self._coming[scope]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._kept.clear()

    async def _mint_one(self, scope: Scope) -> Token:
        return await self._mint(scope)

    def _arrived(self, scope: Scope, task: asyncio.Task[Token]) -> None:
        self._tasks.discard(task)
        wanted = self._coming.get(scope) is task
        if wanted:
            del self._coming[scope]
        if task.cancelled() or task.exception() is not None:
            return
        if wanted:  # not forgotten meanwhile
            self._kept[scope] = task.result()
            self._sweep()

    def _sweep(self) -> None:
        """Now and then, drop what has expired: at a size that doubles with what is in use, so that it costs nothing."""
        if len(self._kept) >= self._sweep_at:
            self._kept = {scope: token for scope, token in self._kept.items() if self._is_fresh(token)}
            self._sweep_at = max(_SWEEP_FIRST, 2 * len(self._kept))

    def _is_fresh(self, token: Token) -> bool:
        return self._clock.now() < token.expires_at - TOKEN_MARGIN
