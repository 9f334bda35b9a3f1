"""Make what we keep equal to what the host says: installations, their repositories, and a deploy key for each.

Events only hint that something changed; the host's own lists are the truth. Everything here may run twice.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

import asyncssh
import structlog

from bot.errors import Gone, KeyInUse, KeyRefused, UserError
from bot.model import InstallationId, Repository, RepositoryId
from bot.services import wipe
from bot.services.context import Services
from bot.services.records import KeptInstallation, KeptKey

log = structlog.get_logger()
T = TypeVar("T")
IN_USE = (
    "The host says that every new deploy key for this repository is already in use.",
    "Press *Re-run* in a while; if it stays, tell whoever operates this Sealbeat.",
)
GENERATIONS_AT_ONCE = 3  # a key that is "in use" is not ours to keep: make another, but not for ever


async def sync(services: Services, installation: InstallationId) -> None:
    """Read the installation from the host; take on what is new, wipe what is gone. Raises Retryable."""
    async with services.locks.hold(f"installation:{installation}"):
        try:
            truth = await services.host.accounts.installation(installation)
            listed = [] if truth.suspended else await services.host.accounts.repositories(installation)
        except Gone:
            await wipe.installation(services, installation, "gone at the host")
            return
        await services.records.save_installation(KeptInstallation(truth))
        if truth.suspended:
            return
        await _drop_missing(services, installation, {repository.id for repository in listed})
        for repository in listed:
            await ensure_repository(services, repository)


async def suspend(services: Services, installation: InstallationId) -> None:
    """Stop all work. Our key would still open the source, whatever the host's API says: so it is we who must stop."""
    kept = await services.records.installation(installation)
    if kept is not None:
        stopped = replace(kept, installation=replace(kept.installation, suspended=True))
        await services.records.save_installation(stopped)
    await services.queue.cancel(installation)


async def leave(services: Services, installation: InstallationId, reason: str) -> None:
    """The app was uninstalled."""
    async with services.locks.hold(f"installation:{installation}"):
        await wipe.installation(services, installation, reason)


async def _drop_missing(services: Services, installation: InstallationId, listed: set[RepositoryId]) -> None:
    for kept in await services.records.repositories(installation):
        if kept.id not in listed:
            await wipe.repository(services, installation, kept.id, "removed from the installation")


async def ensure_repository(services: Services, repository: Repository) -> KeptKey:
    """The repository is kept as the host describes it, and has a deploy key there - or a key with its trouble."""
    async with services.locks.hold(f"repository:{repository.id}"):
        former = await services.records.repository(repository.id)
        if former is not None and former.installation != repository.installation:
            await _leave_former_owner(services, former, repository)
        if former != repository:
            await services.records.save_repository(repository)
        key = await services.records.key(repository.id)
        if key is not None and key.host_id is not None:
            return key
        return await _provision(services, repository, key)


async def _leave_former_owner(services: Services, former: Repository, repository: Repository) -> None:
    """A repository that moved between accounts keeps its deploy keys at the host: ours must not open it there."""
    key = await services.records.key(repository.id)
    if key is not None and key.host_id is not None:
        try:
            await services.host.keys.ensure_absent(repository, key.host_id)
        except (Gone, UserError):
            log.warning("old deploy key could not be removed after a transfer", repository=repository.id)
    await wipe.repository(services, former.installation, repository.id, "transferred to another account")


async def _provision(services: Services, repository: Repository, key: KeptKey | None) -> KeptKey:
    # A pair that a refused or interrupted attempt left is used again, unless the host knows it from elsewhere.
    key = replace(key, trouble=None) if key is not None else new_pair(1)
    for _ in range(GENERATIONS_AT_ONCE):
        await services.records.save_key(repository, key)  # before the host hears of it: a crash must not orphan it
        try:
            at_host = await services.host.keys.ensure(repository, key.public, title(services, repository, key))
        except KeyInUse:
            key = new_pair(key.generation + 1)
            continue
        except UserError as error:
            key = replace(key, trouble=(str(error), error.cure))
        else:
            key = replace(key, host_id=at_host.id)
            log.info("deploy key provisioned", repository=repository.id, fingerprint=key.fingerprint)
        await services.records.save_key(repository, key)
        return key
    key = replace(key, trouble=IN_USE)
    await services.records.save_key(repository, key)
    return key


async def ready(services: Services, installation: InstallationId, id: RepositoryId) -> tuple[Repository, KeptKey]:
    """The repository as it is now, with its deploy key, or the key's trouble. Takes the repository on where an event
    came before its installation's own. Raises Gone (not ours, suspended, or going)."""
    kept = await services.records.installation(installation)
    if kept is None or kept.installation.suspended:
        # Not known yet, or known as suspended while events come in: ask. Events may overtake each other.
        await sync(services, installation)
        kept = await services.records.installation(installation)
    if kept is None or kept.wiping or kept.installation.suspended:
        raise Gone("the installation is gone, going or suspended")
    repository = await services.host.origin.repository(installation, id)
    return repository, await ensure_repository(services, repository)


async def with_key(
    services: Services, repository: Repository, key: KeptKey, work: Callable[[KeptKey], Awaitable[T]]
) -> T:
    """`work` with the deploy key. Where the host refuses it - a person may have removed it - the key is put back, and
    the work is tried once more."""
    try:
        return await work(key)
    except KeyRefused:
        async with services.locks.hold(f"repository:{repository.id}"):
            key = await _provision(services, repository, replace(key, host_id=None))
        return await work(key)


def new_pair(generation: int) -> KeptKey:
    """A new Ed25519 pair. Never used for a second repository or generation: the host wants keys unique."""
    pair = asyncssh.generate_private_key("ssh-ed25519")
    return KeptKey(
        generation=generation,
        private=pair.export_private_key("openssh").decode(),
        public=pair.export_public_key("openssh").decode().strip(),
        fingerprint=pair.get_fingerprint("sha256"),
    )


def title(services: Services, repository: Repository, key: KeptKey) -> str:
    """Tells an owner whose key it is, and us which ones are ours."""
    options = services.options
    return f"{options.app_slug}/{options.instance}/{repository.id}/{key.generation}"
