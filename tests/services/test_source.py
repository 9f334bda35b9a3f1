"""From git's objects to portions of files."""

import pytest

from bot.analysis import thresholds
from bot.analysis.settings.load import load
from bot.analysis.settings.model import PathSettings, RepoSettings
from bot.errors import UserError
from bot.model import Blob, Entry, Secret, Sha
from bot.services import source, survey
from bot.services.records import KeptKey

SETTINGS = RepoSettings(PathSettings(thresholds.load()))


class Shelf:
    """bot.ports.Objects over a dictionary; None stands for a blob that is too large."""

    received = 0

    def __init__(self, blobs):
        self._blobs = blobs
        self.asked = []

    async def tree(self, commit):
        return []

    async def blobs(self, oids):
        self.asked.append(len(oids))
        for oid in oids:
            data = self._blobs[oid]
            yield Blob(oid, 5_000_000 if data is None else len(data), data)


def entry(path, number=0):
    return Entry(path, 0o100644, Sha(f"{number:040x}"))


async def read(blobs, entries):
    shelf = Shelf(blobs)
    return shelf, [portion async for portion in source.read_files(shelf, entries)]


def test_only_files_that_we_read_are_chosen():
    names = (b"a.py", b"b.PY", b"c.txt", b"d", b".py", b"\xff.go", b"x/y.tsx", b"z.bin", b"Makefile", b".env.test")
    chosen, left_out = source.choose([entry(name) for name in names], SETTINGS)
    assert list(chosen) == ["a.py", "b.PY", "c.txt", r"\xff.go", "x/y.tsx", "Makefile", ".env.test"]
    assert left_out == []


def test_other_peoples_source_is_left_out_with_the_reason_and_their_prose_in_silence():
    chosen, [left] = source.choose([entry(b"node_modules/a.js"), entry(b"node_modules/README.md")], SETTINGS)
    assert chosen == {}
    assert (left.path, left.reason.partition(":")[0]) == ("node_modules/a.js", "vendored")


def test_what_the_repository_excludes_is_not_read():
    settings = load({".sealbeat.toml": b'exclude = ["legacy/**"]'}, SETTINGS)
    chosen, [left] = source.choose([entry(b"legacy/a.py"), entry(b"b.py")], settings)
    assert list(chosen) == ["b.py"]
    assert left.path == "legacy/a.py"


async def test_files_come_with_their_paths_in_order():
    entries = [entry(b"%d.py" % n, n) for n in range(3)]
    _, [(files, left_out)] = await read({it.oid: b"x = %d" % at for at, it in enumerate(entries)}, entries)
    assert [(file.path, file.data) for file in files] == [("0.py", b"x = 0"), ("1.py", b"x = 1"), ("2.py", b"x = 2")]
    assert left_out == []


async def test_what_is_too_large_is_left_out_with_its_size():
    big, small = entry(b"big.py", 1), entry(b"\xffsmall.py", 2)
    _, [(files, [left])] = await read({big.oid: None, small.oid: b"x"}, [big, small])
    assert [file.path for file in files] == [r"\xffsmall.py"]
    assert (left.path, left.reason) == ("big.py", "larger than the limit (5,000,000 bytes)")


async def test_source_comes_in_portions_that_fit_in_memory():
    entries = [entry(b"%d.py" % n, n) for n in range(40)]
    data = bytes(1024 * 1024)
    _, portions = await read({it.oid: data for it in entries}, entries)
    assert len(portions) == 3
    assert max(sum(len(file.data) for file in files) for files, _ in portions) <= source.PORTION + len(data)
    assert [file.path for files, _ in portions for file in files] == [f"{n}.py" for n in range(40)]


async def test_many_small_files_are_asked_for_some_at_a_time():
    entries = [entry(b"%d.py" % n, n) for n in range(1201)]
    shelf, portions = await read({it.oid: b"" for it in entries}, entries)
    assert shelf.asked == [500, 500, 201]
    assert sum(len(files) for files, _ in portions) == 1201


async def test_nothing_asked_is_nothing_read():
    shelf, portions = await read({}, [])
    assert (shelf.asked, portions) == ([], [])


def kept(**how):
    return KeptKey(1, "private half", "ssh-ed25519 AAAA", "SHA256:x", **how)


def test_a_key_that_the_host_confirmed_is_handed_out_as_a_secret():
    assert source.key_of(kept(host_id=5)) == Secret("private half")


def test_a_key_s_trouble_is_told():
    with pytest.raises(UserError, match="Forbidden") as told:
        source.key_of(kept(trouble=("Forbidden.", "Allow it.")))
    assert told.value.cure == "Allow it."


def test_a_key_that_is_not_confirmed_yet_asks_for_patience():
    with pytest.raises(UserError, match="no deploy key yet") as told:
        source.key_of(kept())
    assert "Re-run" in told.value.cure


# -------------------------------------------------------------------------------------- what a pull request pays for


def test_only_what_changed_is_read():
    same, old, new = entry(b"same.py", 1), entry(b"b.py", 2), entry(b"b.py", 3)
    gone, come = entry(b"gone.py", 4), entry(b"come.py", 5)
    assert survey.differing([same, old, gone], [same, new, come]) == ([old, gone], [new, come])


def test_a_file_that_only_moved_is_read_on_both_sides():
    before, after = entry(b"old.py", 1), entry(b"new.py", 1)
    assert survey.differing([before], [after]) == ([before], [after])


def test_a_changed_mode_changes_no_content():
    assert survey.differing([Entry(b"a", 0o100644, Sha("1"))], [Entry(b"a", 0o100755, Sha("1"))]) == ([], [])
