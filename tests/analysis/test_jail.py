"""The lock, proved from inside: what succeeds in an unlocked process is death in a locked one."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from bot.analysis import jail
from tests.analysis.attacks import ATTACKS, REFUSED, SUCCEEDED

SCRIPT = Path(__file__).with_name("attacks.py")


async def attack(name: str, lock: str, target: Path) -> int | None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(SCRIPT),
        name,
        lock,
        env={"TARGET": str(target), "PYTHONPATH": str(SCRIPT.parents[2])},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    return await process.wait()


def test_this_machine_offers_both_layers():
    strength = jail.strength()
    assert strength.landlock >= 1
    assert strength.seccomp
    assert strength.missing == ()


@pytest.mark.parametrize("name", ATTACKS)
async def test_an_attack_kills_a_locked_process(name: str, tmp_path: Path):
    target = tmp_path / "written"
    assert await attack(name, "all", target) == -signal.SIGSYS
    assert not target.exists()


@pytest.mark.parametrize("name", ATTACKS)
async def test_the_same_attack_succeeds_without_the_lock(name: str, tmp_path: Path):
    assert await attack(name, "none", tmp_path / "written") == SUCCEEDED


@pytest.mark.parametrize("name", ["read_a_file", "list_a_folder", "write_a_file", "run_a_program"])
async def test_landlock_alone_refuses_files(name: str, tmp_path: Path):
    assert await attack(name, "landlock", tmp_path / "written") == REFUSED


async def test_seccomp_alone_kills_on_opening_a_file(tmp_path: Path):
    assert await attack("read_a_file", "seccomp", tmp_path / "written") == -signal.SIGSYS


async def test_a_locked_process_still_computes(tmp_path: Path):
    assert await attack("compute", "all", tmp_path / "written") == SUCCEEDED


def test_missing_layers_are_named():
    assert jail.Strength(landlock=0, seccomp=False).missing == ("Landlock", "seccomp")
    assert jail.Strength(landlock=0, seccomp=True).missing == ("Landlock",)
