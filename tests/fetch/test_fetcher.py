"""A fetch from end to end, against both kinds of host."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import Gone, Retryable, UserError
from bot.model import FetchLimits, Sha
from bot.ports import Fetcher
from tests.fetch.conftest import Hosts, Key, address, leftovers, make_key
from tests.fetch.repositories import Repository, history, run
from tests.fetch.sshd import free_port

NOWHERE = Sha("0123456789abcdef0123456789abcdef01234567")


async def test_head_and_merge_base_are_fetched_by_id(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path
) -> None:
    repository, (head, base, _) = history(tmp_path / "repository")
    where = await hosts.serve(repository.folder)
    async with fetcher.fetch(where, key.private, [Sha(head), Sha(base)], limits=limits) as objects:
        read = {}
        for commit in (head, base):
            entries = await objects.tree(Sha(commit))
            blobs = [blob async for blob in objects.blobs([entry.oid for entry in entries])]
            read[commit] = {entry.path: blob.data for entry, blob in zip(entries, blobs, strict=True)}
        assert objects.received > 0
    assert read[head] == {b"a.py": b"x = 2\n", b"same.txt": b"the same everywhere\n"}
    assert read[base] == {b"a.py": b"x = 1\n", b"same.txt": b"the same everywhere\n"}


async def test_a_host_with_filters_sends_no_blob_before_it_is_asked_for(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path
) -> None:
    repository = Repository(tmp_path / "repository")
    big = bytes(range(256)) * 400
    commit = Sha(repository.files({b"big": big, b"small": b"1\n"}))
    repository.point("refs/heads/main", commit)
    where = await hosts.serve(repository.folder)
    async with fetcher.fetch(where, key.private, [commit], limits=limits) as objects:
        lean = objects.received
        entries = {entry.path: entry.oid for entry in await objects.tree(commit)}
        [small] = [blob async for blob in objects.blobs([entries[b"small"]])]
        assert (small.data, small.size) == (b"1\n", 2)
        assert objects.received - lean < len(big)
        [large] = [blob async for blob in objects.blobs([entries[b"big"]])]
        assert large.data == big


async def test_blobs_come_in_the_order_asked_also_twice(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path
) -> None:
    repository = Repository(tmp_path / "repository")
    commit = Sha(repository.files({b"%03d" % number: b"%d" % number for number in range(300)}))
    repository.point("refs/heads/main", commit)
    where = await hosts.serve(repository.folder)
    async with fetcher.fetch(where, key.private, [commit], limits=limits) as objects:
        oids = [entry.oid for entry in await objects.tree(commit)]
        asked = [*reversed(oids), oids[5]]
        got = [blob async for blob in objects.blobs(asked)]
    assert [blob.oid for blob in got] == asked
    assert [blob.data for blob in got] == [b"%d" % number for number in [*range(299, -1, -1), 5]]


async def test_a_fork_s_head_comes_from_the_pull_ref_of_the_base_repository(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path
) -> None:
    repository, (head, *_) = history(tmp_path / "repository")
    fork = repository.files({b"fork.py": b"y = 1\n"}, head)
    repository.point("refs/pull/8/head", fork)
    where = await hosts.serve(repository.folder)
    async with fetcher.fetch(where, key.private, [Sha(fork)], refs=["refs/pull/8/head"], limits=limits) as objects:
        assert [entry.path for entry in await objects.tree(Sha(fork))] == [b"fork.py"]


async def test_without_filters_the_whole_commit_comes_at_once(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path
) -> None:
    repository, (head, *_) = history(tmp_path / "repository")
    where = await hosts.serve(repository.folder, filters=False)
    async with fetcher.fetch(where, key.private, [Sha(head)], limits=limits) as objects:
        received = objects.received
        entries = await objects.tree(Sha(head))
        assert [blob.data async for blob in objects.blobs([entry.oid for entry in entries])] == [
            b"x = 2\n",
            b"the same everywhere\n",
        ]
        assert objects.received == received


@pytest.mark.parametrize("filters", [True, False])
async def test_where_commits_are_refused_by_id_the_refs_are_fetched_until_they_hold_them(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path, filters: bool
) -> None:
    repository, (head, *_, base) = history(tmp_path / "repository", (40,))
    where = await hosts.serve(repository.folder, filters=filters, any_sha=False)
    commits, refs = [Sha(head), Sha(base)], ["refs/heads/gone", "refs/pull/7/head"]
    async with fetcher.fetch(where, key.private, commits, refs=refs, limits=limits) as objects:
        [entry, _] = await objects.tree(Sha(base))
        assert [blob.data async for blob in objects.blobs([entry.oid])] == [b"x = 0\n"]


async def test_where_blobs_are_refused_by_id_the_commits_are_fetched_whole(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path
) -> None:
    """Tips of refs may be asked for by id even where nothing else may."""
    repository, (head, *_) = history(tmp_path / "repository")
    where = await hosts.serve(repository.folder, any_sha=False)
    async with fetcher.fetch(where, key.private, [Sha(head)], limits=limits) as objects:
        oids = [entry.oid for entry in await objects.tree(Sha(head))]
        assert [blob.data async for blob in objects.blobs(oids)] == [b"x = 2\n", b"the same everywhere\n"]


@pytest.mark.parametrize("any_sha", [True, False])
async def test_a_commit_that_is_gone_is_gone(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path, any_sha: bool
) -> None:
    repository, _ = history(tmp_path / "repository")
    where = await hosts.serve(repository.folder, any_sha=any_sha)
    with pytest.raises(Gone, match="commit"):
        async with fetcher.fetch(where, key.private, [NOWHERE], refs=["refs/pull/7/head"], limits=limits):
            pass


async def test_an_empty_repository_has_no_commit(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path
) -> None:
    where = await hosts.serve(Repository(tmp_path / "repository").folder)
    with pytest.raises(Gone, match="commit"):
        async with fetcher.fetch(where, key.private, [NOWHERE], refs=["refs/heads/main"], limits=limits):
            pass


async def test_a_repository_that_is_gone_is_gone(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path
) -> None:
    where = await hosts.serve(tmp_path / "nothing")
    with pytest.raises(Gone, match="repository"):
        async with fetcher.fetch(where, key.private, [NOWHERE], limits=limits):
            pass


async def test_a_repository_that_the_key_may_not_see_is_gone(
    local: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path
) -> None:
    server = await local.door(tmp_path)
    with pytest.raises(Gone, match="repository"):
        async with fetcher.fetch(address(server, "owner/other.git"), key.private, [NOWHERE], limits=limits):
            pass


async def test_a_refused_key_is_told_with_a_cure(
    hosts: Hosts, fetcher: Fetcher, limits: FetchLimits, tmp_path: Path
) -> None:
    where = await hosts.serve(tmp_path)
    with pytest.raises(UserError, match="refused this repository's deploy key") as told:
        async with fetcher.fetch(where, make_key().private, [NOWHERE], limits=limits):
            pass
    assert "deploy key" in told.value.cure


async def test_a_wrong_host_key_is_told_to_the_operator(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path
) -> None:
    where = await hosts.serve(tmp_path)
    with pytest.raises(UserError, match="not the one expected") as told:
        async with fetcher.fetch(replace(where, host_keys=(make_key().public,)), key.private, [NOWHERE], limits=limits):
            pass
    assert "runs this app" in told.value.cure


async def test_nobody_listening_is_tried_again(fetcher: Fetcher, key: Key, limits: FetchLimits, local: Hosts) -> None:
    server = await local.door(Path("/nonexistent"))
    where = replace(address(server), port=free_port())
    with pytest.raises(Retryable):
        async with fetcher.fetch(where, key.private, [NOWHERE], limits=limits):
            pass


async def test_messages_name_neither_repository_nor_host(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path
) -> None:
    where = await hosts.serve(tmp_path / "nothing")
    with pytest.raises(Gone) as told:
        async with fetcher.fetch(where, key.private, [NOWHERE], limits=limits):
            pass
    for private in (where.path, "owner", str(where.port), where.host, str(tmp_path)):
        assert private not in str(told.value)


async def test_eight_fetches_at_once_keep_apart(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path, root: Path
) -> None:
    repository, commits = history(tmp_path / "repository", (8,))
    where = await hosts.serve(repository.folder)

    async def read(commit: str) -> bytes | None:
        async with fetcher.fetch(where, key.private, [Sha(commit)], limits=limits) as objects:
            [entry, _] = await objects.tree(Sha(commit))
            [blob] = [blob async for blob in objects.blobs([entry.oid])]
            return blob.data

    assert await asyncio.gather(*map(read, commits)) == [b"x = %d\n" % number for number in range(7, -1, -1)]
    assert leftovers(root) == []


async def test_no_commits_are_a_test_of_the_key_alone(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path
) -> None:
    where = await hosts.serve(tmp_path)
    async with fetcher.fetch(where, key.private, [], limits=limits) as objects:
        assert objects.received == 0


@pytest.mark.parametrize("commit", ["HEAD", "-x", "0123", NOWHERE + "\nrefs/heads/main"])
async def test_what_is_no_commit_id_is_a_mistake(
    local: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path, commit: str
) -> None:
    server = await local.door(tmp_path)
    with pytest.raises(ValueError, match="commit id"):
        async with fetcher.fetch(address(server), key.private, [Sha(commit)], limits=limits):
            pass


@pytest.mark.parametrize("ref", ["main", "refs/heads/a:refs/heads/b", "refs/heads/a\nb", "refs/heads/*", "refs/a..b"])
async def test_what_is_no_full_ref_is_a_mistake(
    local: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path, ref: str
) -> None:
    server = await local.door(tmp_path)
    with pytest.raises(ValueError, match="full ref name"):
        async with fetcher.fetch(address(server), key.private, [NOWHERE], refs=[ref], limits=limits):
            pass


async def test_a_host_that_offers_filters_and_then_refuses_them_sends_everything(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path
) -> None:
    repository, (head, *_) = history(tmp_path / "repository")
    run("git", "-C", str(repository.folder), "config", "uploadpackfilter.allow", "false")
    where = await hosts.serve(repository.folder)
    async with fetcher.fetch(where, key.private, [Sha(head)], limits=limits) as objects:
        oids = [entry.oid for entry in await objects.tree(Sha(head))]
        assert [blob.data async for blob in objects.blobs(oids)] == [b"x = 2\n", b"the same everywhere\n"]


async def test_repositories_of_sha256_are_fetched(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path
) -> None:
    folder = tmp_path / "repository"
    run("git", "init", "--quiet", "--bare", "--object-format=sha256", str(folder))
    here = ("git", "-C", str(folder))
    blob = run(*here, "hash-object", "-w", "--stdin", stdin=b"long ids\n").decode().strip()
    root = run(*here, "mktree", stdin=f"100644 blob {blob}\ta.py\n".encode()).decode().strip()
    author = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    commit = Sha(run(*here, *author, "commit-tree", "-m", "change", root).decode().strip())
    run(*here, "update-ref", "refs/heads/main", commit)
    where = await hosts.serve(folder)
    async with fetcher.fetch(where, key.private, [commit], limits=limits) as objects:
        [entry] = await objects.tree(commit)
        assert (entry.oid, [one.data async for one in objects.blobs([entry.oid])]) == (blob, [b"long ids\n"])


async def test_a_commit_that_was_not_fetched_has_no_tree(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path
) -> None:
    repository, (head, *_) = history(tmp_path / "repository")
    where = await hosts.serve(repository.folder)
    async with fetcher.fetch(where, key.private, [Sha(head)], limits=limits) as objects:
        with pytest.raises(Gone, match="commit"):
            await objects.tree(NOWHERE)
