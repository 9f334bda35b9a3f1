"""The end: destroy keys, delete rows, verify that nothing is left, and give a receipt.

Resumable: a draft of the receipt is kept before anything is destroyed, under the instance's own key, because after the
data key is gone nobody can read what was there. `resume` finishes every draft that a crash left.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import structlog

from bot.errors import Gone, Retryable, UserError
from bot.model import InstallationId, Repository, RepositoryId, Table
from bot.services.context import Services
from bot.services.records import KeptKey
from bot.vault.envelope import NOWHERE
from bot.vault.receipt import Leftover, Receipt

log = structlog.get_logger()


async def installation(services: Services, id: InstallationId, reason: str) -> None:
    """Wipe an installation. Safe to repeat, and to call for one that we never kept."""
    kept = await services.records.installation(id)
    if kept is not None:
        await services.records.save_installation(replace(kept, wiping=True))
    await services.queue.cancel(id)
    await services.host.accounts.forget(id)
    if kept is not None:
        repositories = await services.records.repositories(id)
        await _draft(services, id, NOWHERE, reason, [await _leftover(services, r, False) for r in repositories])
    await _finish(services, id, NOWHERE)


async def repository(services: Services, owner: InstallationId, id: RepositoryId, reason: str) -> None:
    """Wipe one repository. Its deploy key is removed at the host where we may still do that."""
    await services.queue.cancel(owner, id)
    kept = await services.records.repository(id)
    if kept is not None and kept.installation == owner:
        leftover = await _leftover(services, kept, await _remove_key(services, kept))
        await _draft(services, owner, id, reason, [leftover])
    await _finish(services, owner, id)


async def resume(services: Services) -> None:
    """Finish what a crash interrupted."""
    for note in (await services.records.notes(Table.RECEIPT)).values():
        if "document" not in note:
            draft = note["draft"]
            await _finish(services, InstallationId(draft["installation"]), RepositoryId(draft["repository"]))


async def _remove_key(services: Services, kept: Repository) -> bool:
    key = await services.records.key(kept.id)
    if key is None or _never_there(key):
        return True
    try:
        for id in await _at_host(services, kept, key):
            await services.host.keys.ensure_absent(kept, id)
    except (Gone, UserError, Retryable):
        return False  # the private half dies now in any case; the receipt names the public one
    return True


async def _at_host(services: Services, kept: Repository, key: KeptKey) -> list[int]:
    """The key's id at the host. Where its answer never came, only the host knows whether it has the key."""
    if key.host_id is not None:
        return [key.host_id]
    return [found.id for found in await services.host.keys.list(kept) if found.public == key.public]


def _never_there(key: KeptKey) -> bool:
    """The host has said that it does not take it."""
    return key.host_id is None and key.trouble is not None


async def _leftover(services: Services, kept: Repository, removed: bool) -> Leftover:
    key = await services.records.key(kept.id)
    if key is None:
        return Leftover(kept.id, "", None, True, "")
    gone = removed or _never_there(key)
    return Leftover(kept.id, key.fingerprint, key.host_id, gone, "" if gone else services.host.key_page(kept))


async def _draft(
    services: Services, id: InstallationId, repository: RepositoryId, reason: str, keys: list[Leftover]
) -> None:
    if await _open_draft(services, id, repository) is not None:
        return  # an earlier attempt wrote it, and knew more than is left now
    began = services.clock.now()
    # Counted before anything goes, so that an attempt after a crash does not report less than there was.
    rows = await services.records.store.remaining(id, repository if repository != NOWHERE else None)
    count = len(keys) + (repository == NOWHERE)
    receipt = Receipt(id, repository, reason, began, began, count, rows, {}, tuple(k for k in keys if k.fingerprint))
    await services.records.save_note(
        Table.RECEIPT, f"{id}-{repository}-{int(began * 1000)}", {"draft": asdict(receipt)}
    )


async def _open_draft(
    services: Services, id: InstallationId, repository: RepositoryId
) -> tuple[str, dict[str, Any]] | None:
    for name, note in (await services.records.notes(Table.RECEIPT)).items():
        if name.startswith(f"{id}-{repository}-") and "document" not in note:
            return name, note["draft"]
    return None


async def _finish(services: Services, id: InstallationId, repository: RepositoryId) -> None:
    scope = repository if repository != NOWHERE else None
    destroyed = await services.records.vault.destroy(id, repository)
    rows = await services.records.store.erase(id, scope)
    remaining = await services.records.store.remaining(id, scope)
    if remaining:
        raise Retryable("rows were written while an installation was being wiped", after=1.0)
    open_draft = await _open_draft(services, id, repository)
    if open_draft is None:
        return  # nothing of it was ever kept: no receipt to give
    name, draft = open_draft
    receipt = Receipt(**draft | {
        "deploy_keys": tuple(Leftover(**key) for key in draft["deploy_keys"]),
        "ended": services.clock.now(),
        "keys_destroyed": max(destroyed, draft["keys_destroyed"]),
        "rows_deleted": {table: max(rows.get(table, 0), draft["rows_deleted"].get(table, 0))
                         for table in sorted(rows | draft["rows_deleted"])},
        "remaining": remaining,
    })  # fmt: skip
    document = services.signer.sign(receipt).decode()
    await services.records.save_note(Table.RECEIPT, name, {"document": document, "ended": receipt.ended})
    log.info("wiped", installation=id, repository=repository, keys=destroyed, rows=sum(rows.values()))


async def receipts(services: Services) -> list[bytes]:
    """Every finished receipt that is still kept, oldest first."""
    notes = await services.records.notes(Table.RECEIPT)
    done = sorted((note for note in notes.values() if "document" in note), key=lambda note: float(note["ended"]))
    return [str(note["document"]).encode() for note in done]


async def expire_receipts(services: Services) -> None:
    """A receipt names repositories, so it is not kept for ever either."""
    oldest = services.clock.now() - services.options.receipt_days * 86400
    for name, note in (await services.records.notes(Table.RECEIPT)).items():
        if "document" in note and float(note["ended"]) < oldest:
            await services.records.store.delete(Table.RECEIPT, name)
