"""Pull requests, comparisons and comments."""

from __future__ import annotations

from typing import Any

import pytest

from bot.providers.local.host import LocalHost

from .conftest import Installed
from .parts import Client


@pytest.fixture
async def number(host: LocalHost, shop: Installed) -> int:
    await host.commit(shop.repo, "feature", {"a.py": b"x = 2\ny = 3\n", "docs/b.txt": None, "n.py": b"n\n"}, "Change")
    return await host.open_pull_request(shop.repo, "feature", "main", title="Change it")


async def test_a_pull_request_tells_its_ends_and_sizes(host: LocalHost, shop: Installed, number: int):
    status, pull, _ = await shop.client("GET", f"{shop.path}/pulls/{number}")
    assert (status, pull["head"]["ref"], pull["base"]["ref"], pull["draft"]) == (200, "feature", "main", False)
    assert pull["head"]["sha"] == await shop.head("feature")
    assert pull["head"]["repo"]["id"] == pull["base"]["repo"]["id"] == shop.repo.id
    assert (pull["commits"], pull["additions"], pull["deletions"], pull["changed_files"]) == (1, 3, 2, 3)
    assert host.violations == []


async def test_its_files_are_listed(host: LocalHost, shop: Installed, number: int):
    _, files, _ = await shop.client("GET", f"{shop.path}/pulls/{number}/files")
    assert {one["filename"]: one["status"] for one in files} == {
        "a.py": "modified", "docs/b.txt": "removed", "n.py": "added"
    }  # fmt: skip
    assert host.violations == []


async def test_lists_show_open_ones_or_what_was_asked_for(host: LocalHost, shop: Installed, number: int):
    await host.commit(shop.repo, "second", {"c": b"c"}, "Second")
    second = await host.open_pull_request(shop.repo, "second")
    await host.retitle(shop.repo, number, "Changed")

    async def numbers(query: str = "") -> list[int]:
        return [one["number"] for one in (await shop.client("GET", f"{shop.path}/pulls{query}"))[1]]

    assert await numbers() == [second, number]
    assert await numbers("?direction=asc") == [number, second]
    assert await numbers("?sort=updated&direction=desc") == [number, second]
    assert await numbers("?head=acme:feature") == [number]
    await host.close(shop.repo, second)
    assert await numbers() == [number]
    assert await numbers("?state=closed") == [second]
    assert await numbers("?state=all&base=main") == [second, number]
    assert host.violations == []


async def test_a_fork_is_another_repository_and_null_once_it_is_gone(host: LocalHost, shop: Installed):
    fork = await host.fork(shop.repo, host.create_account("eve", "User"))
    head = await host.commit(fork, "idea", {"i": b"i"}, "Idea")
    number = await host.open_pull_request(shop.repo, "idea", fork=fork)
    _, pull, _ = await shop.client("GET", f"{shop.path}/pulls/{number}")
    assert (pull["head"]["repo"]["id"], pull["head"]["label"]) == (fork.id, "eve:idea")
    assert await shop.repo.git.tip(f"refs/pull/{number}/head") == head
    again = await host.push_to_pull_request(shop.repo, number, {"j": b"j"})
    assert await shop.repo.git.tip(f"refs/pull/{number}/head") == again
    await host.delete_repository(fork)
    _, pull, _ = await shop.client("GET", f"{shop.path}/pulls/{number}")
    assert pull["head"]["repo"] is None
    assert host.violations == []


async def test_pull_requests_of_a_commit_are_found(host: LocalHost, shop: Installed, number: int):
    first = await shop.head("feature")
    await host.push_to_pull_request(shop.repo, number, {"m": b"m"})
    for sha in (first, await shop.head("feature")):
        _, found, _ = await shop.client("GET", f"{shop.path}/commits/{sha}/pulls")
        assert [one["number"] for one in found] == [number]
    assert (await shop.client("GET", f"{shop.path}/commits/{await shop.head()}/pulls"))[1] == []
    assert (await shop.client("GET", f"{shop.path}/commits/{'0' * 40}/pulls"))[0] == 422
    merged = await host.merge(shop.repo, number)
    assert [one["number"] for one in (await shop.client("GET", f"{shop.path}/commits/{merged}/pulls"))[1]] == [number]
    assert host.violations == []


async def test_a_comparison_names_the_merge_base(host: LocalHost, shop: Installed, number: int):
    start = await shop.head()
    base = await host.commit(shop.repo, "main", {"other": b"o"}, "Meanwhile")
    head = await shop.head("feature")
    _, told, _ = await shop.client("GET", f"{shop.path}/compare/{base}...{head}?per_page=1")
    assert told["merge_base_commit"]["sha"] == start
    assert (told["status"], told["ahead_by"], told["behind_by"], told["total_commits"]) == ("diverged", 1, 1, 1)
    assert [one["sha"] for one in told["commits"]] == [head]
    assert {one["filename"] for one in told["files"]} == {"a.py", "docs/b.txt", "n.py"}
    for span, status in (
        (f"{base}...{base}", "identical"),
        (f"{base}...{start}", "behind"),
        ("main...main", "identical"),
    ):
        assert (await shop.client("GET", f"{shop.path}/compare/{span}"))[1]["status"] == status
    for span in (f"{base}...{'0' * 40}", f"{base}..{head}", "none"):
        assert (await shop.client("GET", f"{shop.path}/compare/{span}"))[0] == 404
    assert host.violations == []


async def test_two_histories_without_common_start_have_no_comparison(host: LocalHost, shop: Installed):
    lonely = await shop.repo.git.write([], {"l": b"l"}, "Lonely", 1_600_000_000)
    assert (await shop.client("GET", f"{shop.path}/compare/main...{lonely}"))[0] == 404


async def test_comments_are_written_changed_and_removed(host: LocalHost, shop: Installed, number: int):
    where = f"{shop.path}/issues/{number}/comments"
    status, said, _ = await shop.client("POST", where, {"body": "one"})
    assert (status, said["user"]["type"], said["performed_via_github_app"]["slug"]) == (201, "Bot", "sealbeat")
    one = f"{shop.path}/issues/comments/{said['id']}"
    assert (await shop.client("PATCH", one, {"body": "two"}))[1]["body"] == "two"
    assert [it["body"] for it in (await shop.client("GET", where))[1]] == ["two"]
    assert [it.body for it in host.comments(shop.repo, number)] == ["two"]
    assert (await shop.client("GET", one))[1]["body"] == "two"
    assert (await shop.client("DELETE", one))[0] == 204
    assert (await shop.client("GET", one))[0] == 404
    assert host.violations == []


async def test_a_comment_without_a_proper_body_is_refused(shop: Installed, number: int):
    refused: list[dict[str, Any]] = [{"body": ""}, {}, {"body": 7}, {"body": "x" * 65537}]
    for body in refused:
        assert (await shop.client("POST", f"{shop.path}/issues/{number}/comments", body))[0] == 422


async def test_comments_on_nothing_are_not_found(shop: Installed):
    assert (await shop.client("POST", f"{shop.path}/issues/99/comments", {"body": "b"}))[0] == 404


async def test_comments_need_the_permission(host: LocalHost, anyone: Client, shop: Installed, number: int):
    reader = await anyone.token(shop.id, permissions={"pull_requests": "read"})
    where = f"{shop.path}/issues/{number}/comments"
    assert (await reader("GET", where))[0] == 200
    status, body, headers = await reader("POST", where, {"body": "b"})
    assert (status, body["message"]) == (403, "Resource not accessible by integration")
    assert headers["X-Accepted-GitHub-Permissions"] == "issues=write; pull_requests=write"


async def test_a_pull_request_needs_a_branch_with_something_new(host: LocalHost, shop: Installed):
    with pytest.raises(ValueError, match="no commits"):
        await host.open_pull_request(shop.repo, "main")
    with pytest.raises(LookupError):
        await host.open_pull_request(shop.repo, "none")
