"""Deploy keys, over REST and at the SSH door."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from bot.providers.local.host import LocalHost

from .conftest import Installed
from .parts import Client, Listener, local_host, public_key


async def _add(shop: Installed, line: str, **more: object) -> tuple[int, dict[str, Any]]:
    status, body, _ = await shop.client("POST", f"{shop.path}/keys", {"key": line, **more})
    return status, body


async def test_a_key_is_made_listed_read_and_deleted(host: LocalHost, shop: Installed):
    line = public_key()
    status, key = await _add(shop, f"{line} a comment", title="sealbeat/1", read_only=True)
    assert (status, key["key"], key["read_only"], key["enabled"]) == (201, line, True, True)
    assert (await shop.client("GET", f"{shop.path}/keys"))[1] == [key]
    assert (await shop.client("GET", f"{shop.path}/keys/{key['id']}"))[1] == key
    assert (await shop.client("DELETE", f"{shop.path}/keys/{key['id']}"))[0] == 204
    assert (await shop.client("GET", f"{shop.path}/keys/{key['id']}"))[0] == 404
    assert (await shop.client("DELETE", f"{shop.path}/keys/{key['id']}"))[0] == 404
    assert host.deploy_keys(shop.repo) == []
    assert host.violations == []


async def test_a_key_may_write_unless_it_is_said_otherwise(shop: Installed):
    assert (await _add(shop, public_key()))[1]["read_only"] is False


async def test_keys_cannot_be_changed(shop: Installed):
    _, key = await _add(shop, public_key())
    assert (await shop.client("PATCH", f"{shop.path}/keys/{key['id']}", {"read_only": True}))[0] == 404


async def test_a_public_key_is_unique_across_repositories_and_after_their_end(host: LocalHost, shop: Installed):
    line = public_key()
    await _add(shop, line)
    await host.create_repository(shop.account, "till")
    for gone in (False, True):
        if gone:
            await host.delete_repository(shop.repo)
        status, body, _ = await shop.client("POST", "/repos/acme/till/keys", {"key": f"{line} again"})
        assert status == 422
        assert body["message"] == "Validation Failed"
        assert (body["errors"][0]["field"], body["errors"][0]["message"]) == ("key", "key is already in use")
    assert host.violations == []


async def test_an_organisations_policy_refuses_new_keys_and_closes_old_ones(host: LocalHost, shop: Installed):
    _, key = await _add(shop, public_key(), read_only=True)
    host.deploy_keys_forbidden("acme", True)
    status, body = await _add(shop, public_key(), read_only=True)
    assert status == 422
    assert body["errors"] == [
        {"resource": "PublicKey", "code": "custom", "message": "Deploy keys are disabled for this repository"}
    ]
    assert body["status"] == "422"
    assert (await shop.client("GET", f"{shop.path}/keys/{key['id']}"))[1]["enabled"] is False
    assert host.violations == []


async def test_what_is_no_key_is_refused(shop: Installed):
    for line in ("", "ssh-ed25519", "ssh-ed25519 AAAA", "nonsense AAAA", "ssh-rsa !!!"):
        assert (await _add(shop, line))[0] == 422, line


async def test_an_archived_repository_takes_and_loses_no_key(host: LocalHost, shop: Installed):
    _, key = await _add(shop, public_key())
    await host.archive(shop.repo)
    assert (await _add(shop, public_key()))[0] == 403
    assert (await shop.client("DELETE", f"{shop.path}/keys/{key['id']}"))[0] == 403


async def test_keys_outlive_the_installation_a_rename_and_a_transfer(host: LocalHost, shop: Installed):
    await _add(shop, public_key())
    await host.rename_repository(shop.repo, "store")
    await host.transfer_repository(shop.repo, host.create_account("rival"))
    await host.uninstall(shop.id)
    assert len(host.deploy_keys("rival/store")) == 1


async def test_key_events_go_out_to_an_app_that_subscribed(tmp_path: Path, listener: Listener, anyone: Client):
    async with local_host(tmp_path / "own", webhook_url=listener.url, events=("deploy_key",)) as host:
        anyone.host = host
        await host.create_repository(host.create_account("acme"), "shop")
        client = await anyone.token(await host.install("acme"))
        _, key, _ = await client("POST", "/repos/acme/shop/keys", {"key": public_key()})
        await client("DELETE", f"/repos/acme/shop/keys/{key['id']}")
        _, key, _ = await client("POST", "/repos/acme/shop/keys", {"key": public_key()})
        await host.settled()
        await host.remove_deploy_key("acme/shop", key["id"])
        assert listener.names() == ["installation.created", *("deploy_key.created", "deploy_key.deleted") * 2]


# ------------------------------------------------------------------------------------------------ the SSH door


async def _listing(host: LocalHost, key: asyncssh.SSHKey, path: str) -> tuple[int | None, str]:
    """`git ls-remote` by the protocol's oldest form, over asyncssh: (exit status, what came)."""
    known = asyncssh.import_known_hosts("".join(f"[127.0.0.1]:{host.ssh_port} {line}\n" for line in host.ssh_host_keys))
    async with asyncssh.connect(
        "127.0.0.1", host.ssh_port, username="git", client_keys=[key], known_hosts=known, config=None, agent_path=None
    ) as connection:
        process = await connection.create_process(f"git-upload-pack '{path}'", encoding=None)
        with contextlib.suppress(BrokenPipeError):  # refused already
            process.stdin.write(b"0000")
        told, _ = await process.communicate()
        return process.exit_status, (told or b"").decode("utf-8", "replace")


@pytest.fixture
async def key(shop: Installed) -> asyncssh.SSHKey:
    """A pair whose public half is a deploy key of acme/shop."""
    pair = asyncssh.generate_private_key("ssh-ed25519")
    assert (await _add(shop, pair.export_public_key().decode(), read_only=True))[0] == 201
    return pair


async def test_a_deploy_key_opens_its_repository_and_pull_refs(host: LocalHost, shop: Installed, key: asyncssh.SSHKey):
    head = await host.commit(shop.repo, "feature", {"a.py": b"x = 2\n"}, "Change")
    number = await host.open_pull_request(shop.repo, "feature")
    status, told = await _listing(host, key, "acme/shop.git")
    assert status == 0
    assert f"{head} refs/pull/{number}/head" in told


async def test_the_old_name_of_a_repository_still_opens(host: LocalHost, shop: Installed, key: asyncssh.SSHKey):
    await host.rename_repository(shop.repo, "store")
    assert (await _listing(host, key, "acme/shop.git"))[0] == 0
    assert (await _listing(host, key, "acme/store"))[0] == 0


async def test_a_deploy_key_opens_no_other_repository(host: LocalHost, shop: Installed, key: asyncssh.SSHKey):
    await host.create_repository(shop.account, "till", files={"a": b"a"})
    assert (await _listing(host, key, "acme/till.git"))[0] == 128
    await host.delete_repository(shop.repo)
    assert (await _listing(host, key, "acme/shop.git"))[0] == 128


async def test_a_key_that_policy_or_deletion_closed_is_turned_away(host: LocalHost, shop, key: asyncssh.SSHKey):
    host.deploy_keys_forbidden(shop.account, True)
    with pytest.raises(asyncssh.PermissionDenied):
        await _listing(host, key, "acme/shop.git")
    host.deploy_keys_forbidden(shop.account, False)
    assert (await _listing(host, key, "acme/shop.git"))[0] == 0


@pytest.mark.skipif(
    shutil.which("ssh") is None, reason="OpenSSH's client is not installed (apt install openssh-client)"
)
async def test_git_fetches_a_forks_pull_request_with_the_deploy_key(
    host: LocalHost, shop: Installed, key: asyncssh.SSHKey, tmp_path: Path
):
    fork = await host.fork(shop.repo, host.create_account("eve", "User"))
    head = await host.commit(fork, "idea", {"new.py": b"y = 1\n"}, "Idea")
    number = await host.open_pull_request(shop.repo, "idea", fork=fork)
    private, known, target = tmp_path / "id", tmp_path / "known", tmp_path / "copy"
    private.write_bytes(key.export_private_key())
    private.chmod(0o600)
    known.write_text("".join(f"[127.0.0.1]:{host.ssh_port} {line}\n" for line in host.ssh_host_keys))
    ssh = f"ssh -F none -i {private} -o IdentitiesOnly=yes -o UserKnownHostsFile={known} -o StrictHostKeyChecking=yes"
    url = f"ssh://git@127.0.0.1:{host.ssh_port}/acme/shop.git"
    await _run("git", "init", "--quiet", "--bare", str(target))
    await _run("git", f"--git-dir={target}", "-c", f"core.sshCommand={ssh}", "fetch", "--depth=1", url,
               f"refs/pull/{number}/head")  # fmt: skip
    assert (await _run("git", f"--git-dir={target}", "rev-parse", "FETCH_HEAD")).strip() == head
    await _run("git", f"--git-dir={target}", "-c", f"core.sshCommand={ssh}", "fetch", "--depth=1", url,
               await shop.head())  # fmt: skip


async def _run(*command: str) -> str:
    child = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await child.communicate()
    assert child.returncode == 0, err
    return out.decode()
