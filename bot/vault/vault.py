"""The vault's door: seal and open by place; the right key is found, or made, on the way."""

from __future__ import annotations

from bot.errors import Tampered
from bot.model import InstallationId, RepositoryId
from bot.vault.envelope import NOWHERE, Place, seal, unseal
from bot.vault.keyring import Keyring


class Vault:
    """What services hold. Nothing that leaves it towards a store is in the clear."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring

    async def seal(self, place: Place, data: bytes, *, compress: bool = False) -> bytes:
        return seal(await self._keyring.key(place.installation, place.repository), place, data, compress=compress)

    async def open(self, place: Place, sealed: bytes) -> bytes:
        """Raises Tampered, also where the key has been destroyed."""
        key = await self._keyring.existing(place.installation, place.repository)
        if key is None:
            raise Tampered
        return unseal(key, place, sealed)

    async def destroy(self, installation: InstallationId, repository: RepositoryId = NOWHERE) -> int:
        """Destroy the keys of an installation with all its repositories, or of one repository. Returns how many."""
        return await self._keyring.destroy(installation, repository)
