"""bot.ports.Jobs, for every store."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest

from bot.ports import Jobs
from bot.vault.stores import OpenStores
from tests.contracts.support import accepted, delivery


async def test_an_accepted_delivery_is_a_pending_job_with_the_same_words(inbox: Jobs):
    job = await accepted(inbox, delivery("x", installation=5, repository=6, key="pull:6:1", coalesce=True))
    assert (
        job.delivery, job.name, job.installation, job.repository, job.key, job.coalesce, job.tries, job.due, job.reason
    ) == ("x", "pull_request", 5, 6, "pull:6:1", True, 0, 0.0, "")  # fmt: skip
    assert [job] == await inbox.pending(math.inf)


async def test_a_delivery_id_is_accepted_once(inbox: Jobs):
    await accepted(inbox, delivery("x"))
    assert await inbox.accept(delivery("x", key="other")) is None


async def test_a_thousand_callers_of_one_delivery_id_make_one_job(open_stores: Callable[[], OpenStores]):
    async with open_stores() as stores:
        answers = await asyncio.gather(*(stores.inbox.accept(delivery("x")) for _ in range(1000)))
        assert sum(answer is not None for answer in answers) == 1
    async with open_stores() as stores:
        assert await asyncio.gather(*(stores.inbox.accept(delivery("x")) for _ in range(100))) == [None] * 100
        assert len(await stores.inbox.pending(math.inf)) == 1


async def test_a_settled_delivery_id_stays_known_over_a_restart(open_stores: Callable[[], OpenStores]):
    async with open_stores() as stores:
        job = await accepted(stores.inbox, delivery("x"))
        await stores.inbox.settle([job.seq])
    async with open_stores() as stores:
        assert await stores.inbox.accept(delivery("x")) is None
        assert await stores.inbox.pending(math.inf) == []


async def test_a_delivery_that_cannot_be_kept_is_not_accepted_and_not_known_and_hinders_no_other(inbox: Jobs):
    neighbours = [inbox.accept(delivery(str(number))) for number in range(20)]
    failing = inbox.accept(replace(delivery("x"), name=cast("str", None)))
    answers = await asyncio.gather(*neighbours[:10], failing, *neighbours[10:], return_exceptions=True)
    assert [not isinstance(answer, BaseException) for answer in answers] == [True] * 10 + [False] + [True] * 10
    await accepted(inbox, delivery("x"))


async def test_jobs_are_numbered_in_order_of_acceptance_and_no_number_comes_twice(inbox: Jobs):
    first = await accepted(inbox, delivery("x"))
    await inbox.settle([first.seq])
    second = await accepted(inbox, delivery("y"))
    assert second.seq > first.seq


async def test_starting_counts_the_attempt_and_gives_the_body(inbox: Jobs):
    job = await accepted(inbox, delivery("x", body=b"\x00sealed"))
    assert (replace(job, tries=1, due=500.0), b"\x00sealed") == await inbox.start(job.seq, 500.0)


async def test_a_leased_job_is_not_pending_before_its_lease_ends(inbox: Jobs):
    job = await accepted(inbox, delivery("x"))
    await inbox.start(job.seq, 500.0)
    assert await inbox.pending(500.0) == []
    assert [job.seq] == [pending.seq for pending in await inbox.pending(500.1)]


async def test_an_attempt_is_counted_over_a_restart_and_its_lease_is_over(open_stores: Callable[[], OpenStores]):
    async with open_stores() as stores:
        job = await accepted(stores.inbox, delivery("x"))
        await stores.inbox.start(job.seq, 1e12)
    async with open_stores() as stores:
        assert [(job.seq, 1)] == [(found.seq, found.tries) for found in await stores.inbox.pending(1.0)]


async def test_a_postponed_job_keeps_its_time_over_a_restart(open_stores: Callable[[], OpenStores]):
    async with open_stores() as stores:
        job = await accepted(stores.inbox, delivery("x"))
        await stores.inbox.start(job.seq, 1e12)
        await stores.inbox.postpone(job.seq, 900.0, counts=True)
    async with open_stores() as stores:
        assert await stores.inbox.pending(900.0) == []
        assert [found.due for found in await stores.inbox.pending(901.0)] == [900.0]


@pytest.mark.parametrize(("counts", "tries"), [(True, 1), (False, 0)])
async def test_postponing_keeps_or_takes_back_the_attempt(inbox: Jobs, counts: bool, tries: int):
    job = await accepted(inbox, delivery("x"))
    await inbox.start(job.seq, 500.0)
    await inbox.postpone(job.seq, 700.0, counts=counts)
    assert [replace(job, tries=tries, due=700.0)] == await inbox.pending(math.inf)


async def test_settled_jobs_are_gone(inbox: Jobs):
    jobs = [await accepted(inbox, delivery(str(number))) for number in range(5)]
    await inbox.settle(job.seq for job in jobs[:4])
    assert [jobs[4]] == await inbox.pending(math.inf)
    assert await inbox.start(jobs[0].seq, 1.0) is None


async def test_nothing_can_be_done_with_a_settled_job(inbox: Jobs):
    job = await accepted(inbox, delivery("x"))
    await inbox.settle([job.seq])
    await inbox.settle([job.seq])
    await inbox.postpone(job.seq, 1.0, counts=True)
    await inbox.bury(job.seq, "reason")
    assert await inbox.revive(job.seq) is None
    assert (await inbox.pending(math.inf), await inbox.dead()) == ([], [])


async def test_a_buried_job_is_dead_with_its_reason_and_not_pending(inbox: Jobs):
    job = await accepted(inbox, delivery("x"))
    await inbox.start(job.seq, 500.0)
    await inbox.bury(job.seq, "ValueError at review.py:12")
    assert [(job.seq, "ValueError at review.py:12")] == [(dead.seq, dead.reason) for dead in await inbox.dead()]
    assert await inbox.pending(math.inf) == []
    assert await inbox.start(job.seq, 1.0) is None


async def test_a_dead_job_is_not_postponed(inbox: Jobs):
    job = await accepted(inbox, delivery("x"))
    await inbox.bury(job.seq, "reason")
    await inbox.postpone(job.seq, 1.0, counts=True)
    assert [job.seq] == [dead.seq for dead in await inbox.dead()]


async def test_a_revived_job_is_as_new(inbox: Jobs):
    job = await accepted(inbox, delivery("x", body=b"sealed"))
    await inbox.start(job.seq, 500.0)
    await inbox.bury(job.seq, "reason")
    assert job == await inbox.revive(job.seq)
    assert ([job], []) == (await inbox.pending(math.inf), await inbox.dead())
    started = await inbox.start(job.seq, 1.0)
    assert started is not None
    assert started[1] == b"sealed"


async def test_only_a_dead_job_is_revived(inbox: Jobs):
    job = await accepted(inbox, delivery("x"))
    await inbox.start(job.seq, 500.0)
    assert await inbox.revive(job.seq) is None
    assert await inbox.pending(500.0) == []


async def test_a_redelivery_brings_a_dead_job_back_to_life(inbox: Jobs):
    job = await accepted(inbox, delivery("x"))
    await inbox.bury(job.seq, "reason")
    assert job == await inbox.accept(delivery("x"))
    assert await inbox.accept(delivery("x")) is None


async def test_pending_jobs_come_in_order_of_their_numbers(inbox: Jobs):
    jobs = [await accepted(inbox, delivery(str(number))) for number in range(5)]
    for job, due in zip(jobs, (50.0, 20.0, 40.0, 10.0, 30.0), strict=True):
        await inbox.postpone(job.seq, due, counts=True)
    assert [jobs[1].seq, jobs[3].seq, jobs[4].seq] == [job.seq for job in await inbox.pending(35.0)]
