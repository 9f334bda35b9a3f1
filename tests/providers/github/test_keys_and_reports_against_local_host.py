"""Deploy keys, checks and comments against the local host, which judges by GitHub's own description."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import asyncssh
import pytest

from bot.errors import Gone, KeyInUse, Retryable, UserError
from bot.model import Annotation, CheckResult, OpenCheck, RepositoryId, Sha
from tests.providers.github.stage import OWNER, Stage


def new_key() -> str:
    return asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()


def result(**changes: Any) -> CheckResult:
    return replace(CheckResult("success", "Better", "All is **well**."), **changes)


def remarks(count: int) -> tuple[Annotation, ...]:
    return tuple(Annotation("main.py", 1, 1, "warning", f"Remark {i}", "Title") for i in range(count))


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
