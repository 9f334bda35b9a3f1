"""What is kept, typed: values in, sealed records out, and back again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any, TypeVar

import orjson

from bot.model import Installation, InstallationId, Record, Repository, RepositoryId, Table
from bot.ports import Store
from bot.vault.envelope import NOBODY, NOWHERE, Place
from bot.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A repository's deploy key. `private` is an OpenSSH PEM; `host_id` is None until the host has confirmed it;
    `trouble` says why there is none, for the person at the pull request: (what, what to do next)."""

    generation: int
    private: str = field(repr=False)
    public: str
    fingerprint: str
    host_id: int | None = None
    trouble: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """A check run of ours. Written before the host is asked for one, so that a crash in between is noticed.

    `final`, once it is done: it tells of a review, and the same question is not reviewed again. One that only says why
    there was no review is asked anew by any delivery but `asker`, whose answer it is.
    """

    number: int  # of the pull request; 0 for a branch or merge group
    head: str
    asker: str = ""
    host_id: int | None = None
    done: bool = False
    final: bool = False
    deadline: float = 0.0  # Unix time after which it must not be pending any more


@dataclass(frozen=True, slots=True)
class KeptInstallation:
    """An installation, and whether it is on its way out."""

    installation: Installation
    wiping: bool = False


T = TypeVar("T", KeptKey, KeptCheck)


class Records:
    """Typed access to the sealed store."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self.store = store
        self.vault = vault

    # ------------------------------------------------------------------ installations and repositories

    async def installation(self, id: InstallationId) -> KeptInstallation | None:
        raw = await self._load(Table.INSTALLATION, str(id))
        return None if raw is None else _installation(raw)

    async def save_installation(self, kept: KeptInstallation) -> None:
        value = asdict(kept)
        await self._save(Table.INSTALLATION, str(kept.installation.id), kept.installation.id, NOWHERE, value)

    async def installations(self) -> list[InstallationId]:
        return [record.installation for record in await self.store.find(Table.INSTALLATION)]

    async def repository(self, id: RepositoryId) -> Repository | None:
        raw = await self._load(Table.REPOSITORY, str(id))
        return None if raw is None else Repository(**raw)

    async def save_repository(self, repository: Repository) -> None:
        await self._save(
            Table.REPOSITORY, str(repository.id), repository.installation, repository.id, asdict(repository)
        )

    async def repositories(self, installation: InstallationId) -> list[Repository]:
        rows = await self.store.find(Table.REPOSITORY, installation=installation)
        return [Repository(**await self._open(row)) for row in rows]

    # ------------------------------------------------------------------ keys and checks

    async def key(self, repository: RepositoryId) -> KeptKey | None:
        raw = await self._load(Table.DEPLOY_KEY, str(repository))
        return None if raw is None else _key(raw)

    async def save_key(self, repository: Repository, key: KeptKey) -> None:
        await self._save(Table.DEPLOY_KEY, str(repository.id), repository.installation, repository.id, asdict(key))

    async def check(self, external_id: str) -> KeptCheck | None:
        raw = await self._load(Table.CHECK, external_id)
        return None if raw is None else KeptCheck(**raw)

    async def save_check(self, repository: Repository, external_id: str, check: KeptCheck) -> None:
        await self._save(Table.CHECK, external_id, repository.installation, repository.id, asdict(check))

    async def open_checks(self, installation: InstallationId) -> list[tuple[str, RepositoryId, KeptCheck]]:
        """(external id, repository, check) of every check that is not done."""
        rows = await self.store.find(Table.CHECK, installation=installation)
        kept = [(row.id, row.repository, KeptCheck(**await self._open(row))) for row in rows]
        return [entry for entry in kept if not entry[2].done]

    # ------------------------------------------------------------------ results, receipts, cursors: plain documents

    async def save_result(self, repository: Repository, id: str, document: bytes) -> None:
        place = Place(Table.RESULT, id, repository.installation, repository.id)
        await self._put(place, await self.vault.seal(place, document, compress=True))

    async def result(self, id: str) -> bytes | None:
        record = await self.store.get(Table.RESULT, id)
        return None if record is None else await self.vault.open(_place(record), record.body)

    async def save_note(self, table: Table, id: str, value: dict[str, Any]) -> None:
        """A note of the instance itself (receipts, cursors), under the instance's key."""
        await self._save(table, id, NOBODY, NOWHERE, value)

    async def note(self, table: Table, id: str) -> dict[str, Any] | None:
        return await self._load(table, id)

    async def notes(self, table: Table) -> dict[str, dict[str, Any]]:
        return {row.id: await self._open(row) for row in await self.store.find(table)}

    # ------------------------------------------------------------------ below the types

    async def _save(
        self, table: Table, id: str, installation: InstallationId, repository: RepositoryId, value: dict[str, Any]
    ) -> None:
        place = Place(table, id, installation, repository)
        await self._put(place, await self.vault.seal(place, orjson.dumps(value)))

    async def _put(self, place: Place, sealed: bytes) -> None:
        await self.store.put(Record(Table(place.table), place.id, place.installation, place.repository, sealed))

    async def _load(self, table: Table, id: str) -> dict[str, Any] | None:
        record = await self.store.get(table, id)
        return None if record is None else await self._open(record)

    async def _open(self, record: Record) -> dict[str, Any]:
        value: dict[str, Any] = orjson.loads(await self.vault.open(_place(record), record.body))
        return value


def _place(record: Record) -> Place:
    return Place(record.table, record.id, record.installation, record.repository)


def _installation(raw: dict[str, Any]) -> KeptInstallation:
    return KeptInstallation(Installation(**raw["installation"]), raw["wiping"])


def _key(raw: dict[str, Any]) -> KeptKey:
    kept = KeptKey(**raw)
    return kept if kept.trouble is None else replace(kept, trouble=(kept.trouble[0], kept.trouble[1]))
