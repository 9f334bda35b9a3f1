"""Repositories and their deploy keys as GitHub writes them."""

from __future__ import annotations

from bot.providers.local.shapes.accounts import listed, user
from bot.providers.local.shapes.urls import Urls
from bot.providers.local.state import Json, Key, Repo, iso

_TEMPLATES = {
    "forks": "/forks",
    "keys": "/keys{/key_id}",
    "collaborators": "/collaborators{/collaborator}",
    "teams": "/teams",
    "hooks": "/hooks",
    "issue_events": "/issues/events{/number}",
    "events": "/events",
    "assignees": "/assignees{/user}",
    "branches": "/branches{/branch}",
    "tags": "/tags",
    "blobs": "/git/blobs{/sha}",
    "git_tags": "/git/tags{/sha}",
    "git_refs": "/git/refs{/sha}",
    "trees": "/git/trees{/sha}",
    "statuses": "/statuses/{sha}",
    "languages": "/languages",
    "stargazers": "/stargazers",
    "contributors": "/contributors",
    "subscribers": "/subscribers",
    "subscription": "/subscription",
    "commits": "/commits{/sha}",
    "git_commits": "/git/commits{/sha}",
    "comments": "/comments{/number}",
    "issue_comment": "/issues/comments{/number}",
    "contents": "/contents/{+path}",
    "compare": "/compare/{base}...{head}",
    "merges": "/merges",
    "archive": "/{archive_format}{/ref}",
    "downloads": "/downloads",
    "issues": "/issues{/number}",
    "pulls": "/pulls{/number}",
    "milestones": "/milestones{/number}",
    "notifications": "/notifications{?since,all,participating}",
    "labels": "/labels{/name}",
    "releases": "/releases{/id}",
    "deployments": "/deployments",
}
_COUNTS = (
    "size",
    "stargazers_count",
    "watchers_count",
    "forks_count",
    "open_issues_count",
    "forks",
    "open_issues",
    "watchers",
)


def repository(urls: Urls, repo: Repo) -> Json:
    """A repository, as in lists and webhooks."""
    base = urls.repo(repo)
    page = urls.page(repo)
    return {
        **listed(repo),
        "owner": user(urls, repo.owner),
        "html_url": page,
        "description": None,
        "fork": repo.parent is not None,
        "url": base,
        **{f"{name}_url": base + tail for name, tail in _TEMPLATES.items()},
        "created_at": iso(repo.created),
        "updated_at": iso(repo.created),
        "pushed_at": iso(repo.pushed),
        "git_url": page.replace("http:", "git:") + ".git",
        "ssh_url": urls.ssh(repo),
        "clone_url": f"{page}.git",
        "svn_url": page,
        "mirror_url": None,
        "homepage": None,
        "language": None,
        "license": None,
        **dict.fromkeys(_COUNTS, 0),
        "default_branch": repo.default_branch,
        "archived": repo.archived,
        "disabled": False,
        "visibility": "private" if repo.private else "public",
        "topics": [],
        "is_template": False,
        "allow_forking": True,
        "web_commit_signoff_required": False,
        "custom_properties": {},
        "has_issues": True,
        "has_projects": True,
        "has_downloads": True,
        "has_wiki": True,
        "has_pages": False,
        "has_discussions": False,
    }


def full_repository(urls: Urls, repo: Repo) -> Json:
    """A repository asked for by name or id."""
    return repository(urls, repo) | {"subscribers_count": 0, "network_count": 0}


def head_repository(urls: Urls, repo: Repo) -> Json:
    """A repository at either end of a pull request, with the settings that GitHub adds there."""
    settings = ("allow_squash_merge", "allow_merge_commit", "allow_rebase_merge")
    return repository(urls, repo) | dict.fromkeys(settings, True) | {"delete_branch_on_merge": False}


def pushed_repository(urls: Urls, repo: Repo) -> Json:
    """A repository in a push event: some times are numbers there, and some names differ."""
    return repository(urls, repo) | {
        "owner": user(urls, repo.owner) | {"name": repo.owner.login, "email": None},
        "url": urls.page(repo),
        "created_at": int(repo.created),
        "pushed_at": int(repo.pushed),
        "stargazers": 0,
        "master_branch": repo.default_branch,
    }


def key(urls: Urls, it: Key) -> Json:
    return {
        "id": it.id,
        "key": it.line,
        "url": f"{urls.repo(it.repo)}/keys/{it.id}",
        "title": it.title,
        "verified": True,
        "created_at": iso(it.created),
        "read_only": it.read_only,
        "added_by": it.added_by,
        "last_used": None,
        "enabled": it.enabled,
    }
