"""The root key in a file of this machine (or given by the environment, or as a systemd credential)."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import ConfigError, Tampered
from bot.model import Secret

KEY_BYTES = 32
VERSION = b"\x01"  # first byte of all that is wrapped: AES-256-GCM, 96-bit random nonce, key by HKDF-SHA256
NONCE_BYTES = 12
TAG_BYTES = 16


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the root key comes from: `key` (base64 of 32 bytes) if it is given, else the file `path` (32 bytes)."""

    path: Path | None = None
    key: Secret | None = None


def build(settings: Settings, *, may_create: bool) -> FileKms:
    """Reads the root key. A missing file is created only if `may_create`: where keys are wrapped already, a new root
    key would open none of them. ConfigError says what to restore or mend."""
    if settings.key is not None:
        return FileKms(_from_text(settings.key))
    if settings.path is None:
        raise ConfigError("No master key is configured. Name a master key file, or give the key by the environment.")
    if not settings.path.exists():
        if not may_create:
            raise ConfigError(
                f"The master key file {settings.path} is missing, but keys wrapped by it are kept. Restore that file "
                "from where you keep its copy: without it nothing that is stored can be opened. To begin anew without "
                "the stored data, move the data directory away."
            )
        _create(settings.path)
    return FileKms(_read(settings.path))


class FileKms:
    """bot.ports.Kms."""

    def __init__(self, root: Secret) -> None:
        self._root = root
        self._wrapping = AESGCM(self._subkey(b"wrap"))

    async def wrap(self, key: bytes, context: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return VERSION + nonce + self._wrapping.encrypt(nonce, key, VERSION + context)

    async def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        if len(wrapped) < len(VERSION) + NONCE_BYTES + TAG_BYTES or wrapped[:1] != VERSION:
            raise Tampered
        nonce, sealed = wrapped[1 : 1 + NONCE_BYTES], wrapped[1 + NONCE_BYTES :]
        try:
            return self._wrapping.decrypt(nonce, sealed, VERSION + context)
        except InvalidTag:
            raise Tampered from None

    async def derive(self, purpose: str) -> bytes:
        return self._subkey(b"derive\x00" + purpose.encode())

    def _subkey(self, purpose: bytes) -> bytes:
        info = b"sealbeat/kms/file/v1\x00" + purpose
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(self._root.reveal())


def _from_text(text: Secret) -> Secret:
    try:
        key = base64.b64decode(text.reveal().strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise ConfigError("The master key given by the environment is not base64 of 32 bytes: openssl rand -base64 32")
    return Secret(key)


def _read(path: Path) -> Secret:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode & 0o777
            content = file.read(KEY_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"The master key file {path} cannot be read: {error.strerror}. Check its owner.") from error
    if mode & 0o077 and not _is_credential(path):
        raise ConfigError(f"The master key file {path} is open to others (mode {mode:04o}). Run: chmod 400 {path}")
    if len(content) != KEY_BYTES:
        raise ConfigError(f"The master key file {path} does not hold exactly 32 bytes. Restore it from its copy.")
    return Secret(content)


def _is_credential(path: Path) -> bool:
    """systemd lets the service's user in by an access control list, which shows as a mode of 0440; the directory is the
    service's alone. https://systemd.io/CREDENTIALS/"""
    directory = os.environ.get("CREDENTIALS_DIRECTORY")
    return directory is not None and path.parent == Path(directory)


def _create(path: Path) -> None:
    """Whole or not at all: written under another name, synced, then linked, which fails where a file is there."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o400)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    except FileExistsError:
        pass  # two processes start for the first time together: the first one's key is the key
    finally:
        draft.unlink()
    _sync_directory(path.parent)


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
