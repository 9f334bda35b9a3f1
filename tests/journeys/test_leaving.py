"""A team suspends the app, comes back, or leaves for good."""

import asyncio
from datetime import timedelta

from bot.vault.scan import search_files
from tests.journeys.bot_process import BotProcess
from tests.journeys.conftest import until
from tests.journeys.shop import MESSY, Shop
from tests.journeys.test_moves import receipts


async def test_a_suspended_installation_is_left_alone(host, bot, shop):
    await shop.install()
    await until(shop.keys)
    await host.suspend(shop.installation)
    await until(lambda: host.deliveries()[-1].status_code == 202)
    number = await shop.propose()
    await asyncio.sleep(1.0)
    assert shop.checks(number) == []


async def test_after_the_suspension_reviews_go_on(host, bot, shop):
    await shop.install()
    await until(shop.keys)
    await host.suspend(shop.installation)
    await host.unsuspend(shop.installation)
    number = await shop.propose()
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"


async def test_a_review_that_a_suspension_cut_off_is_done_afterwards(host, bot, shop):
    await shop.install()
    await until(shop.keys)
    host.faults.next("GET", "/compare/", timedelta(seconds=3))
    number = await shop.propose()
    await until(lambda: shop.checks(number))
    await host.suspend(shop.installation)
    await asyncio.sleep(0.3)
    assert [run.status for run in shop.checks(number)] == ["in_progress"]
    await host.unsuspend(shop.installation)
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"
    assert len(shop.checks(number)) == 1


async def test_uninstalling_wipes_everything_and_leaves_a_receipt(host, bot, shop):
    await shop.install()
    number = await shop.propose()
    await until(lambda: shop.completed(number))
    (key,) = shop.keys()
    await host.uninstall(shop.installation)
    await until(lambda: any(line.get("event") == "wiped" for line in bot.lines()))
    (receipt,) = await receipts(bot)
    assert receipt["reason"] == "uninstalled"
    assert receipt["remaining"] == {}
    assert receipt["keys_destroyed"] == 2
    (left,) = receipt["deploy_keys"]
    assert left["key_id"] == key.id
    assert left["page"] == f"{host.web_url}/{shop.name}/settings/keys"
    assert not left["removed"]


async def test_uninstalling_in_the_middle_of_a_review_stops_it(host, bot, shop):
    await shop.install()
    await until(shop.keys)
    host.faults.next("GET", "/compare/", timedelta(seconds=30))
    number = await shop.propose()
    await until(lambda: shop.checks(number))
    await host.uninstall(shop.installation)
    await until(lambda: any(line.get("event") == "wiped" for line in bot.lines()))
    (receipt,) = await receipts(bot)
    assert receipt["remaining"] == {}


async def test_an_event_that_comes_after_the_uninstall_leaves_no_trace(host, bot, shop):
    await shop.install()
    number = await shop.propose()
    await until(lambda: shop.completed(number))
    late = next(delivery for delivery in host.deliveries() if delivery.event == "pull_request")
    await host.uninstall(shop.installation)
    await until(lambda: any(line.get("event") == "wiped" for line in bot.lines()))
    late.guid = late.headers["X-GitHub-Delivery"] = "00000000-1111-2222-3333-444444444444"
    assert (await host.redeliver(late)).status_code == 202
    await asyncio.sleep(1.0)
    assert len(await receipts(bot)) == 1
    await bot.stop()
    assert _rows(bot) == {"records": 1 + 2, "jobs": 0}  # the receipt; the instance's id and cursor
    assert _keys(bot) == ["instance"]


def _rows(bot):
    import sqlite3

    connection = sqlite3.connect(bot.data / "data.db")
    try:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("records", "jobs")
        }
    finally:
        connection.close()


def _keys(bot):
    import sqlite3

    connection = sqlite3.connect(bot.data / "keys.db")
    try:
        return [row[0] for row in connection.execute("SELECT id FROM keys")]
    finally:
        connection.close()


async def test_coming_back_after_an_uninstall_starts_anew(host, bot, shop):
    await shop.install()
    (old,) = await until(shop.keys)
    await host.uninstall(shop.installation)
    await until(lambda: any(line.get("event") == "wiped" for line in bot.lines()))
    await shop.install()
    new = await until(lambda: [key for key in shop.keys() if key.id != old.id])
    assert new[0].line != old.line
    number = await shop.propose()
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"


async def test_nothing_readable_is_on_disk_at_any_moment(host, tmp_path):
    """Database, log of the database, keys, temporary files and logs, searched again and again while it all happens."""
    login, source = "zanzibar-login-canary", b"zq_source_canary_7f3a"
    bot = BotProcess(tmp_path / "bot", host, DATA__WORKSPACE="/dev/shm")  # objects live in memory, as by default
    await bot.start()
    shop = await Shop.founded(host, owner=login)
    needles = {"source": source, "login": login.encode(), "key": b"BEGIN OPENSSH PRIVATE KEY"}
    seen, rounds = [], 0

    async def watch():
        nonlocal rounds
        while True:
            seen.extend(await asyncio.to_thread(search_files, [bot.folder], needles))
            rounds += 1
            await asyncio.sleep(0.01)

    watcher = asyncio.create_task(watch())
    await shop.install()
    number = await shop.propose("worse", {"price.py": MESSY + b"# " + source})
    await until(lambda: shop.completed(number))
    await host.uninstall(shop.installation)
    await until(lambda: any(line.get("event") == "wiped" for line in bot.lines()))
    watcher.cancel()
    assert rounds > 10
    assert seen == []
    assert search_files([bot.folder], needles) == []
    await bot.kill()


async def test_the_same_search_finds_source_in_a_workspace_that_is_a_folder_on_disk(host, bot):
    """The control of the search above: the one place where objects lie, looked into while a review runs."""
    source = b"zq_source_canary_7f3a"
    shop = await Shop.founded(host)
    await shop.install()
    await until(shop.keys)
    host.faults.next("POST", "/comments", timedelta(seconds=1))
    await shop.propose("worse", {"price.py": MESSY + b"# " + source})
    await until(lambda: search_files([bot.folder], {"source": source}), "the source in the workspace")
