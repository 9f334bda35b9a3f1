"""What every use-case is handed: the ports, the vault and the operator's choices."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from bot.analysis.engine import AnalysisLimits
from bot.analysis.model import Severity
from bot.analysis.thresholds import Thresholds
from bot.model import FetchLimits
from bot.ports import Clock, DeadLetter, Fetcher, Inbox, Provider, Queue
from bot.services.records import Records
from bot.vault.receipt import Signer


@dataclass(frozen=True, slots=True)
class Options:
    """The operator's choices that use-cases look at."""

    instance: str  # short random id of this installation of Sealbeat; part of every deploy key's title
    thresholds: Thresholds
    app_slug: str = "sealbeat"
    fetch: FetchLimits = field(default_factory=FetchLimits)
    analysis: AnalysisLimits = field(default_factory=AnalysisLimits)
    minimum_severity: Severity = "warning"
    fail_severity: Severity = "error"
    comments_default: bool = False
    deadline_seconds: float = 600.0
    receipt_days: int = 30


class Locks:
    """One lock per name, for as long as somebody holds or awaits it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        lock = self._locks.setdefault(name, asyncio.Lock())
        async with lock:
            yield


@dataclass(frozen=True, slots=True)
class Services:
    """Built once, in bot.app."""

    host: Provider
    records: Records
    inbox: Inbox
    dead_letter: DeadLetter
    queue: Queue
    fetcher: Fetcher
    signer: Signer
    clock: Clock
    options: Options
    locks: Locks = field(default_factory=Locks)
