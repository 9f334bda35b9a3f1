"""A bot and a local git host beside each other, on loopback, in one temporary folder."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from bot import app
from bot.config import Settings, load
from bot.services.context import Services

APP_ID = 401_337
PATIENCE = 90.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rig:
    """What the story is told with."""

    folder: Path
    config: Path
    settings: Settings
    services: Services
    host: app.LocalHost
    address: str

    @property
    def data(self) -> Path:
        return self.settings.data.directory

    @property
    def workspace(self) -> Path:
        return self.settings.data.workspace_root


@contextlib.asynccontextmanager
async def rig() -> AsyncIterator[Rig]:
    """Both sides up and introduced to each other. The folder is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="sealbeat-demo-"))
    try:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        secret = secrets.token_hex(32)
        host = app.local_host(folder / "host", app_id=APP_ID, public_key=public, webhook_secret=secret.encode())
        async with host:
            private = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
            config = _configure(folder / "bot", host, private, secret)
            settings = load(config, {})
            async with app.build(settings) as services, app.running(settings, services) as address:
                host.webhook_url = f"{address}/hooks/github"
                yield Rig(folder, config, settings, services, host, address)
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


def _configure(folder: Path, host: app.LocalHost, private: bytes, secret: str) -> Path:
    """What an operator writes: a settings file, and the secrets in files of their own."""
    folder.mkdir(mode=0o700, parents=True)
    for name, content in (("app.pem", private), ("webhook.secret", secret.encode())):
        file = folder / name
        file.touch(mode=0o600)
        file.write_bytes(content)
    keys = ", ".join(f'"{line}"' for line in host.ssh_host_keys)
    config = folder / "sealbeat.toml"
    config.write_text(
        f"""[server]
port = 0
[github]
app_id = {APP_ID}
private_key_file = "app.pem"
webhook_secret_file = "webhook.secret"
api_url = "{host.api_url}"
web_url = "{host.web_url}"
ssh_host = "127.0.0.1"
ssh_port = {host.ssh_port}
ssh_host_keys = [{keys}]
[data]
directory = "data"
"""
    )
    return config


async def until(what: str, look: Callable[[], Awaitable[T | None]]) -> T:
    """The first answer that is not None. Raises TimeoutError that says what was waited for."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while loop.time() < end:
        found = await look()
        if found is not None:
            return found
        await asyncio.sleep(0.02)
    raise TimeoutError(f"waited {PATIENCE:.0f} s in vain for: {what}")
