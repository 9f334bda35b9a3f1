"""kill -9 at any moment: nothing that was acknowledged is lost, nothing is done twice."""

import asyncio
import sqlite3
from functools import partial

import pytest

from tests.journeys.bot_process import BotProcess
from tests.journeys.conftest import until
from tests.journeys.shop import MESSY, Shop
from tests.journeys.test_moves import receipts

# Every request of an installation and a review with a comment, in their order.
STEPS = [
    ("POST", "/access_tokens"),
    ("GET", "/app/installations/"),
    ("GET", "/installation/repositories"),
    ("GET", "/keys"),
    ("POST", "/keys$"),
    ("GET", "/repositories/"),
    ("GET", "/pulls/"),
    ("POST", "/check-runs"),
    ("GET", "/compare/"),
    ("GET", "/comments"),
    ("POST", "/comments"),
    ("PATCH", "/check-runs/"),
]


async def everything_happened_once(host, shop, number):
    check = await until(lambda: shop.completed(number), "a completed check")
    assert check.conclusion == "failure"
    assert len(shop.checks(number)) == 1
    assert len(shop.keys()) == 1
    assert len(host.comments(shop.name, number)) == 1
    places = [(note["path"], note["title"]) for note in check.annotations]
    assert len(places) == len(set(places))


@pytest.mark.parametrize(
    "answered", ["hang", "lost"], ids=["before the host has done it", "after the host has done it"]
)
@pytest.mark.parametrize(("method", "path"), STEPS)
async def test_killed_at_a_request_to_the_host(host, bot, shop, method, path, answered):
    await host.commit(shop.name, "main", {".sealbeat.toml": b"comments = true\n"}, "Comments please")
    order = host.faults.next(method, path, answered)
    await shop.install()
    number = await shop.propose()
    await until(lambda: order.times == 0, "the request")
    await bot.restart()
    await everything_happened_once(host, shop, number)


async def test_killed_while_source_comes_over_ssh(host, bot, shop):
    await host.commit(shop.name, "main", {".sealbeat.toml": b"comments = true\n"}, "Comments please")
    host.ssh.bytes_per_second = 200
    await shop.install()
    number = await shop.propose()
    await until(lambda: shop.checks(number))
    await until(lambda: any((bot.folder / "workspace").iterdir()), "a workspace")
    await asyncio.sleep(0.3)
    await bot.kill()
    host.ssh.bytes_per_second = None
    await bot.start()
    await everything_happened_once(host, shop, number)
    await until(lambda: not any((bot.folder / "workspace").iterdir()), "what the killed bot left to be swept")


async def test_killed_again_and_again_while_pull_requests_pour_in(host, tmp_path):
    # More tries than kills: a job that was there at five of them would rightly be taken for the one that kills.
    bot = BotProcess(tmp_path / "bot", host, QUEUE__MAX_TRIES="10")
    await bot.start()
    shop = await Shop.founded(host)
    await shop.install()
    await until(shop.keys)

    async def pour():
        return [await shop.propose(f"topic{i}", {f"file{i}.py": MESSY}) for i in range(15)]

    pouring = asyncio.create_task(pour())
    for _ in range(6):
        await asyncio.sleep(0.6)
        await bot.restart()
    numbers = await pouring
    await bot.restart()  # what arrived while it was down is asked for at the start
    for number in numbers:
        assert (await until(partial(shop.completed, number), f"#{number}")).conclusion == "failure"
        assert len(shop.checks(number)) == 1
    await bot.kill()


async def test_killed_at_any_moment_of_a_wipe(host, bot, shop):
    for milliseconds in (0, 2, 5, 10, 20, 40):
        await shop.install()
        number = await shop.propose(f"topic{milliseconds}", {f"file{milliseconds}.py": MESSY})
        await until(partial(shop.completed, number))
        await host.uninstall(shop.installation)
        await asyncio.sleep(milliseconds / 1000)
        await bot.restart()
        await until(lambda: _rows(bot, shop.installation) == 0, "the wipe")
    found = await receipts(bot)
    assert len(found) == 6
    assert all(receipt["remaining"] == {} for receipt in found)
    assert all(receipt["keys_destroyed"] == 2 for receipt in found)
    assert all(receipt["rows_deleted"]["deploy_key"] == 1 for receipt in found)


def _rows(bot, installation):
    connection = sqlite3.connect(f"file:{bot.data / 'data.db'}?mode=ro", uri=True)
    try:
        return sum(
            connection.execute(f"SELECT count(*) FROM {table} WHERE installation = ?", (installation,)).fetchone()[0]
            for table in ("records", "jobs")
        )
    finally:
        connection.close()


async def test_a_job_that_always_fails_leaves_no_check_pending_and_is_reviewed_when_replayed(host, tmp_path):
    bot = BotProcess(tmp_path / "bot", host, QUEUE__MAX_TRIES="1")
    await bot.start()
    shop = await Shop.founded(host)
    await shop.install()
    await until(shop.keys)
    host.faults.next("GET", "/compare/", 500, times=1000)
    number = await shop.propose()
    check = await until(lambda: shop.completed(number))
    assert (check.conclusion, check.title) == ("neutral", "Not reviewed: internal error")
    code, listed = await bot.command("dead")
    assert code == 0
    assert "pull_request" in listed
    host.faults.clear()
    await bot.command("dead", "--replay", listed.split()[0])
    await until(lambda: len(shop.checks(number)) == 2, "the review that was put aside")
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"
    await bot.kill()


async def test_a_dead_job_is_replayed_when_the_cause_is_mended(host, tmp_path):
    bot = BotProcess(tmp_path / "bot", host, QUEUE__MAX_TRIES="1")
    await bot.start()
    shop = await Shop.founded(host)
    host.faults.next("GET", "/installation/repositories", 500, times=2)  # the event's try, and reconciliation's
    await shop.install()

    async def dead():
        return (await bot.command("dead"))[1]

    while "installation" not in (listed := await dead()):  # noqa: ASYNC110 - another process answers
        await asyncio.sleep(0.1)
    host.faults.clear()
    seq = listed.split()[0]
    assert (await bot.command("dead", "--replay", seq))[0] == 0
    assert await until(shop.keys)
    assert (await bot.command("dead", "--replay", seq))[0] == 1
    await bot.kill()
