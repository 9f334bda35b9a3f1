"""The embedded queue: jobs run in this process, handed out from memory, with the inbox as the truth."""

from __future__ import annotations

from bot.ports import Clock, Inbox, Queue
from bot.queue.embedded.engine import EmbeddedQueue
from bot.queue.embedded.settings import Settings

__all__ = ["EmbeddedQueue", "Settings", "build"]


def build(inbox: Inbox, clock: Clock, settings: Settings) -> Queue:
    return EmbeddedQueue(inbox, clock, settings)
