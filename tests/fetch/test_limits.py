"""Budgets: bytes, seconds, entries, sizes; and that nothing outlives a fetch that ends badly."""

from __future__ import annotations

import asyncio
import os
import resource
from contextlib import suppress
from pathlib import Path

import pytest

from bot.errors import Retryable, UserError
from bot.fetch import Settings, build
from bot.fetch.git import Git
from bot.model import FetchLimits, Sha, SshAddress
from bot.ports import Fetcher
from tests.fetch.conftest import Hosts, Key, address, leftovers
from tests.fetch.repositories import FILE, FOLDER, Repository

NOISE = os.urandom(3_000_000)


def noisy(folder: Path) -> tuple[Repository, Sha]:
    """A repository of one commit that no compression makes smaller than 3 MB."""
    repository = Repository(folder)
    commit = Sha(repository.files({b"noise": NOISE}))
    repository.point("refs/heads/main", commit)
    return repository, commit


def processes(root: Path) -> list[int]:
    """The processes that work in a folder below `root`."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if str((process / "cwd").readlink()).startswith(str(root)):
                found.append(int(process.name))
    return found


async def nothing_is_left(root: Path) -> None:
    """The folder is gone at once; a process that was killed is seen in /proc for a moment more."""
    assert leftovers(root) == []
    for _ in range(200):
        if not processes(root):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"still running: {processes(root)}")


@pytest.mark.parametrize("filters", [True, False])
async def test_more_bytes_than_allowed_end_the_fetch_and_leave_nothing(
    hosts: Hosts, fetcher: Fetcher, key: Key, tmp_path: Path, root: Path, filters: bool
) -> None:
    repository, commit = noisy(tmp_path / "repository")
    where = await hosts.serve(repository.folder, filters=filters)
    with pytest.raises(UserError, match="too large"):
        async with fetcher.fetch(where, key.private, [commit], limits=FetchLimits(wire_bytes=200_000)) as objects:
            async for _ in objects.blobs([entry.oid for entry in await objects.tree(commit)]):
                pass
    await nothing_is_left(root)


async def test_a_budget_of_bytes_that_suffices_is_no_hindrance(
    hosts: Hosts, fetcher: Fetcher, key: Key, tmp_path: Path
) -> None:
    repository, commit = noisy(tmp_path / "repository")
    where = await hosts.serve(repository.folder, filters=False)
    limits = FetchLimits(wire_bytes=3_200_000, blob_bytes=3_000_000)
    async with fetcher.fetch(where, key.private, [commit], limits=limits) as objects:
        [entry] = await objects.tree(commit)
        assert [blob.data async for blob in objects.blobs([entry.oid])] == [NOISE]


async def test_a_host_that_drips_is_given_up_in_time(
    local: Hosts, fetcher: Fetcher, key: Key, tmp_path: Path, root: Path
) -> None:
    repository, commit = noisy(tmp_path / "repository")
    server = await local.door(repository.folder)
    server.bytes_per_second, server.allow_filter = 2_000, False
    with pytest.raises(Retryable, match="limit of time"):
        async with fetcher.fetch(address(server), key.private, [commit], limits=FetchLimits(seconds=1.5)):
            pass
    await nothing_is_left(root)


async def test_a_host_that_never_speaks_is_given_up_in_time(key: Key, root: Path, local: Hosts) -> None:
    ended = asyncio.Event()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        await writer.wait_closed()
        ended.set()

    pins = (await local.door(root)).host_keys
    async with await asyncio.start_server(listen, "127.0.0.1", 0) as mute:
        where = SshAddress("127.0.0.1", mute.sockets[0].getsockname()[1], "git", "owner/name.git", pins)
        with pytest.raises(Retryable, match="did not answer"):
            async with build(Settings(root, connect_seconds=0.5)).fetch(where, key.private, [], limits=FetchLimits()):
                pass
        await ended.wait()


async def test_a_connection_that_breaks_is_tried_again(
    local: Hosts, fetcher: Fetcher, key: Key, tmp_path: Path, root: Path
) -> None:
    repository, commit = noisy(tmp_path / "repository")
    server = await local.door(repository.folder)
    server.bytes_per_second, server.allow_filter = 200_000, False

    async def fetch() -> None:
        async with fetcher.fetch(address(server), key.private, [commit], limits=FetchLimits()):
            pass

    fetching = asyncio.create_task(fetch())
    await until_packs_arrive(root)
    await server.stop()
    with pytest.raises(Retryable, match="broke off"):
        await fetching
    await nothing_is_left(root)


async def test_cancelling_kills_git_and_removes_its_folder(
    local: Hosts, fetcher: Fetcher, key: Key, tmp_path: Path, root: Path
) -> None:
    repository, commit = noisy(tmp_path / "repository")
    server = await local.door(repository.folder)
    server.bytes_per_second, server.allow_filter = 200_000, False

    async def fetch() -> None:
        async with fetcher.fetch(address(server), key.private, [commit], limits=FetchLimits()):
            pass

    fetching = asyncio.create_task(fetch())
    await until_packs_arrive(root)
    assert len(processes(root)) >= 2  # git and its helpers
    fetching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await fetching
    await nothing_is_left(root)


async def test_leaving_blobs_half_read_leaves_nothing(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path, root: Path
) -> None:
    repository = Repository(tmp_path / "repository")
    commit = Sha(repository.files({b"%d" % number: os.urandom(200_000) for number in range(30)}))
    repository.point("refs/heads/main", commit)
    where = await hosts.serve(repository.folder)
    async with fetcher.fetch(where, key.private, [commit], limits=limits) as objects:
        blobs = objects.blobs([entry.oid for entry in await objects.tree(commit)])
        await anext(blobs)
        assert processes(root)
    assert leftovers(root) == []
    with pytest.raises(Retryable):
        async for _ in blobs:
            pass
    await nothing_is_left(root)


def unfinished_packs(root: Path) -> list[Path]:
    return list(root.glob("*/objects/pack/tmp_pack_*"))


async def until_packs_arrive(root: Path) -> None:
    for _ in range(1000):
        if unfinished_packs(root):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("no pack ever arrived")


@pytest.mark.parametrize("leaf", ["file", "empty folder"])
async def test_a_tree_bomb_is_told_at_once(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path, leaf: str
) -> None:
    """Ten folders, each ten times in the one above: 10^10 paths of twelve objects."""
    repository = Repository(tmp_path / "repository")
    below, mode = (repository.blob(b"boom\n"), FILE) if leaf == "file" else (repository.tree(), FOLDER)
    for _ in range(10):
        below, mode = repository.tree(*[(mode, b"d%d" % number, below) for number in range(10)]), FOLDER
    commit = Sha(repository.commit(below))
    repository.point("refs/heads/main", commit)
    where = await hosts.serve(repository.folder)
    async with fetcher.fetch(where, key.private, [commit], limits=limits) as objects:
        with pytest.raises(UserError, match="too many files or folders"):
            await objects.tree(commit)


async def test_folders_nested_without_end_are_told(
    local: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path
) -> None:
    """A path as long as its depth, for every depth: little to send, gigabytes to spell."""
    repository = Repository(tmp_path / "repository")
    below = repository.tree((FILE, b"bottom", repository.blob(b"")))
    for _ in range(1500):
        below = repository.tree((FOLDER, b"n" * 200, below))
    commit = Sha(repository.commit(below))
    repository.point("refs/heads/main", commit)
    server = await local.door(repository.folder)
    async with fetcher.fetch(address(server), key.private, [commit], limits=limits) as objects:
        with pytest.raises(UserError, match="too many files or folders"):
            await objects.tree(commit)


@pytest.mark.parametrize(("allowed", "ok"), [(20, True), (19, False)])
async def test_the_entry_budget_is_exact(
    local: Hosts, fetcher: Fetcher, key: Key, tmp_path: Path, allowed: int, ok: bool
) -> None:
    repository = Repository(tmp_path / "repository")
    commit = Sha(repository.files({b"f%02d" % number: b"x" for number in range(20)}))
    repository.point("refs/heads/main", commit)
    server = await local.door(repository.folder)
    async with fetcher.fetch(
        address(server), key.private, [commit], limits=FetchLimits(tree_entries=allowed)
    ) as objects:
        if ok:
            assert len(await objects.tree(commit)) == 20
        else:
            with pytest.raises(UserError):
                await objects.tree(commit)


@pytest.mark.parametrize("filters", [True, False])
async def test_a_blob_over_the_limit_tells_its_size_and_keeps_its_bytes(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path, filters: bool
) -> None:
    repository = Repository(tmp_path / "repository")
    commit = Sha(repository.files({b"a-zeros": bytes(2_000_000), b"b-small": b"1\n", b"c-limit": bytes(1024 * 1024)}))
    repository.point("refs/heads/main", commit)
    where = await hosts.serve(repository.folder, filters=filters)
    async with fetcher.fetch(where, key.private, [commit], limits=limits) as objects:
        oids = [entry.oid for entry in await objects.tree(commit)]
        zeros, small, limit = [blob async for blob in objects.blobs(oids)]
    assert (zeros.size, zeros.data) == (2_000_000, None)
    assert (small.size, small.data) == (2, b"1\n")
    assert limit.data == bytes(1024 * 1024)


async def test_a_giant_blob_of_zeros_is_skipped(
    local: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path
) -> None:
    repository = Repository(tmp_path / "repository")
    commit = Sha(repository.files({b"giant": bytes(200_000_000)}))
    repository.point("refs/heads/main", commit)
    server = await local.door(repository.folder)
    async with fetcher.fetch(address(server), key.private, [commit], limits=limits) as objects:
        [giant] = [blob async for blob in objects.blobs([(await objects.tree(commit))[0].oid])]
        assert (giant.size, giant.data) == (200_000_000, None)
        assert objects.received < 2_000_000


async def test_a_blob_that_nobody_has_is_told_as_not_sent(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path
) -> None:
    repository = Repository(tmp_path / "repository")
    commit = Sha(repository.files({b"a": b"x"}))
    repository.point("refs/heads/main", commit)
    where = await hosts.serve(repository.folder)
    async with fetcher.fetch(where, key.private, [commit], limits=limits) as objects:
        [blob] = [blob async for blob in objects.blobs([Sha("0" * 39 + "1")])]
    assert blob.data is None


async def test_a_git_process_runs_under_the_limits_and_ends_with_its_context(tmp_path: Path) -> None:
    git = Git("git", tmp_path, FetchLimits(wire_bytes=1_000_000, seconds=30))
    git.create()
    async with git.running("cat-file", "--batch", capture=True) as process:
        assert resource.prlimit(process.pid, resource.RLIMIT_FSIZE)[1] == 1_000_000 + 64 * 1024 * 1024
        assert resource.prlimit(process.pid, resource.RLIMIT_CPU)[1] == 31
        assert resource.prlimit(process.pid, resource.RLIMIT_CORE)[1] == 0
        assert resource.prlimit(process.pid, resource.RLIMIT_AS)[1] < 2**34
        assert os.getsid(process.pid) == process.pid
    assert process.returncode == -9


async def test_tree_objects_out_of_proportion_to_their_entries_are_not_read(
    local: Hosts, fetcher: Fetcher, key: Key, tmp_path: Path
) -> None:
    repository = Repository(tmp_path / "repository")
    commit = Sha(repository.files({b"n" * 4000: b"x"}))
    repository.point("refs/heads/main", commit)
    server = await local.door(repository.folder)
    async with fetcher.fetch(address(server), key.private, [commit], limits=FetchLimits(tree_entries=5)) as objects:
        with pytest.raises(UserError, match="too many files or folders"):
            await objects.tree(commit)
