"""Who hands out the jobs: one folder per engine, one line per engine in the registry below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.ports import Clock, Inbox, Queue
from bot.queue import embedded


class Build(Protocol):
    """Makes an engine over an inbox. The inbox stays the truth; the engine may forget."""

    def __call__(self, inbox: Inbox, clock: Clock, settings: embedded.Settings) -> Queue: ...


QUEUES: Mapping[str, Build] = {"embedded": embedded.build}
