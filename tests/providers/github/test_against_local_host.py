"""Every port method of this room against the local host, which judges each request and answer by GitHub's own
description of its API."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from bot.errors import Gone, Retryable, UserError
from bot.model import CheckResult, InstallationId, RepositoryId, Sha
from tests.providers.github.stage import OWNER, Stage, staged

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
        wrong: Any = CheckResult("splendid", "Better", "All is well.")  # type: ignore[arg-type]
        with pytest.raises(Retryable):
            await it.provider.reports.finish(repository, check, wrong)
        assert it.host.violations
