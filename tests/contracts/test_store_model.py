"""Every store against a dictionary: any order of puts, deletes and erasures, with restarts in between."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.model import InstallationId, Record, RepositoryId, Table
from bot.vault.stores import STORES, OpenStores
from tests.contracts.support import delivery

TABLES = st.sampled_from([Table.RESULT, Table.CHECK, Table.DEPLOY_KEY])
IDS = st.sampled_from(["a", "b", "c", "ä/\x00", "a%"])
INSTALLATIONS = st.integers(0, 2).map(InstallationId)
REPOSITORIES = st.integers(0, 2).map(RepositoryId)
BODIES = st.binary(max_size=40) | st.integers(0, 3).map(lambda n: bytes(n * 5000))


class StoreMachine(RuleBasedStateMachine):
    """Runs each step on the real files and on `self.records`, and compares what both say."""

    adapter = ""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.records: dict[tuple[Table, str], Record] = {}
        self.jobs: dict[str, tuple[InstallationId, RepositoryId]] = {}
        self.stores: OpenStores

    @initialize()
    def open(self) -> None:
        self.stores = STORES[self.adapter](Path(self.folder.name))

    @rule(table=TABLES, id=IDS, installation=INSTALLATIONS, repository=REPOSITORIES, body=BODIES)
    def put(self, table: Table, id: str, installation: InstallationId, repository: RepositoryId, body: bytes) -> None:
        record = Record(table, id, installation, repository, body)
        self.runner.run(self.stores.store.put(record))
        self.records[table, id] = record

    @rule(table=TABLES, id=IDS)
    def delete(self, table: Table, id: str) -> None:
        self.runner.run(self.stores.store.delete(table, id))
        self.records.pop((table, id), None)

    @rule(installation=INSTALLATIONS, repository=REPOSITORIES)
    def accept(self, installation: InstallationId, repository: RepositoryId) -> None:
        id = f"delivery {len(self.jobs)}"
        self.runner.run(self.stores.inbox.accept(delivery(id, installation=installation, repository=repository)))
        self.jobs[id] = (installation, repository)

    @rule(installation=INSTALLATIONS, repository=REPOSITORIES | st.none())
    def erase(self, installation: InstallationId, repository: RepositoryId | None) -> None:
        expected = self.expected_remaining(installation, repository)
        assert self.runner.run(self.stores.store.remaining(installation, repository)) == expected
        assert self.runner.run(self.stores.store.erase(installation, repository)) == expected
        self.records = {
            key: record
            for key, record in self.records.items()
            if not _owned((record.installation, record.repository), installation, repository)
        }
        self.jobs = {
            id: (InstallationId(-1), RepositoryId(-1)) if _owned(owner, installation, repository) else owner
            for id, owner in self.jobs.items()
        }

    @rule()
    def restart(self) -> None:
        self.runner.run(self.stores.aclose())
        self.open()

    @rule(table=TABLES, installation=INSTALLATIONS | st.none(), repository=REPOSITORIES | st.none())
    def find(self, table: Table, installation: InstallationId | None, repository: RepositoryId | None) -> None:
        expected = [
            record
            for record in self.records.values()
            if record.table == table
            and installation in (None, record.installation)
            and repository in (None, record.repository)
        ]
        found = self.runner.run(self.stores.store.find(table, installation=installation, repository=repository))
        assert found == sorted(expected, key=lambda record: record.id.encode())

    @invariant()
    def every_record_is_as_last_put(self) -> None:
        if hasattr(self, "stores"):
            for (table, id), record in self.records.items():
                assert self.runner.run(self.stores.store.get(table, id)) == record

    def expected_remaining(self, installation: InstallationId, repository: RepositoryId | None) -> dict[str, int]:
        owners = [(record.table.value, (record.installation, record.repository)) for record in self.records.values()]
        owners += [("job", owner) for owner in self.jobs.values()]
        tables = [table for table, owner in owners if _owned(owner, installation, repository)]
        return {table: tables.count(table) for table in tables}

    def teardown(self) -> None:
        if hasattr(self, "stores"):
            self.runner.run(self.stores.aclose())
        self.runner.close()
        self.folder.cleanup()


def _owned(
    owner: tuple[InstallationId, RepositoryId], installation: InstallationId, repository: RepositoryId | None
) -> bool:
    return owner[0] == installation and repository in (None, owner[1])


@pytest.mark.parametrize("adapter", sorted(STORES))
def test_a_store_does_what_a_dictionary_would(adapter: str):
    machine = type("Machine", (StoreMachine,), {"adapter": adapter})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
