"""The connection's rules: which host keys, which paths, which ciphers."""

from __future__ import annotations

import asyncssh
import pytest

from bot.errors import UserError
from bot.fetch import ssh
from bot.model import Secret, SshAddress
from tests.fetch.conftest import Hosts, Key, address

# https://api.github.com/meta, and the key that GitHub withdrew in March 2023.
GITHUB_ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
GITHUB_LEAKED = (
    "ssh-rsa AAAAB3NzaC1yc2EAAAABIwAAAQEAq2A7hRGmdnm9tUDbO9IDSwBK6TbQa+PXYPCPy6rbTrTtw7PHkccKrpp0yVhp5HdEIcKr6pLlVDBf"
    "OLX9QUsyCOV0wzfjIJNlGEYsdlLJizHhbn2mUjvSAHQqZETYP81eFzLQNnPHt4EVVUh7VfDESU84KezmD5QlWpXLmvU31/yMf+Se8xhHTvKSCZIFI"
    "mWwoG6mbUoWf9nzpIoaSjB+weqqUUmpaaasXVal72J+UX2B+2RPW3RcT0eOzQgqlJL3RKrTJvdsjE3JEAvGq3lGHSZXy28G3skua2SmVi/w4yCE6g"
    "bODqnTWlg7+wC604ydGXA8VJiS5ap43JXiUFFAaQ=="
)
PATIENCE = ssh.Patience(connect_seconds=10, keepalive_seconds=10)


def public(kind: str) -> str:
    return str(asyncssh.generate_private_key(kind).export_public_key().decode().strip())


@pytest.mark.parametrize(
    "line",
    [GITHUB_ED25519, *[public(f"ecdsa-sha2-nistp{bits}") for bits in (256, 384, 521)]],
    ids=["ed25519", "p256", "p384", "p521"],
)
def test_ed25519_and_ecdsa_host_keys_are_accepted(line: str) -> None:
    [key] = ssh.pinned([line])
    assert key.export_public_key().split()[1] == line.split()[1].encode()


def test_github_s_leaked_key_is_refused_by_name() -> None:
    assert asyncssh.import_public_key(GITHUB_LEAKED).get_fingerprint() == (
        "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8"
    )
    with pytest.raises(UserError, match="public since March 2023"):
        ssh.pinned([GITHUB_ED25519, GITHUB_LEAKED])


@pytest.mark.parametrize(
    "lines", [[], ["nonsense"], [""], [public("ssh-rsa")], [GITHUB_ED25519, public("ssh-rsa")], [public("ssh-ed448")]]
)
def test_other_host_keys_and_none_at_all_are_refused(lines: list[str]) -> None:
    with pytest.raises(UserError, match="no host key of an accepted kind"):
        ssh.pinned(lines)


@pytest.mark.parametrize(
    "path",
    ["owner/name.git", "o/.github.git", "/scm/team/name.git", "~user/name", "a/b/c/d.git", "o/n..git", "o/-n", "o/..."],
)
def test_paths_that_hosts_use_are_put_in_quotes(path: str) -> None:
    assert ssh.upload_pack(path) == f"git-upload-pack '{path}'"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "o/n'; touch /tmp/x; '.git",
        "o/n\n.git",
        "o/n$(id)",
        "o/n\\",
        "../secret",
        "o/../../etc",
        "o/./n",
        "o//n",
        "o/n/..",
        "o/n ",
        "o/nä",
        "o/" + "n" * 1024,
    ],
)
def test_paths_that_a_shell_could_misread_are_refused(path: str) -> None:
    with pytest.raises(UserError, match="cannot be fetched over SSH"):
        ssh.upload_pack(path)


async def test_the_fast_cipher_is_agreed_on(local: Hosts, key: Key) -> None:
    server = await local.door_to_nothing()
    connection = await ssh.connect(address(server), key.private, PATIENCE)
    try:
        assert connection.get_extra_info("send_cipher") == "aes128-gcm@openssh.com"
        assert connection.get_extra_info("recv_cipher") == "aes128-gcm@openssh.com"
    finally:
        await ssh.close(connection)


async def test_the_ecdsa_key_alone_may_be_pinned(local: Hosts, key: Key) -> None:
    server = await local.door_to_nothing()
    where = SshAddress("127.0.0.1", server.port, "git", "owner/name.git", server.host_keys[1:])
    await ssh.close(await ssh.connect(where, key.private, PATIENCE))


async def test_a_host_with_an_rsa_key_only_is_not_the_host_expected(key: Key, local: Hosts) -> None:
    server = await asyncssh.listen(
        "127.0.0.1", 0, server_host_keys=[asyncssh.generate_private_key("ssh-rsa", key_size=2048)]
    )
    async with server:
        where = SshAddress("127.0.0.1", server.get_port(), "git", "owner/name.git", (GITHUB_ED25519,))
        with pytest.raises(UserError, match="not the one expected"):
            await ssh.connect(where, key.private, PATIENCE)


@pytest.mark.parametrize(
    "pem", ["", "nonsense", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n"]
)
async def test_a_key_that_cannot_be_read_is_told_without_it(local: Hosts, pem: str) -> None:
    server = await local.door_to_nothing()
    with pytest.raises(UserError, match="cannot be read") as told:
        await ssh.connect(address(server), Secret(pem), PATIENCE)
    assert "AAAA" not in str(told.value)
