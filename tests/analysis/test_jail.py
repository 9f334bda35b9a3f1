"""The lock, proved from inside: what succeeds in an unlocked process is death in a locked one."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.analysis import jail
from bot.analysis.cradle import Cradle
from bot.analysis.nursery import Start
from bot.analysis.wire import HEADER, READY, decode
from tests.analysis.attacks import ATTACKS, REFUSED, SUCCEEDED

SCRIPT = Path(__file__).with_name("attacks.py")


class Hostile:
    """Children of a real nursery that attack when they are asked to measure."""

    def __init__(self, lock: str) -> None:
        self._cradle = Cradle([str(SCRIPT.with_name("attacked.py")), lock])
        self.close = self._cradle.close

    def attack(self, name: str, target: Path) -> int:
        """SUCCEEDED or REFUSED; or minus the number of the signal that the child died of."""
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                pid = self._cradle.start(Start(1 << 30, 20, True, 1.0), theirs, 30.0)
            for payload in (b"salt", name.encode(), bytes(target)):
                ours.sendall(HEADER.pack(len(payload)) + payload)
            said = [reply for reply in replies(ours) if reply]
        status = self._cradle.end(pid)
        assert said[0] == READY
        return decode(said[1]).code_lines if len(said) == 2 else status


def replies(wire: socket.socket) -> Iterator[bytes]:
    """What a child says, up to its second word or its end."""
    wire.settimeout(20)
    said = 0
    with wire.makefile("rb") as pipe:
        while said < 2 and (header := pipe.read(HEADER.size)):
            yield (reply := pipe.read(HEADER.unpack(header)[0]))
            said += bool(reply)


@pytest.fixture(scope="module")
def locked():
    it = Hostile("all")
    yield it
    it.close()


@pytest.fixture(scope="module")
def unlocked():
    it = Hostile("none")
    yield it
    it.close()


def test_this_machine_offers_both_layers():
    strength = jail.strength()
    assert strength.landlock >= 1
    assert strength.seccomp
    assert strength.missing == ()


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_kills_a_locked_child(locked, name: str, tmp_path: Path):
    assert locked.attack(name, tmp_path / "written") == -signal.SIGSYS
    assert not (tmp_path / "written").exists()


@pytest.mark.parametrize("name", ATTACKS)
def test_the_same_attack_succeeds_without_the_lock(unlocked, name: str, tmp_path: Path):
    assert unlocked.attack(name, tmp_path / "written") == SUCCEEDED
    assert (tmp_path / "written").exists() == (name == "write_a_file")


def test_a_locked_child_still_computes_with_all_it_needs(locked, tmp_path: Path):
    assert locked.attack("compute", tmp_path) == SUCCEEDED


def test_a_locked_child_holds_no_descriptor_but_its_own(locked, unlocked, tmp_path: Path):
    assert locked.attack("find_its_own_descriptor", tmp_path) == SUCCEEDED
    assert locked.attack("find_another_descriptor", tmp_path) == REFUSED
    assert unlocked.attack("find_another_descriptor", tmp_path) == SUCCEEDED


def told_of(pid: int) -> tuple[set[str], set[str]]:
    """The environment's names and the descriptors of a process."""
    environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return {entry.partition(b"=")[0].decode() for entry in environment}, set(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208


def test_the_nursery_inherits_neither_environment_nor_descriptors(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("CANARY", "a secret of the bot's")
    (tmp_path / "open").write_bytes(b"")
    cradle = Cradle()
    with (tmp_path / "open").open("rb") as held, socket.socket() as ours:
        for each in (held, ours):
            os.set_inheritable(each.fileno(), True)
        one, other = socket.socketpair()
        with one, other:
            cradle.start(Start(1 << 30, 20, True, 1.0), other, 30.0)
            assert cradle.pid is not None
            names, descriptors = told_of(cradle.pid)
        command = [sys.executable, "-c", "print(flush=True); input()"]
        careless = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, close_fds=False)
        assert careless.stdout is not None
        careless.stdout.readline()  # before it runs, its environment is nobody's yet
        all_names, all_descriptors = told_of(careless.pid)
        careless.communicate(b"\n")
    cradle.close()
    assert "CANARY" in all_names
    assert str(held) and {"0", "1", "2"} < all_descriptors
    assert "CANARY" not in names
    assert names <= {"OPENBLAS_NUM_THREADS", "LC_CTYPE", ""}
    assert descriptors == {"0", "1", "2"}


async def alone(name: str, layer: str, target: Path) -> int | None:
    """The attack in a process with one layer of the lock."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        str(SCRIPT),
        name,
        layer,
        env={"TARGET": str(target), "PYTHONPATH": str(SCRIPT.parents[2])},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    return await process.wait()


@pytest.mark.parametrize("name", ["read_a_file", "list_a_folder", "write_a_file", "run_a_program"])
async def test_landlock_alone_refuses_files(name: str, tmp_path: Path):
    assert await alone(name, "landlock", tmp_path / "written") == REFUSED


async def test_seccomp_alone_kills_on_opening_a_file(tmp_path: Path):
    assert await alone("read_a_file", "seccomp", tmp_path / "written") == -signal.SIGSYS


def test_missing_layers_are_named():
    assert jail.Strength(landlock=0, seccomp=False).missing == ("Landlock", "seccomp")
    assert jail.Strength(landlock=0, seccomp=True).missing == ("Landlock",)
