"""Every port method of this room against the local host, which judges each request and answer by GitHub's own
description of its API."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import asyncssh
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bot.errors import Gone, KeyInUse, Retryable, UserError
from bot.model import Annotation, CheckResult, InstallationId, OpenCheck, Repository, RepositoryId, Sha
from bot.ports import Provider
from bot.providers.github import build
from bot.providers.local.host import LocalHost
from bot.providers.local.state import Repo
from tests.providers.github.manifest import is_listed
from tests.providers.github.parts import APP_ID, WEBHOOK_SECRET, TestClock, private_key, settings

OWNER = "octo-org"


@dataclass
class Stage:
    host: LocalHost
    provider: Provider
    clock: TestClock
    repo: Repo
    installation: InstallationId

    async def repository(self) -> Repository:
        return await self.provider.origin.repository(self.installation, RepositoryId(self.repo.id))

    async def pull_request(self) -> tuple[int, Sha]:
        """One more pull request on a branch of its own."""
        branch = f"change-{len(self.host.requests)}"
        head = await self.host.commit(self.repo, branch, {f"{branch}.py": b"x = 1\n"}, "Change")
        return await self.host.open_pull_request(self.repo, branch), Sha(head)


@pytest.fixture(params=["", "/api/v3"], ids=["github.com", "enterprise"])
async def stage(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with staged(tmp_path, prefix=request.param) as it:
        yield it
        await it.host.settled()
        assert it.host.violations == []
        assert [asked for asked in it.host.requests if not is_listed(asked.method, asked.path)] == []


@asynccontextmanager
async def staged(root: Path, **options: Any) -> AsyncIterator[Stage]:
    clock = TestClock()
    public = private_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    host = LocalHost(
        root, app_id=int(APP_ID), app_public_key_pem=public, webhook_secret=WEBHOOK_SECRET, now=clock.now, **options
    )
    async with host:
        host.create_account(OWNER)
        repo = await host.create_repository(OWNER, "hello.world", files={"main.py": b"print('hello')\n"})
        installation = InstallationId(await host.install(OWNER))
        changes: dict[str, Any] = {"api_url": host.api_url, "web_url": host.web_url, "ssh_host": "127.0.0.1"}
        changes |= {"ssh_port": host.ssh_port, "host_keys": host.ssh_host_keys, "timeout": 5.0}
        async with build(settings(**changes), clock) as provider:
            yield Stage(host, provider, clock, repo, installation)


def new_key() -> str:
    return asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()


def result(**changes: Any) -> CheckResult:
    return replace(CheckResult("success", "Better", "All is **well**."), **changes)


def remarks(count: int) -> tuple[Annotation, ...]:
    return tuple(Annotation("main.py", 1, 1, "warning", f"Remark {i}", "Title") for i in range(count))


# ------------------------------------------------------------------------------------------------------- accounts


async def test_installations_are_told_as_they_are(stage: Stage) -> None:
    one = await stage.provider.accounts.installation(stage.installation)
    assert (one.id, one.account, one.suspended) == (stage.installation, OWNER, False)
    await stage.host.suspend(stage.installation)
    assert (await stage.provider.accounts.installation(stage.installation)).suspended
    assert [found.id for found in await stage.provider.accounts.installations()] == [stage.installation]


async def test_an_installation_that_ended_is_gone(stage: Stage) -> None:
    await stage.repository()
    await stage.host.uninstall(stage.installation)
    with pytest.raises(Gone):
        await stage.provider.accounts.installation(stage.installation)
    with pytest.raises(Gone):
        await stage.provider.accounts.repositories(stage.installation)
    with pytest.raises(Gone):
        await stage.repository()
    assert await stage.provider.accounts.installations() == []


async def test_a_suspended_installation_is_gone_for_now(stage: Stage) -> None:
    await stage.repository()
    await stage.host.suspend(stage.installation)
    with pytest.raises(Gone):
        await stage.repository()
    await stage.host.unsuspend(stage.installation)
    assert (await stage.repository()).id == stage.repo.id


async def test_all_repositories_of_an_installation_are_listed(stage: Stage) -> None:
    for number in range(3):
        await stage.host.create_repository(OWNER, f"more-{number}")
    found = await stage.provider.accounts.repositories(stage.installation)
    assert [repository.name for repository in found] == ["hello.world", "more-0", "more-1", "more-2"]
    assert {repository.owner for repository in found} == {OWNER}


async def test_deliveries_that_never_arrived_are_found_and_sent_again(stage: Stage) -> None:
    stage.host.lose_webhooks = True
    stage.host.webhook_url = "http://127.0.0.1:1/hooks"
    await stage.pull_request()
    await stage.host.settled()
    failed = await stage.provider.accounts.failed_deliveries(stage.clock.now() - 60)
    lost = {delivery.guid for delivery in stage.host.deliveries()}
    assert failed
    assert {delivery.guid for delivery in failed} <= lost
    assert await stage.provider.accounts.failed_deliveries(stage.clock.now() + 60) == []
    await stage.provider.accounts.redeliver(failed[0])
    await stage.host.settled()
    assert [delivery.guid for delivery in stage.host.deliveries()].count(failed[0].guid) == 2


# ----------------------------------------------------------------------------------------------------------- keys


async def test_a_deploy_key_is_made_once_and_removed(stage: Stage) -> None:
    repository, public = await stage.repository(), new_key()
    key = await stage.provider.keys.ensure(repository, public + " a comment", "sealbeat/1")
    assert (key.read_only, key.enabled, key.title) == (True, True, "sealbeat/1")
    assert await stage.provider.keys.ensure(repository, public, "sealbeat/1") == key
    assert await stage.provider.keys.list(repository) == [key]
    for _ in range(2):
        await stage.provider.keys.ensure_absent(repository, key.id)
    assert await stage.provider.keys.list(repository) == []


async def test_a_key_whose_answer_was_lost_is_found_again(stage: Stage) -> None:
    repository, public = await stage.repository(), new_key()
    stage.host.faults.next("POST", "/keys$", "lost")
    with pytest.raises(Retryable):
        await stage.provider.keys.ensure(repository, public, "sealbeat/1")
    await stage.provider.keys.ensure(repository, public, "sealbeat/1")
    assert len(stage.host.deploy_keys(stage.repo)) == 1


async def test_a_policy_against_deploy_keys_is_told_to_the_person(stage: Stage) -> None:
    repository, public = await stage.repository(), new_key()
    before = await stage.provider.keys.ensure(repository, new_key(), "older")
    stage.host.deploy_keys_forbidden(OWNER, True)
    with pytest.raises(UserError, match="does not allow deploy keys") as caught:
        await stage.provider.keys.ensure(repository, public, "sealbeat/1")
    assert "Member privileges > Deploy keys" in caught.value.cure
    with pytest.raises(UserError, match="does not allow deploy keys"):
        await stage.provider.keys.ensure(repository, before.public, "older")


async def test_a_key_of_another_repository_is_in_use(stage: Stage) -> None:
    other = await stage.host.create_repository(OWNER, "other")
    public = new_key()
    await stage.provider.keys.ensure(await stage.repository(), public, "sealbeat/1")
    elsewhere = await stage.provider.origin.repository(stage.installation, RepositoryId(other.id))
    with pytest.raises(KeyInUse):
        await stage.provider.keys.ensure(elsewhere, public, "sealbeat/1")


async def test_an_archived_repository_takes_no_key(stage: Stage) -> None:
    await stage.host.archive(stage.repo)
    repository = await stage.repository()
    assert repository.archived
    with pytest.raises(UserError, match="archived"):
        await stage.provider.keys.ensure(repository, new_key(), "sealbeat/1")


async def test_keys_of_a_repository_that_is_gone_are_gone(stage: Stage) -> None:
    repository = await stage.repository()
    key = await stage.provider.keys.ensure(repository, new_key(), "sealbeat/1")
    await stage.host.delete_repository(stage.repo)
    with pytest.raises(Gone):
        await stage.provider.keys.ensure_absent(repository, key.id)


# -------------------------------------------------------------------------------------------------------- reports


async def test_a_check_run_begins_and_ends_with_every_remark(stage: Stage) -> None:
    repository = await stage.repository()
    _, head = await stage.pull_request()
    check = await stage.provider.reports.begin(repository, head, "run-1", resume=False)
    assert check == OpenCheck(check.id, completed=False, annotations=0)
    await stage.provider.reports.finish(repository, check, result(annotations=remarks(120), text="More."))
    [run] = stage.host.check_runs(stage.repo, head)
    assert (run.status, run.conclusion, run.external_id) == ("completed", "success", "run-1")
    assert [note["message"] for note in run.annotations] == [f"Remark {i}" for i in range(120)]


async def test_an_interrupted_check_run_is_found_and_finished_without_a_remark_twice(stage: Stage) -> None:
    repository = await stage.repository()
    _, head = await stage.pull_request()
    check = await stage.provider.reports.begin(repository, head, "run-1", resume=False)
    for _ in range(2):  # each time, GitHub does what was asked and the answer is lost
        stage.host.faults.next("PATCH", "/check-runs/", "lost")
        with pytest.raises(Retryable):
            await stage.provider.reports.finish(repository, check, result(annotations=remarks(120)))
        check = await stage.provider.reports.begin(repository, head, "run-1", resume=True)
    assert (check.annotations, check.completed) == (100, False)
    await stage.provider.reports.finish(repository, check, result(annotations=remarks(120)))
    [run] = stage.host.check_runs(stage.repo, head)
    assert [note["message"] for note in run.annotations] == [f"Remark {i}" for i in range(120)]
    check = await stage.provider.reports.begin(repository, head, "run-1", resume=True)
    assert check == OpenCheck(check.id, completed=True, annotations=120)


async def test_a_check_run_whose_creation_answer_was_lost_is_found(stage: Stage) -> None:
    repository = await stage.repository()
    _, head = await stage.pull_request()
    stage.host.faults.next("POST", "/check-runs$", "lost")
    with pytest.raises(Retryable):
        await stage.provider.reports.begin(repository, head, "run-1", resume=False)
    await stage.provider.reports.begin(repository, head, "run-1", resume=True)
    assert len(stage.host.check_runs(stage.repo, head)) == 1


async def test_a_check_on_a_commit_that_is_not_there_is_gone(stage: Stage) -> None:
    with pytest.raises(Gone):
        await stage.provider.reports.begin(await stage.repository(), Sha("0" * 39 + "1"), "run-1", resume=False)


async def test_texts_beyond_every_limit_are_cut_and_accepted(stage: Stage) -> None:
    repository = await stage.repository()
    _, head = await stage.pull_request()
    long = "ü" * 70_000
    check = await stage.provider.reports.begin(repository, head, "run-1", resume=False)
    remark = Annotation("main.py", 1, 1, "failure", long, long)
    finished = result(title=long, summary=long, text=long, annotations=(remark,))
    await stage.provider.reports.finish(repository, check, finished)
    assert stage.host.check_runs(stage.repo, head)[0].status == "completed"


async def test_there_is_one_comment_and_it_says_the_latest(stage: Stage) -> None:
    repository = await stage.repository()
    number, _ = await stage.pull_request()
    for body in ("First.", "Second.", "Second.", "ü" * 70_000):
        await stage.provider.reports.ensure_comment(repository, number, body)
        assert len(stage.host.comments(stage.repo, number)) == 1
    edits = [asked for asked in stage.host.requests if asked.method == "PATCH"]
    assert len(edits) == 2  # saying the same again was no call
    for _ in range(2):
        await stage.provider.reports.ensure_comment(repository, number, None)
    assert stage.host.comments(stage.repo, number) == []


# --------------------------------------------------------------------------------------------------------- origin


async def test_a_repository_is_found_by_its_id_after_a_rename(stage: Stage) -> None:
    before = await stage.repository()
    await stage.host.rename_repository(stage.repo, "new-name")
    after = await stage.repository()
    assert (after.id, after.name) == (before.id, "new-name")
    assert (await stage.provider.origin.address(after)).path == f"{OWNER}/new-name.git"


async def test_a_repository_that_was_transferred_is_found_by_its_new_owners_installation_only(stage: Stage) -> None:
    stage.host.create_account("new-owner")
    installation = InstallationId(await stage.host.install("new-owner"))
    await stage.repository()
    await stage.host.transfer_repository(stage.repo, "new-owner")
    with pytest.raises(Gone):
        await stage.repository()
    found = await stage.provider.origin.repository(installation, RepositoryId(stage.repo.id))
    assert (found.owner, found.installation) == ("new-owner", installation)


async def test_reads_under_a_former_name_are_followed_and_writes_come_back_later(stage: Stage) -> None:
    repository = await stage.repository()
    number, head = await stage.pull_request()
    await stage.host.rename_repository(stage.repo, "new-name")
    assert (await stage.provider.origin.pull_request(repository, number)).head == head
    with pytest.raises(Retryable, match="moved"):
        await stage.provider.reports.begin(repository, head, "run-1", resume=False)
    assert stage.host.check_runs(stage.repo, head) == []


async def test_a_repository_outside_of_the_installation_is_gone(stage: Stage) -> None:
    stage.host.create_account("elsewhere")
    other = await stage.host.create_repository("elsewhere", "private")
    with pytest.raises(Gone):
        await stage.provider.origin.repository(stage.installation, RepositoryId(other.id))


async def test_a_pull_request_is_told_as_it_is_now(stage: Stage) -> None:
    repository = await stage.repository()
    number, head = await stage.pull_request()
    pull = await stage.provider.origin.pull_request(repository, number)
    assert (pull.number, pull.head, pull.base_ref) == (number, head, "main")
    assert (pull.open, pull.draft, pull.fork) == (True, False, False)
    await stage.host.convert_to_draft(stage.repo, number)
    await stage.host.close(stage.repo, number)
    pull = await stage.provider.origin.pull_request(repository, number)
    assert (pull.open, pull.draft) == (False, True)


async def test_a_pull_request_from_a_fork_is_found_by_its_head_also_once_the_fork_is_gone(stage: Stage) -> None:
    stage.host.create_account("forker", "User")
    await stage.host.make_public(stage.repo)
    fork = await stage.host.fork(stage.repo, "forker")
    head = Sha(await stage.host.commit(fork, "feature", {"fork.py": b"y = 2\n"}, "From a fork"))
    number = await stage.host.open_pull_request(stage.repo, "feature", fork=fork)
    repository = await stage.repository()
    assert await stage.provider.origin.open_pull_requests(repository, head) == [number]
    assert await stage.provider.origin.open_pull_requests(repository, Sha("f" * 40)) == []
    assert (await stage.provider.origin.pull_request(repository, number)).fork
    await stage.host.delete_repository(fork)
    assert (await stage.provider.origin.pull_request(repository, number)).fork


async def test_a_pull_request_that_is_none_is_gone(stage: Stage) -> None:
    with pytest.raises(Gone):
        await stage.provider.origin.pull_request(await stage.repository(), 404)


async def test_the_merge_base_is_where_the_branch_left(stage: Stage) -> None:
    repository = await stage.repository()
    number, head = await stage.pull_request()
    start = (await stage.provider.origin.pull_request(repository, number)).base
    base = Sha(await stage.host.commit(stage.repo, "main", {"main.py": b"print('moved')\n"}, "Meanwhile"))
    assert base != start
    assert await stage.provider.origin.merge_base(repository, base, head) == start
    with pytest.raises(Gone):
        await stage.provider.origin.merge_base(repository, base, Sha("f" * 40))


async def test_the_address_is_where_git_finds_the_repository(stage: Stage) -> None:
    address = await stage.provider.origin.address(await stage.repository())
    assert (address.host, address.port, address.user) == ("127.0.0.1", stage.host.ssh_port, "git")
    assert address.path == f"{OWNER}/hello.world.git"
    assert address.host_keys == stage.host.ssh_host_keys
    assert stage.provider.origin.pull_ref(7) == "refs/pull/7/head"


# --------------------------------------------------------------------------------------------------- credentials


async def test_tokens_that_died_are_replaced_without_anybody_noticing(stage: Stage) -> None:
    await stage.repository()
    stage.host.expire_tokens()
    assert (await stage.repository()).id == stage.repo.id


async def test_a_permission_that_is_missing_is_told_to_the_person(tmp_path: Path) -> None:
    async with staged(tmp_path, permissions={"metadata": "read", "contents": "read"}) as it:
        with pytest.raises(UserError) as caught:
            await it.repository()
        assert "accept the permissions" in caught.value.cure


async def test_requests_of_another_form_are_noticed(tmp_path: Path) -> None:
    """Negative control of every test here: the judge judges."""
    async with staged(tmp_path) as it:
        if not os.environ.get("SEALBEAT_ORACLES"):
            pytest.skip("SEALBEAT_ORACLES is not set")
        repository = await it.repository()
        _, head = await it.pull_request()
        check = await it.provider.reports.begin(repository, head, "run-1", resume=False)
        wrong = result(conclusion="splendid")
        with pytest.raises(Retryable):
            await it.provider.reports.finish(repository, check, wrong)
        assert it.host.violations
