"""Webhooks: which, in what order, to whom, and what becomes of those that fail."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.providers.local.host import LocalHost

from .conftest import Installed
from .parts import APP_ID, Client, Listener, oracle

PUSH = ["push", "check_suite.requested"]
PUSH_TO_PULL = ["push", "pull_request.synchronize", "check_suite.requested"]


async def _pull(host: LocalHost, shop: Installed, listener: Listener, branch: str = "feature") -> int:
    await host.commit(shop.repo, branch, {f"{branch}.py": b"1\n"}, "Change")
    number = await host.open_pull_request(shop.repo, branch)
    listener.names()
    return number


async def test_a_delivery_is_signed_and_names_itself_and_the_app(host: LocalHost, shop: Installed, listener: Listener):
    await host.suspend(shop.id)  # the listener has judged the signature
    headers = listener.headers[-1]
    assert headers["X-GitHub-Event"] == "installation"
    assert headers["X-GitHub-Hook-Installation-Target-ID"] == str(APP_ID)
    assert headers["User-Agent"].startswith("GitHub-Hookshot/")
    assert headers["X-GitHub-Delivery"] == host.deliveries()[-1].guid
    assert headers["X-GitHub-Hook-ID"].isdigit()


async def test_installing_and_choosing_repositories_is_told(host: LocalHost, shop: Installed, listener: Listener):
    till = await host.create_repository(shop.account, "till")
    assert listener.names() == ["repository.created", "installation_repositories.added"]
    await host.remove_repositories(shop.id, till)
    await host.add_repositories(shop.id, "acme/till")
    await host.suspend(shop.id)
    await host.commit(shop.repo, "main", {"quiet": b"q"}, "While suspended")
    await host.unsuspend(shop.id)
    await host.uninstall(shop.id)
    assert listener.names() == [
        "installation_repositories.removed",
        "installation_repositories.added",
        "installation.suspend",
        "installation.unsuspend",
        "installation.deleted",
    ]
    await host.commit(shop.repo, "main", {"a": b"a"}, "After the end")
    assert listener.names() == []


async def test_the_tokens_are_dead_before_the_uninstallation_is_told(host: LocalHost, anyone: Client, shop: Installed):
    async def ask(_: web.BaseRequest) -> web.Response:
        seen.append((await anyone.app()("POST", f"/app/installations/{shop.id}/access_tokens"))[0])
        seen.append((await shop.client("GET", "/repos/acme/shop"))[0])
        return web.Response()

    seen: list[int] = []
    runner = web.ServerRunner(web.Server(ask))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host.webhook_url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await host.uninstall(shop.id)
    await runner.cleanup()
    assert seen == [404, 401]


async def test_a_push_is_told_with_its_commits(host: LocalHost, shop: Installed, listener: Listener):
    before = await shop.head()
    sha = await host.commit(shop.repo, "main", {"a.py": b"x = 2\n", "n": b"n", "docs/b.txt": None}, "Change")
    push = listener.got[0][1]
    assert (push["ref"], push["before"], push["after"], push["forced"]) == ("refs/heads/main", before, sha, False)
    [commit] = push["commits"]
    assert (commit["id"], commit["added"], commit["removed"], commit["modified"]) == (
        sha, ["n"], ["docs/b.txt"], ["a.py"]
    )  # fmt: skip
    assert listener.names() == PUSH
    await host.commit(shop.repo, "new", {"p": b"p"}, "On a new branch")
    assert [it["added"] for it in listener.got[0][1]["commits"]] == [["p"]]
    assert (listener.got[0][1]["created"], listener.got[0][1]["before"]) == (True, "0" * 40)
    listener.names()
    await host.commit(shop.repo, "main", {"o": b"o"}, "Rewritten", parent=before, force=True)
    assert listener.got[0][1]["forced"] is True
    listener.names()
    await host.delete_branch(shop.repo, "main")
    assert (listener.got[0][1]["deleted"], listener.got[0][1]["head_commit"]) == (True, None)
    assert listener.got[0][1]["after"] == "0" * 40


async def test_the_life_of_a_pull_request_is_told_in_order(host: LocalHost, shop: Installed, listener: Listener):
    await host.commit(shop.repo, "feature", {"f.py": b"1\n"}, "Change")
    number = await host.open_pull_request(shop.repo, "feature", draft=True)
    assert listener.names() == [*PUSH, "pull_request.opened"]
    await host.ready_for_review(shop.repo, number)
    await host.convert_to_draft(shop.repo, number)
    assert listener.names() == ["pull_request.ready_for_review", "pull_request.converted_to_draft"]
    await host.push_to_pull_request(shop.repo, number, {"g.py": b"2\n"})
    assert listener.names() == PUSH_TO_PULL
    await host.force_push(shop.repo, number, {"h.py": b"3\n"})
    assert listener.got[0][1]["forced"] is True
    assert listener.names() == PUSH_TO_PULL
    await host.close(shop.repo, number)
    await host.reopen(shop.repo, number)
    await host.merge(shop.repo, number)
    assert listener.names() == ["pull_request.closed", "pull_request.reopened", "pull_request.closed", *PUSH]


async def test_synchronize_tells_both_heads(host: LocalHost, shop: Installed, listener: Listener):
    number = await _pull(host, shop, listener)
    before = await shop.head("feature")
    after = await host.push_to_pull_request(shop.repo, number, {"g.py": b"2\n"})
    told = listener.got[1][1]
    assert (told["before"], told["after"], told["pull_request"]["head"]["sha"]) == (before, after, after)


async def test_a_new_base_and_a_new_title_are_both_edits(host: LocalHost, shop: Installed, listener: Listener):
    number = await _pull(host, shop, listener)
    await host.commit(shop.repo, "release", {"r": b"r"}, "Release")
    listener.names()
    await host.retarget(shop.repo, number, "release")
    await host.retitle(shop.repo, number, "Better")
    first, second = (body["changes"] for _, body in listener.got)
    assert first["base"]["ref"] == {"from": "main"}
    assert second == {"title": {"from": "A change"}}
    assert listener.names() == ["pull_request.edited"] * 2


async def test_a_deleted_branch_closes_its_pull_request(host: LocalHost, shop: Installed, listener: Listener):
    number = await _pull(host, shop, listener)
    await host.delete_branch(shop.repo, "feature")
    assert listener.names() == ["push", "pull_request.closed"]
    assert not host.pull_request(shop.repo, number).open


async def test_pushes_to_a_fork_are_told_only_as_its_pull_request(host: LocalHost, shop: Installed, listener: Listener):
    fork = await host.fork(shop.repo, host.create_account("eve", "User"))
    await host.commit(fork, "idea", {"i": b"i"}, "Idea")
    number = await host.open_pull_request(shop.repo, "idea", fork=fork)
    await host.push_to_pull_request(shop.repo, number, {"j": b"j"})
    assert listener.names() == ["pull_request.opened", "pull_request.synchronize"]
    await host.delete_repository(fork)
    await host.retitle(shop.repo, number, "Left behind")
    assert listener.got[0][1]["pull_request"]["head"]["repo"] is None


async def test_repositories_tell_their_changes(host: LocalHost, shop: Installed, listener: Listener):
    await host.rename_repository(shop.repo, "store")
    assert listener.got[0][1]["changes"] == {"repository": {"name": {"from": "shop"}}}
    await host.archive(shop.repo)
    await host.archive(shop.repo, archived=False)
    await host.make_public(shop.repo)
    await host.make_public(shop.repo, public=False)
    await host.delete_repository(shop.repo)
    assert listener.names() == [
        "repository.renamed", "repository.archived", "repository.unarchived", "repository.publicized", "public",
        "repository.privatized", "repository.deleted", "installation_repositories.removed",
    ]  # fmt: skip


async def test_a_transfer_is_told_to_the_installations_of_both_owners(
    host: LocalHost, shop: Installed, listener: Listener
):
    await host.transfer_repository(shop.repo, host.create_account("stranger"))
    assert [it["installation"]["id"] for _, it in listener.got] == [shop.id]
    assert listener.names() == ["installation_repositories.removed"]
    new = await host.install(host.create_account("friend"))
    listener.names()
    await host.transfer_repository(shop.repo, "friend")
    told = listener.got[0][1]
    assert told["changes"]["owner"]["from"]["organization"]["login"] == "stranger"
    assert {it["installation"]["id"] for _, it in listener.got} == {new}
    assert listener.names() == ["repository.transferred", "installation_repositories.added"]


async def test_a_transfer_to_an_owner_who_did_not_choose_the_repository_is_not_told_there(
    host: LocalHost, shop: Installed, listener: Listener
):
    await host.install(host.create_account("friend"), [])
    listener.names()
    await host.transfer_repository(shop.repo, "friend")
    assert listener.names() == ["installation_repositories.removed"]


async def test_checks_can_be_asked_for_again(host: LocalHost, shop: Installed, listener: Listener):
    await _pull(host, shop, listener)
    head = await shop.head("feature")
    said = {"name": "sealbeat", "head_sha": head}
    _, run, _ = await shop.client("POST", f"{shop.path}/check-runs", said)
    await host.settled()
    listener.names()
    await host.rerequest_check_run(run["id"])
    assert listener.got[0][1]["check_run"]["check_suite"]["head_branch"] == "feature"
    assert [one["number"] for one in listener.got[0][1]["check_run"]["pull_requests"]] == [1]
    await host.rerequest_check_suite(shop.repo, head)
    assert listener.names() == ["check_run.rerequested", "check_suite.rerequested"]
    with pytest.raises(LookupError):
        await host.rerequest_check_suite(shop.repo, "0" * 40)


async def test_the_merge_queue_pushes_its_branch_and_asks(host: LocalHost, shop: Installed, listener: Listener):
    number = await _pull(host, shop, listener)
    sha = await host.merge_queue(shop.repo)
    assert listener.got[0][1]["ref"].startswith(f"refs/heads/gh-readonly-queue/main/pr-{number}-")
    group = listener.got[2][1]["merge_group"]
    assert (group["head_sha"], group["base_ref"]) == (sha, "refs/heads/main")
    assert listener.names() == [*PUSH, "merge_group.checks_requested"]


async def test_an_event_that_the_app_did_not_subscribe_to_is_not_sent(
    host: LocalHost, shop: Installed, listener: Listener
):
    number = await _pull(host, shop, listener)
    await shop.client("POST", f"{shop.path}/issues/{number}/comments", {"body": "b"})
    await host.settled()
    assert listener.names() == []


# ----------------------------------------------------------------------------------- deliveries that fail, and again


async def _log(anyone: Client, query: str = "") -> list[dict[str, Any]]:
    _, listed, _ = await anyone.app()("GET", f"/app/hook/deliveries{query}")
    return list(listed)


async def test_lost_webhooks_are_in_the_log_and_come_again_only_when_asked(
    host: LocalHost, anyone: Client, shop: Installed, listener: Listener
):
    host.lose_webhooks = True
    await host.commit(shop.repo, "main", {"a": b"a"}, "Unheard")
    host.lose_webhooks = False
    assert listener.names() == []
    lost = [one for one in await _log(anyone) if one["status"] != "OK"]
    assert [(one["event"], one["status_code"]) for one in lost] == [("check_suite", 0), ("push", 0)]
    assert lost[0]["installation_id"] == shop.id and lost[0]["repository_id"] == shop.repo.id
    assert await _log(anyone, "?status=failure") == [], "GitHub does not count these as failures"
    assert (await anyone.app()("POST", f"/app/hook/deliveries/{lost[1]['id']}/attempts"))[0] == 202
    await host.settled()
    assert listener.names() == ["push"]
    again = (await _log(anyone))[0]
    assert (again["guid"], again["redelivery"], again["status"]) == (lost[1]["guid"], True, "OK")
    assert again["id"] != lost[1]["id"]
    assert host.violations == []


async def test_an_error_of_the_app_is_a_failure_in_the_log(
    host: LocalHost, anyone: Client, shop: Installed, listener: Listener
):
    listener.status = 500
    await host.suspend(shop.id)
    [failed] = await _log(anyone, "?status=failure")
    assert (failed["status_code"], failed["status"]) == (500, "Invalid HTTP Response: 500")
    _, whole, _ = await anyone.app()("GET", f"/app/hook/deliveries/{failed['id']}")
    assert whole["request"]["payload"]["action"] == "suspend"
    assert whole["request"]["headers"]["X-GitHub-Event"] == "installation"
    assert host.violations == []


async def test_a_delivery_that_is_not_answered_is_given_up(host: LocalHost, anyone: Client, shop: Installed):
    async def never(_: web.BaseRequest) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    runner = web.ServerRunner(web.Server(never), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host.webhook_url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    host.webhook_patience = 0.1
    await host.suspend(shop.id)
    await runner.cleanup()
    assert (await _log(anyone))[0]["status"] == "timed out"
    assert await _log(anyone, "?status=failure") == []


async def test_the_log_is_paged_by_a_cursor(host: LocalHost, anyone: Client, shop: Installed):
    for name in "abc":
        await host.create_repository(shop.account, name)
    whole = [one["id"] for one in await _log(anyone, "?per_page=100")]
    seen, path = [], "/app/hook/deliveries?per_page=3"
    for _ in range(-(-len(whole) // 3)):
        _, page, headers = await anyone.app()("GET", path)
        seen += [one["id"] for one in page]
        path = headers.get("Link", "").partition(">")[0].strip("<")
    assert (seen, path) == (whole, "")
    assert (await anyone.app()("GET", "/app/hook/deliveries?cursor=x"))[0] == 422
    assert host.violations == []


async def test_a_duplicate_has_the_same_delivery_id_and_bytes(host: LocalHost, shop: Installed, listener: Listener):
    await host.suspend(shop.id)
    await host.redeliver(host.deliveries()[-1])
    assert listener.got[0] == listener.got[1]
    assert listener.headers[-1]["X-GitHub-Delivery"] == listener.headers[-2]["X-GitHub-Delivery"]


async def test_a_host_that_nobody_listens_to_works_on(host: LocalHost, shop: Installed):
    host.webhook_url = None
    await host.suspend(shop.id)
    assert host.deliveries()[-1].status == "failed to connect to host"


# --------------------------------------------------------------------------------- shapes, against GitHub's examples

_KINDS = {
    bool: "boolean",
    int: "number",
    float: "number",
    str: "text",
    list: "list",
    dict: "object",
    type(None): "null",
}


def _required(examples: list[Any]) -> Any:
    """What all examples have in common: key -> the same below it (objects) or the kinds of value seen."""
    objects = [one for one in examples if isinstance(one, dict)]
    if not objects:
        return {_KINDS[type(one)] for one in examples}
    keys = set.intersection(*(set(one) for one in objects))
    keys -= {"permissions"}  # which ones there are depends on the app
    return {key: _required([one[key] for one in objects]) for key in keys}


def _missing(wanted: Any, got: Any, place: str = "$") -> Iterator[str]:
    if not isinstance(wanted, dict):
        if got is not None and wanted != {"null"} and _KINDS[type(got)] not in wanted:
            yield f"{place} is a {_KINDS[type(got)]}, not {sorted(wanted)}"
        return
    if got is None:
        return
    for key, below in wanted.items():
        if key in got:
            yield from _missing(below, got[key], f"{place}.{key}")
        else:
            yield f"{place}.{key} is missing"


def _example_keys() -> dict[str, Any]:
    """Event, and event.action, -> what GitHub's own example deliveries always hold."""
    kinds: dict[str, list[Any]] = {}
    for one in oracle("github-webhooks.json"):
        for example in one["examples"]:
            kinds.setdefault(one["name"], []).append(example)
            if "action" in example:
                kinds.setdefault(f"{one['name']}.{example['action']}", []).append(example)
    return {name: _required(examples) for name, examples in kinds.items()}


async def test_every_delivery_holds_what_githubs_examples_hold(
    host: LocalHost, anyone: Client, shop: Installed, listener: Listener
):
    wanted = _example_keys()
    await host.commit(shop.repo, "feature", {"f.py": b"1\n"}, "Change")
    number = await host.open_pull_request(shop.repo, "feature")
    await host.push_to_pull_request(shop.repo, number, {"g.py": b"2\n"})
    await host.convert_to_draft(shop.repo, number)
    await host.ready_for_review(shop.repo, number)
    said = {"name": "sealbeat", "head_sha": await shop.head("feature"), "conclusion": "success", "status": "completed"}
    _, run, _ = await shop.client("POST", f"{shop.path}/check-runs", said)
    await host.rerequest_check_run(run["id"])
    await host.rerequest_check_suite(shop.repo, await shop.head("feature"))
    await host.merge_queue(shop.repo, number)
    await host.close(shop.repo, number)
    await host.reopen(shop.repo, number)
    await host.merge(shop.repo, number)
    await host.delete_branch(shop.repo, "feature")
    await host.rename_repository(shop.repo, "store")
    await host.make_public(shop.repo)
    await host.install(host.create_account("friend"))
    await host.transfer_repository(shop.repo, host.create_account("person", "User"))
    await host.transfer_repository(shop.repo, "friend")
    await host.create_repository("acme", "till")
    await host.remove_repositories(shop.id, "acme/till")
    await host.suspend(shop.id)
    await host.unsuspend(shop.id)
    await host.uninstall(shop.id)
    await host.settled()
    wrong = set()
    for event, body in listener.got:
        assert event in wanted
        for kind in (event, f"{event}.{body.get('action')}"):
            wrong |= {f"{kind} {one}" for one in _missing(wanted.get(kind, {}), body)}
    assert sorted(wrong) == []
    assert len({event for event, _ in listener.got}) == 9
    assert host.violations == []


def test_the_comparison_of_shapes_finds_what_is_missing_or_of_another_kind():
    wanted = _required([{"a": 1, "b": {"c": "x"}, "d": None}, {"a": 2, "b": {"c": "y", "e": 1}, "d": "z"}])
    assert list(_missing(wanted, {"a": 1, "b": {"c": "x"}, "d": None})) == []
    assert sorted(_missing(wanted, {"a": "1", "b": {}})) == [
        "$.a is a text, not ['number']", "$.b.c is missing", "$.d is missing"
    ]  # fmt: skip


async def test_a_listener_that_went_away_is_no_harm(host: LocalHost, shop: Installed):
    host.webhook_url = "http://127.0.0.1:9/"  # the discard port: nobody there
    await host.suspend(shop.id)
    assert host.deliveries()[-1].status == "failed to connect to host"
    async with aiohttp.ClientSession() as session, session.get(f"{host.api_url}/meta") as response:
        assert response.status == 200
