"""Which events are told, in what order, to whom."""

from __future__ import annotations

import pytest
from aiohttp import web

from bot.providers.local.host import LocalHost

from .conftest import Installed
from .parts import Client, Listener

PUSH = ["push", "check_suite.requested"]
PUSH_TO_PULL = ["push", "pull_request.synchronize", "check_suite.requested"]


async def _pull(host: LocalHost, shop: Installed, listener: Listener, branch: str = "feature") -> int:
    await host.commit(shop.repo, branch, {f"{branch}.py": b"1\n"}, "Change")
    number = await host.open_pull_request(shop.repo, branch)
    listener.names()
    return number


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
