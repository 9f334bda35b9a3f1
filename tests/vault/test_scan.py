"""The scanner finds what is there, in whatever form, or its silence would mean nothing."""

import gzip
import html
import json
import urllib.parse
import zlib

import pytest
import zstandard

from bot.vault.scan import search, search_files

NEEDLE = b'Canary "7f3a9c" & <source>'
HAYSTACK = {"c": NEEDLE}

WAYS = {
    "raw": NEEDLE,
    "utf-16-le": NEEDLE.decode().encode("utf-16-le"),
    "utf-16-be": NEEDLE.decode().encode("utf-16-be"),
    "hex": NEEDLE.hex().encode(),
    "HEX": NEEDLE.hex().upper().encode(),
    "url": urllib.parse.quote(NEEDLE.decode()).encode(),
    "json": json.dumps({"a": NEEDLE.decode()}).encode(),
    "html": html.escape(NEEDLE.decode()).encode(),
    "zlib": zlib.compress(b"blob 9\0" + NEEDLE * 3),
    "zlib-fast": zlib.compress(NEEDLE * 3, 1),
    "gzip": gzip.compress(NEEDLE),
    "zstd": zstandard.ZstdCompressor().compress(NEEDLE * 3),
    "zlib in zstd": zstandard.ZstdCompressor().compress(b"x" + zlib.compress(NEEDLE)),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_planted_canary_is_found_however_it_lies_there(way):
    assert search(b"\x00prefix" + WAYS[way] + b"suffix\xff", HAYSTACK)


@pytest.mark.parametrize("shift", range(12))
def test_base64_is_found_at_every_alignment(shift):
    import base64

    assert search(base64.b64encode(b"z" * shift + NEEDLE + b"tail"), HAYSTACK)


def test_other_data_is_left_alone():
    assert search(bytes(range(256)) * 100 + b"Canary 7f3a9d", HAYSTACK) == set()


def test_files_and_their_names_are_searched(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a").write_bytes(b"..." + NEEDLE)
    (tmp_path / "mona-login").write_bytes(b"")
    found = search_files([tmp_path], {"source": NEEDLE, "login": b"mona-login"})
    assert {(path.name, name) for path, name, _ in found} == {("a", "source"), ("mona-login", "login")}
