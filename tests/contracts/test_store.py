"""bot.ports.Store, for every store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from bot.model import InstallationId, RepositoryId, Table
from bot.ports import Jobs, Store
from bot.vault.stores import OpenStores
from tests.contracts.support import accepted, delivery, record

ONE, TWO = InstallationId(1), InstallationId(2)
TEN, ELEVEN = RepositoryId(10), RepositoryId(11)


async def test_a_record_is_read_back_as_it_was_put(store: Store):
    kept = record("a", body=bytes(range(256)) * 300)
    await store.put(kept)
    assert kept == await store.get(Table.RESULT, "a")


async def test_an_unknown_record_is_none(store: Store):
    assert await store.get(Table.RESULT, "a") is None


async def test_the_same_id_in_two_tables_is_two_records(store: Store):
    await store.put(record("a", table=Table.CHECK, body=b"check"))
    await store.put(record("a", table=Table.RESULT, body=b"result"))
    found = await store.get(Table.CHECK, "a")
    assert found is not None
    assert found.body == b"check"


async def test_putting_again_replaces_the_record_and_its_owner(store: Store):
    await store.put(record("a"))
    newer = record("a", installation=2, repository=11, body=b"newer")
    await store.put(newer)
    assert [newer] == await store.find(Table.RESULT)
    assert await store.remaining(ONE) == {}


async def test_records_are_found_by_table_owner_and_repository_in_order_of_id(store: Store):
    rows = [record("c"), record("a"), record("b", repository=11), record("d", installation=2, repository=20)]
    await asyncio.gather(*(store.put(row) for row in [*rows, record("z", table=Table.CHECK)]))
    assert [row.id for row in await store.find(Table.RESULT)] == ["a", "b", "c", "d"]
    assert [row.id for row in await store.find(Table.RESULT, installation=ONE)] == ["a", "b", "c"]
    assert [row.id for row in await store.find(Table.RESULT, repository=ELEVEN)] == ["b"]
    assert await store.find(Table.RESULT, installation=TWO, repository=TEN) == []


async def test_zero_as_owner_is_a_value_and_not_a_wildcard(store: Store):
    await store.put(record("nobody", installation=0, repository=0))
    await store.put(record("a"))
    assert [row.id for row in await store.find(Table.RESULT, installation=InstallationId(0))] == ["nobody"]


async def test_a_deleted_record_is_gone_and_deleting_twice_is_once(store: Store):
    await store.put(record("a"))
    await store.delete(Table.RESULT, "a")
    await store.delete(Table.RESULT, "a")
    assert await store.get(Table.RESULT, "a") is None


async def test_every_read_sees_the_writes_acknowledged_before_it(store: Store):
    for number in range(50):
        await store.put(record("a", body=str(number).encode()))
        found = await store.get(Table.RESULT, "a")
        assert found is not None
        assert str(number).encode() == found.body
        assert [found] == await store.find(Table.RESULT)


async def test_records_are_there_after_closing_and_opening_again(open_stores: Callable[[], OpenStores]):
    async with open_stores() as stores:
        await stores.store.put(record("a"))
    async with open_stores() as stores:
        assert record("a") == await stores.store.get(Table.RESULT, "a")


async def test_what_was_asked_before_closing_is_kept(open_stores: Callable[[], OpenStores]):
    async with open_stores() as stores:
        puts = [asyncio.ensure_future(stores.store.put(record(str(number)))) for number in range(500)]
        await asyncio.sleep(0)  # each put has asked, none is answered
    await asyncio.gather(*puts)
    async with open_stores() as stores:
        assert len(await stores.store.find(Table.RESULT)) == 500


async def test_erasing_an_installation_counts_and_deletes_all_that_is_its_own(store: Store, inbox: Jobs):
    for row in (record("a"), record("b", repository=11), record("c", table=Table.CHECK), record("d", installation=2)):
        await store.put(row)
    await accepted(inbox, delivery("x"))
    other = await accepted(inbox, delivery("y", installation=2))
    assert await store.remaining(ONE) == {"result": 2, "check": 1, "job": 1}
    assert await store.erase(ONE) == {"result": 2, "check": 1, "job": 1}
    assert await store.remaining(ONE) == {}
    assert [row.id for row in await store.find(Table.RESULT)] == ["d"]
    assert [other] == await inbox.pending(float("inf"))


async def test_erasing_a_repository_leaves_the_others_of_its_installation(store: Store, inbox: Jobs):
    await store.put(record("a"))
    await store.put(record("b", repository=11))
    await accepted(inbox, delivery("x", repository=11))
    assert await store.erase(ONE, ELEVEN) == {"result": 1, "job": 1}
    assert await store.remaining(ONE) == {"result": 1}
    assert await store.remaining(ONE, ELEVEN) == {}


async def test_erasing_deletes_dead_and_leased_jobs_too(store: Store, inbox: Jobs):
    leased, dead = await accepted(inbox, delivery("x")), await accepted(inbox, delivery("y"))
    await inbox.start(leased.seq, 1e12)
    await inbox.bury(dead.seq, "reason")
    assert await store.erase(ONE) == {"job": 2}


async def test_erasing_twice_is_erasing_once(store: Store):
    await store.put(record("a"))
    await store.erase(ONE)
    assert await store.erase(ONE) == {}


async def test_a_delivery_id_stays_known_after_its_installation_is_erased(store: Store, inbox: Jobs):
    await accepted(inbox, delivery("x"))
    await store.erase(ONE)
    assert await inbox.accept(delivery("x")) is None


async def test_a_record_stays_equal_to_itself_with_ids_beyond_32_bits(store: Store):
    large = replace(record("a"), installation=InstallationId(2**62), repository=RepositoryId(2**62 + 1))
    await store.put(large)
    assert [large] == await store.find(Table.RESULT, installation=InstallationId(2**62))
