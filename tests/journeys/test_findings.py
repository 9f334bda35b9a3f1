"""What people are told of: copies, secrets, bugs and tangles that they brought themselves, and nothing else."""

from tests.journeys.conftest import until
from tests.journeys.shop import MESSY, TIDY

RULES = b"""def tax(order, country):
    base = order.net + order.shipping - order.rebate
    if country in ("CH", "NO"):
        return base * 0 + order.customs
    if country == "DE":
        rate = 19 if order.kind == "goods" else 7
        return base * rate / 100 + order.customs
    if country == "FR":
        rate = 20 if order.kind == "goods" else 10
        return base * rate / 100 + order.customs
    return base * order.default_rate / 100 + order.customs
"""
SWALLOWED = b"""def send(mail, transport):
    try:
        transport.send(mail)
    except Exception:
        pass
"""


async def reviewed(shop, branch, files):
    number = await shop.propose(branch, files)
    return number, await until(lambda: shop.completed(number))


async def test_a_copy_of_code_that_the_pull_request_did_not_touch_is_told_with_its_original(host, bot, shop):
    await host.commit(shop.name, "main", {"lib/tax.py": RULES}, "Taxes")
    await shop.install()
    _, check = await reviewed(shop, "copy", {"a_duty.py": RULES.replace(b"def tax", b"def duty")})
    assert check.title == "0 fixed, 1 introduced"
    assert "`lib/tax.py" in check.summary
    assert {note["path"] for note in check.annotations} == {"a_duty.py"}


async def test_a_copy_that_was_there_already_is_not_told_again(host, bot, shop):
    copy = RULES.replace(b"def tax", b"def duty")
    await host.commit(shop.name, "main", {"lib/tax.py": RULES, "lib/duty.py": copy}, "Taxes")
    await shop.install()
    _, check = await reviewed(shop, "beside", {"lib/duty.py": copy + b"\n\ndef free(order):\n    return 0\n"})
    assert (check.title, check.conclusion) == ("0 fixed, 0 introduced", "success")


async def test_moving_and_renaming_a_messy_file_blames_nobody(host, bot, shop):
    await host.commit(shop.name, "main", {"price.py": MESSY, "mail.py": SWALLOWED}, "A bad day")
    await shop.install()
    moved = {"price.py": None, "mail.py": None, "lib/cost.py": b"# moved\n\n" + MESSY, "lib/post.py": SWALLOWED}
    _, check = await reviewed(shop, "move", moved)
    assert (check.title, check.conclusion) == ("0 fixed, 0 introduced", "success")


async def test_a_swallowed_error_is_told_where_it_is(bot, shop):
    await shop.install()
    _, check = await reviewed(shop, "swallow", {"mail.py": SWALLOWED})
    assert [(note["path"], note["start_line"]) for note in check.annotations] == [("mail.py", 4)]


async def test_a_token_in_a_settings_file_fails_the_check_and_is_nowhere_in_it(bot, shop):
    await shop.install()
    token = "gh" + "p_" + "0aZ9bY8cX7dW6eV5fU4gT3hS2iR1jQ0kPlaB"
    _, check = await reviewed(shop, "leak", {"deploy/.env": f"TOKEN={token}\n".encode()})
    assert check.conclusion == "failure"
    assert {(note["path"], note["start_line"]) for note in check.annotations} == {("deploy/.env", 1)}
    assert token not in repr(check)


async def test_a_suppression_with_a_reason_is_heeded_until_its_day(host, bot, shop):
    await shop.install()
    kept = b"# sealbeat:disable[empty-catch] until 2999-01-01: the host is often away\n" + SWALLOWED
    over = b"# sealbeat:disable[empty-catch] until 2001-01-01: the host is often away\n" + SWALLOWED
    _, quiet = await reviewed(shop, "kept", {"mail.py": kept})
    assert quiet.annotations == []
    _, loud = await reviewed(shop, "over", {"mail.py": over})
    assert [note["path"] for note in loud.annotations] == ["mail.py"]
    assert "2001-01-01" in loud.summary


async def test_a_gate_that_is_off_never_fails(host, bot, shop):
    await host.commit(shop.name, "main", {".sealbeat.toml": b'gate = "off"\n'}, "No gate")
    await shop.install()
    _, check = await reviewed(shop, "worse", {"price.py": MESSY})
    assert check.conclusion == "success"
    assert check.annotations


async def test_the_second_push_to_the_default_branch_tells_how_the_grade_moved(host, bot, shop):
    await shop.install()

    async def grade(files):
        sha = await host.commit(shop.name, "main", files, "Work")
        (run,) = await until(lambda: [r for r in host.check_runs(shop.name, sha) if r.status == "completed"])
        return run

    first = await grade({"price.py": TIDY + b"\n\ndef half(item):\n    return item.cents // 2\n"})
    assert "since" not in first.summary
    second = await grade({"price.py": MESSY})
    assert "down" in second.title
    assert "since the measurement before" in second.summary
