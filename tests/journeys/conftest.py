"""Every journey: a git host with state, the real bot as a process of its own, and a shop to review."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from bot.app import local_host
from tests.journeys.bot_process import APP_ID, PUBLIC_PEM, SECRET, BotProcess
from tests.journeys.shop import Shop

if TYPE_CHECKING:
    from bot.app import LocalHost

T = TypeVar("T")
PATIENCE = 60.0


async def until(look: Callable[[], T | None], what: str = "") -> T:
    """The first answer that is true."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while not (found := look()):
        assert loop.time() < end, f"waited in vain for: {what or look}"
        await asyncio.sleep(0.02)
    return found


@pytest.fixture
async def host(tmp_path: Path) -> AsyncIterator[LocalHost]:
    async with local_host(
        tmp_path / "host", app_id=APP_ID, public_key=PUBLIC_PEM, webhook_secret=SECRET.encode()
    ) as it:
        yield it
        assert it.violations == []  # every request and answer was as the vendor describes (SEALBEAT_ORACLES)


@pytest.fixture
async def bot(tmp_path: Path, host: LocalHost) -> AsyncIterator[BotProcess]:
    it = BotProcess(tmp_path / "bot", host)
    await it.start()
    yield it
    await it.kill()
    print(it.log.read_text()[-8000:])  # pytest shows it where the journey failed


@pytest.fixture
async def shop(host: LocalHost) -> Shop:
    return await Shop.founded(host)
