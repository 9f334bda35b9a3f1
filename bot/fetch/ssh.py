"""One SSH connection to a git host: the deploy key in memory only, the host's key pinned, nothing read from disk."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass

import asyncssh

from bot.errors import Retryable, UserError
from bot.fetch import texts
from bot.model import Secret, SshAddress

# At INFO, asyncssh logs the commands that it sends: they hold repository names.
logging.getLogger("asyncssh").setLevel(logging.WARNING)

_LEAKED = "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8"  # GitHub's RSA key, public since March 2023
_HOST_KEY_KINDS = ("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521")
# Measured: AES-GCM moves 1.7 times the bytes per second of asyncssh's own first choice, chacha20-poly1305.
_CIPHERS = ("aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com", "aes256-ctr")
_MACS = ("hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512")
_KEX = ("mlkem768x25519-sha256", "curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256")
_SEGMENT = r"(?!\.{1,2}(?:/|$))[A-Za-z0-9._-]+"
_PATH = re.compile(rf"/?~?{_SEGMENT}(?:/{_SEGMENT})*")
_LONGEST_PATH = 1024
_GOOD_BYE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a host may take, in seconds: until the key is accepted, and between signs of life."""

    connect_seconds: float
    keepalive_seconds: float


def pinned(host_keys: Sequence[str]) -> list[asyncssh.SSHKey]:
    """The host keys that a connection may meet. Raises UserError where there are none, or where one is no Ed25519 or
    ECDSA key, or is the RSA key that GitHub leaked
    (https://github.blog/news-insights/company-news/we-updated-our-rsa-ssh-host-key/)."""
    try:
        keys = [asyncssh.import_public_key(line) for line in host_keys]
    except asyncssh.KeyImportError as error:
        raise texts.unusable_pin() from error
    for key in keys:
        if key.get_fingerprint() == _LEAKED:
            raise texts.leaked_pin()
        if key.get_algorithm() not in _HOST_KEY_KINDS:
            raise texts.unusable_pin()
    if not keys:
        raise texts.unusable_pin()
    return keys


def upload_pack(path: str) -> str:
    """The command that a git host runs for a fetch of that path. Raises UserError where the path holds anything that
    a shell at the other end could read as more than a path."""
    if len(path) > _LONGEST_PATH or not _PATH.fullmatch(path):
        raise texts.odd_path()
    return f"git-upload-pack '{path}'"


async def connect(address: SshAddress, key: Secret, patience: Patience) -> asyncssh.SSHClientConnection:
    """A connection that has authenticated; `close` ends it. Raises UserError (key refused, wrong host key) or
    Retryable (no answer)."""
    return await _open(address, _identity(key), pinned(address.host_keys), patience)


async def close(connection: asyncssh.SSHClientConnection) -> None:
    """Say good-bye, and hang up in any case."""
    connection.close()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_GOOD_BYE_SECONDS):
            await connection.wait_closed()
    connection.abort()


def _identity(key: Secret) -> asyncssh.SSHKey:
    try:
        return asyncssh.import_private_key(key.reveal())
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as error:
        raise texts.unusable_key() from error


async def _open(
    address: SshAddress, identity: asyncssh.SSHKey, pins: list[asyncssh.SSHKey], patience: Patience
) -> asyncssh.SSHClientConnection:
    try:
        return await asyncssh.connect(
            address.host,
            address.port,
            username=address.user,
            config=None,
            client_keys=[identity],
            agent_path=None,
            gss_host=None,
            preferred_auth="publickey",
            known_hosts=(pins, [], []),
            x509_trusted_certs=None,
            server_host_key_algs=[kind for kind in _HOST_KEY_KINDS if kind in {pin.get_algorithm() for pin in pins}],
            kex_algs=_KEX,
            encryption_algs=_CIPHERS,
            mac_algs=_MACS,
            compression_algs=["none"],
            connect_timeout=patience.connect_seconds,
            login_timeout=patience.connect_seconds,
            keepalive_interval=patience.keepalive_seconds,
        )
    except (OSError, asyncssh.Error) as error:
        raise _told(error) from None  # asyncssh's own texts name the host and the user


def _told(error: Exception) -> UserError | Retryable:
    """The vendor's error in our words."""
    match error:
        case asyncssh.PermissionDenied():
            return texts.key_refused()
        case asyncssh.HostKeyNotVerifiable() | asyncssh.KeyExchangeFailed():
            return texts.wrong_host_key()
        case TimeoutError():
            return Retryable("the git host did not answer over SSH in time")
        case _:
            return Retryable("the SSH connection to the git host failed")
