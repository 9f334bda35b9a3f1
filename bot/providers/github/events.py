"""THE TABLE of this host's deliveries: event name -> how to read it. What is not in it is nothing to us.

https://docs.github.com/en/webhooks/webhook-events-and-payloads
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bot import events
from bot.events import Event
from bot.model import InstallationId, RepositoryId
from bot.providers.github.fields import Fields

Reader = Callable[[Fields, InstallationId, str], Event | None]
"""(delivery, its installation, our app's id) -> the event it tells, or None."""


def _installation(delivery: Fields, installation: InstallationId, _app: str) -> Event | None:
    make = _INSTALLATION.get(delivery.text("action"))
    return make(installation) if make else None


def _repositories(_delivery: Fields, installation: InstallationId, _app: str) -> Event | None:
    # The lists in the delivery are not complete; the host's own list is read by whoever handles this.
    return events.RepositoriesChanged(installation)


def _repository(delivery: Fields, installation: InstallationId, _app: str) -> Event | None:
    action = delivery.text("action")
    if action == "edited" and not _changed(delivery, "default_branch"):
        return None
    make = _REPOSITORY.get(action)
    return make(installation, _repository_id(delivery)) if make else None


def _push(delivery: Fields, installation: InstallationId, _app: str) -> Event | None:
    """The default branch only: a merge queue's own branches and tags are pushed too, and reported elsewhere or not."""
    repository = delivery.object("repository")
    if delivery.text("ref") != f"refs/heads/{repository.text('default_branch')}" or delivery.flag("deleted"):
        return None
    return events.Pushed(installation, RepositoryId(repository.id("id")), delivery.sha("after"))


def _pull_request(delivery: Fields, installation: InstallationId, _app: str) -> Event | None:
    action = delivery.text("action")
    if action == "edited" and not _changed(delivery, "base"):
        return None
    make = _PULL_REQUEST.get(action)
    return make(installation, _repository_id(delivery), delivery.id("number")) if make else None


def _check_run(delivery: Fields, installation: InstallationId, app: str) -> Event | None:
    return _rerun(delivery, delivery.object("check_run"), installation, app)


def _check_suite(delivery: Fields, installation: InstallationId, app: str) -> Event | None:
    return _rerun(delivery, delivery.object("check_suite"), installation, app)


def _rerun(delivery: Fields, checked: Fields, installation: InstallationId, app: str) -> Event | None:
    """A re-run of what is ours. Everything else about checks is the echo of our own calls, or another app's."""
    owner = checked.maybe("app")
    if delivery.text("action") != "rerequested" or owner is None or not is_ours(owner, app):
        return None
    repository = _repository_id(delivery)
    pulls = tuple(pull.id("number") for pull in checked.objects("pull_requests") if _is_based_on(pull, repository))
    return events.RerunAsked(installation, repository, checked.sha("head_sha"), pulls)


def _merge_group(delivery: Fields, installation: InstallationId, _app: str) -> Event | None:
    if delivery.text("action") != "checks_requested":
        return None
    return events.MergeGroupAsked(
        installation, _repository_id(delivery), delivery.object("merge_group").sha("head_sha")
    )


def is_ours(app: Fields, app_id: str) -> bool:
    """Whether that `app` object is we; the operator may have set the App ID or the client ID."""
    if not app_id.isdigit():
        return app.has("client_id") and app.text("client_id") == app_id
    return app.id("id") == int(app_id)


def _is_based_on(pull: Fields, repository: RepositoryId) -> bool:
    # The list also names pull requests that this branch has in other repositories.
    base = pull.object("base").maybe("repo")
    return base is None or base.id("id") == repository


def _changed(delivery: Fields, what: str) -> bool:
    changes = delivery.maybe("changes")
    return changes is not None and changes.has(what)


def _repository_id(delivery: Fields) -> RepositoryId:
    return RepositoryId(delivery.object("repository").id("id"))


_INSTALLATION: Final[Mapping[str, type[Event]]] = {
    "created": events.Installed,
    "deleted": events.Uninstalled,
    "suspend": events.Suspended,
    "unsuspend": events.Unsuspended,
    "new_permissions_accepted": events.RepositoriesChanged,
}

_REPOSITORY: Final[Mapping[str, type[events.RepositoryChanged]]] = {
    "renamed": events.RepositoryChanged,
    "edited": events.RepositoryChanged,
    "archived": events.RepositoryChanged,
    "unarchived": events.RepositoryChanged,
    "privatized": events.RepositoryChanged,
    "publicized": events.RepositoryChanged,
    "transferred": events.RepositoryTransferred,
    "deleted": events.RepositoryDeleted,
}

_PULL_REQUEST: Final[Mapping[str, type[events.PullRequestChanged]]] = {
    "opened": events.PullRequestChanged,
    "reopened": events.PullRequestChanged,
    "synchronize": events.PullRequestChanged,
    "edited": events.PullRequestChanged,
    "ready_for_review": events.PullRequestChanged,
    "closed": events.PullRequestClosed,
}

READERS: Final[Mapping[str, Reader]] = {
    "installation": _installation,
    "installation_repositories": _repositories,
    "repository": _repository,
    "push": _push,
    "pull_request": _pull_request,
    "check_run": _check_run,
    "check_suite": _check_suite,
    "merge_group": _merge_group,
}
