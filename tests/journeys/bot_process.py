"""The whole bot as its own process, as an operator runs it: it can be stopped, and killed at any moment."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

if TYPE_CHECKING:
    from bot.app import LocalHost


APP_ID = 401_337
SECRET = "journeys-webhook-secret"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PRIVATE_PEM = _KEY.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
PUBLIC_PEM = _KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


class BotProcess:
    """`python -m bot serve` on a folder of its own, talking to a local host."""

    def __init__(self, folder: Path, host: LocalHost, **settings: str) -> None:
        self.folder = folder
        self.host = host
        self.log = folder / "bot.log"
        self.port = 0
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None
        folder.mkdir(mode=0o700)
        for place in ("workspace", "tmp"):
            (folder / place).mkdir(mode=0o700)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def environment(self) -> dict[str, str]:
        own = {
            "SERVER__PORT": str(self.port),
            "GITHUB__APP_ID": str(APP_ID),
            "GITHUB__PRIVATE_KEY": PRIVATE_PEM.decode(),
            "GITHUB__WEBHOOK_SECRET": SECRET,
            "GITHUB__API_URL": self.host.api_url,
            "GITHUB__WEB_URL": self.host.web_url,
            "GITHUB__SSH_HOST": "127.0.0.1",
            "GITHUB__SSH_PORT": str(self.host.ssh_port),
            "GITHUB__SSH_HOST_KEYS": "\n".join(self.host.ssh_host_keys),
            "DATA__DIRECTORY": str(self.data),
            "DATA__WORKSPACE": str(self.folder / "workspace"),
        } | self._settings
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SEALBEAT_")}
        # Temporary files, if there were any, would be found beside everything else.
        return kept | {f"SEALBEAT_{name}": value for name, value in own.items()} | {"TMPDIR": str(self.folder / "tmp")}

    async def start(self) -> None:
        """Returns when it listens; webhooks go there from now on."""
        with self.log.open("ab") as log:
            seen = log.tell()
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "serve", env=self.environment(), stdout=log, stderr=log
            )
        while (address := self._address(seen)) is None:
            assert self._process.returncode is None, self.log.read_text()
            await asyncio.sleep(0.02)
        self.port = int(address.rsplit(":", 1)[1])
        self.host.webhook_url = f"{address}/hooks/github"

    async def kill(self) -> None:
        """kill -9."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """SIGTERM; returns the exit code."""
        return await self._end(signal.SIGTERM)

    async def restart(self) -> None:
        await self.kill()
        await self.start()

    async def allow_files_of(self, size: int | None) -> None:
        """How large the running bot's files may be: with 1 byte, every disk is full. None: as large as they like."""
        assert self._process is not None
        limit = resource.RLIM_INFINITY if size is None else size
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    async def command(self, *arguments: str) -> tuple[int, str]:
        """Another command beside the running bot: (exit code, standard output)."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments, env=self.environment(), stdout=asyncio.subprocess.PIPE
        )
        out, _ = await process.communicate()
        assert process.returncode is not None
        return process.returncode, out.decode()

    def lines(self) -> list[dict[str, object]]:
        """The log so far."""
        return [orjson.loads(line) for line in self.log.read_bytes().splitlines() if line.startswith(b"{")]

    def _address(self, since: int) -> str | None:
        for line in self.log.read_bytes()[since:].splitlines():
            if b'"listening"' in line:
                return str(orjson.loads(line)["address"])
        return None

    async def _end(self, number: signal.Signals) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        if process.returncode is None:
            process.send_signal(number)
        return await process.wait()
