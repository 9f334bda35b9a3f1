"""The real adapter before the local host: one organisation, one repository, one installation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bot.model import InstallationId, Repository, RepositoryId, Sha
from bot.ports import Provider
from bot.providers.github import build
from bot.providers.local.host import LocalHost
from bot.providers.local.state import Repo
from tests.providers.github.parts import APP_ID, WEBHOOK_SECRET, TestClock, private_key, settings

OWNER = "octo-org"


@dataclass
class Stage:
    host: LocalHost
    provider: Provider
    clock: TestClock
    repo: Repo
    installation: InstallationId

    async def repository(self) -> Repository:
        return await self.provider.origin.repository(self.installation, RepositoryId(self.repo.id))

    async def pull_request(self) -> tuple[int, Sha]:
        """One more pull request on a branch of its own."""
        branch = f"change-{len(self.host.requests)}"
        head = await self.host.commit(self.repo, branch, {f"{branch}.py": b"x = 1\n"}, "Change")
        return await self.host.open_pull_request(self.repo, branch), Sha(head)


@asynccontextmanager
async def staged(root: Path, **options: Any) -> AsyncIterator[Stage]:
    clock = TestClock()
    public = private_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    host = LocalHost(
        root, app_id=int(APP_ID), app_public_key_pem=public, webhook_secret=WEBHOOK_SECRET, now=clock.now, **options
    )
    async with host:
        host.create_account(OWNER)
        repo = await host.create_repository(OWNER, "hello.world", files={"main.py": b"print('hello')\n"})
        installation = InstallationId(await host.install(OWNER))
        changes: dict[str, Any] = {"api_url": host.api_url, "web_url": host.web_url, "ssh_host": "127.0.0.1"}
        changes |= {"ssh_port": host.ssh_port, "host_keys": host.ssh_host_keys, "timeout": 5.0}
        async with build(settings(**changes), clock) as provider:
            yield Stage(host, provider, clock, repo, installation)
