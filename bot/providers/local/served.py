"""The local git host's life: its parts put together, started on loopback and stopped."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.providers.local.contract import Contract, Violation
from bot.providers.local.faults import Faults
from bot.providers.local.hooks import Outbox
from bot.providers.local.rest import ROUTES
from bot.providers.local.rest.door import Asked, Door
from bot.providers.local.shapes.urls import Urls
from bot.providers.local.ssh import SshServer
from bot.providers.local.state import App
from bot.providers.local.world import World

PERMISSIONS = {
    "metadata": "read",
    "administration": "write",
    "contents": "read",
    "checks": "write",
    "pull_requests": "write",
    "merge_queues": "read",
}
EVENTS = ("push", "pull_request", "check_suite", "check_run", "repository", "merge_group", "public")
_LOOPBACK = "127.0.0.1"


class Served:
    """REST, SSH and webhooks, without anybody who does something."""

    def __init__(
        self,
        root: Path,
        *,
        app_id: int,
        app_public_key_pem: bytes,
        webhook_secret: bytes,
        webhook_url: str | None = None,
        prefix: str = "",
        slug: str = "sealbeat",
        permissions: Mapping[str, str] = PERMISSIONS,
        events: Sequence[str] = EVENTS,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`prefix` is the path of the REST face, "/api/v3" for an Enterprise Server. `now` judges tokens."""
        self.faults = Faults()
        self._world = world = World(root, now)
        owner, bot = world.add_account("octo-apps", "Organization"), world.add_account(f"{slug}[bot]", "Bot")
        world.app = App(app_id, slug, app_public_key_pem, dict(permissions), tuple(events), owner, bot, now())
        world.outbox = Outbox(app_id, webhook_url, webhook_secret, world.ids, now)
        self.ssh = SshServer(resolve=world.resolve, accepts=world.accepts)
        self._prefix = prefix.rstrip("/")
        self._contract = Contract.from_environment()
        self._door = Door(world, self.faults, self._contract, ROUTES, self._prefix)
        self._runner: web.ServerRunner | None = None

    @property
    def webhook_patience(self) -> float:
        """Seconds until a delivery is given up: GitHub's ten, unless a test is in a hurry."""
        return self._world.outbox.patience

    @webhook_patience.setter
    def webhook_patience(self, seconds: float) -> None:
        self._world.outbox.patience = seconds

    async def start(self, port: int = 0) -> None:
        """Listen on loopback and nowhere else."""
        self._runner = web.ServerRunner(web.Server(self._door), shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, _LOOPBACK, port).start()
        bound = self._runner.addresses[0][1]
        await self.ssh.start()
        await self._world.outbox.start()
        self._world.host_keys = self.ssh.host_keys
        web_url = f"http://{_LOOPBACK}:{bound}"
        self._world.urls = Urls(web_url + self._prefix, web_url, self.ssh.port)

    async def stop(self) -> None:
        self._door.close()
        await self._world.outbox.stop()
        await self.ssh.stop()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, it: BaseException | None, tb: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def api_url(self) -> str:
        return self._world.urls.api

    @property
    def web_url(self) -> str:
        return self._world.urls.web

    @property
    def ssh_port(self) -> int:
        return self.ssh.port

    @property
    def ssh_host_keys(self) -> tuple[str, ...]:
        return self.ssh.host_keys

    def addresses(self) -> set[str]:
        """The addresses of this machine on which it listens."""
        assert self._runner is not None, "the host is not started"
        return {bound[0] for bound in self._runner.addresses}

    @property
    def webhook_url(self) -> str | None:
        return self._world.outbox.url

    @webhook_url.setter
    def webhook_url(self, url: str | None) -> None:
        self._world.outbox.url = url

    @property
    def requests(self) -> list[Asked]:
        """Every REST request, oldest first."""
        return self._door.asked

    @property
    def violations(self) -> list[Violation]:
        """Where requests or answers were not what GitHub documents; empty where its description is not at hand."""
        return [] if self._contract is None else self._contract.violations
