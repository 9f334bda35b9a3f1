"""bot.ports.Kms, for every keeper."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Tampered
from bot.model import Secret
from bot.ports import Kms
from bot.vault.kms import KMS
from bot.vault.kms.file import Settings


@pytest.fixture(params=sorted(KMS))
def kms(request: pytest.FixtureRequest, tmp_path: Path) -> Kms:
    return KMS[request.param](Settings(path=tmp_path / "master.key"), may_create=True)


@pytest.fixture(params=sorted(KMS))
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Kms:
    return KMS[request.param](Settings(path=tmp_path / "other.key"), may_create=True)


async def test_what_is_wrapped_opens_in_its_context(kms: Kms):
    key = os.urandom(32)
    wrapped = await kms.wrap(key, b"installation/1")
    assert key not in wrapped
    assert key == await kms.unwrap(wrapped, b"installation/1")


async def test_wrapping_twice_gives_different_bytes(kms: Kms):
    assert await kms.wrap(bytes(32), b"a") != await kms.wrap(bytes(32), b"a")


@pytest.mark.parametrize("context", [b"", b"installation/2", b"installation/1\x00", b"installation/"])
async def test_it_opens_in_no_other_context(kms: Kms, context: bytes):
    wrapped = await kms.wrap(bytes(32), b"installation/1")
    with pytest.raises(Tampered):
        await kms.unwrap(wrapped, context)


async def test_no_changed_byte_opens(kms: Kms):
    wrapped = await kms.wrap(bytes(32), b"a")
    for position in range(len(wrapped)):
        changed = bytearray(wrapped)
        changed[position] ^= 0x01
        with pytest.raises(Tampered):
            await kms.unwrap(bytes(changed), b"a")


async def test_no_shortened_or_lengthened_bytes_open(kms: Kms):
    wrapped = await kms.wrap(bytes(32), b"a")
    for other_length in (*(wrapped[:end] for end in range(len(wrapped))), wrapped + b"\x00"):
        with pytest.raises(Tampered):
            await kms.unwrap(other_length, b"a")


async def test_another_root_key_does_not_open_it(kms: Kms, other: Kms):
    wrapped = await kms.wrap(bytes(32), b"a")
    with pytest.raises(Tampered):
        await other.unwrap(wrapped, b"a")


async def test_derived_keys_are_stable_distinct_and_of_this_root(kms: Kms, other: Kms):
    purposes = ["receipts", "lookup", "", "wrap"]
    keys = [await kms.derive(purpose) for purpose in purposes]
    assert keys == [await kms.derive(purpose) for purpose in purposes]
    assert {32} == {len(key) for key in keys}
    assert len(purposes) == len(set(keys))
    assert not set(keys) & {await other.derive(purpose) for purpose in purposes}


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
async def test_arbitrary_bytes_are_refused_with_the_one_error(junk: bytes):
    kms = KMS["file"](Settings(key=Secret("A" * 43 + "=")), may_create=False)
    with pytest.raises(Tampered):
        await kms.unwrap(junk, b"a")
