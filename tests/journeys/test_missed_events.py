"""Webhooks get lost, and GitHub never sends one again by itself."""

from tests.journeys.conftest import until
from tests.journeys.test_moves import receipts


async def test_a_missed_pull_request_is_asked_for_and_reviewed(host, bot, shop):
    await shop.install()
    await until(shop.keys)
    host.lose_webhooks = True
    number = await shop.propose()
    host.lose_webhooks = False
    await bot.restart()
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"


async def test_what_happened_while_we_were_down_is_caught_up(host, bot, shop):
    await shop.install()
    await until(shop.keys)
    await bot.stop()
    number = await shop.propose()
    await host.create_repository(shop.owner, "later", files={"a.py": b"x = 1\n"})
    await bot.start()
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"
    assert await until(lambda: host.deploy_keys(f"{shop.owner}/later"))


async def test_an_uninstall_that_was_missed_is_wiped(host, bot, shop):
    await shop.install()
    await until(shop.keys)
    await bot.stop()
    await host.uninstall(shop.installation)
    await bot.start()
    await until(lambda: any(line.get("event") == "wiped" for line in bot.lines()))
    (receipt,) = await receipts(bot)
    assert receipt["remaining"] == {}
