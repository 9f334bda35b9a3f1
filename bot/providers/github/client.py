"""Calls to GitHub: with the right token, under the limits, and with errors that the rest of the bot knows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any, TypedDict, TypeVar

import aiohttp

from bot.errors import Gone, Retryable, SealbeatError, UserError
from bot.model import InstallationId, Secret
from bot.ports import Clock
from bot.providers.github.auth import AppKey, Scope, Token, Tokens
from bot.providers.github.fields import Fields
from bot.providers.github.limits import Limits
from bot.providers.github.refusal import CURE_PERMISSION, Explain, Refusal, nothing_to_add
from bot.providers.github.settings import Settings
from bot.providers.github.wire import Wire

T = TypeVar("T")
Vars = Mapping[str, str]


class _Who(TypedDict, total=False):
    """The credentials of one call, as gidgethub takes them."""

    jwt: str
    oauth_token: str


class Client:
    """GitHub's REST API as the app (scope None) or as a token of the scope that each call names.

    Paths are relative, with `{names}` filled from `url`. Every method raises the errors of bot.errors and no others.
    """

    def __init__(self, settings: Settings, clock: Clock, session: aiohttp.ClientSession) -> None:
        self._settings = settings
        self._clock = clock
        self._session = session
        self._key = AppKey(settings.app_id, settings.private_key, clock)
        self._tokens = Tokens(clock, self._mint)
        self._wires: dict[InstallationId | None, Wire] = {}

    async def get(self, scope: Scope | None, path: str, url: Vars, *, explain: Explain = nothing_to_add) -> Fields:
        async def send(wire: Wire, who: _Who) -> Any:
            return await wire.getitem(path, url, **who)

        return Fields(await self._call(scope, send, explain), Retryable)

    async def post(
        self, scope: Scope, path: str, url: Vars, data: object, *, explain: Explain = nothing_to_add
    ) -> Fields:
        async def send(wire: Wire, who: _Who) -> Any:
            async with wire.limits.writing():
                return await wire.post(path, url, data=data, **who)

        return Fields(await self._call(scope, send, explain), Retryable)

    async def patch(
        self, scope: Scope, path: str, url: Vars, data: object, *, explain: Explain = nothing_to_add
    ) -> Fields:
        async def send(wire: Wire, who: _Who) -> Any:
            async with wire.limits.writing():
                return await wire.patch(path, url, data=data, **who)

        return Fields(await self._call(scope, send, explain), Retryable)

    async def delete(self, scope: Scope, path: str, url: Vars, *, explain: Explain = nothing_to_add) -> None:
        async def send(wire: Wire, who: _Who) -> None:
            async with wire.limits.writing():
                await wire.delete(path, url, **who)

        await self._call(scope, send, explain)

    async def ask(self, path: str, url: Vars) -> None:
        """POST without a body or an answer worth reading, as the app."""

        async def send(wire: Wire, who: _Who) -> None:
            async with wire.limits.writing():
                await wire.post(path, url, data=b"", **who)

        await self._call(None, send, nothing_to_add)

    async def every(
        self,
        scope: Scope | None,
        path: str,
        url: Vars,
        *,
        key: str | None = None,
        until: Callable[[Fields], bool] = lambda _: False,
    ) -> list[Fields]:
        """The items of all pages, up to the first that `until` names; `key` is where a page keeps them, if it is an
        object."""

        async def send(wire: Wire, who: _Who) -> list[Fields]:
            found: list[Fields] = []
            async with aclosing(wire.pages(path, url, **who)) as pages:
                async for page in pages:
                    for item in _items(page, key):
                        if until(item):
                            return found
                        found.append(item)
            return found

        return await self._call(scope, send, nothing_to_add)

    def forget(self, installation: InstallationId) -> None:
        self._tokens.forget(installation)
        self._wires.pop(installation, None)

    async def close(self) -> None:
        await self._tokens.close()

    async def _call(self, scope: Scope | None, send: Callable[[Wire, _Who], Awaitable[T]], explain: Explain) -> T:
        """Send it; where GitHub no longer accepts the credentials, once more with new ones."""
        wire = self._wire(scope.installation if scope else None)
        wire.limits.check()
        try:
            token = await self._credentials(scope)
            try:
                return await send(wire, _as(scope, token))
            except Refusal as refusal:
                if refusal.status != 401:
                    raise
                self._drop(scope, token)
                return await send(wire, _as(scope, await self._credentials(scope)))
        except Refusal as refusal:
            raise wire.limits.refused(refusal) or explain(refusal) or refusal.error() from None

    def _wire(self, installation: InstallationId | None) -> Wire:
        wire = self._wires.get(installation)
        if wire is None:
            limits = Limits(self._clock)
            wire = Wire(self._session, self._settings.api_url, self._settings.timeout, limits)
            self._wires[installation] = wire
        return wire

    async def _credentials(self, scope: Scope | None) -> Token:
        if scope is None:
            return Token(self._key.jwt(), 0.0)
        return await self._tokens.get(scope)

    def _drop(self, scope: Scope | None, token: Token) -> None:
        if scope is None:
            self._key.drop()
        else:
            self._tokens.drop(scope, token)

    async def _mint(self, scope: Scope) -> Token:
        """https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app"""
        data: dict[str, object] = {"permissions": dict(scope.permissions)}
        if scope.repositories:
            data["repository_ids"] = list(scope.repositories)

        async def send(wire: Wire, who: _Who) -> Any:  # not paced like a write: it changes nothing that people see
            path = "/app/installations/{installation_id}/access_tokens"
            return await wire.post(path, {"installation_id": str(scope.installation)}, data=data, **who)

        answer = Fields(await self._call(None, send, _explain_no_token), Retryable)
        return Token(Secret(answer.text("token")), moment(answer.text("expires_at")))


def moment(text: str) -> float:
    """Unix time of an ISO 8601 moment in an answer."""
    try:
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError):
        raise Retryable("GitHub's answer holds a moment that is none") from None


def timestamp(clock: Clock) -> str:
    """Now, as GitHub wants moments: YYYY-MM-DDTHH:MM:SSZ."""
    return datetime.fromtimestamp(clock.now(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _explain_no_token(refusal: Refusal) -> SealbeatError | None:
    if refusal.status == 422 and refusal.says("permission"):
        return UserError("The app has not been given the permissions that it needs here.", cure=CURE_PERMISSION)
    if refusal.status in (403, 422):  # suspended, or a repository that is not (any more) among the installation's
        return Gone("the installation is suspended, or does not cover this repository")
    return None


def _as(scope: Scope | None, token: Token) -> _Who:
    value = token.value.reveal().decode()
    return {"oauth_token": value} if scope else {"jwt": value}


def _items(page: object, key: str | None) -> list[Fields]:
    items = page.get(key) if key is not None and isinstance(page, dict) else page
    if not isinstance(items, list):
        raise Retryable("GitHub's answer is not the list that it documents")
    return [Fields(item, Retryable) for item in items]
