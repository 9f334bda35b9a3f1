"""The root key's file: made once, private, never replaced."""

from __future__ import annotations

import asyncio
import base64
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.model import Secret
from bot.vault.kms.file import FileKms, Settings, _create, build

# Made once by this code; the root key is the bytes 0 to 31, the wrapped one 32 to 63.
VECTOR = (
    "019362e28dcb1b58215d755da79647ae01f68a4cb91ee18619c4583d9aaa3487b5ec76c30d8153470fe543e27a0bc41f6c73"
    "e2b3134e0112e8cb98f63d"
)
DERIVED = "05f71470be2215ae54eb029d931e63404faf2ea06a90cf664443ca85c04520f6"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "master.key"


def key_file(path: Path, content: bytes, mode: int = 0o400) -> Path:
    path.write_bytes(content)
    path.chmod(mode)
    return path


def files_of(directory: Path) -> dict[str, tuple[int, int]]:
    """Mode and size by name."""
    return {path.name: (path.stat().st_mode & 0o777, path.stat().st_size) for path in directory.iterdir()}


async def same(one: FileKms, other: FileKms) -> bool:
    return await one.derive("x") == await other.derive("x")


async def test_the_first_start_makes_a_private_key_and_the_next_one_uses_it(path: Path):
    first = build(Settings(path), may_create=True)
    assert files_of(path.parent) == {path.name: (0o400, 32)}
    assert await same(first, build(Settings(path), may_create=False))


async def test_two_instances_have_different_keys(path: Path):
    one, other = (build(Settings(path.with_name(name)), may_create=True) for name in "ab")
    assert not await same(one, other)


def test_a_lost_key_is_not_replaced_where_keys_are_wrapped_by_it(path: Path):
    with pytest.raises(ConfigError, match="Restore that file"):
        build(Settings(path), may_create=False)
    assert not path.exists()


async def test_starting_together_for_the_first_time_ends_with_one_key(path: Path):
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: build(Settings(path), may_create=True), range(32)))
    keys = await asyncio.gather(*(kms.derive("x") for kms in made))
    assert len(set(keys)) == 1


def test_a_key_that_another_process_made_meanwhile_stays(path: Path):
    key_file(path, bytes(range(32)))
    _create(path)
    assert path.read_bytes() == bytes(range(32))
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o420, 0o644, 0o401])
def test_a_key_that_others_may_touch_is_refused_with_the_cure(path: Path, mode: int):
    key_file(path, bytes(32), mode)
    with pytest.raises(ConfigError, match=f"Run: chmod 400 {path}"):
        build(Settings(path), may_create=True)


@pytest.mark.parametrize("size", [0, 31, 33, 64])
def test_a_key_of_another_size_is_refused_and_left_as_it_is(path: Path, size: int):
    key_file(path, bytes(size))
    with pytest.raises(ConfigError, match="exactly 32 bytes"):
        build(Settings(path), may_create=True)
    assert path.stat().st_size == size


def test_a_path_that_cannot_be_read_is_refused(path: Path):
    path.mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        build(Settings(path), may_create=True)


async def test_a_systemd_credential_may_show_its_access_list_as_a_group_mode(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    key_file(path, bytes(range(32)), 0o440)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(path.parent))
    kms = build(Settings(path), may_create=False)
    assert await same(kms, FileKms(Secret(bytes(range(32)))))


async def test_a_key_from_the_environment_is_base64_and_comes_first(path: Path):
    text = base64.b64encode(bytes(range(32))).decode()
    kms = build(Settings(path, Secret(f"{text}\n")), may_create=False)
    assert await same(kms, FileKms(Secret(bytes(range(32)))))
    assert files_of(path.parent) == {}


@pytest.mark.parametrize("text", ["", "short", "A" * 43, "?" * 44, base64.b64encode(bytes(31)).decode()])
def test_any_other_text_is_refused_without_repeating_it(text: str):
    with pytest.raises(ConfigError, match="not base64 of 32 bytes") as caught:
        build(Settings(key=Secret(text)), may_create=True)
    assert not text or text not in str(caught.value)


def test_no_key_at_all_is_refused():
    with pytest.raises(ConfigError, match="No master key is configured"):
        build(Settings(), may_create=True)


async def test_the_first_byte_tells_the_format(path: Path):
    wrapped = await build(Settings(path), may_create=True).wrap(bytes(32), b"a")
    assert (wrapped[0], len(wrapped)) == (1, 1 + 12 + 32 + 16)


async def test_no_nonce_comes_twice(path: Path):
    kms = build(Settings(path), may_create=True)
    wrapped = [await kms.wrap(b"", b"") for _ in range(20_000)]
    assert len({one[1:13] for one in wrapped}) == 20_000


async def test_it_opens_what_it_wrapped_before(path: Path):
    """A vector: the format of kept keys must not change under a running instance."""
    kms = FileKms(Secret(bytes(range(32))))
    wrapped = bytes.fromhex(VECTOR)
    assert await kms.unwrap(wrapped, b"installation/1") == bytes(range(32, 64))
    assert (await kms.derive("receipts")).hex() == DERIVED


def test_the_draft_of_an_interrupted_creation_is_no_key(path: Path):
    key_file(path.with_name(".master.key.0123456789abcdef"), os.urandom(7))
    build(Settings(path), may_create=True)
    assert path.stat().st_size == 32
