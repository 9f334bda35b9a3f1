"""The SSH door: whom it lets in, what it runs for them, and that nothing keeps running once they have left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import asyncssh
import pytest

from bot.providers.local.ssh import SshServer
from tests.fetch.repositories import history

UPLOAD = "git-upload-pack 'owner/name.git'"


class Door:
    """A server before one repository, with a key that may see it and one that may only sign in."""

    def __init__(self, folder: Path) -> None:
        self.repository, self.commits = history(folder / "repository")
        self.owner, self.guest = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
        self.asked: list[str] = []
        self.server = SshServer(resolve=self._resolve, accepts=lambda line: line in map(line_of, self._known))

    @property
    def _known(self) -> list[asyncssh.SSHKey]:
        return [self.owner, self.guest]

    def _resolve(self, line: str, path: str) -> Path | None:
        self.asked.append(path)
        return self.repository.folder if (line, path) == (line_of(self.owner), "owner/name.git") else None

    async def connect(self, key: asyncssh.SSHKey, user: str = "git") -> asyncssh.SSHClientConnection:
        pins = [asyncssh.import_public_key(line) for line in self.server.host_keys]
        return await asyncssh.connect(
            "127.0.0.1",
            self.server.port,
            username=user,
            client_keys=[key],
            known_hosts=(pins, [], []),
            config=None,
            agent_path=None,
        )

    async def run(self, key: asyncssh.SSHKey, command: str, stdin: bytes = b"", **env: str) -> tuple[int, bytes, bytes]:
        async with await self.connect(key) as connection:
            done = await connection.run(command, input=stdin, env=env, encoding=None)
        assert isinstance(done.stdout, bytes) and isinstance(done.stderr, bytes) and done.exit_status is not None
        return done.exit_status, done.stdout, done.stderr


def line_of(key: asyncssh.SSHKey) -> str:
    return " ".join(key.export_public_key().decode().split()[:2])


def children(folder: Path) -> list[int]:
    """Processes that serve the repository in that folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (process / "cmdline").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found


async def until_children(folder: Path, *, alive: bool) -> None:
    for _ in range(500):
        if bool(await asyncio.to_thread(children, folder)) is alive:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"a child that serves the repository is expected: {alive}")


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    door = Door(tmp_path)
    await door.server.start()
    yield door
    await door.server.stop()


def test_it_has_an_ed25519_and_an_ecdsa_host_key_of_its_own(tmp_path: Path) -> None:
    one, other = (SshServer(resolve=lambda *_: None, accepts=lambda _: True).host_keys for _ in range(2))
    assert [line.split()[0] for line in one] == ["ssh-ed25519", "ecdsa-sha2-nistp256"]
    assert not set(one) & set(other)


async def test_an_unknown_key_is_refused_at_the_door(door: Door) -> None:
    with pytest.raises(asyncssh.PermissionDenied):
        await door.connect(asyncssh.generate_private_key("ssh-ed25519"))


async def test_another_user_than_git_is_refused(door: Door) -> None:
    with pytest.raises(asyncssh.PermissionDenied):
        await door.connect(door.owner, user="root")


async def test_a_repository_that_the_key_may_not_see_is_not_found(door: Door) -> None:
    assert await door.run(door.guest, UPLOAD) == (128, b"", b"ERROR: Repository not found.\n")


@pytest.mark.parametrize("path", ["owner/name.git", "/owner/name.git", "owner/name"])
async def test_a_path_is_asked_for_in_one_form(door: Door, path: str) -> None:
    status, out, _ = await door.run(door.owner, f"git-upload-pack '{path}'", b"0000")
    assert (status, door.asked) == (0, ["owner/name.git"])
    assert b"refs/pull/7/head" in out


async def test_the_client_s_protocol_version_is_honoured(door: Door) -> None:
    _, out, _ = await door.run(door.owner, UPLOAD, b"0000", GIT_PROTOCOL="version=2")
    assert out.startswith(b"000eversion 2\n")


async def test_a_strange_protocol_version_is_not_passed_on(door: Door) -> None:
    status, out, _ = await door.run(door.owner, UPLOAD, b"0000", GIT_PROTOCOL="version=2:$(id)", GIT_TRACE="1")
    assert status == 0
    assert out[4:44].decode() in door.commits


@pytest.mark.parametrize(
    "command",
    [
        "sh",
        "git-upload-archive 'owner/name.git'",
        f"{UPLOAD}; id",
        f"env {UPLOAD}",
        "git-upload-pack '../x'",
        "git-upload-pack --strict 'a/b'",
    ],
)
async def test_other_commands_are_refused(door: Door, command: str) -> None:
    status, out, err = await door.run(door.owner, command)
    assert (status, out) == (1, b"")
    assert b"does not provide shell access" in err
    assert door.asked == []


async def test_pushing_is_refused(door: Door) -> None:
    status, _, err = await door.run(door.owner, "git-receive-pack 'owner/name.git'")
    assert status == 128
    assert b"read only" in err


async def test_a_shell_is_refused(door: Door) -> None:
    async with await door.connect(door.owner) as connection:
        done = await connection.run(None, encoding=None)
    assert done.exit_status == 1


async def test_sftp_is_refused(door: Door) -> None:
    async with await door.connect(door.owner) as connection:
        with pytest.raises(asyncssh.Error):
            await connection.start_sftp_client()


async def test_the_child_dies_with_the_connection(door: Door) -> None:
    connection = await door.connect(door.owner)
    await connection.create_process(UPLOAD, encoding=None)
    await until_children(door.repository.folder, alive=True)
    connection.abort()
    await until_children(door.repository.folder, alive=False)
    await connection.wait_closed()


async def test_stopping_ends_children_and_connections(door: Door) -> None:
    connection = await door.connect(door.owner)
    await connection.create_process(UPLOAD, encoding=None)
    await until_children(door.repository.folder, alive=True)
    await door.server.stop()
    assert await asyncio.to_thread(children, door.repository.folder) == []
    await connection.wait_closed()
