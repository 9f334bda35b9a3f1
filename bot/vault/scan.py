"""Looking for what must not be there: known bytes, in every form in which they could lie about.

A plain search finds nothing where data is compressed or encoded, so each needle is looked for raw, as UTF-16, hex,
base64 (all three alignments), URL-, JSON- and HTML-escaped, and inside zlib, gzip and zstd streams.
"""

from __future__ import annotations

import base64
import html
import os
import re
import urllib.parse
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import orjson
import zstandard

MAX_INFLATED = 4 * 1024 * 1024
_STREAMS = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|\x28\xb5\x2f\xfd")


def forms(needle: bytes) -> dict[str, bytes]:
    """The uncompressed forms in which the needle is looked for, by name."""
    text = needle.decode("utf-8", "replace")
    found = {
        "raw": needle,
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "hex": needle.hex().encode(),
        "HEX": needle.hex().upper().encode(),
        "url": urllib.parse.quote_from_bytes(needle).encode(),
        "json": orjson.dumps(text)[1:-1],
        "html": html.escape(text).encode(),
    }
    for shift in range(3):
        # Characters at both ends also hold bits of their neighbours: those are cut off.
        encoded = base64.b64encode(bytes(shift) + needle)
        found[f"base64+{shift}"] = encoded[(0, 2, 3)[shift] : len(encoded) // 4 * 4 - 4]
    return found


def search(data: bytes, needles: Mapping[str, bytes], *, depth: int = 2) -> set[tuple[str, str]]:
    """(name of the needle, form) of everything found in the data; compressed streams are looked into twice over."""
    found = {(name, form) for name, needle in needles.items() for form, value in forms(needle).items() if value in data}
    if depth > 0:
        for kind, inner in _inflated(data):
            found |= {(name, f"{kind}:{form}") for name, form in search(inner, needles, depth=depth - 1)}
    return found


def search_files(roots: Iterable[Path], needles: Mapping[str, bytes]) -> list[tuple[Path, str, str]]:
    """(file, needle, form) of everything found in all regular files below the roots, their names included."""
    found: list[tuple[Path, str, str]] = []
    for path in _files(roots):
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            continue  # it ended while we were looking
        hits = search(os.fsencode(path.name), needles, depth=0) | search(data, needles)
        found += [(path, name, form) for name, form in sorted(hits)]
    return found


def _files(roots: Iterable[Path]) -> Iterator[Path]:
    for root in roots:
        for folder, _, names in os.walk(root):
            yield from (path for name in names if (path := Path(folder, name)).is_file() and not path.is_symlink())


def _inflated(data: bytes) -> Iterator[tuple[str, bytes]]:
    for match in _STREAMS.finditer(data):
        start = match.start()
        try:
            if data[start] == 0x28:
                reader = zstandard.ZstdDecompressor().stream_reader(memoryview(data)[start:])
                yield "zstd", reader.read(MAX_INFLATED)
            else:
                gzip = data[start] == 0x1F
                inflate = zlib.decompressobj(31 if gzip else 15)
                yield "gzip" if gzip else "zlib", inflate.decompress(memoryview(data)[start:], MAX_INFLATED)
        except (zlib.error, zstandard.ZstdError):
            continue
