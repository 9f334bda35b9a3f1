"""A check run is begun once, ended once, and never left pending."""

import asyncio
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Gone, Retryable, UserError
from bot.model import CheckResult, RepositoryId, Sha
from bot.services import onboard, publish

ONE, HEAD = RepositoryId(10), Sha("a" * 40)
ABOUT = publish.external_id(ONE, "pull", 7, HEAD)
FINE = CheckResult("success", "Fine", "Nothing introduced.")

part = st.one_of(st.integers(0), st.booleans(), st.text(st.characters(exclude_characters="\0")))
parts = st.lists(part, min_size=1, max_size=4)


@pytest.fixture
async def repository(services, host):
    return (await onboard.ready(services, host.install(1, ONE), ONE))[0]


async def begin(services, repository, asker="delivery-1"):
    return await publish.begin(services, repository, 7, HEAD, ABOUT, asker)


@given(parts, parts, st.integers(1))
def test_an_external_id_tells_its_parts_apart_and_shows_none(one, other, repository):
    first, second = publish.external_id(repository, *one), publish.external_id(repository, *other)
    assert (first == second) == ([*map(str, one)] == [*map(str, other)])
    assert re.fullmatch(f"{repository}-[0-9a-f]{{24}}", first)


def test_an_external_id_is_the_same_in_every_process():
    assert publish.external_id(RepositoryId(77), "pull", 1, "main") == "77-224684e04b65c3001bd18306"


async def test_a_run_that_is_asked_for_again_is_the_same_one(services, host, repository):
    await begin(services, repository)
    again = await begin(services, repository)
    assert not again.completed
    assert len(host.checks) == 1


async def test_a_run_that_was_finished_is_not_begun_again(services, host, repository):
    await publish.finish(services, await begin(services, repository), FINE)
    for asker in ("delivery-1", "delivery-2"):
        again = await begin(services, repository, asker)
        assert again.completed
        await publish.finish(services, again, publish.OVERDUE)
    assert [check.result for check in host.checks] == [FINE]
    assert host.calls["finish"] == 1


async def test_an_answer_that_got_lost_makes_no_second_run(services, host, repository, start):
    host.trouble["begin"] = [Retryable("the answer got lost")]
    with pytest.raises(Retryable):
        await begin(services, repository)
    await host.begin(repository, HEAD, ABOUT, resume=False)  # it had arrived
    run = await begin(start(), repository)
    assert len(host.checks) == 1
    await publish.finish(services, run, FINE)
    assert host.checks[0].result == FINE


async def test_a_run_that_was_only_explained_is_begun_anew_for_the_next_who_asks(services, host, repository):
    async def trouble() -> str:
        raise UserError("No key.", cure="Allow keys.")

    run = await begin(services, repository)
    await publish.attempt(services, run, trouble)
    assert host.checks[0].result.summary == "**No key.**\n\n**What to do:** Allow keys."
    assert (await begin(services, repository)).completed  # the same delivery, tried again after a crash
    assert not (await begin(services, repository, "delivery-2")).completed
    assert len(host.checks) == 2


async def test_work_that_takes_too_long_steps_aside(services, host, repository):
    brief = replace(services, options=replace(services.options, deadline_seconds=0.01))
    await publish.attempt(brief, await begin(brief, repository), lambda: asyncio.sleep(60, "too late"))
    assert host.checks[0].result == publish.OVERDUE


async def test_work_that_succeeds_hands_back_what_it_found(services, host, repository):
    async def work():
        return "found"

    assert await publish.attempt(services, await begin(services, repository), work) == "found"
    assert host.checks[0].result is None


@pytest.mark.parametrize("trouble", [Retryable("busy"), RuntimeError("a bug")])
async def test_trouble_that_is_no_person_s_leaves_the_run_to_the_queue(services, host, repository, trouble):
    async def work():
        raise trouble

    with pytest.raises(type(trouble)):
        await publish.attempt(services, await begin(services, repository), work)
    assert host.checks[0].result is None


async def test_a_commit_that_was_pushed_away_ends_its_run(services, host, repository):
    async def work():
        raise Gone("no such commit")

    await publish.attempt(services, await begin(services, repository), work)
    assert host.checks[0].result == publish.VANISHED


async def test_settling_ends_what_matches_and_nothing_else(services, host, repository):
    for number, head in ((7, HEAD), (8, HEAD), (8, Sha("b" * 40))):
        await publish.begin(services, repository, number, head, publish.external_id(ONE, number, head))
    it = repository.installation
    assert await publish.settle(services, it, FINE, repository=RepositoryId(11)) == 0
    assert await publish.settle(services, it, FINE, number=8, head=HEAD) == 1
    assert [check.result for check in host.checks] == [None, FINE, None]
    assert await publish.settle(services, it, FINE) == 2
    assert await publish.settle(services, it, FINE) == 0


async def test_settling_a_run_of_a_repository_that_is_gone_is_done_with_it(services, host, repository):
    await begin(services, repository)
    del host.shelf[ONE]
    assert await publish.settle(services, repository.installation, FINE) == 0
    assert await services.records.open_checks(repository.installation) == []


@pytest.mark.parametrize("result", [publish.GAVE_UP, publish.OVERDUE])
def test_who_was_not_reviewed_is_told_what_to_do(result):
    assert result.conclusion == "neutral"
    assert "**What to do:** press *Re-run*" in result.summary
