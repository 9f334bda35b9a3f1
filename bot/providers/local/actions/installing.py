"""Installing the app, choosing its repositories, suspending and removing it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.providers.local import announce
from bot.providers.local.state import Account, Installation, Json, Repo
from bot.providers.local.world import World


async def install(world: World, account: Account, repositories: Sequence[Repo] | None) -> Installation:
    """installation.created. `repositories` None means all, also those to come."""
    if any(one.account is account for one in world.installations.values()):
        raise ValueError("the app is installed on that account already")
    chosen = None if repositories is None else {repo.id for repo in repositories}
    app = world.app
    it = Installation(
        world.ids.new("installation"), account, dict(app.permissions), app.events, world.now(), selected=chosen
    )
    world.installations[it.id] = it
    await world.outbox.send("installation", announce.installation(world, it, "created", world.repos_of(it)))
    return it


def end(world: World, it: Installation) -> Json:
    """The installation is over and its tokens are dead; returns the event that is to be sent. Deploy keys stay.

    https://docs.github.com/en/authentication/connecting-to-github-with-ssh/managing-deploy-keys
    """
    covered = world.repos_of(it)
    del world.installations[it.id]
    world.drop_tokens([it])
    return announce.installation(world, it, "deleted", covered)


async def uninstall(world: World, it: Installation) -> None:
    """installation.deleted."""
    await world.outbox.send("installation", end(world, it))


async def suspend(world: World, it: Installation) -> None:
    it.suspended = world.now()
    await world.outbox.send("installation", announce.installation(world, it, "suspend"))


async def unsuspend(world: World, it: Installation) -> None:
    it.suspended = None
    await world.outbox.send("installation", announce.installation(world, it, "unsuspend"))


async def add_repositories(world: World, it: Installation, repos: Sequence[Repo]) -> None:
    if it.selected is None:
        raise ValueError("that installation covers all repositories already")
    it.selected |= {repo.id for repo in repos}
    await announce.selection(world, it, added=list(repos), removed=[])


async def remove_repositories(world: World, it: Installation, repos: Sequence[Repo]) -> None:
    """installation_repositories.removed. Deploy keys stay at the repositories."""
    if it.selected is None:
        it.selected = {repo.id for repo in world.repos_of(it)}
    it.selected -= {repo.id for repo in repos}
    await announce.selection(world, it, added=[], removed=list(repos))
