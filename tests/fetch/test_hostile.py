"""Repositories made to hurt whoever reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import UserError
from bot.model import FetchLimits, Sha
from bot.ports import Fetcher
from tests.fetch.conftest import Hosts, Key
from tests.fetch.repositories import EXECUTABLE, FILE, FOLDER, LINK, SUBMODULE, Repository

NAMES = [
    b"a\nb\x1b[31m.py",
    b"\xff\xfe.py",
    b"-rf",
    b"CON",
    b"n" * 4097,
    b"tab\there",
    "\u202etxt.py".encode(),
    b'quote".py',
    b" ",
]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


@pytest.mark.parametrize("name", [b".git", b".GIT", ".g\u200cit".encode(), b"git~1", b"..", b"."])
async def test_names_that_mean_the_git_folder_are_refused(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, repository: Repository, name: bytes
) -> None:
    inner = repository.tree((FILE, b"config", repository.blob(b"[core]\n")))
    commit = Sha(repository.commit(repository.tree((FOLDER, name, inner))))
    repository.point("refs/heads/main", commit)
    where = await hosts.serve(repository.folder)
    with pytest.raises(UserError, match=r"malformed or dangerous \(has\w+\)"):
        async with fetcher.fetch(where, key.private, [commit], limits=limits):
            pass


async def test_strange_names_are_carried_as_bytes(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, repository: Repository
) -> None:
    commit = Sha(repository.files({name: b"%d" % len(name) for name in NAMES}))
    repository.point("refs/heads/main", commit)
    where = await hosts.serve(repository.folder)
    async with fetcher.fetch(where, key.private, [commit], limits=limits) as objects:
        entries = await objects.tree(commit)
        assert [entry.path for entry in entries] == sorted(NAMES)
        blobs = [blob.data async for blob in objects.blobs([entry.oid for entry in entries])]
    assert blobs == [b"%d" % len(name) for name in sorted(NAMES)]


async def test_symbolic_links_and_submodules_are_left_out(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, repository: Repository
) -> None:
    commit = Sha(
        repository.commit(
            repository.tree(
                (EXECUTABLE, b"build", repository.blob(b"#!/bin/sh\n")),
                (LINK, b"link", repository.blob(b"/etc/passwd")),
                (SUBMODULE, b"module", "1" * 40),
                (FILE, b"plain", repository.blob(b"1")),
            )
        )
    )
    repository.point("refs/heads/main", commit)
    where = await hosts.serve(repository.folder)
    async with fetcher.fetch(where, key.private, [commit], limits=limits) as objects:
        entries = [(entry.path, oct(entry.mode)) for entry in await objects.tree(commit)]
    assert entries == [(b"build", "0o100755"), (b"plain", "0o100644")]


@pytest.mark.parametrize("filters", [True, False])
async def test_a_submodule_s_dangerous_address_is_never_followed(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, repository: Repository, filters: bool, tmp_path: Path
) -> None:
    marker = tmp_path / "marker"
    evil = f'[submodule "m"]\n\tpath = m\n\turl = "--upload-pack=touch {marker}"\n'.encode()
    commit = Sha(
        repository.commit(repository.tree((FILE, b".gitmodules", repository.blob(evil)), (SUBMODULE, b"m", "1" * 40)))
    )
    repository.point("refs/heads/main", commit)
    where = await hosts.serve(repository.folder, filters=filters)
    if filters:  # the file is not fetched, so git's check has nothing to refuse: it is but a name in the tree
        async with fetcher.fetch(where, key.private, [commit], limits=limits) as objects:
            assert [entry.path for entry in await objects.tree(commit)] == [b".gitmodules"]
    else:
        with pytest.raises(UserError, match=r"gitmodulesUrl"):
            async with fetcher.fetch(where, key.private, [commit], limits=limits):
                pass
    assert not marker.exists()


async def test_a_tag_or_a_blob_in_place_of_a_commit_is_no_commit(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, repository: Repository
) -> None:
    commit = repository.files({b"a": b"x"})
    repository.point("refs/heads/main", commit)
    blob = Sha(repository.blob(b"x"))
    where = await hosts.serve(repository.folder)
    with pytest.raises(Exception, match="commit is not at the git host"):
        async with fetcher.fetch(where, key.private, [Sha(commit), blob], limits=limits) as objects:
            await objects.tree(blob)


async def test_what_the_host_says_on_the_side_does_not_reach_the_message(
    hosts: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, repository: Repository
) -> None:
    inner = repository.tree((FILE, b"secret-name", repository.blob(b"")))
    commit = Sha(repository.commit(repository.tree((FOLDER, b".git", inner))))
    repository.point("refs/heads/main", commit)
    where = await hosts.serve(repository.folder)
    with pytest.raises(UserError) as told:
        async with fetcher.fetch(where, key.private, [commit], limits=limits):
            pass
    assert "hasDotgit" in str(told.value)
    assert "secret-name" not in f"{told.value} {told.value.cure}"
