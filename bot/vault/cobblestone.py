"""C2SP chunked encryption with AES-256-GCM and SHA-512: committing, bound to a context, safe against truncation.

Source: https://c2sp.org/chunked-encryption. Vectors: Wycheproof's c2sp_chunked_encryption_aes_256_gcm_test.json.
"""

from __future__ import annotations

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from bot.errors import Tampered

LABEL = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0"
SALT, COMMITMENT, CHUNK, TAG = 24, 32, 16 * 1024, 16
KEY = 32


def encrypt(key: bytes, context: bytes, message: bytes) -> bytes:
    """Salt, commitment and sealed chunks. The salt is fresh: no caller can repeat a nonce."""
    salt = os.urandom(SALT)
    cipher, nonce, commitment = _schedule(key, context, salt)
    # One chunk more than full ones: the last is always short, which is what makes a cut at a chunk's end visible.
    chunks = (
        cipher.encrypt(_nonce(nonce, i), message[i * CHUNK : (i + 1) * CHUNK], None)
        for i in range(len(message) // CHUNK + 1)
    )
    return b"".join((salt, commitment, *chunks))


def decrypt(key: bytes, context: bytes, sealed: bytes) -> bytes:
    """The message. Raises Tampered on anything that `encrypt` with this key and context did not make."""
    salt, commitment, body = sealed[:SALT], sealed[SALT : SALT + COMMITMENT], memoryview(sealed)[SALT + COMMITMENT :]
    if len(salt) + len(commitment) < SALT + COMMITMENT or len(key) != KEY:
        raise Tampered
    cipher, nonce, expected = _schedule(key, context, salt)
    if not hmac.compare_digest(commitment, expected):
        raise Tampered
    count, rest = divmod(len(body), CHUNK + TAG)
    if rest < TAG:  # the last chunk is missing: cut off
        raise Tampered
    try:
        return b"".join(
            cipher.decrypt(_nonce(nonce, i), body[i * (CHUNK + TAG) : (i + 1) * (CHUNK + TAG)], None)
            for i in range(count + 1)
        )
    except InvalidTag:
        raise Tampered from None


def _schedule(key: bytes, context: bytes, salt: bytes) -> tuple[AESGCM, int, bytes]:
    okm = HKDFExpand(hashes.SHA512(), KEY + 12 + COMMITMENT, LABEL + salt + context).derive(key)
    return AESGCM(okm[:KEY]), int.from_bytes(okm[KEY : KEY + 12], "big"), okm[KEY + 12 :]


def _nonce(base: int, index: int) -> bytes:
    return (base ^ index).to_bytes(12, "big")
