"""Repositories come, are renamed, change hands and go."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.providers.local import announce
from bot.providers.local.shapes import accounts
from bot.providers.local.state import Account, Repo
from bot.providers.local.world import World


async def create(
    world: World, owner: Account, name: str, *, private: bool, files: Mapping[str, bytes] | None, source: Path | None
) -> Repo:
    """repository.created and, where an installation covers all repositories, installation_repositories.added.

    With `files` it starts with one commit on its default branch; with `source` it copies an existing repository;
    with neither it is empty.
    """
    repo = await world.add_repo(owner, name, private=private)
    await _fill(world, repo, files, source)
    await announce.tell(world, "repository", repo, {"action": "created"})
    if it := world.covering(repo):
        await announce.selection(world, it, added=[repo], removed=[])
    return repo


async def _fill(world: World, repo: Repo, files: Mapping[str, bytes] | None, source: Path | None) -> None:
    if source is not None:
        repo.default_branch = await repo.git.adopt(source)
    else:
        await repo.git.create(repo.default_branch)
    if files:
        sha = await repo.git.write([], files, "Initial commit", next(world.ticks))
        await repo.git.point(f"refs/heads/{repo.default_branch}", sha)


async def fork(world: World, parent: Repo, owner: Account) -> Repo:
    """A fork of the same name, with the parent's branches."""
    repo = await world.add_repo(owner, parent.name, private=parent.private, parent=parent)
    repo.default_branch = parent.default_branch
    await _fill(world, repo, None, None)
    await repo.git.bring(parent.git, "+refs/heads/*:refs/heads/*")
    await announce.tell(world, "repository", repo, {"action": "created"})
    return repo


async def rename(world: World, repo: Repo, name: str) -> None:
    """repository.renamed. The old name leads here until somebody takes it."""
    before = repo.name
    _move(world, repo, repo.owner, name)
    await announce.tell(
        world, "repository", repo, {"action": "renamed", "changes": {"repository": {"name": {"from": before}}}}
    )


async def transfer(world: World, repo: Repo, owner: Account) -> None:
    """installation_repositories.removed to the old owner's installation; to the new owner's, if it covers the
    repository, repository.transferred and installation_repositories.added. Deploy keys stay.

    The first and the last are seen in practice, not documented: github.com/polarsource/polar/pull/1207.
    """
    old, before = repo.owner, world.covering(repo)
    _move(world, repo, owner, repo.name)
    if before is not None:
        if before.selected is not None:
            before.selected.discard(repo.id)
        await announce.selection(world, before, added=[], removed=[repo])
    kind = "organization" if old.type == "Organization" else "user"
    shape = accounts.organization if kind == "organization" else accounts.user
    changes = {"owner": {"from": {kind: shape(world.urls, old)}}}
    await announce.tell(world, "repository", repo, {"action": "transferred", "changes": changes})
    if after := world.covering(repo):
        await announce.selection(world, after, added=[repo], removed=[])


def _move(world: World, repo: Repo, owner: Account, name: str) -> None:
    if world.named(owner.login, name, former=False):
        raise ValueError("that name is taken")
    repo.owner, repo.name = owner, name
    world.names[repo.full_name.lower()] = repo.id


async def remove_key(world: World, repo: Repo, id: int) -> None:
    """deploy_key.deleted."""
    it = world.keys[id]
    if it.repo is not repo:
        raise KeyError(id)
    del world.keys[id]
    await announce.tell(world, "deploy_key", repo, announce.key_payload(world, it, "deleted"))


async def archive(world: World, repo: Repo, *, archived: bool) -> None:
    repo.archived = archived
    await announce.tell(world, "repository", repo, {"action": "archived" if archived else "unarchived"})


async def publicize(world: World, repo: Repo, *, private: bool) -> None:
    """repository.privatized, or publicized with its twin event `public`."""
    repo.private = private
    await announce.tell(world, "repository", repo, {"action": "privatized" if private else "publicized"})
    if not private:
        await announce.tell(world, "public", repo, {})


async def delete(world: World, repo: Repo) -> None:
    """repository.deleted, then installation_repositories.removed. Its deploy keys stay registered for a while.

    The documentation says that apps get no repository.deleted; in practice they do: github/docs#36991.
    """
    it = world.covering(repo)
    said = announce.common(world, repo, it, world.person) if it and announce.wanted(world, "repository", repo) else None
    repo.deleted = True
    if said is not None:
        await world.outbox.send("repository", {"action": "deleted"} | said)
    if it is not None:
        if it.selected is not None:
            it.selected.discard(repo.id)
        await announce.selection(world, it, added=[], removed=[repo])
