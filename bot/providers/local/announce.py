"""Which webhooks an event makes, with what in them: the right installation, the common fields, GitHub's order.

https://docs.github.com/en/webhooks/webhook-events-and-payloads
"""

from __future__ import annotations

from bot.providers.local.gitrepo import ZERO, Commit
from bot.providers.local.shapes import accounts, commits, repositories, work
from bot.providers.local.state import Account, Installation, Json, Key, Pull, Repo, Run, Suite
from bot.providers.local.world import World

_PUSHED_COMMITS = 2048  # GitHub cuts the list there
_ALWAYS = frozenset({"installation", "installation_repositories", "installation_target", "github_app_authorization"})


def wanted(world: World, event: str, repo: Repo) -> Installation | None:
    """The installation that is told of an event in a repository, if any: it covers it, is awake and subscribed."""
    it = world.covering(repo)
    if it is None or it.suspended or not (event in it.events or event in _ALWAYS):
        return None
    return it


def common(world: World, repo: Repo, it: Installation, sender: Account) -> Json:
    """What every repository event ends with."""
    owner = repo.owner
    body: Json = {"repository": repositories.repository(world.urls, repo)}
    if owner.type == "Organization":
        body["organization"] = accounts.organization(world.urls, owner)
    body["installation"] = {"id": it.id, "node_id": accounts.node("I", it.id)}
    body["sender"] = accounts.user(world.urls, sender)
    return body


async def tell(world: World, event: str, repo: Repo, said: Json, *, sender: Account | None = None) -> None:
    """Send an event of a repository to the installation that wants it."""
    if it := wanted(world, event, repo):
        await world.outbox.send(event, said | common(world, repo, it, sender or world.person))


def installation(world: World, it: Installation, action: str, repos: list[Repo] | None = None) -> Json:
    """What installation.* says: created and deleted list the repositories, suspend and unsuspend do not."""
    if repos is None:
        said: Json = {"action": action, "installation": accounts.installation(world.urls, world.app, it)}
    else:
        said = {"action": action, "installation": _numbered(world, it)}
        said["repositories"] = [accounts.listed(repo) for repo in repos]
    if action == "created":
        said["requester"] = None
    return said | {"sender": accounts.user(world.urls, world.person)}


def _numbered(world: World, it: Installation) -> Json:
    """An installation whose times are numbers: so GitHub writes them in some of its events, and as text in others."""
    shape = accounts.installation(world.urls, world.app, it)
    return shape | {"created_at": int(it.created), "updated_at": int(it.created)}


async def selection(world: World, it: Installation, *, added: list[Repo], removed: list[Repo]) -> None:
    """installation_repositories.added or removed."""
    if it.suspended:
        return
    said = {
        "action": "added" if added else "removed",
        "installation": _numbered(world, it),
        "repository_selection": accounts.selection(it),
        "repositories_added": [accounts.listed(repo) for repo in added],
        "repositories_removed": [accounts.listed(repo) for repo in removed],
        "requester": None,
        "sender": accounts.user(world.urls, world.person),
    }
    await world.outbox.send("installation_repositories", said)


async def push(world: World, repo: Repo, ref: str, before: str | None, after: str | None, *, forced: bool) -> None:
    """push, for a branch that was created, moved or deleted."""
    it = wanted(world, "push", repo)
    if it is None:
        return
    told = await _pushed_commits(world, repo, ref, before, after)
    page, old, new = world.urls.page(repo), before or ZERO, after or ZERO
    said: Json = {
        "ref": ref,
        "before": old,
        "after": new,
        "pusher": {"name": world.person.login, "email": f"{world.person.login}@octo.example"},
        "created": before is None,
        "deleted": after is None,
        "forced": forced,
        "base_ref": None,
        "compare": f"{page}/compare/{old[:12]}...{new[:12]}",
        "commits": told,
        "head_commit": (told or await _shown(world, repo, [await repo.git.commit(new)]))[-1] if after else None,
    }
    rest = common(world, repo, it, world.person) | {"repository": repositories.pushed_repository(world.urls, repo)}
    await world.outbox.send("push", said | rest)


async def _pushed_commits(world: World, repo: Repo, ref: str, before: str | None, after: str | None) -> list[Json]:
    """The commits that a push brought, oldest first; of a new branch, those that no other branch has."""
    if after is None:
        return []
    others = ["--not", f"--exclude={ref.removeprefix('refs/heads/')}", "--branches"]
    since = [f"^{before}"] if before else others
    newest_first = await repo.git.log(after, *since, limit=_PUSHED_COMMITS)
    return await _shown(world, repo, newest_first[::-1])


async def _shown(world: World, repo: Repo, them: list[Commit]) -> list[Json]:
    touched = await repo.git.touched([it.sha for it in them])
    return [commits.pushed_commit(world.urls, repo, it, touched[it.sha]) for it in them]


def key_payload(world: World, it: Key, action: str) -> Json:
    """deploy_key.created or deleted, which do not tell whether the key is enabled."""
    shape = repositories.key(world.urls, it)
    return {"action": action, "key": {name: value for name, value in shape.items() if name != "enabled"}}


async def pull(world: World, it: Pull, action: str, extra: Json | None = None) -> None:
    """pull_request.*, as the pull request is now."""
    it.updated = world.now()
    said = {"action": action, "number": it.number, "pull_request": await full_pull(world, it)} | (extra or {})
    await tell(world, "pull_request", it.repo, said, sender=it.author)


async def full_pull(world: World, it: Pull) -> Json:
    """The pull request with its sizes, which only git knows."""
    git = it.repo.git
    start = await git.merge_base(it.base, it.head) or it.base
    changes = await git.changes(start, it.head)
    _, ahead = await git.count(it.base, it.head)
    added, removed = sum(c.additions for c in changes), sum(c.deletions for c in changes)
    comments = len(world.comments_of(it.repo, it.number))
    return work.full_pull(world.urls, it, comments, (ahead, added, removed, len(changes)))


async def suite(world: World, it: Suite, action: str, *, sender: Account | None = None) -> None:
    """check_suite.requested, rerequested or completed."""
    if wanted(world, "check_suite", it.repo):
        await tell(world, "check_suite", it.repo, await _suite(world, it, action), sender=sender)


async def suite_later(world: World, it: Suite, action: str) -> None:
    """The same, after the running request was answered."""
    if told := wanted(world, "check_suite", it.repo):
        rest = common(world, it.repo, told, world.app.bot)
        world.outbox.later("check_suite", await _suite(world, it, action) | rest)


async def _suite(world: World, it: Suite, action: str) -> Json:
    head = await it.repo.git.commit(it.head)
    pulls = world.pulls_at(it.repo, it.head)
    told = work.suite(world.urls, world.app, it, world.runs_of(it), pulls, head)
    del told["repository"]  # stands beside it in events
    return {"action": action, "check_suite": told}


def run_payload(world: World, it: Run, action: str) -> Json:
    """check_run.*: the run carries its whole suite in events."""
    pulls = world.pulls_at(it.suite.repo, it.head)
    suite = work.told_suite(world.urls, world.app, it.suite, world.runs_of(it.suite), pulls)
    told = work.run(world.urls, world.app, it, pulls) | {"check_suite": suite}
    return {"action": action, "check_run": told}


def run_later(world: World, it: Run, action: str) -> None:
    """The echo of the app's own writing: created or completed."""
    if told := wanted(world, "check_run", it.suite.repo):
        rest = common(world, it.suite.repo, told, world.app.bot)
        world.outbox.later("check_run", run_payload(world, it, action) | rest)
