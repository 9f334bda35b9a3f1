"""Pull requests, comments and checks as GitHub writes them."""

from __future__ import annotations

from bot.providers.local.gitrepo import Commit
from bot.providers.local.shapes.accounts import app as app_shape
from bot.providers.local.shapes.accounts import node, user
from bot.providers.local.shapes.commits import simple_commit
from bot.providers.local.shapes.repositories import head_repository, repository
from bot.providers.local.shapes.urls import Urls
from bot.providers.local.state import App, Comment, Json, Pull, Repo, Run, Suite, iso


def _end(urls: Urls, repo: Repo, ref: str, sha: str) -> Json:
    """Head or base. A head whose fork was deleted has no repository."""
    return {
        "label": f"{repo.owner.login}:{ref}",
        "ref": ref,
        "sha": sha,
        "user": user(urls, repo.owner),
        "repo": None if repo.deleted else head_repository(urls, repo),
    }


def pull(urls: Urls, it: Pull) -> Json:
    """A pull request, as in lists."""
    base, page = f"{urls.repo(it.repo)}/pulls/{it.number}", f"{urls.page(it.repo)}/pull/{it.number}"
    issue = f"{urls.repo(it.repo)}/issues/{it.number}"
    links = {
        "self": base,
        "html": page,
        "issue": issue,
        "comments": f"{issue}/comments",
        "review_comments": f"{base}/comments",
        "review_comment": f"{urls.repo(it.repo)}/pulls/comments{{/number}}",
        "commits": f"{base}/commits",
        "statuses": f"{urls.repo(it.repo)}/statuses/{it.head}",
    }
    return {
        "url": base,
        "id": it.id,
        "node_id": node("PR", it.id),
        "html_url": page,
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        "issue_url": issue,
        "number": it.number,
        "state": "open" if it.open else "closed",
        "locked": False,
        "title": it.title,
        "user": user(urls, it.author),
        "body": None,
        "created_at": iso(it.created),
        "updated_at": iso(it.updated),
        "closed_at": iso(it.closed) if it.closed else None,
        "merged_at": iso(it.merged) if it.merged else None,
        "merge_commit_sha": it.merge_commit,
        "assignee": None,
        "assignees": [],
        "requested_reviewers": [],
        "requested_teams": [],
        "labels": [],
        "milestone": None,
        "draft": it.draft,
        **{
            f"{name}_url": links[name]
            for name in ("commits", "review_comments", "review_comment", "comments", "statuses")
        },
        "head": _end(urls, it.source, it.head_ref, it.head),
        "base": _end(urls, it.repo, it.base_ref, it.base),
        "_links": {name: {"href": href} for name, href in links.items()},
        "author_association": "CONTRIBUTOR",
        "auto_merge": None,
        "active_lock_reason": None,
    }


def full_pull(urls: Urls, it: Pull, comments: int, sizes: tuple[int, int, int, int]) -> Json:
    """A pull request on its own; `sizes` are commits, added lines, removed lines, files."""
    return pull(urls, it) | {
        "merged": it.merged is not None,
        "mergeable": None if not it.open else True,
        "rebaseable": None if not it.open else True,
        "mergeable_state": "draft" if it.draft else "clean" if it.open else "unknown",
        "merged_by": user(urls, it.author) if it.merged else None,
        "comments": comments,
        "review_comments": 0,
        "maintainer_can_modify": False,
        **dict(zip(("commits", "additions", "deletions", "changed_files"), sizes, strict=True)),
    }


def minimal_pull(urls: Urls, it: Pull) -> Json:
    """A pull request inside a check."""

    def end(repo: Repo, ref: str, sha: str) -> Json:
        return {"ref": ref, "sha": sha, "repo": {"id": repo.id, "url": urls.repo(repo), "name": repo.name}}

    return {
        "url": f"{urls.repo(it.repo)}/pulls/{it.number}",
        "id": it.id,
        "number": it.number,
        "head": end(it.source, it.head_ref, it.head),
        "base": end(it.repo, it.base_ref, it.base),
    }


def comment(urls: Urls, app: App, it: Comment) -> Json:
    base = urls.repo(it.repo)
    return {
        "url": f"{base}/issues/comments/{it.id}",
        "html_url": f"{urls.page(it.repo)}/pull/{it.number}#issuecomment-{it.id}",
        "issue_url": f"{base}/issues/{it.number}",
        "id": it.id,
        "node_id": node("IC", it.id),
        "user": user(urls, it.author),
        "created_at": iso(it.created),
        "updated_at": iso(it.updated),
        "author_association": "NONE",
        "body": it.body,
        "performed_via_github_app": app_shape(urls, app) if it.author is app.bot else None,
    }


def run(urls: Urls, app: App, it: Run, pulls: list[Pull]) -> Json:
    """A check run. `pulls` are those of the same repository: GitHub names none of forks."""
    base = f"{urls.repo(it.suite.repo)}/check-runs/{it.id}"
    return {
        "id": it.id,
        "name": it.name,
        "node_id": node("CR", it.id),
        "head_sha": it.head,
        "external_id": it.external_id,
        "url": base,
        "html_url": f"{urls.page(it.suite.repo)}/runs/{it.id}",
        "details_url": it.details_url,
        "status": it.status,
        "conclusion": it.conclusion,
        "started_at": it.started,
        "completed_at": it.completed,
        "output": {
            "title": it.title,
            "summary": it.summary,
            "text": it.text,
            "annotations_count": len(it.annotations),
            "annotations_url": f"{base}/annotations",
        },
        "check_suite": {"id": it.suite.id},
        "app": app_shape(urls, app),
        "pull_requests": [minimal_pull(urls, one) for one in pulls],
    }


def told_suite(urls: Urls, app: App, it: Suite, runs: list[Run], pulls: list[Pull]) -> Json:
    """A check suite inside the events of its runs."""
    done = bool(runs) and all(run.status == "completed" for run in runs)
    return {
        "id": it.id,
        "node_id": node("CS", it.id),
        "head_branch": it.branch,
        "head_sha": it.head,
        "status": "completed" if done else "in_progress" if runs else "queued",
        "conclusion": _worst(runs) if done else None,
        "url": f"{urls.repo(it.repo)}/check-suites/{it.id}",
        "before": it.before,
        "after": it.head,
        "pull_requests": [minimal_pull(urls, one) for one in pulls],
        "app": app_shape(urls, app),
        "created_at": iso(it.created),
        "updated_at": iso(it.created),
    }


def suite(urls: Urls, app: App, it: Suite, runs: list[Run], pulls: list[Pull], head: Commit) -> Json:
    """A check suite in REST answers; in its own events, without the repository."""
    return told_suite(urls, app, it, runs, pulls) | {
        "repository": repository(urls, it.repo),
        "latest_check_runs_count": len(runs),
        "check_runs_url": f"{urls.repo(it.repo)}/check-suites/{it.id}/check-runs",
        "head_commit": simple_commit(head),
        "rerequestable": True,
        "runs_rerequestable": True,
    }


def _worst(runs: list[Run]) -> str:
    """A suite ends as badly as its worst run."""
    order = ("failure", "timed_out", "cancelled", "action_required", "success", "neutral", "skipped")
    said = {run.conclusion for run in runs}
    return next(conclusion for conclusion in order if conclusion in said)
