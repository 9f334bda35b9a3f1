"""A team installs the app."""

import asyncio
import sys

from tests.journeys.conftest import until


async def test_every_repository_gets_a_key_of_its_own(host, bot, shop):
    await host.create_repository(shop.owner, "second", files={"a.py": b"x = 1\n"})
    await shop.install()
    first = await until(shop.keys)
    second = await until(lambda: host.deploy_keys(f"{shop.owner}/second"))
    assert first[0].line != second[0].line
    assert first[0].read_only and second[0].read_only
    assert len(first) == len(second) == 1


async def test_a_key_says_whose_it_is(host, bot, shop):
    await shop.install()
    title = (await until(shop.keys))[0].title
    slug, instance, repository, generation = title.split("/")
    assert (slug, repository, generation) == ("sealbeat", str(host.repository(shop.name).id), "1")
    assert len(instance) == 8


async def test_a_repository_that_comes_later_gets_its_key_too(host, bot, shop):
    await shop.install()
    await until(shop.keys)
    await host.create_repository(shop.owner, "later", files={"a.py": b"x = 1\n"})
    assert await until(lambda: host.deploy_keys(f"{shop.owner}/later"))


async def test_a_pull_request_before_the_installation_event_is_reviewed_all_the_same(host, bot, shop):
    url, host.webhook_url = host.webhook_url, None
    await shop.install()  # this event never arrives
    host.webhook_url = url
    number = await shop.propose()
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"


async def test_two_bots_of_one_app_tell_their_keys_apart(host, bot, shop, tmp_path):
    from tests.journeys.bot_process import BotProcess

    await shop.install()
    await until(shop.keys)
    other = BotProcess(tmp_path / "other", host)
    await other.start()  # a second Sealbeat finds the installation by itself
    keys = await until(lambda: shop.keys() if len(shop.keys()) == 2 else None)
    assert len({key.title.split("/")[1] for key in keys}) == 2
    await other.kill()


async def test_data_of_one_app_is_not_opened_under_another(host, bot, shop):
    await shop.install()
    await until(shop.keys)
    await bot.stop()
    other = bot.environment() | {"SEALBEAT_GITHUB__APP_ID": "999"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", env=other, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    assert process.returncode == 2
    assert b"belongs to the app with id 401337" in said
