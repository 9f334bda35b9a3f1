"""Folders that end with their fetch, and a sweep for those whose owner died first."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.fetch import Settings, build
from bot.fetch.workspace import filesystem, is_tmpfs, sweep, workspace
from tests.fetch.conftest import leftovers

MOUNTS = """\
/dev/vda / ext4 rw 0 0
tmpfs /run tmpfs rw 0 0
tmpfs /mnt/with\\040space tmpfs rw 0 0
/dev/vdb /run/disk xfs rw 0 0
tmpfs /twice tmpfs rw 0 0
/dev/vdc /twice ext4 rw 0 0
"""
LEAVE_ONE = """
import asyncio, os, pathlib, sys
from bot.fetch.workspace import workspace
async def main():
    async with workspace(pathlib.Path(sys.argv[1])) as folder:
        (folder / "pack").write_bytes(b"x")
        print(folder.name, flush=True)
        sys.stdin.read()
        os._exit(1)
asyncio.run(main())
"""


def mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def fill(folder: Path) -> None:
    (folder / "objects" / "pack").mkdir(parents=True)


async def test_a_folder_is_private_and_gone_afterwards(tmp_path: Path) -> None:
    async with workspace(tmp_path) as folder:
        fill(folder)
        assert mode(folder) == 0o700
    assert leftovers(tmp_path) == []


async def test_a_folder_is_gone_after_an_error_too(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        async with workspace(tmp_path):
            raise ZeroDivisionError
    assert leftovers(tmp_path) == []


def test_the_sweep_removes_what_a_dead_process_left_and_only_that(tmp_path: Path) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", LEAVE_ONE, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    left = owner.stdout.readline().strip()
    (tmp_path / "somebody-else-s").mkdir()
    assert sweep(tmp_path) == 0  # it lives
    owner.communicate()
    assert sorted(leftovers(tmp_path)) == sorted([left, "somebody-else-s"])
    assert sweep(tmp_path) == 1
    assert leftovers(tmp_path) == ["somebody-else-s"]


def test_a_reused_process_id_does_not_keep_a_folder(tmp_path: Path) -> None:
    (tmp_path / f"fetch-{os.getpid()}-1-abcdef").mkdir()
    assert sweep(tmp_path) == 1


async def test_the_sweep_leaves_our_own_folders(tmp_path: Path) -> None:
    async with workspace(tmp_path) as folder:
        assert sweep(tmp_path) == 0
        assert leftovers(tmp_path) == [folder.name]


def test_building_a_fetcher_sweeps(tmp_path: Path) -> None:
    (tmp_path / "fetch-999999999-1-abcdef" / "objects").mkdir(parents=True)
    build(Settings(tmp_path))
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/x", "ext4"),
        ("/run/x", "tmpfs"),
        ("/running", "ext4"),
        ("/run/disk/x", "xfs"),
        ("/mnt/with space/x", "tmpfs"),
        ("/twice/x", "ext4"),
    ],
)
def test_the_deepest_mount_tells_the_file_system(path: str, kind: str) -> None:
    assert filesystem(Path(path), MOUNTS) == kind


def test_a_workspace_that_must_be_in_memory_and_is_not_is_refused(tmp_path: Path) -> None:
    if is_tmpfs(tmp_path):
        build(Settings(tmp_path, require_tmpfs=True))
    else:
        with pytest.raises(ConfigError, match="tmpfs"):
            build(Settings(tmp_path, require_tmpfs=True))


def test_a_machine_without_git_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigError, match="install git"):
        build(Settings(tmp_path))
