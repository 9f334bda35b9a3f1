"""What is kept: one folder per store, one line per store in the registry below."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol, Self

from bot.ports import Jobs, KeyStore, Store
from bot.vault.stores import sqlite


class OpenStores(AbstractAsyncContextManager["OpenStores"], Protocol):
    """The three ports of one opened data directory. `async with` it, or call `aclose` once at the end."""

    @property
    def store(self) -> Store: ...

    @property
    def inbox(self) -> Jobs: ...

    @property
    def keys(self) -> KeyStore: ...

    def holds_keys(self) -> bool:
        """Whether any wrapped key is kept: where one is, a new master key must not be made."""
        ...

    async def aclose(self) -> None:
        """What was asked before is still committed. Safe to repeat."""
        ...

    async def __aenter__(self) -> Self: ...


class Open(Protocol):
    """Opens a data directory; `shared`, beside a process that has it open already."""

    def __call__(self, directory: Path, *, shared: bool = False) -> OpenStores: ...


STORES: Mapping[str, Open] = {"sqlite": sqlite.open_store}
