"""A fetcher, a key, and two kinds of host to fetch from: the local git host's door and OpenSSH's sshd."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import asyncssh
import pytest

from bot.fetch import Settings, build
from bot.model import FetchLimits, Secret, SshAddress
from bot.ports import Fetcher
from bot.providers.local.ssh import SshServer
from tests.fetch.sshd import SSHD, openssh

PATH = "owner/name.git"


@dataclass(frozen=True)
class Key:
    """A deploy key: `public` is the OpenSSH line without comment."""

    private: Secret
    public: str


def make_key() -> Key:
    pair = asyncssh.generate_private_key("ssh-ed25519")
    return Key(Secret(pair.export_private_key()), " ".join(pair.export_public_key().decode().split()[:2]))


class Hosts:
    """Serves repositories to one key, by either kind of server, until the test ends."""

    def __init__(self, stack: AsyncExitStack, folder: Path, key: Key, kind: str) -> None:
        self._stack = stack
        self._folder = folder
        self._key = key
        self.kind = kind

    async def serve(self, repository: Path, *, filters: bool = True, any_sha: bool = True) -> SshAddress:
        if self.kind == "asyncssh":
            server = await self.door(repository)
            server.allow_filter, server.allow_sha = filters, any_sha
            return address(server)
        server_folder = self._folder / "sshd"
        return await self._stack.enter_async_context(
            openssh(
                server_folder, repository, self._key.public, allow_filter=filters, any_sha=any_sha, allow_env=any_sha
            )
        )

    async def door(self, repository: Path) -> SshServer:
        """The local git host's server, whatever the kind."""
        server = SshServer(
            resolve=lambda public, path: repository if (public, path) == (self._key.public, PATH) else None,
            accepts=lambda public: public == self._key.public,
        )
        await server.start()
        self._stack.push_async_callback(server.stop)
        return server

    async def door_to_nothing(self) -> SshServer:
        return await self.door(self._folder / "nothing")


def address(server: SshServer, path: str = PATH) -> SshAddress:
    return SshAddress("127.0.0.1", server.port, "git", path, server.host_keys)


def leftovers(root: Path) -> list[str]:
    """What is in the workspace."""
    return [path.name for path in root.iterdir()]


@pytest.fixture(scope="session")
def key() -> Key:
    return make_key()


@pytest.fixture(params=["asyncssh", "openssh"])
async def hosts(request: pytest.FixtureRequest, tmp_path: Path, key: Key) -> AsyncIterator[Hosts]:
    """Both kinds."""
    if request.param == "openssh" and SSHD is None:
        pytest.skip("OpenSSH's sshd is not installed (apt-get install openssh-server)")
    async with AsyncExitStack() as stack:
        yield Hosts(stack, tmp_path, key, request.param)


@pytest.fixture
async def local(tmp_path: Path, key: Key) -> AsyncIterator[Hosts]:
    """The local git host's server only."""
    async with AsyncExitStack() as stack:
        yield Hosts(stack, tmp_path, key, "asyncssh")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The workspace."""
    return tmp_path / "workspace"


@pytest.fixture
def fetcher(root: Path) -> Fetcher:
    return build(Settings(root))


@pytest.fixture
def limits() -> FetchLimits:
    return FetchLimits(seconds=60)
