"""Sealed records open at their own place, under their own key, unchanged - or not at all."""

import itertools
import json
import os
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Tampered
from bot.model import InstallationId, RepositoryId
from bot.vault import cobblestone
from bot.vault.envelope import HEADER, DataKey, Place, seal, unseal

KEY = DataKey.of(bytes(range(32)))
PLACE = Place("result", "7", InstallationId(1), RepositoryId(2))
VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "vault.json").read_text())


@given(st.binary(max_size=40_000), st.booleans())
def test_what_is_sealed_opens_again(data, compress):
    assert unseal(KEY, PLACE, seal(KEY, PLACE, data, compress=compress)) == data


@pytest.mark.parametrize("size", [0, 1, 16383, 16384, 16385, 32768, 100_000])
def test_sizes_around_a_chunk_open_again(size):
    data = os.urandom(size)
    assert unseal(KEY, PLACE, seal(KEY, PLACE, data)) == data


def test_every_flipped_bit_is_noticed():
    sealed = seal(KEY, PLACE, b"a deploy key")
    for bit in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Tampered):
            unseal(KEY, PLACE, bytes(changed))


@pytest.mark.parametrize("cut", [0, 1, 9, 10, 33, 65, 66, 81, 16466, -1])
def test_cut_off_data_is_noticed(cut):
    sealed = seal(KEY, PLACE, bytes(16384 * 2))
    with pytest.raises(Tampered):
        unseal(KEY, PLACE, sealed[:cut])


def test_data_cut_at_a_chunk_border_is_noticed():
    sealed = seal(KEY, PLACE, bytes(16384 * 2))
    with pytest.raises(Tampered):
        unseal(KEY, PLACE, sealed[: HEADER + 56 + 16400])


def test_trailing_data_is_noticed():
    with pytest.raises(Tampered):
        unseal(KEY, PLACE, seal(KEY, PLACE, b"x") + b"y")


def test_no_two_records_can_be_swapped():
    places = [
        Place(table, id, InstallationId(i), RepositoryId(r))
        for table, id, i, r in itertools.product(("result", "deploy_key"), ("1", "11"), (1, 11), (0, 1, 11))
    ]
    sealed = [seal(KEY, place, b"x") for place in places]
    for (i, place), (j, record) in itertools.product(enumerate(places), enumerate(sealed)):
        if i == j:
            assert unseal(KEY, place, record) == b"x"
        else:
            with pytest.raises(Tampered):
                unseal(KEY, place, record)


def test_another_key_does_not_open():
    with pytest.raises(Tampered):
        unseal(DataKey.of(bytes(32)), PLACE, seal(KEY, PLACE, b"x"))


def test_the_same_data_never_looks_the_same():
    assert len({seal(KEY, PLACE, b"x") for _ in range(1000)}) == 1000


def test_a_frame_that_unpacks_to_too_much_is_refused():
    bomb = zstandard.ZstdCompressor(level=1).compress(bytes(65 * 1024 * 1024))
    header = bytes((1, 1)) + KEY.id
    from bot.vault.envelope import _context

    sealed = header + cobblestone.encrypt(KEY.secret.reveal(), _context(header, PLACE), bomb)
    with pytest.raises(Tampered):
        unseal(KEY, PLACE, sealed)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["says"])
def test_frozen_vectors_still_hold(vector):
    key = DataKey.of(bytes.fromhex(vector["key"]))
    place = Place(
        vector["table"], vector["id"], InstallationId(vector["installation"]), RepositoryId(vector["repository"])
    )
    sealed = bytes.fromhex(vector["sealed"])
    if vector["expect"] == "opens":
        assert unseal(key, place, sealed) == bytes.fromhex(vector["data"])
    else:
        with pytest.raises(Tampered):
            unseal(key, place, sealed)
