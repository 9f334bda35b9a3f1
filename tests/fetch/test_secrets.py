"""The deploy key is in memory and nowhere else, for as long as a fetch lasts."""

from __future__ import annotations

import asyncio
import base64
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import asyncssh
import pytest

from bot.model import FetchLimits, Sha
from bot.ports import Fetcher
from tests.fetch.conftest import Hosts, Key, address
from tests.fetch.repositories import history
from tests.fetch.test_limits import processes


def shapes(key: Key) -> list[bytes]:
    """Byte strings of which one is wherever the private key is: its PEM lines, and its 32 secret bytes."""
    lines = [line for line in key.private.reveal().splitlines() if line and not line.startswith(b"-")]
    body = base64.b64decode(b"".join(lines))
    public = base64.b64decode(key.public.split()[1])[-32:]
    return [*lines[2:], body[body.rindex(public) - 36 :][:32]]


def files(folder: Path) -> Iterator[Path]:
    """Every file below `folder`, and what the kernel shows of the processes that work in it."""
    for place, _, names in os.walk(folder):  # unlike rglob, it goes on where a folder has just been removed
        yield from (Path(place) / name for name in names)
    for pid in processes(folder):
        yield from (Path(f"/proc/{pid}/environ"), Path(f"/proc/{pid}/cmdline"))


def holding(folder: Path, key: Key) -> list[Path]:
    found = []
    for path in files(folder):
        with suppress(OSError):  # it has ended meanwhile
            data = path.read_bytes()
            if any(shape in data for shape in shapes(key)):
                found.append(path)
    return found


async def test_the_private_key_is_in_no_file_and_no_process_during_a_fetch(
    local: Hosts,
    fetcher: Fetcher,
    key: Key,
    limits: FetchLimits,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    repository, (head, *_) = history(tmp_path / "repository")
    server = await local.door(repository.folder)
    server.bytes_per_second = 2_000
    seen = 0

    async def fetch() -> None:
        async with fetcher.fetch(address(server), key.private, [Sha(head)], limits=limits) as objects:
            [blob async for blob in objects.blobs([entry.oid for entry in await objects.tree(Sha(head))])]
            assert await asyncio.to_thread(holding, tmp_path, key) == []

    fetching = asyncio.create_task(fetch())
    while not fetching.done():
        assert await asyncio.to_thread(holding, tmp_path, key) == []
        seen += len(processes(tmp_path))
        await asyncio.sleep(0.01)
    await fetching
    assert seen > 0


@pytest.mark.parametrize("where", ["pem", "raw"])
def test_the_scan_finds_a_key_that_is_there(key: Key, tmp_path: Path, where: str) -> None:
    planted = tmp_path / "deep" / "planted"
    planted.parent.mkdir()
    secret = key.private.reveal() if where == "pem" else shapes(key)[-1]
    planted.write_bytes(b"before " + secret + b" after")
    assert holding(tmp_path, key) == [planted]


async def test_no_log_tells_what_is_fetched(
    local: Hosts,
    fetcher: Fetcher,
    key: Key,
    limits: FetchLimits,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    repository, (head, *_) = history(tmp_path / "repository")
    server = await local.door(repository.folder)
    async with fetcher.fetch(address(server), key.private, [Sha(head)], limits=limits) as objects:
        await objects.tree(Sha(head))
    assert "owner/name" not in caplog.text
    logger = logging.getLogger("asyncssh")
    level = logger.level
    logger.setLevel(logging.DEBUG)  # the control: what asyncssh would tell if it were let
    try:
        async with fetcher.fetch(address(server), key.private, [Sha(head)], limits=limits):
            pass
    finally:
        logger.setLevel(level)
    assert "owner/name" in caplog.text


async def test_neither_the_user_s_ssh_configuration_nor_an_agent_is_used(
    local: Hosts, fetcher: Fetcher, key: Key, limits: FetchLimits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = tmp_path / "marker"
    config = tmp_path / ".ssh" / "config"
    await asyncio.to_thread(write, config, f"Host *\n  ProxyCommand touch {marker}\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SSH_AUTH_SOCK", str(tmp_path / "no-agent"))
    server = await local.door(tmp_path)
    async with fetcher.fetch(address(server), key.private, [], limits=limits):
        pass
    assert not marker.exists()
    with suppress(OSError, asyncssh.Error):  # the control: with its default configuration, asyncssh runs the command
        await asyncssh.connect("127.0.0.1", server.port, known_hosts=None)
    assert marker.exists()


def write(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text)
