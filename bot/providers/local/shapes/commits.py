"""Commits, comparisons and files as GitHub writes them."""

from __future__ import annotations

import hashlib

from bot.providers.local.gitrepo import Change, Commit
from bot.providers.local.shapes.accounts import node
from bot.providers.local.shapes.urls import Urls
from bot.providers.local.state import Json, Repo

_UNSIGNED = {"verified": False, "reason": "unsigned"}


def _person(who: tuple[str, str, str]) -> Json:
    return {"name": who[0], "email": who[1], "date": who[2]}


def _plain(who: tuple[str, str, str]) -> Json:
    return {"name": who[0], "email": who[1]}


def commit(urls: Urls, repo: Repo, it: Commit) -> Json:
    """A commit in REST answers. No author has an account here, which GitHub tells as null."""
    base, page = urls.repo(repo), urls.page(repo)
    return {
        "sha": it.sha,
        "node_id": node("C", int(it.sha[:12], 16)),
        "commit": {
            "author": _person(it.author),
            "committer": _person(it.committer),
            "message": it.message,
            "tree": {"sha": it.tree, "url": f"{base}/git/trees/{it.tree}"},
            "url": f"{base}/git/commits/{it.sha}",
            "comment_count": 0,
            "verification": dict.fromkeys(("signature", "payload", "verified_at")) | _UNSIGNED,
        },
        "url": f"{base}/commits/{it.sha}",
        "html_url": f"{page}/commit/{it.sha}",
        "comments_url": f"{base}/commits/{it.sha}/comments",
        "author": None,
        "committer": None,
        "parents": [
            {"sha": sha, "url": f"{base}/commits/{sha}", "html_url": f"{page}/commit/{sha}"} for sha in it.parents
        ],
    }


def simple_commit(it: Commit) -> Json:
    """A commit inside check suites and merge groups."""
    return {
        "id": it.sha,
        "tree_id": it.tree,
        "message": it.message,
        "timestamp": it.committer[2],
        "author": _plain(it.author),
        "committer": _plain(it.committer),
    }


def pushed_commit(urls: Urls, repo: Repo, it: Commit, touched: dict[str, str]) -> Json:
    """A commit inside a push event."""
    return simple_commit(it) | {
        "distinct": True,
        "url": f"{urls.page(repo)}/commit/{it.sha}",
        "author": _plain(it.author) | {"username": "mona"},
        "committer": _plain(it.committer) | {"username": "mona"},
        "added": [path for path, status in touched.items() if status == "added"],
        "removed": [path for path, status in touched.items() if status == "removed"],
        "modified": [path for path, status in touched.items() if status in ("modified", "changed")],
    }


def file(urls: Urls, repo: Repo, head: str, it: Change) -> Json:
    """One file of a comparison, GitHub's "diff entry"."""
    gone = it.status == "removed"
    sha = hashlib.sha1(it.path.encode(), usedforsecurity=False).hexdigest() if gone else it.blob
    page, base = urls.page(repo), urls.repo(repo)
    return {
        "sha": sha,
        "filename": it.path,
        "status": it.status,
        "additions": it.additions,
        "deletions": it.deletions,
        "changes": it.additions + it.deletions,
        "blob_url": f"{page}/blob/{head}/{it.path}",
        "raw_url": f"{page}/raw/{head}/{it.path}",
        "contents_url": f"{base}/contents/{it.path}?ref={head}",
    }
