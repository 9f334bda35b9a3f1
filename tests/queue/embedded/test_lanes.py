"""Turns: against a plain model, in any order of offers, starts, ends and cancellations."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from bot.model import InstallationId, Job, RepositoryId
from bot.queue.embedded.lanes import Lanes

CAP = 2


def job(seq: int, *, installation: int = 1, repository: int = 1, key: str = "", coalesce: bool = False) -> Job:
    key = key or str(seq)
    return Job(seq, f"d{seq}", "push", InstallationId(installation), RepositoryId(repository), key, coalesce)


def order(lanes: Lanes) -> list[int]:
    """The order in which jobs start when each one ends before the next."""
    seqs = []
    while (taken := lanes.take()) is not None:
        seqs.append(taken.seq)
        lanes.release(taken, finished=True)
    return seqs


def test_installations_take_turns():
    lanes = Lanes(CAP)
    for seq, installation in enumerate((1, 1, 1, 1, 2, 2, 3), start=1):
        lanes.offer(job(seq, installation=installation), 0.0)
    assert order(lanes) == [1, 5, 7, 2, 6, 3, 4]


def test_a_newer_job_takes_the_place_of_the_older_one_in_its_lane():
    lanes = Lanes(CAP)
    lanes.offer(job(1, key="pull", coalesce=True), 0.0)
    lanes.offer(job(2), 0.0)
    assert lanes.offer(job(3, key="pull", coalesce=True), 0.0) == 1
    assert order(lanes) == [3, 2]


def test_a_key_that_moved_to_another_installation_is_still_one_line():
    lanes = Lanes(CAP)
    lanes.offer(job(1, key="pull"), 0.0)
    first = lanes.take()
    lanes.offer(job(2, key="pull", installation=2), 0.0)
    assert (first, lanes.take()) == (job(1, key="pull"), None)
    lanes.release(job(1, key="pull"), finished=True)
    assert order(lanes) == [2]


def test_a_parked_job_is_moot_by_a_newer_one_and_makes_older_ones_moot():
    lanes = Lanes(CAP)
    assert lanes.park(job(2, key="pull", coalesce=True)) is None
    assert lanes.offer(job(1, key="pull", coalesce=True), 0.0) == 1
    assert lanes.offer(job(3, key="pull", coalesce=True), 0.0) == 2
    assert order(lanes) == [3]


def test_parking_a_running_job_changes_nothing():
    lanes = Lanes(CAP)
    older, newer = job(1, key="pull", coalesce=True), job(2, key="pull", coalesce=True)
    lanes.offer(older, 0.0)
    lanes.take()
    assert lanes.offer(newer, 0.0) is None
    assert lanes.park(older) is None
    assert lanes.is_superseded(older)


def test_a_job_that_ran_through_a_cancellation_is_moot_by_a_newer_one():
    lanes = Lanes(CAP)
    older = job(1, key="pull", coalesce=True)
    lanes.offer(older, 0.0)
    lanes.take()
    lanes.forget(InstallationId(1), None)
    lanes.release(older, finished=False)
    assert lanes.offer(job(2, key="pull", coalesce=True), 0.0) == 1


def test_nothing_is_remembered_of_what_is_finished_or_forgotten():
    lanes, empty = Lanes(CAP), vars(Lanes(CAP))
    for seq in range(1, 50):
        lanes.offer(job(seq, installation=seq % 5, repository=seq % 3, key=f"k{seq % 7}", coalesce=seq % 2 == 0), 0.0)
    lanes.forget(InstallationId(1), None)
    lanes.forget(InstallationId(2), RepositoryId(1))
    order(lanes)
    assert vars(lanes) == empty


class LanesMachine(RuleBasedStateMachine):
    """The model: which jobs wait, run and are parked, without any thought for turns."""

    def __init__(self) -> None:
        super().__init__()
        self.lanes = Lanes(CAP)
        self.seq = 0
        self.waiting: dict[int, Job] = {}
        self.running: dict[int, Job] = {}
        self.parked: dict[int, Job] = {}

    @rule(
        installation=st.integers(1, 3),
        repository=st.integers(1, 2),
        name=st.sampled_from(["", "a", "b"]),
        coalesce=st.booleans(),
    )
    def offer_new(self, installation: int, repository: int, name: str, coalesce: bool) -> None:
        self.seq += 1
        key = name and f"{name}:{installation}:{repository}"
        self.offer(job(self.seq, installation=installation, repository=repository, key=key, coalesce=coalesce))

    @precondition(lambda self: self.parked)
    @rule(data=st.data())
    def offer_parked(self, data: st.DataObject) -> None:
        self.offer(self.parked.pop(data.draw(st.sampled_from(sorted(self.parked)))))

    @precondition(lambda self: self.waiting or self.running)
    @rule(data=st.data())
    def offer_again(self, data: st.DataObject) -> None:
        known = {**self.waiting, **self.running}
        assert self.lanes.offer(known[data.draw(st.sampled_from(sorted(known)))], 1.0) is None

    @rule()
    def take(self) -> None:
        taken = self.lanes.take()
        if taken is None:
            assert self.startable() == []
            return
        assert taken in self.startable()
        self.running[taken.seq] = self.waiting.pop(taken.seq)

    @precondition(lambda self: self.running)
    @rule(data=st.data(), finished=st.booleans())
    def release(self, data: st.DataObject, finished: bool) -> None:
        ended = self.running.pop(data.draw(st.sampled_from(sorted(self.running))))
        superseded = self.lanes.is_superseded(ended)
        newer = [other for other in self.unfinished() if self.replaces(other, ended)]
        assert superseded == bool(newer)
        self.lanes.release(ended, finished=finished or superseded)
        if not finished and not superseded:
            self.parked[ended.seq] = ended

    @rule(installation=st.integers(1, 3), repository=st.none() | st.integers(1, 2))
    def forget(self, installation: int, repository: int | None) -> None:
        self.lanes.forget(InstallationId(installation), None if repository is None else RepositoryId(repository))
        for jobs in (self.waiting, self.parked):
            for one in list(jobs.values()):
                if one.installation == installation and repository in (None, one.repository):
                    del jobs[one.seq]

    @invariant()
    def counts_agree(self) -> None:
        assert self.lanes.waiting == len(self.waiting)
        assert (self.lanes.waiting_since() is None) == (not self.waiting)

    def teardown(self) -> None:
        """Whatever waits gets its turn in the end."""
        for one in list(self.running.values()):
            self.lanes.release(one, finished=True)
        assert sorted(order(self.lanes)) == sorted(self.waiting)

    def offer(self, one: Job) -> None:
        older = [other.seq for other in [*self.waiting.values(), *self.parked.values()] if self.replaces(one, other)]
        newer = [other for other in self.unfinished() if self.replaces(other, one)]
        moot = self.lanes.offer(one, 1.0)
        if newer:
            assert moot == one.seq
            return
        assert ([] if moot is None else [moot]) == older
        for seq in older:
            self.waiting.pop(seq, None)
            self.parked.pop(seq, None)
        self.waiting[one.seq] = one

    def unfinished(self) -> list[Job]:
        return [*self.waiting.values(), *self.running.values(), *self.parked.values()]

    def startable(self) -> list[Job]:
        """Of each key that is not running, the oldest job, where its line's installation has room."""
        busy = {one.key for one in self.running.values()}
        first: dict[str, Job] = {}
        for one in sorted(self.waiting.values(), key=lambda one: one.seq):
            if one.key not in busy:
                first.setdefault(one.key, one)
        return [one for one in first.values() if self.has_room(one)]

    def has_room(self, one: Job) -> bool:
        return sum(other.installation == one.installation for other in self.running.values()) < CAP

    @staticmethod
    def replaces(newer: Job, older: Job) -> bool:
        return newer.coalesce and older.coalesce and newer.key == older.key and newer.seq > older.seq


def test_lanes_do_what_the_model_does():
    run_state_machine_as_test(LanesMachine, settings=settings(max_examples=150, stateful_step_count=40, deadline=None))
