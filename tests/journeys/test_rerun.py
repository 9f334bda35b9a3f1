"""Somebody presses "Re-run"."""

import asyncio

from tests.journeys.conftest import until


async def test_a_rerun_of_the_check_makes_one_new_run(host, bot, shop):
    await shop.install()
    number = await shop.propose()
    first = await until(lambda: shop.completed(number))
    await host.rerequest_check_run(first.id)
    await until(lambda: len(shop.checks(number)) == 2)
    second = await until(lambda: shop.completed(number))
    assert second.conclusion == "failure"
    assert second.external_id != first.external_id


async def test_a_rerun_of_all_checks_does_too(host, bot, shop):
    await shop.install()
    number = await shop.propose()
    await until(lambda: shop.completed(number))
    await host.rerequest_check_suite(shop.name, shop.head(number))
    await until(lambda: len(shop.checks(number)) == 2)
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"


async def test_a_fork_is_found_although_the_host_does_not_name_it(host, bot, shop):
    from tests.journeys.shop import MESSY

    await shop.install()
    await until(shop.keys)
    host.create_account("stranger", "User")
    fork = await host.fork(shop.name, "stranger")
    await host.commit(fork, "worse", {"price.py": MESSY}, "From outside")
    number = await host.open_pull_request(shop.name, "worse", fork=fork)
    first = await until(lambda: shop.completed(number))
    await host.rerequest_check_run(first.id)
    await until(lambda: len(shop.checks(number)) == 2)
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"


async def test_the_same_delivery_twice_is_one_effect(host, bot, shop):
    await shop.install()
    number = await shop.propose()
    first = await until(lambda: shop.completed(number))
    await host.rerequest_check_run(first.id)
    await until(lambda: len(shop.checks(number)) == 2)
    await until(lambda: shop.completed(number))
    asked = next(delivery for delivery in host.deliveries() if delivery.action == "rerequested")
    again = await host.redeliver(asked)
    assert again.status_code == 202
    await asyncio.sleep(0.5)
    assert len(shop.checks(number)) == 2
