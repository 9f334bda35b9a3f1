"""The web edge of a whole bot, in this process, over a real socket."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest

from bot import app
from bot.config import Settings, load
from bot.services.context import Services
from tests.journeys.bot_process import APP_ID, PRIVATE_PEM, PUBLIC_PEM, SECRET


def signature(body: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


@dataclass
class Edge:
    """Sends deliveries as the host would, or as nobody should."""

    address: str
    services: Services
    settings: Settings
    host: app.LocalHost
    session: aiohttp.ClientSession
    statuses: list[int] = field(default_factory=list)

    async def send(self, event: str, body: bytes | BytesIO, guid: str | None = None, **headers: str) -> int:
        sent = {
            "Content-Type": "application/json",
            "X-GitHub-Event": event,
            "X-GitHub-Delivery": guid or str(uuid4()),
            "X-Hub-Signature-256": signature(body) if isinstance(body, bytes) else "",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.post(f"{self.address}/hooks/github", data=body, headers=sent) as answer:
            self.statuses.append(answer.status)
            return answer.status


def environment(host: app.LocalHost, folder: Path) -> dict[str, str]:
    """Settings of a bot in this process that talks to the host."""
    return {
        "SEALBEAT_SERVER__PORT": "0",
        "SEALBEAT_GITHUB__APP_ID": str(APP_ID),
        "SEALBEAT_GITHUB__PRIVATE_KEY": PRIVATE_PEM.decode(),
        "SEALBEAT_GITHUB__WEBHOOK_SECRET": SECRET,
        "SEALBEAT_GITHUB__API_URL": host.api_url,
        "SEALBEAT_GITHUB__WEB_URL": host.web_url,
        "SEALBEAT_GITHUB__SSH_HOST": "127.0.0.1",
        "SEALBEAT_GITHUB__SSH_PORT": str(host.ssh_port),
        "SEALBEAT_GITHUB__SSH_HOST_KEYS": "\n".join(host.ssh_host_keys),
        "SEALBEAT_DATA__DIRECTORY": str(folder / "data"),
        "SEALBEAT_DATA__WORKSPACE": str(folder / "workspace"),
    }


@pytest.fixture
async def edge(tmp_path: Path) -> AsyncIterator[Edge]:
    host = app.local_host(tmp_path / "host", app_id=APP_ID, public_key=PUBLIC_PEM, webhook_secret=SECRET.encode())
    async with host:
        settings = load(None, environment(host, tmp_path))
        async with (
            app.build(settings) as services,
            app.running(settings, services) as address,
            aiohttp.ClientSession() as session,
        ):
            yield Edge(address, services, settings, host, session)
