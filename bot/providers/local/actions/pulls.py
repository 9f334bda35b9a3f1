"""Pull requests: opened, retargeted, drafted, closed, merged, queued."""

from __future__ import annotations

from bot.providers.local import announce
from bot.providers.local.actions import pushing
from bot.providers.local.shapes import commits
from bot.providers.local.state import Pull, Repo
from bot.providers.local.world import World


async def open_pull(
    world: World, repo: Repo, source: Repo, head_ref: str, base_ref: str, *, title: str, draft: bool
) -> Pull:
    """pull_request.opened. `source` is the repository of the head branch."""
    head, base = await source.git.tip(f"refs/heads/{head_ref}"), await repo.git.tip(f"refs/heads/{base_ref}")
    if head is None or base is None:
        raise LookupError("no such branch")
    if source is repo and await repo.git.merge_base(base, head) == head:
        raise ValueError("no commits between the branches")
    author = source.owner if source is not repo and source.owner.type == "User" else world.person
    it = Pull(
        id=world.ids.new("pull"),
        number=next(repo.numbers),
        repo=repo,
        source=source,
        head_ref=head_ref,
        base_ref=base_ref,
        head=head,
        base=base,
        title=title,
        author=author,
        created=world.now(),
        updated=world.now(),
        draft=draft,
    )
    world.pulls[repo.id, it.number] = it
    await pushing.carry(it, head)
    await announce.pull(world, it, "opened")
    return it


async def retarget(world: World, it: Pull, base_ref: str) -> None:
    """pull_request.edited, with the base that it had."""
    tip = await it.repo.git.tip(f"refs/heads/{base_ref}")
    if tip is None:
        raise LookupError("no such branch")
    changes = {"base": {"ref": {"from": it.base_ref}, "sha": {"from": it.base}}}
    it.base_ref, it.base = base_ref, tip
    await announce.pull(world, it, "edited", {"changes": changes})


async def retitle(world: World, it: Pull, title: str) -> None:
    """pull_request.edited, without a word about the base."""
    changes = {"title": {"from": it.title}}
    it.title = title
    await announce.pull(world, it, "edited", {"changes": changes})


async def set_draft(world: World, it: Pull, *, draft: bool) -> None:
    it.draft = draft
    await announce.pull(world, it, "converted_to_draft" if draft else "ready_for_review")


async def close(world: World, it: Pull) -> None:
    it.closed = world.now()
    await announce.pull(world, it, "closed")


async def reopen(world: World, it: Pull) -> None:
    it.closed = None
    await announce.pull(world, it, "reopened")


async def merge(world: World, it: Pull) -> str:
    """The base branch gets a merge commit; pull_request.closed comes before the push, as on GitHub."""
    message = f"Merge pull request #{it.number} from {it.source.owner.login}/{it.head_ref}"
    sha = await it.repo.git.merge(it.base, it.head, message, next(world.ticks))
    it.closed = it.merged = world.now()
    it.merge_commit = sha
    await announce.pull(world, it, "closed")
    await pushing.push(world, it.repo, it.base_ref, sha)
    return sha


async def queue(world: World, it: Pull) -> str:
    """A merge group: the push of its temporary branch and merge_group.checks_requested. Returns its commit."""
    message = f"Merge pull request #{it.number} from {it.source.owner.login}/{it.head_ref}"
    sha = await it.repo.git.merge(it.base, it.head, message, next(world.ticks))
    branch = f"gh-readonly-queue/{it.base_ref}/pr-{it.number}-{it.base}"
    await pushing.push(world, it.repo, branch, sha)
    group = {
        "head_sha": sha,
        "head_ref": f"refs/heads/{branch}",
        "base_sha": it.base,
        "base_ref": f"refs/heads/{it.base_ref}",
        "head_commit": commits.simple_commit(await it.repo.git.commit(sha)),
    }
    await announce.tell(world, "merge_group", it.repo, {"action": "checks_requested", "merge_group": group})
    return sha
