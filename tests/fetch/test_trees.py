"""Tree objects: our reading of them against git's own."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.fetch.trees import Item, flatten, parse
from bot.model import Entry, FetchLimits, Sha
from bot.ports import Fetcher
from tests.fetch.conftest import Hosts, Key, address
from tests.fetch.repositories import EXECUTABLE, FILE, FOLDER, LINK, SUBMODULE, Repository, run

OID = bytes(range(20))


def grow(repository: Repository, chance: random.Random, depth: int) -> str:
    """A random tree; names are sorted as git sorts them, a folder as if it ended in a slash."""
    items = {}
    for _ in range(chance.randrange(1, 8)):
        name = bytes(chance.choices(b"ab-.0\xc3\xa9 ", k=chance.randrange(1, 5))).replace(b".", b"x")
        mode = chance.choice([FILE, EXECUTABLE, LINK, SUBMODULE, FOLDER]) if depth else FILE
        oid = grow(repository, chance, depth - 1) if mode == FOLDER else repository.blob(name)
        items[name] = (mode, name, oid)
    return repository.tree(*sorted(items.values(), key=lambda item: item[1] + b"/" * (item[0] == FOLDER)))


@pytest.mark.parametrize("seed", range(5))
async def test_trees_are_read_as_git_ls_tree_reads_them(
    local: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path, seed: int
) -> None:
    repository = Repository(tmp_path / "repository")
    commit = Sha(repository.commit(grow(repository, random.Random(seed), 4)))
    repository.point("refs/heads/main", commit)
    listed = run("git", "-C", str(repository.folder), "ls-tree", "-r", "-z", commit).split(b"\0")[:-1]
    fields = [line.partition(b"\t") for line in listed if line.startswith(b"100")]
    expected = [Entry(path, int(head[:6], 8), Sha(head.split()[2].decode())) for head, _, path in fields]
    server = await local.door(repository.folder)
    async with fetcher.fetch(address(server), key.private, [commit], limits=limits) as objects:
        assert await objects.tree(commit) == expected


@pytest.mark.parametrize("raw", [b"100644", b"100644 a", b"100644 a\0short", b"99 a\0" + OID, b" a\0" + OID, b"\0"])
def test_bytes_that_are_no_tree_are_refused(raw: bytes) -> None:
    with pytest.raises(UserError, match="malformed"):
        parse(raw, 20)


def test_an_empty_tree_is_a_tree() -> None:
    assert parse(b"", 20) == []


def test_ids_may_be_of_either_length() -> None:
    assert parse(b"100644 a\0" + OID + bytes(12), 32) == [Item(0o100644, b"a", OID + bytes(12))]


def test_old_modes_of_regular_files_count_as_files() -> None:
    assert [entry.mode for entry in flatten({b"r": [Item(0o100664, b"a", OID)]}, b"r", 5)] == [0o100664]
