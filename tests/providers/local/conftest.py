"""One host, one listener and one installed repository per test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.providers.local.host import LocalHost
from bot.providers.local.state import Account, Repo

from .parts import Client, Listener, local_host


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    it = Listener()
    runner = web.ServerRunner(web.Server(it.take))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    it.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hooks"
    yield it
    await runner.cleanup()


@pytest.fixture
async def host(tmp_path: Path, listener: Listener) -> AsyncIterator[LocalHost]:
    async with local_host(tmp_path / "host", webhook_url=listener.url) as it:
        yield it


@pytest.fixture
async def anyone(host: LocalHost) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(host, session)


@dataclass
class Installed:
    """acme/shop, with the app installed on all of acme. `client` has a token of the widest kind."""

    account: Account
    repo: Repo
    id: int
    client: Client
    path: str = "/repos/acme/shop"

    async def head(self, ref: str = "main") -> str:
        return await self.repo.git.tip(f"refs/heads/{ref}") or ""


@pytest.fixture
async def shop(host: LocalHost, anyone: Client, listener: Listener) -> Installed:
    account = host.create_account("acme")
    repo = await host.create_repository(account, "shop", files={"a.py": b"x = 1\n", "docs/b.txt": b"b\n"})
    id = await host.install(account)
    listener.names()
    return Installed(account, repo, id, await anyone.token(id))
