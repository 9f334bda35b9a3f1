"""Pull requests, comparisons, and the way from a commit to its pull requests.

https://docs.github.com/en/rest/pulls/pulls
"""

from __future__ import annotations

from aiohttp import web

from bot.providers.local import announce
from bot.providers.local.rest.call import ApiError, Call, Route, answer, not_found
from bot.providers.local.shapes import commits, work
from bot.providers.local.state import Pull

_PULLS = (("pull_requests", "read"),)
_CONTENTS = (("contents", "read"),)
_FILES = 3000  # GitHub lists no more of one pull request
_COMPARED = 300


async def listed(call: Call) -> web.Response:
    """Open ones unless asked otherwise, newest first unless sorted otherwise."""
    query = call.request.query
    state, head, base = query.get("state", "open"), query.get("head"), query.get("base")
    found = [
        it
        for it in call.world.pulls_of(call.repo)
        if state in ("all", "open" if it.open else "closed")
        and (head is None or head == f"{it.source.owner.login}:{it.head_ref}")
        and (base is None or base == it.base_ref)
    ]
    ordered = query.get("sort", "created")
    if ordered == "updated":
        found.sort(key=lambda it: it.updated)
    else:
        found.reverse()
    if query.get("direction", "desc" if ordered == "created" else "asc") == "desc":
        found.reverse()
    return call.page([work.pull(call.world.urls, it) for it in found])


async def one(call: Call) -> web.Response:
    return answer(await announce.full_pull(call.world, _named(call)))


async def files(call: Call) -> web.Response:
    it = _named(call)
    start = await it.repo.git.merge_base(it.base, it.head) or it.base
    found = (await it.repo.git.changes(start, it.head))[:_FILES]
    return call.page([commits.file(call.world.urls, it.repo, it.head, change) for change in found])


async def of_commit(call: Call) -> web.Response:
    """Open pull requests that hold the commit, and merged ones that brought it."""
    sha = await call.repo.git.tip(call.params["commit_sha"])
    if sha is None:
        raise ApiError(422, f"No commit found for SHA: {call.params['commit_sha']}")
    found = [it for it in call.world.pulls_of(call.repo) if await _holds(it, sha)]
    return call.page([work.pull(call.world.urls, it) for it in found])


async def _holds(it: Pull, sha: str) -> bool:
    if not it.open:
        return it.merge_commit == sha or (it.merged is not None and it.head == sha)
    if it.head == sha:
        return True
    git = it.repo.git
    return await git.merge_base(sha, it.head) == sha and await git.merge_base(sha, it.base) != sha


async def compare(call: Call) -> web.Response:
    """Three dots: what head has since it left base. Commits come in pages, files with the first of them."""
    repo, urls, git = call.repo, call.world.urls, call.repo.git
    base, dots, head = call.params["basehead"].partition("...")
    ends = [await git.tip(ref.rpartition(":")[2]) for ref in (base, head)] if dots else [None, None]
    start = await git.merge_base(ends[0], ends[1]) if ends[0] and ends[1] else None
    if ends[0] is None or ends[1] is None or start is None:
        raise not_found("https://docs.github.com/rest/commits/commits#compare-two-commits")
    behind, ahead = await git.count(ends[0], ends[1])
    page = f"{urls.page(repo)}/compare/{base}...{head}"
    commits_since = [commits.commit(urls, repo, it) for it in reversed(await git.log(ends[1], f"^{ends[0]}"))]
    first = call.request.query.get("page", "1") == "1"
    files_since = (await git.changes(start, ends[1]))[:_COMPARED] if first else []
    body = {
        "url": f"{urls.repo(repo)}/compare/{base}...{head}",
        "html_url": page,
        "permalink_url": page,
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        "base_commit": commits.commit(urls, repo, await git.commit(ends[0])),
        "merge_base_commit": commits.commit(urls, repo, await git.commit(start)),
        "status": _STATUS[ahead > 0, behind > 0],
        "ahead_by": ahead,
        "behind_by": behind,
        "total_commits": ahead,
        "commits": call.part(commits_since),
        "files": [commits.file(urls, repo, ends[1], it) for it in files_since],
    }
    return answer(body)


_STATUS = {(False, False): "identical", (True, False): "ahead", (False, True): "behind", (True, True): "diverged"}


def _named(call: Call) -> Pull:
    it = call.world.pulls.get((call.repo.id, call.number("pull_number")))
    if it is None:
        raise not_found()
    return it


ROUTES = (
    Route("GET", "/repos/{owner}/{repo}/pulls", listed, _PULLS),
    Route("GET", "/repos/{owner}/{repo}/pulls/{pull_number}", one, _PULLS),
    Route("GET", "/repos/{owner}/{repo}/pulls/{pull_number}/files", files, _PULLS),
    Route("GET", "/repos/{owner}/{repo}/commits/{commit_sha}/pulls", of_commit, _PULLS),
    Route("GET", "/repos/{owner}/{repo}/compare/{basehead}", compare, _CONTENTS),
)
