"""The secrets of the GitHub App: from files that only we can read, or from the environment; never from the TOML."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import ConfigError
from bot.model import Secret

SECRET_FILE_BYTES = 64 * 1024
WEBHOOK_SECRET_BYTES = 16


@dataclass(frozen=True, slots=True)
class Credential:
    """One secret: the setting that names its file, and where the operator gets it."""

    file_key: str
    cure: str
    required: bool = True
    pem: bool = False


CREDENTIALS = {
    "webhook_secret": Credential(
        "webhook_secret_file",
        "without it anybody could send us events, so we do not start: make one (`openssl rand -hex 32`), give it to "
        "the GitHub App as its webhook secret and to us",
    ),
    "webhook_secret_previous": Credential("webhook_secret_previous_file", "", required=False),
    "private_key": Credential(
        "private_key_file",
        'generate one on the page of your GitHub App ("Private keys"), and give us the .pem file',
        pem=True,
    ),
}


def add_credentials(github: dict[str, Any], places: Mapping[tuple[str, str], str], problems: list[str]) -> None:
    """Turn each secret of the environment, or else its file, into a Secret in the table of section [github]."""
    for name, credential in CREDENTIALS.items():
        given, file = github.pop(name, None), github.get(credential.file_key)
        place = places.get(("github", name)) or places.get(("github", credential.file_key), "")
        try:
            if given:
                github[name] = _check(name, given.encode())
            elif isinstance(file, Path):
                github[name] = _check(name, read_secret_file(file))
            elif credential.required:
                env = f"SEALBEAT_GITHUB__{name.upper()}"
                problems.append(f"[github] {credential.file_key} (or {env}) is missing: {credential.cure}")
        except ConfigError as error:
            problems.append(f"{place}: {error}")


def read_secret_file(path: Path) -> bytes:
    """The bytes of a secret's file. Raises ConfigError where it cannot be read, is too large, or is ours and open to
    others. Files that are not ours (a container's mounted secrets, systemd credentials) are the system's to guard."""
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid() and status.st_mode & 0o077:
                raise ConfigError(f"other users of this machine can read the file: chmod 600 {path}")
            value = file.read(SECRET_FILE_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read ({error.strerror})") from None
    if len(value) > SECRET_FILE_BYTES:
        raise ConfigError(f"{path} is larger than any secret")
    return value


def _check(name: str, value: bytes) -> Secret:
    if CREDENTIALS[name].pem:
        if b"\n" not in value:
            value = value.replace(b"\\n", b"\n")  # environment files often cannot hold line breaks
        if b"PRIVATE KEY-----" not in value:
            raise ConfigError("is not a private key in PEM form (-----BEGIN RSA PRIVATE KEY-----)")
        return Secret(value)
    value = value.strip(b"\r\n")  # the line end an editor adds
    if len(value) < WEBHOOK_SECRET_BYTES:
        raise ConfigError(f"is shorter than {WEBHOOK_SECRET_BYTES} bytes: make a new one (`openssl rand -hex 32`)")
    return Secret(value)
