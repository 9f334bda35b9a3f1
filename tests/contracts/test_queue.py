"""bot.ports.Queue, for every engine, over a real inbox."""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.errors import Gone, Retryable, Tampered, UserError
from bot.model import InstallationId, Job, RepositoryId
from bot.ports import Jobs, Queue
from bot.queue import QUEUES
from bot.queue.embedded import Settings
from tests.contracts.support import SystemClock, accepted, delivery, nothing, running, until, until_empty

QUICK = Settings(slots=4, per_installation=2, max_tries=3, backoff_seconds=0.001, sweep_seconds=0.005)
Build = Callable[[Settings], Queue]


@pytest.fixture(params=sorted(QUEUES))
def build(request: pytest.FixtureRequest, inbox: Jobs) -> Build:
    return lambda settings: QUEUES[request.param](inbox, SystemClock(), settings)


class Recorder:
    """A handler that notes what it was given, and raises what it is told to, in turn, per delivery id."""

    def __init__(self, **errors: list[Exception]) -> None:
        self.handled: list[str] = []
        self.tries: list[int] = []
        self._errors = errors

    async def __call__(self, job: Job, body: bytes) -> None:
        self.handled.append(job.delivery)
        self.tries.append(job.tries)
        if errors := self._errors.get(job.delivery):
            raise errors.pop(0)


class Gate:
    """A handler that holds every job until it is opened."""

    def __init__(self) -> None:
        self.started: list[str] = []
        self.running: Counter[int] = Counter()
        self.most: Counter[int] = Counter()
        self.opened = asyncio.Event()
        self.cancelled: list[str] = []

    async def __call__(self, job: Job, body: bytes) -> None:
        self.started.append(job.delivery)
        self.running[job.installation] += 1
        self.most[job.installation] = max(self.most[job.installation], self.running[job.installation])
        try:
            await self.opened.wait()
        except asyncio.CancelledError:
            self.cancelled.append(job.delivery)
            raise
        finally:
            self.running[job.installation] -= 1

    async def has_started(self, count: int) -> None:
        async def enough() -> bool:
            return len(self.started) >= count

        await until(enough)


async def test_a_job_is_handled_with_its_body_and_then_gone(build: Build, inbox: Jobs):
    seen: list[tuple[Job, bytes]] = []

    async def handle(job: Job, body: bytes) -> None:
        seen.append((job, body))

    queue = build(QUICK)
    job = await accepted(inbox, delivery("x", body=b"sealed"))
    queue.offer(job)
    async with running(queue, handle):
        await until_empty(inbox)
    assert [(job.seq, 1, b"sealed")] == [(given.seq, given.tries, body) for given, body in seen]


async def test_a_job_that_nobody_offered_is_found(build: Build, inbox: Jobs):
    before = await accepted(inbox, delivery("before"))
    recorder = Recorder()
    async with running(build(QUICK), recorder):
        await until_empty(inbox)
        await accepted(inbox, delivery("after"))
        await until_empty(inbox)
    assert recorder.handled == [before.delivery, "after"]


async def test_offering_a_job_many_times_runs_it_once(build: Build, inbox: Jobs):
    queue, gate = build(QUICK), Gate()
    job = await accepted(inbox, delivery("x"))
    async with running(queue, gate):
        for _ in range(10):
            queue.offer(job)
        await gate.has_started(1)
        for _ in range(10):
            queue.offer(job)
        gate.opened.set()
        await until_empty(inbox)
        queue.offer(job)
        await accepted(inbox, delivery("last"))
        await until_empty(inbox)
    assert gate.started == ["x", "last"]


async def test_a_light_installation_waits_for_few_of_a_thousand_heavy_jobs(build: Build, inbox: Jobs):
    heavy = await asyncio.gather(*(accepted(inbox, delivery(f"heavy{number}")) for number in range(1000)))
    light = await asyncio.gather(*(accepted(inbox, delivery(f"light{n}", installation=2 + n)) for n in range(5)))
    queue, recorder = build(replace(QUICK, slots=4, per_installation=2)), Recorder()
    for job in [*heavy, *light]:
        queue.offer(job)
    async with running(queue, recorder):
        await until_empty(inbox)
    assert len(recorder.handled) == 1005
    last = max(recorder.handled.index(job.delivery) for job in light)
    assert last < 5 + 5 * 2  # at most one heavy job for each light one, and those that ran already


async def test_an_installation_never_has_more_than_its_share_of_the_slots(build: Build, inbox: Jobs):
    queue, gate = build(replace(QUICK, slots=8, per_installation=3)), Gate()
    for number in range(30):
        queue.offer(await accepted(inbox, delivery(str(number), installation=1 + number % 2)))
    async with running(queue, gate):
        await gate.has_started(6)
        assert queue.depth()["running"] == 6
        gate.opened.set()
        await until_empty(inbox)
    assert gate.most == {1: 3, 2: 3}


async def test_no_more_jobs_run_than_there_are_slots(build: Build, inbox: Jobs):
    queue, gate = build(replace(QUICK, slots=5, per_installation=2)), Gate()
    for number in range(30):
        queue.offer(await accepted(inbox, delivery(str(number), installation=1 + number)))
    async with running(queue, gate):
        await gate.has_started(5)
        await asyncio.sleep(0.02)
        assert len(gate.started) == 5
        gate.opened.set()
        await until_empty(inbox)


async def test_jobs_of_one_key_run_one_after_another_in_order(build: Build, inbox: Jobs):
    running_now, most, order = 0, 0, []

    async def handle(job: Job, body: bytes) -> None:
        nonlocal running_now, most
        running_now += 1
        most = max(most, running_now)
        order.append(job.delivery)
        await asyncio.sleep(0)
        running_now -= 1

    queue = build(QUICK)
    for number in range(20):
        queue.offer(await accepted(inbox, delivery(str(number), key="same", installation=1 + number % 3)))
    async with running(queue, handle):
        await until_empty(inbox)
    assert (most, order) == (1, [str(number) for number in range(20)])


async def test_the_newest_waiting_job_of_a_coalescing_key_is_the_only_one_to_run(build: Build, inbox: Jobs):
    queue, recorder = build(QUICK), Recorder()
    for number in range(20):
        queue.offer(await accepted(inbox, delivery(str(number), key="pull", coalesce=True)))
    async with running(queue, recorder):
        await until_empty(inbox)
    assert recorder.handled == ["19"]


async def test_coalescing_does_not_depend_on_the_order_of_offers(build: Build, inbox: Jobs):
    queue, recorder = build(QUICK), Recorder()
    jobs = [await accepted(inbox, delivery(str(n), key="pull", coalesce=True)) for n in range(5)]
    for job in (jobs[2], jobs[4], jobs[0], jobs[3], jobs[1]):
        queue.offer(job)
    async with running(queue, recorder):
        await until_empty(inbox)
    assert recorder.handled == ["4"]


async def test_a_running_job_finishes_and_the_newest_of_its_key_runs_after_it(build: Build, inbox: Jobs):
    queue, gate = build(QUICK), Gate()
    async with running(queue, gate):
        queue.offer(await accepted(inbox, delivery("first", key="pull", coalesce=True)))
        await gate.has_started(1)
        for id in ("second", "third"):
            queue.offer(await accepted(inbox, delivery(id, key="pull", coalesce=True)))
        gate.opened.set()
        await until_empty(inbox)
    assert gate.started == ["first", "third"]


async def test_jobs_that_do_not_coalesce_are_never_replaced(build: Build, inbox: Jobs):
    queue, recorder = build(QUICK), Recorder()
    queue.offer(await accepted(inbox, delivery("plain", key="pull")))
    for id in ("older", "newer"):
        queue.offer(await accepted(inbox, delivery(id, key="pull", coalesce=True)))
    async with running(queue, recorder):
        await until_empty(inbox)
    assert recorder.handled == ["plain", "newer"]


async def test_a_failed_job_is_not_tried_again_where_a_newer_one_of_its_key_waits(build: Build, inbox: Jobs):
    queue, order, failing = build(QUICK), [], asyncio.Event()

    async def handle(job: Job, body: bytes) -> None:
        order.append(job.delivery)
        if job.delivery == "older":
            await failing.wait()
            raise Retryable("busy")

    async with running(queue, handle):
        queue.offer(await accepted(inbox, delivery("older", key="pull", coalesce=True)))
        await until(lambda: _truth(order == ["older"]))
        queue.offer(await accepted(inbox, delivery("newer", key="pull", coalesce=True)))
        failing.set()
        await until_empty(inbox)
    assert order == ["older", "newer"]


async def test_a_postponed_job_is_moot_once_a_newer_one_of_its_key_arrives(build: Build, inbox: Jobs):
    older = await accepted(inbox, delivery("older", key="pull", coalesce=True))
    await inbox.postpone(older.seq, 1e12, counts=True)
    recorder = Recorder()
    async with running(build(QUICK), recorder):
        await accepted(inbox, delivery("newer", key="pull", coalesce=True))
        await until_empty(inbox)
    assert recorder.handled == ["newer"]


async def test_a_passing_error_is_tried_again_with_each_attempt_counted(build: Build, inbox: Jobs):
    recorder = Recorder(x=[Retryable("busy"), Retryable("busy")])
    await accepted(inbox, delivery("x"))
    async with running(build(QUICK), recorder):
        await until_empty(inbox)
    assert (recorder.tries, await inbox.dead()) == ([1, 2, 3], [])


async def test_waiting_at_the_hosts_wish_uses_up_no_attempt(build: Build, inbox: Jobs):
    recorder = Recorder(x=[Retryable("rate limit", after=0.001, counts=False) for _ in range(10)])
    await accepted(inbox, delivery("x"))
    async with running(build(QUICK), recorder):
        await until_empty(inbox)
    assert (recorder.tries, await inbox.dead()) == ([1] * 11, [])


async def test_a_job_is_put_off_for_as_long_as_the_error_says(build: Build, inbox: Jobs):
    clock = SystemClock()
    job = await accepted(inbox, delivery("x"))
    async with running(build(QUICK), Recorder(x=[Retryable("busy", after=3600.0)])):
        await until(lambda: _has(inbox, job, after=clock.now() + 3500))
    (waiting,) = await inbox.pending(math.inf)
    assert (waiting.tries, waiting.due <= clock.now() + 3600) == (1, True)


@pytest.mark.parametrize("error", [Gone("no such repository"), UserError("no", cure="do this")])
async def test_moot_work_and_told_errors_end_the_job(build: Build, inbox: Jobs, error: Exception):
    recorder, given_up = Recorder(x=[error]), Recorder()
    await accepted(inbox, delivery("x"))
    async with running(build(QUICK), recorder, given_up):
        await until_empty(inbox)
    assert (recorder.handled, given_up.handled, await inbox.dead()) == (["x"], [], [])


@pytest.mark.parametrize("error", [ValueError, Tampered, lambda: Retryable("busy"), asyncio.CancelledError])
async def test_what_keeps_failing_is_given_up_once_and_buried(
    build: Build, inbox: Jobs, error: Callable[[], BaseException]
):
    async def handle(job: Job, body: bytes) -> None:
        raise error()

    given_up = Recorder()
    job = await accepted(inbox, delivery("x"))
    async with running(build(QUICK), handle, given_up):
        await until_empty(inbox)
    (dead,) = await inbox.dead()
    assert (given_up.handled, dead.seq, dead.tries) == (["x"], job.seq, 3)


async def test_the_reason_names_the_error_and_its_place_and_none_of_its_data(build: Build, inbox: Jobs):
    async def handle(job: Job, body: bytes) -> None:
        raise KeyError("CANARY")

    await accepted(inbox, delivery("x"))
    async with running(build(QUICK), handle):
        await until_empty(inbox)
    (dead,) = await inbox.dead()
    assert dead.reason.startswith("KeyError at ")
    assert "CANARY" not in dead.reason


async def test_giving_up_that_fails_does_not_stop_the_burial(build: Build, inbox: Jobs):
    async def fail(job: Job, body: bytes) -> None:
        raise ValueError

    await accepted(inbox, delivery("x"))
    async with running(build(QUICK), fail, fail):
        await until_empty(inbox)
    assert len(await inbox.dead()) == 1


async def test_a_revived_job_runs_again(build: Build, inbox: Jobs):
    recorder = Recorder(x=[ValueError() for _ in range(3)])
    job = await accepted(inbox, delivery("x"))
    queue = build(QUICK)
    async with running(queue, recorder):
        await until_empty(inbox)
        revived = await inbox.revive(job.seq)
        assert revived is not None
        queue.offer(revived)
        await until_empty(inbox)
    assert (recorder.tries, await inbox.dead()) == ([1, 2, 3, 1], [])


async def test_a_dead_job_stays_listed_when_a_newer_one_of_its_key_arrives(build: Build, inbox: Jobs):
    recorder = Recorder(older=[ValueError() for _ in range(3)])
    queue = build(QUICK)
    async with running(queue, recorder):
        queue.offer(await accepted(inbox, delivery("older", key="pull", coalesce=True)))
        await until_empty(inbox)
        await until(lambda: _truth(queue.depth()["running"] == 0))
        queue.offer(await accepted(inbox, delivery("newer", key="pull", coalesce=True)))
        await until_empty(inbox)
    assert [job.delivery for job in await inbox.dead()] == ["older"]


async def test_a_handler_that_outlives_its_lease_has_failed(build: Build, inbox: Jobs):
    async def hang(job: Job, body: bytes) -> None:
        await asyncio.Event().wait()

    await accepted(inbox, delivery("x"))
    async with running(build(replace(QUICK, lease_seconds=0.02)), hang):
        await until_empty(inbox)
    (dead,) = await inbox.dead()
    assert dead.reason.startswith("TimeoutError")


async def test_stopping_cancels_handlers_and_leaves_their_jobs_with_no_attempt_used(build: Build, inbox: Jobs):
    gate = Gate()
    await accepted(inbox, delivery("x"))
    async with running(build(QUICK), gate):
        await gate.has_started(1)
    assert (gate.cancelled, [job.tries for job in await inbox.pending(SystemClock().now() + 1)]) == (["x"], [0])
    recorder = Recorder()
    async with running(build(QUICK), recorder):
        await until_empty(inbox)
    assert recorder.handled == ["x"]


async def test_cancelling_an_installation_ends_its_jobs_and_no_others(build: Build, inbox: Jobs):
    queue, gate = build(QUICK), Gate()
    for id, installation in (("a", 1), ("b", 1), ("c", 2)):
        queue.offer(await accepted(inbox, delivery(id, installation=installation)))
    async with running(queue, gate):
        await gate.has_started(3)
        assert await queue.cancel(InstallationId(1)) == 2
        assert (sorted(gate.cancelled), gate.running) == (["a", "b"], {1: 0, 2: 1})


async def test_cancelling_a_repository_leaves_the_others_of_its_installation(build: Build, inbox: Jobs):
    queue, gate = build(QUICK), Gate()
    for id, repository in (("a", 10), ("b", 11)):
        queue.offer(await accepted(inbox, delivery(id, repository=repository)))
    async with running(queue, gate):
        await gate.has_started(2)
        assert await queue.cancel(InstallationId(1), RepositoryId(11)) == 1
        assert gate.cancelled == ["b"]


async def test_a_job_that_cancels_its_installation_goes_on_alone_until_it_ends(build: Build, inbox: Jobs):
    queue, order, others = build(replace(QUICK, per_installation=3)), [], asyncio.Event()

    async def handle(job: Job, body: bytes) -> None:
        order.append(f"{job.delivery} begins")
        if job.delivery != "wipe":
            await others.wait()
            return
        await asyncio.gather(queue.cancel(job.installation))  # also from a task of its own
        for waiting in await inbox.pending(math.inf):
            queue.offer(waiting)
        await asyncio.sleep(0.05)  # several sweeps, which must not take anything up either
        order.append("wipe ends")
        others.set()

    for id in ("running", "wipe", "waiting", "more", "most"):
        await accepted(inbox, delivery(id, key="same" if id in ("running", "waiting") else id))
    async with running(queue, handle):
        await until_empty(inbox)
    assert "running begins" in order[: order.index("wipe ends")]
    after = order[order.index("wipe ends") + 1 :]
    assert sorted(after[-4:]) == ["more begins", "most begins", "running begins", "waiting begins"]


async def test_a_wipe_erases_what_was_waiting_and_its_own_job_too(stores, build: Build, inbox: Jobs):
    queue, handled = build(replace(QUICK, slots=1)), []

    async def handle(job: Job, body: bytes) -> None:
        handled.append(job.delivery)
        await queue.cancel(job.installation)
        assert await stores.store.erase(job.installation) == {"job": 6}
        assert await stores.store.remaining(job.installation) == {}

    for id in ("wipe", "a", "b", "c", "d", "e"):
        queue.offer(await accepted(inbox, delivery(id)))
    async with running(queue, handle):
        await until_empty(inbox)
    assert (handled, await inbox.dead()) == (["wipe"], [])


async def test_depth_tells_waiting_running_and_the_oldest(build: Build, inbox: Jobs):
    queue, gate = build(replace(QUICK, slots=1)), Gate()
    assert queue.depth() == {"waiting": 0, "running": 0, "oldest": 0.0}
    for id in ("a", "b", "c"):
        queue.offer(await accepted(inbox, delivery(id)))
    async with running(queue, gate):
        await gate.has_started(1)
        depth = queue.depth()
        assert (depth["waiting"], depth["running"], depth["oldest"] > 0) == (2, 1, True)
        gate.opened.set()
        await until_empty(inbox)


async def test_a_thousand_duplicates_are_one_effect(build: Build, inbox: Jobs):
    queue, recorder = build(QUICK), Recorder()

    async def deliver() -> None:
        if job := await inbox.accept(delivery("x")):
            queue.offer(job)

    async with running(queue, recorder):
        await asyncio.gather(*(deliver() for _ in range(1000)))
        await until_empty(inbox)
    assert recorder.handled == ["x"]


async def test_a_thousand_jobs_of_many_installations_each_run_once(build: Build, inbox: Jobs):
    queue, recorder = build(replace(QUICK, slots=16, per_installation=4)), Recorder()
    async with running(queue, recorder, nothing):
        for number in range(1000):
            queue.offer(await accepted(inbox, delivery(str(number), installation=number % 37)))
        await until_empty(inbox)
    assert Counter(recorder.handled) == {str(number): 1 for number in range(1000)}


async def _truth(value: bool) -> bool:
    return value


async def _has(inbox: Jobs, job: Job, *, after: float) -> bool:
    return any(found.seq == job.seq and found.due > after and found.tries for found in await inbox.pending(math.inf))


async def test_each_attempt_is_one_line_of_numbers_in_the_log(build: Build, inbox: Jobs, logged):
    await accepted(inbox, delivery("x", installation=7))
    async with running(build(QUICK), Recorder(x=[Retryable("CANARY")])):
        await until_empty(inbox)
    lines = [{name: value for name, value in line.items() if name != "seconds"} for line in logged]
    common = {"event": "job", "log_level": "info", "seq": 1, "name": "pull_request", "installation": 7}
    assert lines == [{**common, "tries": 1, "outcome": "postponed"}, {**common, "tries": 2, "outcome": "done"}]
