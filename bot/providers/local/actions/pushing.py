"""Pushes: a branch moves, and with it the pull requests that it carries."""

from __future__ import annotations

from collections.abc import Mapping

from bot.providers.local import announce
from bot.providers.local.state import Pull, Repo, Suite
from bot.providers.local.world import World


async def commit(
    world: World,
    repo: Repo,
    branch: str,
    files: Mapping[str, bytes | None],
    message: str,
    *,
    parent: str | None = None,
    force: bool = False,
) -> str:
    """Write a commit on top of `parent` (default: the branch's tip, or the default branch's) and push it."""
    base = (
        parent or await repo.git.tip(f"refs/heads/{branch}") or await repo.git.tip(f"refs/heads/{repo.default_branch}")
    )
    sha = await repo.git.write([base] if base else [], files, message, next(world.ticks))
    await push(world, repo, branch, sha, force=force)
    return sha


async def push(world: World, repo: Repo, branch: str, sha: str, *, force: bool = False) -> None:
    """push, then pull_request.synchronize for each open pull request of the branch, then check_suite.requested."""
    ref = f"refs/heads/{branch}"
    before = await repo.git.tip(ref)
    rewritten = before is not None and await repo.git.merge_base(before, sha) != before
    if rewritten and not force:
        raise ValueError("not a fast-forward; pass force=True")
    await repo.git.point(ref, sha)
    repo.pushed = world.now()
    await announce.push(world, repo, ref, before, sha, forced=rewritten)
    await _move_pulls(world, repo, branch, before, sha)
    if announce.wanted(world, "check_suite", repo):
        await announce.suite(world, open_suite(world, repo, sha, branch, before or "0" * 40), "requested")


async def delete_branch(world: World, repo: Repo, branch: str) -> None:
    """push with deleted: true. An open pull request of that branch is closed, as on GitHub."""
    ref = f"refs/heads/{branch}"
    before = await repo.git.tip(ref)
    await repo.git.point(ref, None)
    await announce.push(world, repo, ref, before, None, forced=False)
    for it in _carried(world, repo, branch):
        it.closed = world.now()
        await announce.pull(world, it, "closed")


def open_suite(world: World, repo: Repo, head: str, branch: str | None, before: str) -> Suite:
    """The app's check suite of a commit, made where there is none."""
    if found := world.suite_at(repo, head):
        return found
    suite = Suite(world.ids.new("suite"), repo, head, branch, before, world.now())
    world.suites[suite.id] = suite
    return suite


def _carried(world: World, repo: Repo, branch: str) -> list[Pull]:
    return [one for one in world.pulls.values() if one.source is repo and one.head_ref == branch and one.open]


async def _move_pulls(world: World, repo: Repo, branch: str, before: str | None, sha: str) -> None:
    for it in _carried(world, repo, branch):
        await carry(it, sha)
        it.head = sha
        await announce.pull(world, it, "synchronize", {"before": before, "after": sha})
    for it in world.pulls.values():
        if it.repo is repo and it.base_ref == branch and it.open:
            it.base = sha  # without an event, as on GitHub


async def carry(it: Pull, sha: str) -> None:
    """Keep refs/pull/N/head of the base repository at the head, bringing the commits over from a fork."""
    ref = f"refs/pull/{it.number}/head"
    if it.fork:
        await it.repo.git.bring(it.source.git, f"+refs/heads/{it.head_ref}:{ref}")
    else:
        await it.repo.git.point(ref, sha)
