"""OpenSSH's own server on a free port of loopback: one key may run one upload-pack, nothing else."""

from __future__ import annotations

import asyncio
import getpass
import os
import shlex
import shutil
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncssh

from bot.model import SshAddress

SSHD = shutil.which("sshd", path=os.defpath + ":/usr/sbin:/usr/local/sbin")


@asynccontextmanager
async def openssh(
    folder: Path,
    repository: Path,
    public: str,
    *,
    allow_filter: bool = True,
    allow_env: bool = True,
    any_sha: bool = True,
) -> AsyncIterator[SshAddress]:
    """Where `repository` is served, until the context ends. `folder` keeps the server's files."""
    assert SSHD is not None
    host_key = asyncssh.generate_private_key("ssh-ed25519")
    port = free_port()
    _prepare(folder, host_key, _authorized(repository, public, allow_filter, any_sha), _config(folder, port, allow_env))
    server = await asyncio.create_subprocess_exec(
        SSHD, "-D", "-e", "-f", str(folder / "config"), stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE
    )
    try:
        await _listening(server)
        line = " ".join(host_key.export_public_key().decode().split()[:2])
        yield SshAddress("127.0.0.1", port, getpass.getuser(), "owner/name.git", (line,))
    finally:
        server.terminate()
        assert server.stderr is not None
        await server.stderr.read()
        await server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _prepare(folder: Path, host_key: asyncssh.SSHKey, authorized: str, config: str) -> None:
    folder.mkdir()
    (folder / "host_key").write_bytes(host_key.export_private_key())
    (folder / "host_key").chmod(0o600)
    (folder / "authorized_keys").write_text(authorized)
    (folder / "config").write_text(config)


def _authorized(repository: Path, public: str, allow_filter: bool, any_sha: bool) -> str:
    settings = {"uploadpack.allowFilter": allow_filter, "uploadpack.allowAnySHA1InWant": any_sha}
    flags = " ".join(f"-c {name}={str(value).lower()}" for name, value in settings.items())
    # Without the safe.directory, a missing folder is told as one of doubtful owner.
    command = f"{shutil.which('git')} -c 'safe.directory=*' {flags} upload-pack --strict {shlex.quote(str(repository))}"
    return f'restrict,command="{command}" {public}\n'


def _config(folder: Path, port: int, allow_env: bool) -> str:
    if os.geteuid() == 0 and sys.platform == "linux":
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # sshd started by root insists on it
    lines = [
        f"Port {port}",
        "ListenAddress 127.0.0.1",
        f"HostKey {folder}/host_key",
        f"AuthorizedKeysFile {folder}/authorized_keys",
        "PidFile none",
        "StrictModes no",
        "UsePAM no",
        "PasswordAuthentication no",
        "KbdInteractiveAuthentication no",
        "PermitRootLogin prohibit-password",
        "MaxStartups 100",
        *(["AcceptEnv GIT_PROTOCOL"] if allow_env else []),
    ]
    return "\n".join(lines) + "\n"


async def _listening(server: Process) -> None:
    """Until sshd says that it listens; what it says afterwards is read too, so that its pipe never fills."""
    assert server.stderr is not None
    heard = b""
    while b"Server listening" not in heard:
        line = await server.stderr.readline()
        assert line, f"sshd did not start: {heard.decode()}"
        heard += line
