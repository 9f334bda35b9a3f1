"""Data keys are made once, found again, bound to their owner, and gone when destroyed."""

import asyncio

import pytest

from bot.errors import Tampered
from bot.model import InstallationId, RepositoryId
from bot.vault.envelope import Place
from bot.vault.keyring import Keyring
from bot.vault.vault import Vault
from tests.vault.memory import MemoryKeys, OpenKms

ONE, TWO = InstallationId(1), InstallationId(2)
REPO = RepositoryId(10)


async def test_a_key_is_the_same_after_a_restart():
    keys = MemoryKeys()
    first = await Keyring(OpenKms(), keys).key(ONE, REPO)
    again = await Keyring(OpenKms(), keys).key(ONE, REPO)
    assert first == again


async def test_every_installation_and_repository_has_a_key_of_its_own():
    ring = Keyring(OpenKms(), MemoryKeys())
    ids = {(await ring.key(i, r)).id for i in (InstallationId(0), ONE, TWO) for r in (RepositoryId(0), REPO)}
    assert len(ids) == 5  # the instance has one, whatever the repository


async def test_fifty_at_once_get_one_key():
    ring = Keyring(OpenKms(), MemoryKeys())
    made = await asyncio.gather(*(ring.key(ONE, REPO) for _ in range(50)))
    assert len({key.id for key in made}) == 1


async def test_a_destroyed_installation_takes_its_repositories_with_it_and_no_other():
    keys = MemoryKeys()
    vault = Vault(Keyring(OpenKms(), keys))
    mine, other = Place("result", "1", ONE, REPO), Place("result", "1", TWO, REPO)
    sealed, kept = await vault.seal(mine, b"x"), await vault.seal(other, b"y")
    assert await vault.destroy(ONE) == 2
    with pytest.raises(Tampered):
        await vault.open(mine, sealed)
    assert await vault.open(other, kept) == b"y"
    assert not [name for name in keys.rows if "installation:1/" in name or name == "installation:1"]


async def test_installation_1_is_not_a_prefix_of_installation_11():
    vault = Vault(Keyring(OpenKms(), MemoryKeys()))
    place = Place("result", "1", InstallationId(11))
    sealed = await vault.seal(place, b"x")
    await vault.destroy(ONE)
    assert await vault.open(place, sealed) == b"x"


async def test_opening_after_destruction_makes_no_new_key():
    keys = MemoryKeys()
    vault = Vault(Keyring(OpenKms(), keys))
    sealed = await vault.seal(Place("result", "1", ONE), b"x")
    await vault.destroy(ONE)
    with pytest.raises(Tampered):
        await vault.open(Place("result", "1", ONE), sealed)
    assert keys.rows == {}
