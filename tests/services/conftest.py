"""Services over a real store, real keys and a real queue; the host lives in memory, and the test owns the clock."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import fetch
from bot.analysis import thresholds
from bot.model import Secret
from bot.ports import Store
from bot.queue import QUEUES
from bot.queue.embedded import Settings as QueueSettings
from bot.services.context import Options, Services
from bot.services.records import Records
from bot.vault.keyring import Keyring
from bot.vault.kms import KMS
from bot.vault.kms.file import Settings as KmsSettings
from bot.vault.receipt import Signer
from bot.vault.stores import STORES, OpenStores
from bot.vault.vault import Vault
from tests.services.host import Host

OPTIONS = Options("1a2b3c4d", thresholds.load(thresholds.DEFAULT_FILE))


@dataclass
class Time:
    """bot.ports.Clock, moved by hand."""

    seconds: float = 1_800_000_000.0

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds
        await asyncio.sleep(0)


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[OpenStores]:
    async with STORES["sqlite"](tmp_path / "data") as opened:
        yield opened


Start = Callable[..., Services]


@pytest.fixture
async def start(tmp_path: Path, stores: OpenStores, host: Host, clock: Time) -> Start:
    """Starts the services once more, as after a crash: nothing is remembered but what the store holds."""
    kms = KMS["file"](KmsSettings(tmp_path / "data/master.key"), may_create=True)
    seed = Secret(await kms.derive("receipts"))

    def start(store: Store = stores.store) -> Services:
        return Services(
            host=host.provider(),
            records=Records(store, Vault(Keyring(kms, stores.keys))),
            inbox=stores.inbox,
            dead_letter=stores.inbox,
            queue=QUEUES["embedded"](stores.inbox, clock, QueueSettings()),
            fetcher=fetch.build(fetch.Settings(tmp_path / "workspace")),
            signer=Signer(seed),
            clock=clock,
            options=OPTIONS,
        )

    return start


@pytest.fixture
def services(start: Start) -> Services:
    return start()
