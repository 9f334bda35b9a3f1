"""Every inbox against a dictionary: any order of deliveries, attempts, failures and burials, with restarts between."""

from __future__ import annotations

import asyncio
import math
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.model import Job
from bot.vault.stores import STORES, OpenStores
from tests.contracts.support import delivery

IDS = st.sampled_from([f"delivery {number}" for number in range(8)])
DUE = st.sampled_from([0.0, 10.0, 20.5, 30.0])


class InboxMachine(RuleBasedStateMachine):
    """The model: the jobs that are alive, which of them are leased, the dead, and every delivery id ever seen."""

    adapter = ""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.alive: dict[str, Job] = {}
        self.leased: set[str] = set()
        self.dead: dict[str, Job] = {}
        self.seqs: dict[str, int] = {}
        self.stores: OpenStores

    @initialize()
    def open(self) -> None:
        self.stores = STORES[self.adapter](Path(self.folder.name))

    @rule(id=IDS)
    def accept(self, id: str) -> None:
        job = self.runner.run(self.stores.inbox.accept(delivery(id, body=id.encode())))
        if id in self.dead:
            self.revived(id, job)
        elif id in self.seqs:
            assert job is None
        else:
            assert job is not None
            assert job.seq > max(self.seqs.values(), default=0)
            self.seqs[id] = job.seq
            self.alive[id] = job

    @rule(id=IDS, until=DUE)
    def start(self, id: str, until: float) -> None:
        started = self.runner.run(self.stores.inbox.start(self.seqs.get(id, 0), until))
        if id not in self.alive:
            assert started is None
            return
        self.alive[id] = replace(self.alive[id], tries=self.alive[id].tries + 1, due=until)
        self.leased.add(id)
        assert started == (self.alive[id], id.encode())

    @rule(ids=st.sets(IDS, max_size=4))
    def settle(self, ids: set[str]) -> None:
        self.runner.run(self.stores.inbox.settle([self.seqs.get(id, 0) for id in ids]))
        for id in ids:
            self.alive.pop(id, None)
            self.dead.pop(id, None)

    @rule(id=IDS, due=DUE, counts=st.booleans())
    def postpone(self, id: str, due: float, counts: bool) -> None:
        self.runner.run(self.stores.inbox.postpone(self.seqs.get(id, 0), due, counts=counts))
        if job := self.alive.get(id):
            self.alive[id] = replace(job, due=due, tries=job.tries if counts else max(job.tries - 1, 0))
            self.leased.discard(id)

    @rule(id=IDS)
    def bury(self, id: str) -> None:
        self.runner.run(self.stores.inbox.bury(self.seqs.get(id, 0), "reason"))
        if job := self.alive.pop(id, None):
            self.dead[id] = replace(job, reason="reason")

    @rule(id=IDS)
    def revive(self, id: str) -> None:
        job = self.runner.run(self.stores.inbox.revive(self.seqs.get(id, 0)))
        if id in self.dead:
            self.revived(id, job)
        else:
            assert job is None

    @rule()
    def restart(self) -> None:
        self.runner.run(self.stores.aclose())
        self.open()
        for id in self.leased & set(self.alive):
            self.alive[id] = replace(self.alive[id], due=0.0)
        self.leased.clear()

    @rule(before=DUE | st.just(math.inf))
    def pending(self, before: float) -> None:
        expected = sorted((job for job in self.alive.values() if job.due < before), key=lambda job: job.seq)
        assert self.runner.run(self.stores.inbox.pending(before)) == expected

    @invariant()
    def the_dead_are_listed(self) -> None:
        if hasattr(self, "stores"):
            expected = sorted(self.dead.values(), key=lambda job: job.seq)
            assert self.runner.run(self.stores.inbox.dead()) == expected

    def revived(self, id: str, job: Job | None) -> None:
        self.alive[id] = replace(self.dead.pop(id), tries=0, due=0.0, reason="")
        self.leased.discard(id)
        assert job == self.alive[id]

    def teardown(self) -> None:
        if hasattr(self, "stores"):
            self.runner.run(self.stores.aclose())
        self.runner.close()
        self.folder.cleanup()


@pytest.mark.parametrize("adapter", sorted(STORES))
def test_an_inbox_does_what_a_dictionary_would(adapter: str):
    machine = type("Machine", (InboxMachine,), {"adapter": adapter})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
