"""What the GitHub room needs to know, checked as a whole before anything starts."""

from __future__ import annotations

import base64
import binascii
import hashlib
import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from bot.errors import ConfigError
from bot.model import Secret

# https://api.github.com/meta -> ssh_keys. RSA is left out on purpose: Ed25519 and ECDSA serve every client of today,
# and GitHub's former RSA key leaked.
GITHUB_HOST_KEYS: Final = (
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl",
    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEmKSENjQEezOmxkZMy7opKgwFB9nkt5YRrYMjN"
    "uG5N87uRgg6CLrbo5wAdT/y6v0mKV0U2w0WZ2YB/++Tpockg=",
)
# https://github.blog/news-insights/company-news/we-updated-our-rsa-ssh-host-key/ (March 2023)
LEAKED_RSA: Final = "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8"

_HOST_KEY_TYPES: Final = ("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521")
_GITHUB_SSH_HOSTS: Final = ("github.com", "ssh.github.com")
_HOST_NAME: Final = re.compile(r"[A-Za-z0-9._:-]{1,253}", re.ASCII)
_USER_NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_APP_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One GitHub App on github.com or an Enterprise Server. Raises ConfigError where a value cannot be right."""

    app_id: str  # the App ID, or the client ID
    private_key: Secret  # PEM, as GitHub generates it
    webhook_secrets: tuple[Secret, ...]  # the newest first; a second one while it is being replaced
    app_slug: str = "sealbeat"
    check_name: str = "Sealbeat"  # never volatile: branch protection requires checks by this name
    api_url: str = "https://api.github.com"
    web_url: str = "https://github.com"
    ssh_host: str = "github.com"
    ssh_port: int = 22
    ssh_user: str = "git"
    host_keys: tuple[str, ...] = GITHUB_HOST_KEYS
    timeout: float = 30.0  # seconds, for one whole exchange with the host

    def __post_init__(self) -> None:
        for name in ("api_url", "web_url"):
            object.__setattr__(self, name, _base_url(name, getattr(self, name)))
        if not isinstance(self.app_id, str) or not _APP_ID.fullmatch(self.app_id):
            raise ConfigError("github app_id: expected the App ID or the client ID as text, as the app's page shows it")
        if not self.webhook_secrets or not all(self.webhook_secrets):
            raise ConfigError("github webhook_secrets: at least one is needed, none empty; unsigned events are refused")
        if not self.check_name.strip() or not self.app_slug.strip():
            raise ConfigError("github check_name and app_slug: must not be empty")
        if not self.timeout > 0:
            raise ConfigError("github timeout: must be more than 0 seconds")
        self._check_ssh()

    def _check_ssh(self) -> None:
        if not _HOST_NAME.fullmatch(self.ssh_host) or not _USER_NAME.fullmatch(self.ssh_user):
            raise ConfigError("github ssh_host, ssh_user: expected a host name and a user name")
        if not 0 < self.ssh_port < 65536:
            raise ConfigError("github ssh_port: expected a port between 1 and 65535")
        if not self.host_keys:
            raise ConfigError("github host_keys: at least one host key must be pinned")
        for line in self.host_keys:
            fingerprint(line)
        if self.host_keys == GITHUB_HOST_KEYS and self.ssh_host not in _GITHUB_SSH_HOSTS:
            raise ConfigError(
                "github host_keys: those of github.com are set; pin the ones that your own ssh_host shows"
            )


def fingerprint(line: str) -> str:
    """`SHA256:...` of an OpenSSH host key line, as ssh-keygen prints it. Raises ConfigError if it is not acceptable."""
    kind, _, rest = line.partition(" ")
    try:
        blob = base64.b64decode(rest.split(" ")[0], validate=True)
    except (binascii.Error, ValueError):
        blob = b""
    digest = base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
    if f"SHA256:{digest}" == LEAKED_RSA:
        raise ConfigError("github host_keys: this is GitHub's RSA key that leaked in March 2023; remove it")
    if kind not in _HOST_KEY_TYPES:
        raise ConfigError("github host_keys: only Ed25519 and ECDSA host keys are pinned; remove the others")
    # An SSH key blob starts with its own type, length first (RFC 4253, section 6.6).
    if not blob.startswith(len(kind).to_bytes(4, "big") + kind.encode()):
        raise ConfigError("github host_keys: expected OpenSSH lines, `type base64`, as ssh-keyscan prints them")
    return f"SHA256:{digest}"


def _base_url(name: str, url: str) -> str:
    try:
        parts = urlsplit(url)
        host, plain = parts.hostname or "", parts.port is None or parts.port > 0
    except ValueError:
        host, plain = "", False
    if not plain or not host or parts.username or parts.query or parts.fragment or not url.isascii():
        raise ConfigError(f"github {name}: expected a URL such as https://github.example.com/api/v3")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(host)):
        raise ConfigError(f"github {name}: must be https (plain http is for loopback only): tokens travel there")
    return url.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
