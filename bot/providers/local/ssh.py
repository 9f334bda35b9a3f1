"""The SSH door of the local git host: real `git upload-pack` behind deploy keys, refusing everything else.

It answers as GitHub does where a client can tell the difference: unknown keys are turned away at authentication, a key
that may not see a repository is told that there is none, and any commit may be asked for by its id.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from pathlib import Path

import asyncssh

_COMMAND = re.compile(
    r"git[- ](?P<service>[a-z-]+) '?/?(?P<path>[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9._-]+?)(?:\.git)?/?'?"
)
_VERSION = re.compile(r"version=[0-2]")
_NOT_FOUND = b"ERROR: Repository not found.\n"
_READ_ONLY = b"ERROR: The key you are authenticating with has been marked as read only.\n"
_NO_SHELL = b"You've successfully authenticated, but this host does not provide shell access.\n"
_ENVIRONMENT = {
    "PATH": os.defpath,
    "LANG": "C.UTF-8",
    "HOME": "/nonexistent",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
}
_CHUNK = 64 * 1024

# At INFO, asyncssh logs the commands that it is sent: they hold repository names.
logging.getLogger("asyncssh").setLevel(logging.WARNING)


class SshServer:
    """`git@127.0.0.1:port` for as long as it is started; host keys live and die with the instance.

    `accepts(key)` says whether a public key (OpenSSH line) may sign in at all. `resolve(key, "owner/name.git")` gives
    the bare repository's directory, or None where that key may not know of it.
    """

    def __init__(
        self,
        *,
        resolve: Callable[[str, str], Path | None],
        accepts: Callable[[str], bool],
        bytes_per_second: int | None = None,
        allow_filter: bool = True,
        allow_sha: bool = True,
    ) -> None:
        self.bytes_per_second = bytes_per_second
        self.allow_filter = allow_filter
        self.allow_sha = allow_sha
        self._resolve = resolve
        self._accepts = accepts
        self._keys = [asyncssh.generate_private_key(kind) for kind in ("ssh-ed25519", "ecdsa-sha2-nistp256")]
        self._acceptor: asyncssh.SSHAcceptor | None = None
        self._connections: set[asyncssh.SSHServerConnection] = set()
        self._running: set[asyncio.Task[None]] = set()

    @property
    def host_keys(self) -> tuple[str, ...]:
        """OpenSSH public key lines, Ed25519 first."""
        return tuple(_line(key) for key in self._keys)

    @property
    def port(self) -> int:
        """The port it listens on. Only while it is started."""
        assert self._acceptor is not None
        return int(self._acceptor.get_port())

    async def start(self) -> None:
        self._acceptor = await asyncssh.listen(
            "127.0.0.1",
            0,
            server_factory=lambda: _Door(self._accepts, self._connections),
            server_host_keys=self._keys,
            process_factory=self._begin,
            encoding=None,
            line_editor=False,
            allow_pty=False,
            agent_forwarding=False,
            gss_host=None,
            login_timeout=30,
            keepalive_interval=30,
        )

    async def stop(self) -> None:
        """Close the door, drop every connection, and return when the last child has ended."""
        if self._acceptor is not None:
            self._acceptor.close()
            await self._acceptor.wait_closed()
            self._acceptor = None
        for connection in list(self._connections):
            connection.abort()
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _begin(self, process: asyncssh.SSHServerProcess[bytes]) -> None:
        task = asyncio.create_task(self._serve(process))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _serve(self, process: asyncssh.SSHServerProcess[bytes]) -> None:
        with contextlib.suppress(OSError, asyncssh.Error):  # whoever asked has left
            request = _COMMAND.fullmatch(process.command or "")
            service = request["service"] if request else ""
            if request is None or service not in ("upload-pack", "receive-pack"):
                _refuse(process, _NO_SHELL, 1)
            elif service == "receive-pack":
                _refuse(process, _READ_ONLY, 128)
            else:
                await self._fetch(
                    process, self._resolve(process.get_extra_info("deploy_key"), f"{request['path']}.git")
                )

    async def _fetch(self, process: asyncssh.SSHServerProcess[bytes], directory: Path | None) -> None:
        if directory is None or not await asyncio.to_thread(directory.is_dir):
            _refuse(process, _NOT_FOUND, 128)
        else:
            process.exit(await self._upload_pack(process, directory))

    async def _upload_pack(self, process: asyncssh.SSHServerProcess[bytes], directory: Path) -> int:
        child = await asyncio.create_subprocess_exec(
            *self._command(directory),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=_ENVIRONMENT | self._protocol(process),
            start_new_session=True,
        )
        bridge = asyncio.create_task(self._bridge(process, child))
        hang_up = asyncio.create_task(process.channel.wait_closed())
        try:
            await asyncio.wait({bridge, hang_up}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _end(child, bridge, hang_up)
        status = child.returncode
        return 128 if status is None or status < 0 else status

    def _command(self, directory: Path) -> list[str]:
        settings = {
            "uploadpack.allowFilter": self.allow_filter,
            "uploadpack.allowAnySHA1InWant": self.allow_sha,
            "uploadpack.allowTipSHA1InWant": self.allow_sha,
            "uploadpack.allowReachableSHA1InWant": self.allow_sha,
        }
        flags = [word for name, value in settings.items() for word in ("-c", f"{name}={str(value).lower()}")]
        return ["git", *flags, "upload-pack", "--strict", str(directory)]

    def _protocol(self, process: asyncssh.SSHServerProcess[bytes]) -> dict[str, str]:
        """What the client asked for by GIT_PROTOCOL; a host that refuses commits by id can speak only version 0,
        since version 2 never refuses them."""
        wanted = process.env.get("GIT_PROTOCOL", "")
        return {"GIT_PROTOCOL": wanted} if self.allow_sha and _VERSION.fullmatch(wanted) else {}

    async def _bridge(self, process: asyncssh.SSHServerProcess[bytes], child: Process) -> None:
        assert child.stdin is not None and child.stdout is not None and child.stderr is not None
        upward = asyncio.create_task(_pump_in(process.stdin, child.stdin))
        try:
            async with asyncio.TaskGroup() as downward:
                downward.create_task(self._pump_out(child.stdout, process.stdout))
                downward.create_task(self._pump_out(child.stderr, process.stderr))
            await child.wait()
        finally:
            upward.cancel()

    async def _pump_out(self, source: asyncio.StreamReader, target: asyncssh.SSHWriter[bytes]) -> None:
        rate = self.bytes_per_second
        size = _CHUNK if rate is None else max(1, min(_CHUNK, rate // 10))
        while chunk := await source.read(size):
            target.write(chunk)
            await target.drain()
            if rate is not None:
                await asyncio.sleep(len(chunk) / rate)


class _Door(asyncssh.SSHServer):
    """Who may come in: user "git", with a key that the host knows."""

    def __init__(self, accepts: Callable[[str], bool], connections: set[asyncssh.SSHServerConnection]) -> None:
        self._accepts = accepts
        self._connections = connections

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn
        self._connections.add(conn)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncssh's signature
        self._connections.discard(self._connection)

    def begin_auth(self, username: str) -> bool:  # noqa: ARG002 - asyncssh's signature
        return True

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        line = _line(key)
        if username != "git" or not self._accepts(line):
            return False
        # Asked once more with the signature, so the last key that is told here is the one that signed.
        self._connection.set_extra_info(deploy_key=line)
        return True


def _line(key: asyncssh.SSHKey) -> str:
    """The public half as OpenSSH writes it, without comment."""
    return " ".join(key.export_public_key().decode().split()[:2])


def _refuse(process: asyncssh.SSHServerProcess[bytes], text: bytes, status: int) -> None:
    process.stderr.write(text)
    process.exit(status)


async def _pump_in(source: asyncssh.SSHReader[bytes], target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError, asyncssh.Error):  # either end may have gone; the other pump tells the end
        while chunk := await source.read(_CHUNK):
            target.write(chunk)
            await target.drain()
        target.close()


async def _end(child: Process, *tasks: asyncio.Task[None]) -> None:
    """Nothing of the request outlives it: the tasks are cancelled, the child's whole group is killed and reaped."""
    if child.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for stream in (child.stdout, child.stderr):
        # A reader that is paused with a full buffer never sees the end of its pipe, and wait() would never return.
        while stream is not None and await stream.read(_CHUNK):
            pass
    await child.wait()
