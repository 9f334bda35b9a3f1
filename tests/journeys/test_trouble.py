"""Hosts refuse, hang and lie; people are told what happened and nothing stays pending."""

from datetime import timedelta

import pytest

from tests.journeys.bot_process import BotProcess
from tests.journeys.conftest import until
from tests.journeys.shop import MESSY, Shop


async def test_a_policy_that_forbids_deploy_keys_is_explained_on_the_check(host, bot, shop):
    host.deploy_keys_forbidden(shop.owner, True)
    await shop.install()
    number = await shop.propose()
    check = await until(lambda: shop.completed(number))
    assert check.conclusion == "neutral"
    assert "eploy keys" in check.summary
    assert "What to do" in check.summary


async def test_when_the_policy_is_lifted_the_next_try_works(host, bot, shop):
    host.deploy_keys_forbidden(shop.owner, True)
    await shop.install()
    number = await shop.propose()
    check = await until(lambda: shop.completed(number))
    host.deploy_keys_forbidden(shop.owner, False)
    await host.rerequest_check_run(check.id)
    await until(lambda: len(shop.checks(number)) == 2)
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"


async def test_a_key_that_a_person_removed_is_put_back(host, bot, shop):
    await shop.install()
    (key,) = await until(shop.keys)
    await host.remove_deploy_key(shop.name, key.id)
    number = await shop.propose()
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"
    assert len(shop.keys()) == 1


async def test_a_host_that_stumbles_is_asked_again(host, bot, shop):
    await shop.install()
    await until(shop.keys)
    host.faults.next("POST", "/check-runs", 503)
    host.faults.unicorn("GET", "/compare/")
    number = await shop.propose()
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"
    assert len(shop.checks(number)) == 1


@pytest.mark.parametrize("status", [403, 429])
async def test_a_rate_limit_is_waited_for(host, bot, shop, status):
    await shop.install()
    await until(shop.keys)
    host.faults.secondary_limit("POST", "/check-runs", status=status, retry_after=1)
    number = await shop.propose()
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"


async def test_an_answer_that_got_lost_makes_no_second_check(host, bot, shop):
    await shop.install()
    await until(shop.keys)
    host.faults.next("POST", "/check-runs", "lost")
    host.faults.next("PATCH", "/check-runs/", "lost")
    number = await shop.propose("many", {f"file{i:02}.py": MESSY for i in range(30)})
    check = await until(lambda: shop.completed(number))
    assert len(shop.checks(number)) == 1
    places = [(note["path"], note["title"]) for note in check.annotations]
    assert len(places) == len(set(places))


async def test_an_answer_about_a_key_that_got_lost_makes_no_second_key(host, bot, shop):
    host.faults.next("POST", "/keys$", "lost")
    await shop.install()
    await until(shop.keys)
    number = await shop.propose()
    await until(lambda: shop.completed(number))
    assert len(shop.keys()) == 1


async def test_a_token_that_expires_in_the_middle_is_renewed(host, bot, shop):
    await shop.install()
    await until(shop.keys)
    host.faults.next("GET", "/compare/", timedelta(seconds=0.5))
    number = await shop.propose()
    await until(lambda: shop.checks(number))
    host.expire_tokens()
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"


async def test_a_wrong_host_key_stops_the_fetch_and_is_explained(host, tmp_path):
    import asyncssh

    stranger = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()
    bot = BotProcess(tmp_path / "bot", host, GITHUB__SSH_HOST_KEYS=stranger)
    await bot.start()
    shop = await Shop.founded(host)
    await shop.install()
    number = await shop.propose()
    check = await until(lambda: shop.completed(number))
    assert check.conclusion == "neutral"
    assert "host key" in check.summary
    await bot.kill()


async def test_an_empty_repository_is_no_trouble(host, bot, shop):
    await host.create_repository(shop.owner, "empty")
    await shop.install()
    assert await until(lambda: host.deploy_keys(f"{shop.owner}/empty"))
    number = await shop.propose()
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"


async def test_a_review_that_takes_too_long_steps_aside(host, tmp_path):
    bot = BotProcess(tmp_path / "bot", host, CHECKS__DEADLINE_SECONDS="2", RECONCILE__EVERY_SECONDS="1")
    await bot.start()
    shop = await Shop.founded(host)
    await shop.install()
    await until(shop.keys)
    host.faults.next("GET", "/compare/", timedelta(seconds=6))
    number = await shop.propose()
    check = await until(lambda: shop.completed(number))
    assert (check.conclusion, check.title) == ("neutral", "Not reviewed in time")
    await bot.kill()


async def test_a_full_disk_is_told_to_the_host_and_what_it_could_not_take_is_asked_for_later(host, bot, shop):
    await shop.install()
    await until(shop.keys)
    await bot.allow_files_of(1)  # no write reaches a file any more, not even the log
    number = await shop.propose()
    await until(lambda: host.deliveries()[-1].event in {"pull_request", "check_suite"})
    refused = [delivery for delivery in host.deliveries() if delivery.event == "pull_request"]
    assert [delivery.status_code for delivery in refused] == [503]
    await bot.allow_files_of(None)
    await bot.restart()
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"
