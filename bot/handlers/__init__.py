"""THE TABLE: what happened -> what we do. Start reading here.

A handler has at most twenty lines, is named for what happened, and calls one use-case.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot import events
from bot.handlers import check, installation, merge_group, pull_request, push, repository
from bot.model import Job
from bot.services.context import Services

Handler = Callable[[Services, Any, Job], Awaitable[None]]

TABLE: Mapping[type[events.Event], Handler] = {
    events.Installed: installation.created,
    events.Uninstalled: installation.deleted,
    events.Suspended: installation.suspended,
    events.Unsuspended: installation.unsuspended,
    events.RepositoriesChanged: installation.repositories_changed,
    events.RepositoryChanged: repository.changed,
    events.RepositoryTransferred: repository.transferred,
    events.RepositoryDeleted: repository.deleted,
    events.Pushed: push.default_branch_moved,
    events.PullRequestChanged: pull_request.changed,
    events.PullRequestClosed: pull_request.closed,
    events.RerunAsked: check.rerun_asked,
    events.MergeGroupAsked: merge_group.checks_asked,
}
