"""From the webhook to the completed check, beyond the fetch itself: python -m tests.bench.bench_review

A pull request that changes ten files, on the local host, with the real adapter, real git and real SSH. The fetch alone
(both commits and the changed blobs, by the same fetcher) is measured beside it in the same rounds. Goal: at most 2 s
beyond it.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from bot import app
from bot.config import load
from bot.model import FetchLimits, RepositoryId, Sha
from bot.services.context import Services
from bot.services.source import key_of
from bot.services.survey import differing
from tests.journeys.bot_process import APP_ID, PUBLIC_PEM, SECRET
from tests.journeys.shop import MESSY, TIDY, Shop
from tests.web.conftest import environment

ROUNDS = 7
FILES = 10


async def _completed(shop: Shop, number: int) -> None:
    while shop.completed(number) is None:  # noqa: ASYNC110 - the host tells nobody but its own people
        await asyncio.sleep(0.002)


async def _review(host: app.LocalHost, shop: Shop, number: int) -> float:
    """Seconds from the push's webhooks to the completed check."""
    files = {f"src/file{i}.py": MESSY + b"# %d\n" % time.monotonic_ns() for i in range(FILES)}
    start = time.perf_counter()
    await host.push_to_pull_request(shop.name, number, files)
    await _completed(shop, number)
    return time.perf_counter() - start


async def _fetch(services: Services, shop: Shop, number: int) -> float:
    """Seconds for the same source alone."""
    pull = shop.host.pull_request(shop.name, number)
    repository = await services.records.repository(RepositoryId(pull.repo.id))
    key = await services.records.key(RepositoryId(pull.repo.id))
    assert repository is not None and key is not None
    address = await services.host.origin.address(repository)
    head, base = Sha(pull.head), Sha(pull.base)
    start = time.perf_counter()
    async with services.fetcher.fetch(address, key_of(key), (head, base), limits=FetchLimits()) as objects:
        old, new = differing(await objects.tree(base), await objects.tree(head))
        for entries in (old, new):
            _ = [blob async for blob in objects.blobs([entry.oid for entry in entries])]
    return time.perf_counter() - start


async def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        host = app.local_host(folder / "host", app_id=APP_ID, public_key=PUBLIC_PEM, webhook_secret=SECRET.encode())
        async with host:
            settings = load(None, environment(host, folder))
            async with app.build(settings) as services, app.running(settings, services) as address:
                host.webhook_url = f"{address}/hooks/github"
                shop = await Shop.founded(host)
                await shop.install()
                await host.commit(shop.name, "main", {f"src/file{i}.py": TIDY for i in range(FILES)}, "Ten files")
                number = await shop.propose("ten", {f"src/file{i}.py": MESSY for i in range(FILES)})
                await _completed(shop, number)
                pairs = [
                    (await _review(host, shop, number), await _fetch(services, shop, number)) for _ in range(ROUNDS)
                ]
    whole, fetch = (statistics.median(column) for column in zip(*pairs, strict=True))
    beyond = statistics.median(a - b for a, b in pairs)
    print(
        f"webhook to completed check, {FILES} files, median of {ROUNDS}: {whole:.2f} s; the fetch alone {fetch:.2f} s"
    )
    print(f"beyond the fetch: {beyond:.2f} s (goal: at most 2), {whole / fetch:.1f} x the fetch")


if __name__ == "__main__":
    asyncio.run(main())
