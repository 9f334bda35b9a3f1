"""One suite per port, run against every adapter of its registry: a new adapter is tested once it is registered."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.ports import Jobs, KeyStore, Store
from bot.vault.stores import STORES, OpenStores


@pytest.fixture(params=sorted(STORES))
def open_stores(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], OpenStores]:
    """Opens the same stores again each time."""
    return lambda: STORES[request.param](tmp_path / "data")


@pytest.fixture
async def stores(open_stores: Callable[[], OpenStores]) -> AsyncIterator[OpenStores]:
    async with open_stores() as opened:
        yield opened


@pytest.fixture
def store(stores: OpenStores) -> Store:
    return stores.store


@pytest.fixture
def inbox(stores: OpenStores) -> Jobs:
    return stores.inbox


@pytest.fixture
def keys(stores: OpenStores) -> KeyStore:
    return stores.keys


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[MutableMapping[str, Any]]]:
    """What was logged, instead of printing it."""
    with capture_logs() as lines:
        yield lines
