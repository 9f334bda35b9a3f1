"""Check runs and suites."""

from __future__ import annotations

from typing import Any

from bot.providers.local.host import LocalHost

from .conftest import Installed

PNG = {"alt": "a", "image_url": "https://example.com/a.png"}


def note(**more: Any) -> dict[str, Any]:
    return {"path": "a.py", "start_line": 1, "end_line": 1, "annotation_level": "warning", "message": "m"} | more


async def _begin(shop: Installed, **more: Any) -> tuple[int, dict[str, Any]]:
    said = {"name": "sealbeat", "head_sha": await shop.head(), "status": "in_progress", "external_id": "7"} | more
    status, body, _ = await shop.client("POST", f"{shop.path}/check-runs", said)
    return status, body


async def test_a_run_begins_takes_annotations_in_batches_and_ends(host: LocalHost, shop: Installed, listener):
    status, run = await _begin(shop)
    assert (status, run["status"], run["conclusion"], run["external_id"]) == (201, "in_progress", None, "7")
    path = f"{shop.path}/check-runs/{run['id']}"
    for batch in (50, 20):
        output = {"title": "t", "summary": "s", "annotations": [note()] * batch}
        assert (await shop.client("PATCH", path, {"output": output}))[0] == 200
    said = {"conclusion": "failure", "output": {"title": "t", "summary": "done", "text": "long"}}
    _, run, _ = await shop.client("PATCH", path, said)
    assert (run["status"], run["conclusion"], run["output"]["annotations_count"]) == ("completed", "failure", 70)
    _, first, headers = await shop.client("GET", f"{path}/annotations")
    assert (len(first), first[0]["message"], "next" in headers["Link"]) == (30, "m", True)
    assert (await shop.client("GET", path))[1] == run
    [kept] = host.check_runs(shop.repo, await shop.head())
    assert (kept.summary, kept.text, len(kept.annotations)) == ("done", "long", 70)
    await host.settled()
    assert listener.names() == ["check_run.created", "check_run.completed", "check_suite.completed"]
    assert host.violations == []


async def test_a_run_can_be_made_by_id_of_the_repository(host: LocalHost, shop: Installed):
    shop.path = f"/repositories/{shop.repo.id}"
    assert (await _begin(shop))[0] == 201
    assert host.violations == []


REFUSED: list[dict[str, Any]] = [
    {"status": "completed"},
    {"completed_at": "2024-01-01T00:00:00Z"},
    {"conclusion": "stale"},
    {"status": "done"},
    {"head_sha": "0" * 40},
    {"head_sha": "main"},
    {"name": ""},
    {"output": "text"},
    {"output": {"title": "t", "summary": "s", "annotations": {}}},
    {"output": {"title": "t", "summary": "s", "annotations": ["a"]}},
    {"output": {"title": "t"}},
    {"output": {"title": "t" * 256, "summary": "s"}},
    {"output": {"title": "t", "summary": "s" * 65536}},
    {"output": {"title": "t", "summary": "s", "text": "s" * 65536}},
    {"output": {"title": "t", "summary": "s", "annotations": [note()] * 51}},
    {"output": {"title": "t", "summary": "s", "annotations": [note(end_line=0)]}},
    {"output": {"title": "t", "summary": "s", "annotations": [note(annotation_level="error")]}},
    {"output": {"title": "t", "summary": "s", "annotations": [note(end_line=2, start_column=1)]}},
    {"output": {"title": "t", "summary": "s", "annotations": [note(title="t" * 256)]}},
    {"output": {"title": "t", "summary": "s", "annotations": [note(message="m" * 65537)]}},
    {"output": {"title": "t", "summary": "s", "annotations": [{"path": "a.py"}]}},
    {"actions": [{"label": "l" * 21, "description": "d", "identifier": "i"}]},
]


async def test_what_github_refuses_is_refused(host: LocalHost, shop: Installed):
    for said in REFUSED:
        status, body = await _begin(shop, **said)
        assert status == 422, said
        assert body["message"].startswith(("Validation Failed", "Invalid request.", "No commit found for SHA")), said
    assert host.check_runs(shop.repo, await shop.head()) == []


async def test_the_largest_texts_are_taken(host: LocalHost, shop: Installed):
    note_of_most = note(title="t" * 255, message="m" * 65536)
    output = {"title": "t" * 255, "summary": "s" * 65535, "text": "t" * 65535, "annotations": [note_of_most] * 50}
    status, _ = await _begin(shop, output=output | {"images": [PNG]})
    assert status == 201
    assert host.violations == []


async def test_runs_of_a_commit_are_found_by_name_app_and_filter(host: LocalHost, shop: Installed):
    _, old = await _begin(shop)
    _, new = await _begin(shop)
    _, other = await _begin(shop, name="other", conclusion="success", status="completed")
    path = f"{shop.path}/commits/main/check-runs"

    async def ids(query: str) -> list[int]:
        _, body, _ = await shop.client("GET", path + query)
        assert body["total_count"] == len(body["check_runs"])
        return [one["id"] for one in body["check_runs"]]

    assert await ids("") == [other["id"], new["id"]]
    assert await ids("?filter=all") == [other["id"], new["id"], old["id"]]
    assert await ids("?check_name=sealbeat") == [new["id"]]
    assert await ids("?status=completed") == [other["id"]]
    assert await ids("?app_id=1") == []
    assert host.violations == []


async def test_a_suite_is_made_once_per_commit(host: LocalHost, shop: Installed):
    said = {"head_sha": await shop.head()}
    status, suite, _ = await shop.client("POST", f"{shop.path}/check-suites", said)
    assert status == 201
    assert (await shop.client("POST", f"{shop.path}/check-suites", said))[0] == 200
    assert (await shop.client("GET", f"{shop.path}/check-suites/{suite['id']}"))[1]["id"] == suite["id"]
    _, listed, _ = await shop.client("GET", f"{shop.path}/commits/main/check-suites")
    assert [one["id"] for one in listed["check_suites"]] == [suite["id"]]
    assert host.violations == []


async def test_a_finished_run_that_starts_again_finishes_again(host: LocalHost, shop: Installed, listener):
    _, run = await _begin(shop, conclusion="success", status="completed")
    path = f"{shop.path}/check-runs/{run['id']}"
    assert (await shop.client("PATCH", path, {"status": "in_progress"}))[1]["conclusion"] is None
    assert (await shop.client("PATCH", path, {"conclusion": "neutral"}))[1]["status"] == "completed"
    assert host.violations == []


async def test_a_rerun_can_be_asked_for_by_the_app_itself(host: LocalHost, shop: Installed, listener):
    _, run = await _begin(shop)
    assert (await shop.client("POST", f"{shop.path}/check-runs/{run['id']}/rerequest"))[0] == 201
    await host.settled()
    assert listener.names() == ["check_run.created", "check_run.rerequested"]


async def test_runs_of_other_repositories_are_not_found(host: LocalHost, shop: Installed):
    _, run = await _begin(shop)
    await host.create_repository(shop.account, "till", files={"a": b"a"})
    assert (await shop.client("GET", f"/repos/acme/till/check-runs/{run['id']}"))[0] == 404
    assert (await shop.client("GET", f"{shop.path}/check-runs/none"))[0] == 404
