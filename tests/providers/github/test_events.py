from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest

from bot import events
from bot.errors import Malformed
from bot.events import Event
from bot.model import InstallationId, RepositoryId, Secret, Sha
from bot.providers.github.events import READERS
from bot.providers.github.webhook import Webhooks
from tests.providers.github.parts import APP_ID, BASE, HEAD

I, R = InstallationId(31), RepositoryId(77)  # noqa: E741
OURS = {"id": int(APP_ID), "client_id": "Iv23liOurs"}
OTHERS = {"id": 15368, "client_id": "Iv23liOther"}


def read(name: str, app_id: str = APP_ID, /, **delivery: Any) -> Event | None:
    common = {"installation": {"id": 31}, "repository": {"id": 77, "default_branch": "main"}}
    return Webhooks(app_id, (Secret(b"x"),)).read(name, orjson.dumps(common | delivery))


@pytest.mark.parametrize(
    ("action", "event"),
    [
        ("created", events.Installed(I)),
        ("deleted", events.Uninstalled(I)),
        ("suspend", events.Suspended(I)),
        ("unsuspend", events.Unsuspended(I)),
        ("new_permissions_accepted", events.RepositoriesChanged(I)),
        ("something_new", None),
    ],
)
def test_installation(action: str, event: Event | None) -> None:
    assert read("installation", action=action) == event


@pytest.mark.parametrize("action", ["added", "removed"])
def test_installation_repositories(action: str) -> None:
    assert read("installation_repositories", action=action) == events.RepositoriesChanged(I)


@pytest.mark.parametrize(
    ("action", "event"),
    [
        ("renamed", events.RepositoryChanged(I, R)),
        ("archived", events.RepositoryChanged(I, R)),
        ("unarchived", events.RepositoryChanged(I, R)),
        ("privatized", events.RepositoryChanged(I, R)),
        ("publicized", events.RepositoryChanged(I, R)),
        ("transferred", events.RepositoryTransferred(I, R)),
        ("deleted", events.RepositoryDeleted(I, R)),
        ("created", None),
    ],
)
def test_repository(action: str, event: Event | None) -> None:
    found = read("repository", action=action)
    assert found == event
    assert type(found) is type(event)


def test_a_repository_is_changed_when_its_default_branch_is_and_not_when_its_description_is() -> None:
    changed = read("repository", action="edited", changes={"default_branch": {"from": "master"}})
    assert changed == events.RepositoryChanged(I, R)
    assert read("repository", action="edited", changes={"description": {"from": "x"}}) is None
    assert read("repository", action="edited") is None


@pytest.mark.parametrize(
    ("ref", "deleted", "event"),
    [
        ("refs/heads/main", False, events.Pushed(I, R, HEAD)),
        ("refs/heads/main", True, None),
        ("refs/heads/feature", False, None),
        ("refs/heads/main2", False, None),
        ("refs/tags/main", False, None),
        ("main", False, None),
        ("refs/heads/gh-readonly-queue/main/pr-104-" + "a" * 40, False, None),
    ],
)
def test_push(ref: str, deleted: bool, event: Event | None) -> None:
    assert read("push", ref=ref, deleted=deleted, after=HEAD) == event


@pytest.mark.parametrize("after", ["a" * 39, "A" * 40, "a" * 41, "main", "", None, 5])
def test_a_push_to_no_commit_is_malformed(after: object) -> None:
    with pytest.raises(Malformed):
        read("push", ref="refs/heads/main", deleted=False, after=after)


@pytest.mark.parametrize("action", ["opened", "reopened", "synchronize", "ready_for_review"])
def test_pull_request_changed(action: str) -> None:
    found = read("pull_request", action=action, number=5)
    assert found == events.PullRequestChanged(I, R, 5)
    assert type(found) is events.PullRequestChanged


def test_pull_request_closed() -> None:
    assert read("pull_request", action="closed", number=5) == events.PullRequestClosed(I, R, 5)


@pytest.mark.parametrize("action", ["converted_to_draft", "labeled", "assigned", "edited", "something_new"])
def test_pull_request_actions_that_are_nothing_to_us(action: str) -> None:
    assert read("pull_request", action=action, number=5, changes={"title": {"from": "x"}}) is None


def test_a_pull_request_with_another_base_is_changed() -> None:
    changes = {"base": {"ref": {"from": "main"}, "sha": {"from": BASE}}}
    assert read("pull_request", action="edited", number=5, changes=changes) == events.PullRequestChanged(I, R, 5)


@pytest.mark.parametrize("name", ["check_run", "check_suite"])
def test_a_rerun_of_ours_names_the_pull_requests_of_this_repository(name: str) -> None:
    here, elsewhere = {"repo": {"id": 77}}, {"repo": {"id": 78}}
    pulls = [{"number": 2, "base": here}, {"number": 3, "base": elsewhere}]
    checked = {"app": OURS, "head_sha": HEAD, "pull_requests": pulls}
    expected = events.RerunAsked(I, R, HEAD, (2,))
    assert read(name, action="rerequested", **{name: checked}) == expected
    assert read(name, "Iv23liOurs", action="rerequested", **{name: checked}) == expected


@pytest.mark.parametrize("name", ["check_run", "check_suite"])
@pytest.mark.parametrize(
    ("action", "app"),
    [("completed", OURS), ("created", OURS), ("requested", OURS), ("rerequested", OTHERS), ("rerequested", None)],
)
def test_echoes_of_ours_and_what_is_others_is_nothing_to_us(name: str, action: str, app: object) -> None:
    checked = {"app": app, "head_sha": HEAD, "pull_requests": []}
    assert read(name, action=action, **{name: checked}) is None
    assert read(name, "Iv23liOurs", action=action, **{name: checked}) is None


def test_merge_group() -> None:
    group = {"head_sha": HEAD, "base_sha": BASE}
    asked = read("merge_group", action="checks_requested", merge_group=group)
    assert asked == events.MergeGroupAsked(I, R, Sha(HEAD))
    assert read("merge_group", action="destroyed", merge_group=group) is None


def test_without_an_installation_nothing_is_to_us() -> None:
    assert read("pull_request", action="opened", number=5, installation=None) is None


def test_an_event_that_we_do_not_know_is_nothing_to_us_whatever_it_holds() -> None:
    assert Webhooks(APP_ID, (Secret(b"x"),)).read("star", b"\xff") is None


def examples() -> list[tuple[str, dict[str, Any]]]:
    folder = os.environ.get("SEALBEAT_ORACLES")
    if not folder:
        pytest.skip("SEALBEAT_ORACLES is not set")
    kinds = json.loads((Path(folder) / "github-webhooks.json").read_text())
    return [(kind["name"], example) for kind in kinds for example in kind["examples"]]


def told(deliveries: list[tuple[str, dict[str, Any]]]) -> Counter[str]:
    """Read with the App ID of the examples' own check runs and suites, so that re-runs can be ours."""
    readings = [Webhooks("29310", (Secret(b"x"),)).read(name, json.dumps(body).encode()) for name, body in deliveries]
    return Counter(type(event).__name__ for event in readings if event is not None)


def test_all_of_githubs_examples_are_read_without_a_fault() -> None:
    every = examples()
    assert len(every) == 329
    assert told(every) == {
        "Installed": 2,
        "Uninstalled": 2,
        "Suspended": 1,
        "Unsuspended": 1,
        "RepositoriesChanged": 4,
        "RepositoryChanged": 1,
        "RepositoryTransferred": 1,
        "Pushed": 2,
        "PullRequestChanged": 7,
        "PullRequestClosed": 2,
        "RerunAsked": 2,
        "MergeGroupAsked": 2,
    }


def test_githubs_examples_are_read_also_where_each_one_has_an_installation() -> None:
    """Most examples come from repository hooks; without this they would end at the first question."""
    found = told([(name, body | {"installation": {"id": 31}}) for name, body in examples()])
    assert (found["RepositoryChanged"], found["RepositoryTransferred"], found["PullRequestChanged"]) == (7, 3, 10)
    assert found.total() == 38


@pytest.mark.parametrize("instead", [None, [], {}, "", 7, [[]], {"id": "7"}], ids=repr)
def test_an_example_with_any_field_spoilt_is_read_or_malformed(instead: object) -> None:
    refused = 0
    for name, body in examples():
        for field in body if name in READERS else ():
            try:
                told([(name, body | {"installation": {"id": 31}} | {field: instead})])
            except Malformed:
                refused += 1
    assert refused > 0
