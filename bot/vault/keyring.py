"""Data keys: one per installation, repository and instance; made when first needed, destroyed at the end."""

from __future__ import annotations

import os

from bot.model import InstallationId, RepositoryId
from bot.ports import KeyStore, Kms
from bot.vault.envelope import NOBODY, NOWHERE, DataKey, Place, seal, unseal


class Keyring:
    """Opens data keys and remembers the open ones in memory."""

    def __init__(self, kms: Kms, keys: KeyStore) -> None:
        self._kms = kms
        self._keys = keys
        self._open: dict[str, DataKey] = {}

    async def key(self, installation: InstallationId = NOBODY, repository: RepositoryId = NOWHERE) -> DataKey:
        """The key for records of that place; made and kept durably where there is none yet. Raises Tampered."""
        known = await self.existing(installation, repository)
        if known is not None:
            return known
        name = _name(installation, repository)
        # Two makers may race: the store keeps the first, and both open that one.
        wrapped = await self._keys.put(name, await self._wrap(os.urandom(32), name, installation, repository))
        key = DataKey.of(await self._unwrap(wrapped, name, installation, repository))
        return self._open.setdefault(name, key)

    async def existing(
        self, installation: InstallationId = NOBODY, repository: RepositoryId = NOWHERE
    ) -> DataKey | None:
        """The key for records of that place; None where there is none (never made, or destroyed). Raises Tampered."""
        name = _name(installation, repository)
        if (known := self._open.get(name)) is not None:
            return known
        if (wrapped := await self._keys.get(name)) is None:
            return None
        key = DataKey.of(await self._unwrap(wrapped, name, installation, repository))
        return self._open.setdefault(name, key)

    async def destroy(self, installation: InstallationId, repository: RepositoryId = NOWHERE) -> int:
        """Destroy the key and, for an installation, those of all its repositories. Returns how many there were."""
        name = _name(installation, repository)
        for known in [n for n in self._open if n == name or n.startswith(f"{name}/")]:
            del self._open[known]
        return await self._keys.destroy(name)

    async def _wrap(self, raw: bytes, name: str, installation: InstallationId, repository: RepositoryId) -> bytes:
        if repository == NOWHERE:
            return await self._kms.wrap(raw, name.encode())
        return seal(await self.key(installation), Place("key", name, installation, repository), raw)

    async def _unwrap(self, wrapped: bytes, name: str, installation: InstallationId, repository: RepositoryId) -> bytes:
        if repository == NOWHERE:
            return await self._kms.unwrap(wrapped, name.encode())
        return unseal(await self.key(installation), Place("key", name, installation, repository), wrapped)


def _name(installation: InstallationId, repository: RepositoryId) -> str:
    if installation == NOBODY:
        return "instance"
    return f"installation:{installation}" + (f"/repository:{repository}" if repository != NOWHERE else "")
