"""Repositories under their names of today and of earlier days."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.providers.local.gitrepo import GitFailed, GitRepo
from bot.providers.local.host import LocalHost

from .conftest import Installed
from .parts import Client, local_host


async def test_a_repository_is_read_by_name_and_by_id(host: LocalHost, shop: Installed):
    _, by_name, _ = await shop.client("GET", "/repos/ACME/shop")
    _, by_id, _ = await shop.client("GET", f"/repositories/{shop.repo.id}")
    assert by_name == by_id
    assert (by_id["full_name"], by_id["private"], by_id["default_branch"]) == ("acme/shop", True, "main")
    assert host.violations == []


async def test_the_old_name_redirects_reads_and_writes(host: LocalHost, shop: Installed):
    await host.rename_repository(shop.repo, "store")
    where = f"{host.api_url}/repositories/{shop.repo.id}"
    status, body, headers = await shop.client("GET", "/repos/acme/shop/pulls?state=all")
    assert (status, headers["Location"], body["url"]) == (301, f"{where}/pulls?state=all", f"{where}/pulls?state=all")
    assert (await shop.client("GET", headers["Location"]))[0] == 200
    status, _, headers = await shop.client("POST", "/repos/acme/shop/keys", {"key": "k"})
    assert (status, headers["Location"]) == (307, f"{where}/keys")
    assert (await shop.client("GET", "/repos/acme/store"))[1]["id"] == shop.repo.id
    assert host.violations == []


async def test_a_new_repository_takes_the_old_name_over(host: LocalHost, shop: Installed):
    await host.rename_repository(shop.repo, "store")
    new = await host.create_repository(shop.account, "shop")
    assert (await shop.client("GET", "/repos/acme/shop"))[1]["id"] == new.id
    with pytest.raises(ValueError, match="taken"):
        await host.rename_repository(shop.repo, "shop")


async def test_what_was_transferred_away_or_deleted_is_not_found(host: LocalHost, shop: Installed):
    till = await host.create_repository(shop.account, "till")
    await host.transfer_repository(till, host.create_account("rival"))
    await host.delete_repository(shop.repo)
    for path in ("/repos/acme/till", f"/repositories/{till.id}", "/repos/acme/shop", f"/repositories/{shop.repo.id}"):
        assert (await shop.client("GET", path))[0] == 404
    assert host.violations == []


async def test_a_strangers_public_repository_is_read_only_to_a_token(host: LocalHost, shop: Installed):
    await host.create_repository(host.create_account("rival"), "open", private=False, files={"a": b"a"})
    assert (await shop.client("GET", "/repos/rival/open"))[0] == 200
    assert (await shop.client("POST", "/repos/rival/open/keys", {"key": "k"}))[0] == 403


async def test_branches_are_listed_and_read(host: LocalHost, shop: Installed):
    sha = await host.commit(shop.repo, "topic/one", {"t": b"t"}, "Topic")
    _, listed, _ = await shop.client("GET", f"{shop.path}/branches")
    assert {one["name"]: one["commit"]["sha"] for one in listed} == {"main": await shop.head(), "topic/one": sha}
    _, one, _ = await shop.client("GET", f"{shop.path}/branches/topic/one")
    assert (one["name"], one["commit"]["sha"]) == ("topic/one", sha)
    assert (await shop.client("GET", f"{shop.path}/branches/none"))[0] == 404
    assert host.violations == []


async def test_meta_publishes_the_host_keys(host: LocalHost, anyone: Client):
    _, meta, _ = await anyone("GET", "/meta")
    assert meta["ssh_keys"] == list(host.ssh_host_keys)
    assert meta["ssh_keys"][0].startswith("ssh-ed25519 ")
    assert host.violations == []


async def test_a_body_that_is_no_object_is_a_bad_request(shop: Installed):
    url = f"{shop.client.host.api_url}{shop.path}/check-runs"
    headers = {"Authorization": f"Bearer {shop.client.credentials}"}
    for sent in (b"{", b"[]", b"\xff"):
        async with shop.client.session.post(url, data=sent, headers=headers) as response:
            assert response.status == 400


async def test_an_existing_repository_is_copied_with_its_branches(host: LocalHost, tmp_path: Path):
    origin = GitRepo(tmp_path / "origin.git")
    await origin.create("trunk")
    sha = await origin.write([], {"a": b"a"}, "First", 1_600_000_000)
    await origin.point("refs/heads/trunk", sha)
    await origin.point("refs/heads/side", sha)
    repo = await host.create_repository(host.create_account("acme"), "copy", git_dir=origin.path)
    assert repo.default_branch == "trunk"
    assert await repo.git.branches() == {"side": sha, "trunk": sha}


async def test_commits_take_any_path_and_remove_files(host: LocalHost, shop: Installed):
    odd = {'a "b"\\\n.py': b"1\n", "ä/ö.txt": b"", "docs/b.txt": None}
    sha = await host.commit(shop.repo, "main", odd, "Odd")
    listed = (await shop.repo.git.git("ls-tree", "-r", "-z", "--name-only", sha)).decode().split("\0")
    assert set(listed) == {'a "b"\\\n.py', "ä/ö.txt", "a.py", ""}


async def test_a_push_that_rewrites_needs_force(host: LocalHost, shop: Installed):
    first = await shop.head()
    await host.commit(shop.repo, "main", {"b": b"b"}, "Second")
    with pytest.raises(ValueError, match="fast-forward"):
        await host.commit(shop.repo, "main", {"c": b"c"}, "Other", parent=first)
    await host.commit(shop.repo, "main", {"c": b"c"}, "Other", parent=first, force=True)


async def test_a_merge_joins_both_sides_and_a_conflict_is_an_error(host: LocalHost, shop: Installed):
    await host.commit(shop.repo, "one", {"a.py": b"x = 2\n"}, "One")
    number = await host.open_pull_request(shop.repo, "one")
    await host.commit(shop.repo, "main", {"other": b"o"}, "Meanwhile")
    merged = await host.merge(shop.repo, number)
    assert await shop.repo.git.git("show", f"{merged}:a.py") == b"x = 2\n"
    assert await shop.repo.git.git("show", f"{merged}:other") == b"o"
    await host.commit(shop.repo, "two", {"a.py": b"x = 3\n"}, "Two", parent=merged)
    number = await host.open_pull_request(shop.repo, "two")
    await host.commit(shop.repo, "main", {"a.py": b"x = 4\n"}, "Conflict")
    with pytest.raises(GitFailed):
        await host.merge(shop.repo, number)


async def test_ids_are_large_and_differ_between_hosts_and_kinds(host: LocalHost, shop: Installed, tmp_path: Path):
    async with local_host(tmp_path / "second") as other:
        twin = await other.create_repository(other.create_account("acme"), "shop")
        ids = {shop.repo.id, twin.id, shop.account.id, twin.owner.id, shop.id}
        assert len(ids) == 5
        assert min(ids) > 10_000_000


async def test_the_host_listens_on_loopback_only(host: LocalHost):
    assert host.api_url.startswith("http://127.0.0.1:")
    assert host.addresses() == {"127.0.0.1"}
