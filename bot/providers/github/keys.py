"""Deploy keys: one per repository, read-only, found by their bytes.

https://docs.github.com/en/rest/deploy-keys/deploy-keys
"""

from __future__ import annotations

from typing import Final

from bot.errors import Gone, KeyInUse, Retryable, SealbeatError, UserError
from bot.model import DeployKey, Repository
from bot.providers.github.auth import for_keys
from bot.providers.github.client import Client
from bot.providers.github.fields import Fields
from bot.providers.github.names import path_of
from bot.providers.github.refusal import Refusal

_ALL: Final = "/repos/{owner}/{repo}/keys"
_LIST: Final = _ALL + "?per_page=100"
_ONE: Final = _ALL + "/{key_id}"

POLICY: Final = "The organisation does not allow deploy keys, so the source cannot be fetched."
POLICY_CURE: Final = (
    "Ask an owner of the organisation to allow them at [Settings > Member privileges > Deploy keys]"
    "({web}/organizations/{owner}/settings/member_privileges), then re-run this check."
)
IN_USE: Final = "GitHub has this deploy key on another repository already."
IN_USE_CURE: Final = "Nothing to do: another key pair is made. If this stays, remove and install the app again."


class Keys:
    """Implements bot.ports.Keys."""

    def __init__(self, client: Client, web_url: str) -> None:
        self._client = client
        self._web_url = web_url

    async def ensure(self, repository: Repository, public: str, title: str) -> DeployKey:
        kept = await self._find(repository, public)
        if kept is not None and not kept.read_only:  # keys cannot be edited
            await self.ensure_absent(repository, kept.id)
            kept = None
        return await self._usable(repository, kept or await self._create(repository, public, title), public)

    async def ensure_absent(self, repository: Repository, key_id: int) -> None:
        """A 404 says "no such key" and "not for you" alike, so that the list has the last word."""
        try:
            await self._client.delete(for_keys(repository), _ONE, path_of(repository) | {"key_id": str(key_id)})
        except Gone:
            if any(key.id == key_id for key in await self.list(repository)):
                raise Retryable("GitHub lists the key but does not find it") from None

    async def list(self, repository: Repository) -> list[DeployKey]:
        return [_key(item) for item in await self._client.every(for_keys(repository), _LIST, path_of(repository))]

    async def _find(self, repository: Repository, public: str) -> DeployKey | None:
        return next((key for key in await self.list(repository) if key.public == _bare(public)), None)

    async def _create(self, repository: Repository, public: str, title: str) -> DeployKey:
        data = {"title": title, "key": _bare(public), "read_only": True}
        try:
            answer = await self._client.post(
                for_keys(repository),
                _ALL,
                path_of(repository),
                data,
                explain=lambda refusal: self._explain(refusal, repository),
            )
        except KeyInUse:
            # The list may lag behind a creation whose answer was lost: then the key that is in use is ours, here.
            kept = await self._find(repository, public)
            if kept is None:
                raise
            return kept
        return _key(answer)

    async def _usable(self, repository: Repository, key: DeployKey, public: str) -> DeployKey:
        """GitHub said yes; it counts only if that is the key, and it is read-only and enabled."""
        if key.public != _bare(public) or not key.read_only:
            await self.ensure_absent(repository, key.id)
            raise Retryable("GitHub made another key than the read-only one that it was asked for")
        if not key.enabled:
            raise self._policy(repository)
        return key

    def _explain(self, refusal: Refusal, repository: Repository) -> SealbeatError | None:
        if refusal.status != 422:
            return None
        if refusal.says("already in use"):
            return KeyInUse(IN_USE, cure=IN_USE_CURE)
        if refusal.says("deploy keys are disabled"):
            return self._policy(repository)
        return None

    def _policy(self, repository: Repository) -> UserError:
        return UserError(POLICY, cure=POLICY_CURE.format(web=self._web_url, owner=path_of(repository)["owner"]))


def _key(item: Fields) -> DeployKey:
    return DeployKey(
        id=item.id("id"),
        public=_bare(item.text("key")),
        title=item.text("title"),
        read_only=item.flag("read_only"),
        enabled=item.flag("enabled", True),  # Enterprise Server did not always tell
    )


def _bare(line: str) -> str:
    """An OpenSSH public key line without its comment, which no two sides keep alike."""
    return " ".join(line.split()[:2])
