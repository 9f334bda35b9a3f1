"""Sealed records: the bytes of docs/vault-format.md, bound to the place where they are kept."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import zstandard
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from bot.errors import Tampered
from bot.model import InstallationId, RepositoryId, Secret
from bot.vault import cobblestone

FORMAT = 0x01
PLAIN, ZSTD = 0x00, 0x01
HEADER = 10
MAX_UNPACKED = 64 * 1024 * 1024
NOBODY, NOWHERE = InstallationId(0), RepositoryId(0)


class _Compressor(threading.local):
    """Kept, since making one costs half as much as using it; one for each thread, since it is not for several."""

    def __init__(self) -> None:
        self.level1 = zstandard.ZstdCompressor(level=1)


_COMPRESSOR = _Compressor()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lives. Sealed bytes open at their own place only."""

    table: str
    id: str
    installation: InstallationId = NOBODY
    repository: RepositoryId = NOWHERE


@dataclass(frozen=True, slots=True)
class DataKey:
    """A 32-byte key with the id that stands in front of what it sealed."""

    secret: Secret
    id: bytes

    @classmethod
    def of(cls, raw: bytes) -> DataKey:
        return cls(Secret(raw), HKDFExpand(hashes.SHA256(), 8, b"sealbeat key id").derive(raw))


def seal(key: DataKey, place: Place, data: bytes, *, compress: bool = False) -> bytes:
    """Sealed bytes of `data`. `compress` only for text in which no secret of ours stands (see the format's page)."""
    header = bytes((FORMAT, ZSTD if compress else PLAIN)) + key.id
    if compress:
        data = _COMPRESSOR.level1.compress(data)
    return header + cobblestone.encrypt(key.secret.reveal(), _context(header, place), data)


def unseal(key: DataKey, place: Place, sealed: bytes) -> bytes:
    """What was sealed there under that key. Raises Tampered, whatever the cause."""
    header = sealed[:HEADER]
    if len(header) < HEADER or header[0] != FORMAT or header[1] not in (PLAIN, ZSTD) or header[2:] != key.id:
        raise Tampered
    data = cobblestone.decrypt(key.secret.reveal(), _context(header, place), sealed[HEADER:])
    return data if header[1] == PLAIN else _unpack(data)


def _unpack(frame: bytes) -> bytes:
    try:
        # Authentic, yet packed by somebody's text: the stated size is checked before memory is given.
        if zstandard.frame_content_size(frame) > MAX_UNPACKED:
            raise Tampered
        return zstandard.ZstdDecompressor().decompress(frame, max_output_size=MAX_UNPACKED)
    except zstandard.ZstdError:
        raise Tampered from None


def _context(header: bytes, place: Place) -> bytes:
    parts = (
        "sealbeat/record/1", header.hex(), str(place.installation), str(place.repository), place.table, place.id,
    )  # fmt: skip
    return b"".join(len(raw).to_bytes(4, "big") + raw for raw in (part.encode() for part in parts))
