"""The ports: what the services need of the world, in their words. Adapters implement them; bot.app chooses which.

Every method states its promise, also on failure. Errors are those of bot.errors and nothing else: an adapter maps its
vendor's errors at its own border. Methods named ensure_ may be called twice with the effect of once.
"""

from __future__ import annotations

from bot.ports.host import Accounts, Keys, Origin, Provider, Reports, Webhooks
from bot.ports.kept import DeadLetter, Inbox, Jobs, Queue, Store
from bot.ports.keys import Clock, KeyStore, Kms
from bot.ports.source import Fetcher, Objects

__all__ = [
    "Accounts",
    "Clock",
    "DeadLetter",
    "Fetcher",
    "Inbox",
    "Jobs",
    "KeyStore",
    "Keys",
    "Kms",
    "Objects",
    "Origin",
    "Provider",
    "Queue",
    "Reports",
    "Store",
    "Webhooks",
]
