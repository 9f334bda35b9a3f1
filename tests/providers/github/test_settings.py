from __future__ import annotations

import asyncssh
import pytest

from bot.errors import ConfigError
from bot.model import Secret
from bot.providers.github.settings import GITHUB_HOST_KEYS, LEAKED_RSA, fingerprint
from tests.providers.github.parts import settings

# The design's own fingerprints, taken from https://api.github.com/meta.
ED25519 = "SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU"
ECDSA = "SHA256:p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM"

# GitHub's RSA host key of before March 2023; its private half was published by accident.
LEAKED = (
    "ssh-rsa AAAAB3NzaC1yc2EAAAABIwAAAQEAq2A7hRGmdnm9tUDbO9IDSwBK6TbQa+PXYPCPy6rbTrTtw7PHkccKrpp0yVhp5HdEIcKr6pLlVDBf"
    "OLX9QUsyCOV0wzfjIJNlGEYsdlLJizHhbn2mUjvSAHQqZETYP81eFzLQNnPHt4EVVUh7VfDESU84KezmD5QlWpXLmvU31/yMf+Se8xhHTvKSCZIF"
    "ImWwoG6mbUoWf9nzpIoaSjB+weqqUUmpaaasXVal72J+UX2B+2RPW3RcT0eOzQgqlJL3RKrTJvdsjE3JEAvGq3lGHSZXy28G3skua2SmVi/w4yCE"
    "6gbODqnTWlg7+wC604ydGXA8VJiS5ap43JXiUFFAaQ=="
)


def test_the_pinned_host_keys_are_those_that_github_publishes() -> None:
    assert [fingerprint(line) for line in GITHUB_HOST_KEYS] == [ED25519, ECDSA]
    assert [asyncssh.import_public_key(line).get_fingerprint() for line in GITHUB_HOST_KEYS] == [ED25519, ECDSA]


def test_githubs_leaked_rsa_key_is_refused_by_name() -> None:
    assert asyncssh.import_public_key(LEAKED).get_fingerprint() == LEAKED_RSA
    with pytest.raises(ConfigError, match="leaked"):
        settings(host_keys=(*GITHUB_HOST_KEYS, LEAKED))


@pytest.mark.parametrize(
    "line",
    [
        asyncssh.generate_private_key("ssh-rsa", key_size=2048).export_public_key().decode(),
        "ssh-ed25519 not-base64!",
        "ssh-ed25519 " + GITHUB_HOST_KEYS[1].split()[1],  # another type inside
        "ssh-ed25519",
        "",
    ],
    ids=["any rsa", "not base64", "wrong type inside", "no key", "empty"],
)
def test_other_host_keys_are_refused(line: str) -> None:
    with pytest.raises(ConfigError):
        settings(host_keys=(line,))


def test_an_enterprise_server_pins_its_own_host_keys() -> None:
    own = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()
    assert settings(ssh_host="github.example.com", host_keys=(own,)).host_keys == (own,)
    with pytest.raises(ConfigError, match=r"those of github\.com"):
        settings(ssh_host="github.example.com")


@pytest.mark.parametrize(
    "url",
    [
        "https://api.github.com",
        "https://github.example.com/api/v3",
        "https://github.example.com:8443/api/v3/",
        "http://127.0.0.1:1234",
        "http://localhost:1234/api/v3",
        "http://[::1]:1",
    ],
)
def test_https_and_loopback_urls_are_taken(url: str) -> None:
    assert settings(api_url=url).api_url == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "http://github.example.com/api/v3",
        "http://127.0.0.1.example.com",
        "ftp://github.example.com",
        "github.example.com",
        "https://",
        "https://user:secret@github.example.com",
        "https://github.example.com/?a=b",
        "https://github.example.com/#a",
        "https://github.example.com:0",
        "https://github.example.com:99999",
        "https://[",
        "",
    ],
)
def test_other_urls_are_refused(url: str) -> None:
    for name in ("api_url", "web_url"):
        with pytest.raises(ConfigError, match=name):
            settings(**{name: url})


@pytest.mark.parametrize(
    "changes",
    [
        {"webhook_secrets": ()},
        {"webhook_secrets": (Secret(b""),)},
        {"webhook_secrets": (Secret(b"good"), Secret(b""))},
        {"app_id": ""},
        {"app_id": 4711},
        {"app_id": "4711 "},
        {"check_name": " "},
        {"app_slug": ""},
        {"ssh_port": 0},
        {"ssh_host": "git hub"},
        {"ssh_user": "-oProxyCommand=x y"},
        {"host_keys": ()},
        {"timeout": 0},
    ],
    ids=str,
)
def test_settings_that_cannot_be_right_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="github"):
        settings(**changes)


def test_settings_show_no_secret() -> None:
    shown = repr(settings())
    assert "PRIVATE KEY" not in shown
    assert "battery" not in shown
    assert "***" in shown
