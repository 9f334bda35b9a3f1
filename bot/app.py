"""The composition root: settings -> adapters -> Services -> a running bot. The only file that names an adapter."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from aiohttp import web

from bot import __version__, fetch
from bot.analysis import jail, thresholds
from bot.analysis.engine import AnalysisLimits
from bot.clock import SystemClock
from bot.config import Settings
from bot.errors import ConfigError
from bot.model import Secret, Table
from bot.ports import Provider
from bot.providers import PROVIDERS
from bot.providers.github import Settings as GitHubSettings
from bot.providers.github.settings import GITHUB_HOST_KEYS
from bot.queue import QUEUES
from bot.queue.embedded import Settings as QueueSettings
from bot.services import reconcile
from bot.services.context import Options, Services
from bot.services.records import Records
from bot.vault.keyring import Keyring
from bot.vault.kms import KMS
from bot.vault.kms.file import Settings as KmsSettings
from bot.vault.receipt import Signer
from bot.vault.stores import STORES
from bot.vault.vault import Vault
from bot.web.server import tls_context, web_server
from bot.worker import Worker

if TYPE_CHECKING:
    from bot.providers.local.host import LocalHost as LocalHost

__all__ = ["build", "local_host", "running", "serve"]

log = structlog.get_logger()


@contextlib.asynccontextmanager
async def build(settings: Settings, *, shared: bool = False) -> AsyncIterator[Services]:
    """Everything opened, nothing running yet; closed in reverse. `shared`: beside a bot that runs on the same data
    (for commands that look or mend), without taking its lock or ending its leases. Raises ConfigError."""
    if settings.analysis.require_jail and (missing := jail.strength().missing):
        raise ConfigError(
            f"this kernel lacks {' and '.join(missing)}, which lock the analysis of foreign source in: use Linux "
            "5.13 or newer with libseccomp, or set [analysis] require_jail = false and know what you give up"
        )
    async with contextlib.AsyncExitStack() as stack:
        clock = SystemClock()
        stores = await stack.enter_async_context(STORES["sqlite"](settings.data.directory, shared=shared))
        kms = KMS["file"](KmsSettings(settings.data.master_key), may_create=not stores.holds_keys())
        host: Provider = await stack.enter_async_context(PROVIDERS["github"](_github(settings), clock))
        records = Records(stores.store, Vault(Keyring(kms, stores.keys)))
        fetcher = fetch.build(
            fetch.Settings(settings.data.workspace_root, connect_seconds=settings.fetch.connect_seconds)
        )
        yield Services(
            host=host,
            records=records,
            inbox=stores.inbox,
            dead_letter=stores.inbox,
            queue=QUEUES["embedded"](stores.inbox, clock, _queue(settings)),
            fetcher=fetcher,
            signer=Signer(Secret(await kms.derive("receipts"))),
            clock=clock,
            options=_options(settings, await _instance(records, settings.github.app_id)),
        )


def local_host(root: Path, *, app_id: int, public_key: bytes, webhook_secret: bytes) -> LocalHost:
    """A git host on loopback for demonstrations and tests; the GitHub adapter talks to it as to any other."""
    from bot.providers.local.host import LocalHost  # a served bot never needs it

    return LocalHost(root, app_id=app_id, app_public_key_pem=public_key, webhook_secret=webhook_secret)


async def serve(settings: Settings, *, started: Callable[[str], None] | None = None) -> None:
    """Run until SIGTERM or SIGINT. `started` is told the address that we listen on."""
    async with build(settings) as services:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        async with running(settings, services) as address:
            log.info("listening", version=__version__, address=address)
            if started is not None:
                started(address)
            await stop.wait()
            log.info("stopping")


@contextlib.asynccontextmanager
async def running(settings: Settings, services: Services) -> AsyncIterator[str]:
    """The queue, the reconciler and the web edge, all running; yields the address. On leaving, the edge stops first,
    so that nothing is taken in that nobody would work on; jobs that are cut short stay in the inbox."""
    worker = Worker(services)
    work = asyncio.create_task(_watched(services.queue.run(worker.handle, worker.give_up)), name="queue")
    timer = asyncio.create_task(
        _watched(reconcile.for_ever(services, settings.reconcile.every_seconds)), name="reconcile"
    )
    try:
        async with _listening(settings, services) as address:
            yield address
    finally:
        for task in (timer, work):
            task.cancel()
        await asyncio.gather(timer, work, return_exceptions=True)


async def _watched(work: Awaitable[None]) -> None:
    """A part that dies takes the process with it: a supervisor restarts us, and nothing acknowledged is lost."""
    try:
        await work
    except asyncio.CancelledError:
        raise
    except BaseException:
        log.exception("a part of the bot has died")
        signal.raise_signal(signal.SIGTERM)


@contextlib.asynccontextmanager
async def _listening(settings: Settings, services: Services) -> AsyncIterator[str]:
    server = settings.server
    edge = web_server(services, max_body_bytes=server.max_body_bytes)
    runner = web.ServerRunner(edge, handle_signals=False, shutdown_timeout=5.0)
    await runner.setup()
    try:
        tls = tls_context(server.tls_cert, server.tls_key) if server.tls_cert and server.tls_key else None
        site = web.TCPSite(runner, server.host, server.port, ssl_context=tls, backlog=1024)
        try:
            await site.start()
        except OSError as error:
            raise ConfigError(
                f"cannot listen on {server.host}:{server.port} ({error.strerror}); choose another with [server] port"
            ) from None
        port = runner.addresses[0][1]
        yield f"{'https' if tls else 'http'}://{server.host}:{port}"
    finally:
        await runner.cleanup()


def _github(settings: Settings) -> GitHubSettings:
    github = settings.github
    secrets_ = [github.webhook_secret, github.webhook_secret_previous]
    return GitHubSettings(
        app_id=str(github.app_id),
        private_key=github.private_key,
        webhook_secrets=tuple(secret for secret in secrets_ if secret),
        app_slug=github.app_slug or "sealbeat",
        check_name=github.check_name,
        api_url=github.api_url,
        web_url=github.web_url,
        ssh_host=github.ssh_host,
        ssh_port=github.ssh_port,
        host_keys=github.ssh_host_keys or GITHUB_HOST_KEYS,
    )


def _queue(settings: Settings) -> QueueSettings:
    queue = settings.queue
    return QueueSettings(
        slots=queue.slots,
        per_installation=queue.per_installation,
        lease_seconds=queue.lease_seconds,
        max_tries=queue.max_tries,
    )


def _options(settings: Settings, instance: str) -> Options:
    analysis, checks = settings.analysis, settings.checks
    return Options(
        instance=instance,
        thresholds=thresholds.load(analysis.metrics_file or thresholds.DEFAULT_FILE),
        app_slug=settings.github.app_slug or "sealbeat",
        fetch=settings.fetch.limits,
        analysis=AnalysisLimits(
            file_seconds=analysis.seconds_per_file,
            memory_bytes=analysis.memory_bytes,
            file_bytes=analysis.max_file_bytes,
            children=analysis.children,
            require_jail=analysis.require_jail,
        ),
        minimum_severity=checks.minimum_severity,
        fail_severity=checks.fail_severity,
        comments_default=checks.comments_default,
        deadline_seconds=checks.deadline_seconds,
        receipt_days=settings.data.receipt_days,
    )


async def _instance(records: Records, app_id: int) -> str:
    """A short id that tells this Sealbeat from another one on the same repository; made once.

    The data belongs to one app: under another one the host knows none of its installations, and reconciliation would
    wipe them all. Raises ConfigError.
    """
    note = await records.note(Table.CURSOR, "instance")
    if note is None:
        note = {"id": secrets.token_hex(4), "app_id": app_id}
        await records.save_note(Table.CURSOR, "instance", note)
    if note["app_id"] != app_id:
        raise ConfigError(
            f"the data directory belongs to the app with id {note['app_id']}, but [github] app_id is {app_id}: set it "
            "back, or give the new app a data directory of its own"
        )
    return str(note["id"])
