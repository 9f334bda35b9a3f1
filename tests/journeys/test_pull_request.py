"""People open pull requests and read what comes back."""

import asyncio

import pytest
from markdown_it import MarkdownIt

from tests.journeys.conftest import until
from tests.journeys.shop import MESSY, TIDY

CONFIG = {".sealbeat.toml": b"comments = true\n"}


async def test_a_worse_one_fails_and_says_where(bot, shop):
    await shop.install()
    number = await shop.propose()
    check = await until(lambda: shop.completed(number))
    assert check.conclusion == "failure"
    assert "0 fixed" in check.title
    assert "introduced" in check.title
    assert {note["path"] for note in check.annotations} == {"price.py"}
    assert "`price`" in check.summary


async def test_a_better_one_passes_and_is_praised(host, bot, shop):
    await host.commit(shop.name, "main", {"price.py": MESSY}, "A bad day")
    await shop.install()
    number = await shop.propose("better", {"price.py": TIDY})
    check = await until(lambda: shop.completed(number))
    assert check.conclusion == "success"
    assert check.annotations == []
    assert "makes the code better" in check.summary


async def test_one_that_changes_no_code_is_quiet(bot, shop):
    await shop.install()
    number = await shop.propose("words", {"README.md": b"Better words\n"})
    check = await until(lambda: shop.completed(number))
    assert (check.conclusion, check.annotations) == ("success", [])


async def test_there_is_no_comment_unless_the_repository_asks_for_comments(host, bot, shop):
    await shop.install()
    number = await shop.propose()
    await until(lambda: shop.completed(number))
    assert host.comments(shop.name, number) == []


async def test_there_is_one_comment_edited_in_place_where_it_asks(host, bot, shop):
    await host.commit(shop.name, "main", CONFIG, "Comments please")
    await shop.install()
    number = await shop.propose()
    await until(lambda: shop.completed(number))
    (before,) = host.comments(shop.name, number)
    first = before.body
    await host.push_to_pull_request(shop.name, number, {"more.py": MESSY})
    await until(lambda: shop.completed(number))
    (after,) = host.comments(shop.name, number)
    assert after.id == before.id
    assert after.body != first


async def test_the_comment_goes_when_there_is_nothing_left_to_say(host, bot, shop):
    await host.commit(shop.name, "main", CONFIG, "Comments please")
    await shop.install()
    number = await shop.propose()
    await until(lambda: shop.completed(number))
    await host.push_to_pull_request(shop.name, number, {"price.py": TIDY})
    await until(lambda: shop.completed(number))
    assert host.comments(shop.name, number) == []


async def test_a_pull_request_cannot_switch_comments_on_for_itself(host, bot, shop):
    await shop.install()
    number = await shop.propose("sly", {"price.py": MESSY} | CONFIG)
    await until(lambda: shop.completed(number))
    assert host.comments(shop.name, number) == []


SLY = {
    ".sealbeat.toml": b"gate = 'off'\n[thresholds]\nCYCLO = false\nCOGNITIVE = false\n",
    ".codebeatsettings": b'{"CYCLO": false, "COGNITIVE": false, "ABC": false, "BLOCK_NESTING": false, "LOC": false}',
    ".codebeatignore": b"price.py\n",
}


@pytest.mark.parametrize("name", sorted(SLY))
async def test_a_pull_request_cannot_switch_its_review_off_for_itself(bot, shop, name):
    await shop.install()
    number = await shop.propose("sly", {"price.py": MESSY, name: SLY[name]})
    check = await until(lambda: shop.completed(number))
    assert check.conclusion == "failure"
    assert {note["path"] for note in check.annotations} == {"price.py"}


@pytest.mark.parametrize("name", sorted(SLY))
async def test_its_base_may(host, bot, shop, name):
    await host.commit(shop.name, "main", {name: SLY[name]}, "We do not mind")
    await shop.install()
    number = await shop.propose("messy", {"price.py": MESSY})
    check = await until(lambda: shop.completed(number))
    assert check.conclusion == "success"


async def test_one_from_a_fork_is_reviewed_with_the_base_repositorys_key(host, bot, shop):
    await shop.install()
    await until(shop.keys)
    host.create_account("stranger", "User")
    fork = await host.fork(shop.name, "stranger")
    await host.commit(fork, "worse", {"price.py": MESSY}, "From outside")
    number = await host.open_pull_request(shop.name, "worse", fork=fork)
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"
    assert host.deploy_keys(fork) == []


async def test_one_whose_fork_is_gone_is_still_reviewed(host, bot, shop):
    await shop.install()
    await until(shop.keys)
    host.create_account("stranger", "User")
    fork = await host.fork(shop.name, "stranger")
    await host.commit(fork, "worse", {"price.py": MESSY}, "From outside")
    number = await host.open_pull_request(shop.name, "worse", fork=fork)
    await host.delete_repository(fork)
    await host.close(shop.name, number)
    await host.reopen(shop.name, number)
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"


async def test_a_draft_waits_until_it_is_ready(host, bot, shop):
    await shop.install()
    number = await shop.propose(draft=True)
    assert (await until(lambda: shop.completed(number))).conclusion == "skipped"
    await host.ready_for_review(shop.name, number)
    await until(lambda: len(shop.checks(number)) == 2)
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"


async def test_a_new_push_is_reviewed_and_the_old_head_is_not_left_pending(host, bot, shop):
    await shop.install()
    number = await shop.propose()
    old = shop.head(number)
    await host.push_to_pull_request(shop.name, number, {"price.py": TIDY})
    assert (await until(lambda: shop.completed(number))).conclusion == "success"
    await until(lambda: all(run.status == "completed" for run in host.check_runs(shop.name, old)))


async def test_a_force_push_while_it_is_reviewed_supersedes_it(host, bot, shop):
    from datetime import timedelta

    await shop.install()
    await until(shop.keys)
    host.faults.next("GET", "/compare/", timedelta(seconds=1.5))
    number = await shop.propose()
    old = shop.head(number)
    await until(lambda: host.check_runs(shop.name, old))
    await host.force_push(shop.name, number, {"price.py": TIDY})
    assert (await until(lambda: shop.completed(number))).conclusion == "success"
    (run,) = await until(lambda: [run for run in host.check_runs(shop.name, old) if run.status == "completed"])
    assert (run.conclusion, run.title) == ("neutral", "Superseded by a newer push")


async def test_ten_quick_pushes_end_with_one_check_on_the_newest(host, bot, shop):
    await shop.install()
    number = await shop.propose()
    for step in range(10):
        await host.push_to_pull_request(shop.name, number, {f"file{step}.py": MESSY})
    check = await until(lambda: shop.completed(number))
    assert check.conclusion == "failure"
    await asyncio.sleep(0.5)
    assert len(shop.checks(number)) == 1


async def test_a_retargeted_one_is_judged_against_its_new_base(host, bot, shop):
    await host.commit(shop.name, "next", {"price.py": MESSY}, "Already messy there")
    await shop.install()
    await host.commit(shop.name, "topic", {"price.py": MESSY}, "Mess")
    number = await host.open_pull_request(shop.name, "topic", "main")
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"
    await host.retarget(shop.name, number, "next")
    await until(lambda: len(shop.checks(number)) == 2)
    assert (await until(lambda: shop.completed(number))).conclusion in {"failure", "success"}


async def test_the_default_branch_gets_its_grade_on_each_push(host, bot, shop):
    await shop.install()
    await until(shop.keys)
    sha = await host.commit(shop.name, "main", {"price.py": MESSY}, "Straight to main")
    runs = await until(
        lambda: [run for run in host.check_runs(shop.name, sha) if run.status == "completed"], "the grade"
    )
    assert [run.conclusion for run in runs] == ["success"]
    assert runs[0].title.startswith("Grade ")


async def test_the_merge_queue_is_answered_at_once(host, bot, shop):
    await shop.install()
    number = await shop.propose()
    await until(lambda: shop.completed(number))
    sha = await host.merge_queue(shop.name, number)
    (run,) = await until(lambda: host.check_runs(shop.name, sha))
    await until(lambda: run.status == "completed")
    assert run.conclusion == "success"


async def test_hostile_names_end_in_a_check_with_nothing_live_in_it(bot, shop):
    await shop.install()
    name = b"@octocat <img src=x> [x](javascript:alert(1)) #1 `".decode()
    number = await shop.propose("hostile", {f"{name}.py": MESSY, "a\nb\x1b[31m.py": MESSY})
    check = await until(lambda: shop.completed(number))
    assert check.conclusion == "failure"
    live = [
        token
        for token in _tokens(check.summary)
        if token.type not in {"text", "code_inline", "strong_open", "strong_close"}
    ]
    assert {token.type for token in live} <= {"softbreak"}
    assert not [token for token in _tokens(check.summary) if token.type == "text" and "octocat" in token.content]
    assert "\x1b" not in check.summary


def _tokens(text):
    """Everything inline in the rendered Markdown."""
    blocks = MarkdownIt("commonmark").enable("table").parse(text)
    return [inline for block in blocks if block.type == "inline" for inline in block.children or []]


async def test_more_than_fifty_annotations_all_arrive_once(bot, shop):
    await shop.install()
    number = await shop.propose("many", {f"file{i:02}.py": MESSY for i in range(30)})
    check = await until(lambda: shop.completed(number))
    places = [(note["path"], note["title"]) for note in check.annotations]
    assert len(places) > 50
    assert len(places) == len(set(places))
