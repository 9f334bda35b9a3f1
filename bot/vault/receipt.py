"""Receipts: what was destroyed, counted and signed, so that an owner can show it to anybody."""

from __future__ import annotations

import base64
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bot.errors import Tampered
from bot.model import Secret

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Leftover:
    """A deploy key whose private half is destroyed. `removed`: gone at the host too; else `page` is where to remove
    the public half, which opens nothing any more."""

    repository: int
    fingerprint: str
    key_id: int | None
    removed: bool
    page: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """One deletion. `repository` 0: the whole installation. `remaining` is what verification found: it must be {}."""

    installation: int
    repository: int
    reason: str
    began: float  # Unix time, seconds
    ended: float
    keys_destroyed: int
    rows_deleted: dict[str, int]
    remaining: dict[str, int]
    deploy_keys: tuple[Leftover, ...]
    format: int = FORMAT


class Signer:
    """Signs receipts with the instance's Ed25519 key."""

    def __init__(self, seed: Secret) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed.reveal())

    def sign(self, receipt: Receipt) -> bytes:
        """A JSON document: `receipt` (the signed bytes' content), `public_key`, `signature` (both base64)."""
        body = asdict(receipt)
        document = {
            "receipt": body,
            "public_key": base64.b64encode(self._key.public_key().public_bytes_raw()).decode(),
            "signature": base64.b64encode(self._key.sign(_canonical(body))).decode(),
        }
        return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)


def verify(document: bytes) -> dict[str, Any]:
    """The receipt of a signed document. Raises Tampered. Whether the key is ours, the reader compares."""
    try:
        parsed = orjson.loads(document)
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(parsed["public_key"], validate=True))
        key.verify(base64.b64decode(parsed["signature"], validate=True), _canonical(parsed["receipt"]))
    except (InvalidSignature, ValueError, KeyError, TypeError):
        raise Tampered from None
    receipt: dict[str, Any] = parsed["receipt"]
    return receipt


def _canonical(body: dict[str, Any]) -> bytes:
    return b"sealbeat receipt 1\n" + orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
