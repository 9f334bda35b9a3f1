"""bot.ports.KeyStore, for every store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.ports import KeyStore
from bot.vault.stores import OpenStores


async def test_a_key_is_read_back_and_an_unknown_one_is_none(keys: KeyStore):
    assert await keys.put("installation/1", b"wrapped") == b"wrapped"
    assert await keys.get("installation/1") == b"wrapped"
    assert await keys.get("installation/2") is None


async def test_the_first_key_of_an_id_is_the_one_that_is_kept(keys: KeyStore):
    answers = await asyncio.gather(*(keys.put("a", str(number).encode()) for number in range(100)))
    assert len(set(answers)) == 1
    assert answers[0] == await keys.get("a")


async def test_destroying_takes_the_key_and_those_below_it_only(keys: KeyStore):
    for id in ("i/1", "i/1/r/7", "i/1/r/8", "i/10", "i/1-", "i/10/r/7", "i/2", "i"):
        await keys.put(id, b"wrapped")
    assert await keys.destroy("i/1") == 3
    left = [id for id in ("i/1", "i/1/r/7", "i/1/r/8", "i/10", "i/1-", "i/10/r/7", "i/2", "i") if await keys.get(id)]
    assert left == ["i/10", "i/1-", "i/10/r/7", "i/2", "i"]


async def test_nothing_in_a_prefix_is_a_wildcard(keys: KeyStore):
    await keys.put("i/1/r/7", b"wrapped")
    assert [await keys.destroy(prefix) for prefix in ("i/%", "i/_", "i/*")] == [0, 0, 0]


async def test_destroying_twice_is_destroying_once(keys: KeyStore):
    await keys.put("a", b"wrapped")
    assert [await keys.destroy("a"), await keys.destroy("a")] == [1, 0]


async def test_a_destroyed_id_takes_a_new_key(keys: KeyStore):
    await keys.put("a", b"old")
    await keys.destroy("a")
    assert await keys.put("a", b"new") == b"new"


async def test_keys_are_there_after_opening_again_and_the_store_knows_that_it_holds_some(
    open_stores: Callable[[], OpenStores],
):
    async with open_stores() as stores:
        assert not stores.holds_keys()
        await stores.keys.put("a", b"wrapped")
    async with open_stores() as stores:
        assert await stores.keys.get("a") == b"wrapped"
        assert stores.holds_keys()
