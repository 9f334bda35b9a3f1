"""Repositories are renamed, moved, removed and deleted."""

import json

from tests.journeys.conftest import until


async def receipts(bot):
    _, out = await bot.command("receipts")
    decoder, text, found = json.JSONDecoder(), out.strip(), []
    while text:
        value, end = decoder.raw_decode(text)
        found.append(value["receipt"])
        text = text[end:].strip()
    return found


async def test_after_a_rename_everything_goes_on_with_the_same_key(host, bot, shop):
    await shop.install()
    (key,) = await until(shop.keys)
    await host.rename_repository(shop.name, "boutique")
    shop.name = f"{shop.owner}/boutique"
    number = await shop.propose()
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"
    assert [k.id for k in shop.keys()] == [key.id]


async def test_after_a_transfer_the_old_key_is_gone_and_a_new_one_works(host, bot, shop):
    await shop.install()
    (old,) = await until(shop.keys)
    host.create_account("buyer")
    await host.install("buyer")
    await host.transfer_repository(shop.name, "buyer")
    shop.name = "buyer/shop"
    (new,) = await until(lambda: [key for key in shop.keys() if key.id != old.id] or None)
    await until(lambda: [key.id for key in shop.keys()] == [new.id], "the old key to be removed")
    assert new.line != old.line
    number = await shop.propose()
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"


async def test_a_removed_repository_is_wiped_with_a_receipt_and_its_neighbour_stays(host, bot, shop):
    await host.create_repository(shop.owner, "second", files={"a.py": b"x = 1\n"})
    await shop.install()
    await until(shop.keys)
    await until(lambda: host.deploy_keys(f"{shop.owner}/second"))
    await host.remove_repositories(shop.installation, shop.name)
    await until(lambda: any(line.get("event") == "wiped" for line in bot.lines()))
    (receipt,) = await receipts(bot)
    assert receipt["repository"] == host.repository(shop.name).id
    assert receipt["remaining"] == {}
    number = await host.open_pull_request(
        f"{shop.owner}/second", (await _branch(host, f"{shop.owner}/second")), title="still here"
    )
    head = host.pull_request(f"{shop.owner}/second", number).head
    await until(lambda: [r for r in host.check_runs(f"{shop.owner}/second", head) if r.status == "completed"])


async def _branch(host, name):
    await host.commit(name, "topic", {"a.py": b"x = 2\n"}, "Change")
    return "topic"


async def test_a_deleted_repository_is_wiped(host, bot, shop):
    await shop.install()
    await until(shop.keys)
    await host.delete_repository(shop.name)
    await until(lambda: any(line.get("event") == "wiped" for line in bot.lines()))
    (receipt,) = await receipts(bot)
    assert receipt["rows_deleted"]["deploy_key"] == 1


async def test_a_repository_that_is_removed_and_added_again_gets_a_fresh_key(host, bot, shop):
    await host.create_repository(shop.owner, "second", files={"a.py": b"x = 1\n"})
    await host.install(shop.owner, [shop.name, f"{shop.owner}/second"])
    shop.installation = next(d.installation_id for d in host.deliveries() if d.event == "installation")
    (old,) = await until(shop.keys)
    await host.remove_repositories(shop.installation, shop.name)
    await until(lambda: any(line.get("event") == "wiped" for line in bot.lines()))
    await host.add_repositories(shop.installation, shop.name)
    new = await until(lambda: [key for key in shop.keys() if key.line != old.line])
    assert len(new) == 1
    number = await shop.propose()
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"
