"""GitHub, github.com and Enterprise Server alike: webhooks in, REST out.

A file per port (webhook, accounts, keys, reports, origin); `client` is what they call through, `wire` the one place
where bytes come and go.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp

from bot.model import Repository
from bot.ports import Clock, Provider
from bot.providers.github.accounts import Accounts
from bot.providers.github.client import Client
from bot.providers.github.keys import Keys
from bot.providers.github.names import path_of
from bot.providers.github.origin import Origin
from bot.providers.github.reports import Reports
from bot.providers.github.settings import GITHUB_HOST_KEYS, Settings
from bot.providers.github.webhook import Webhooks

__all__ = ["GITHUB_HOST_KEYS", "Settings", "build", "new_session"]


def new_session() -> aiohttp.ClientSession:
    """No cookies: nothing of one installation may reach another. At most 100 connections, as GitHub asks."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=100), cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=True
    )


@asynccontextmanager
async def build(
    settings: Settings, clock: Clock, session_factory: Callable[[], aiohttp.ClientSession] = new_session
) -> AsyncIterator[Provider]:
    """The five ports of one GitHub App; connections and waiting calls end with the context. Sends nothing by itself.
    Raises ConfigError where the private key is none."""
    async with session_factory() as session:
        client = Client(settings, clock, session)
        try:
            yield Provider(
                webhooks=Webhooks(settings.app_id, settings.webhook_secrets),
                accounts=Accounts(client),
                keys=Keys(client, settings.web_url),
                reports=Reports(client, settings, clock),
                origin=Origin(client, settings),
                key_page=lambda repository: _key_page(settings.web_url, repository),
            )
        finally:
            await client.close()


def _key_page(web_url: str, repository: Repository) -> str:
    names = path_of(repository)
    return f"{web_url}/{names['owner']}/{names['repo']}/settings/keys"
