from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from bot.errors import Gone, Retryable
from bot.model import Annotation, CheckResult, Conclusion, OpenCheck
from bot.providers.github.reports import REFUSED_REMARKS, SUPERSEDED
from bot.providers.github.texts import CUT, cut
from tests.providers.github.parts import APP_ID, HEAD, REPOSITORY, SmallGitHub, github_and_provider

RUNS = "/repos/octo-org/hello.world/check-runs"
AT_HEAD = f"/repos/octo-org/hello.world/commits/{HEAD}/check-runs"
NOW = "2027-01-15T08:00:00Z"
RESULT = CheckResult("success", "Better", "All is well.")
CHECK = OpenCheck(9)


def run(id: int = 9, status: str = "in_progress", held: int = 0, **changes: Any) -> dict[str, Any]:
    own = {"id": int(APP_ID), "client_id": "Iv23liOurs"}
    output = {"annotations_count": held, "title": None, "summary": None}
    return {"id": id, "status": status, "external_id": "run-1", "app": own, "output": output} | changes


def remarks(count: int) -> tuple[Annotation, ...]:
    return tuple(Annotation("a.py", i + 1, i + 2, "warning", f"Remark {i}") for i in range(count))


def keeping(github: SmallGitHub, path: str = f"{RUNS}/9", *, held: int = 0, loses: int = 0) -> None:
    """A check run that counts its remarks as GitHub does, or loses some."""
    count = held

    async def answer(request: web.Request) -> web.Response:
        nonlocal count
        count += max(len((await request.json())["output"].get("annotations", ())) - loses, 0)
        return web.json_response(run(held=count))

    github.on("PATCH", path, answer)


def patches(github: SmallGitHub) -> list[Any]:
    return [data for method, _, data in github.asked if method == "PATCH"]


# ------------------------------------------------------------------------------------------------------- begin


async def test_a_check_run_begins_in_progress_under_its_constant_name() -> None:
    async with github_and_provider() as (github, provider):
        github.on("POST", RUNS, (201, run()))
        assert await provider.reports.begin(REPOSITORY, HEAD, "run-1", resume=False) == CHECK
        expected = {"name": "Sealbeat", "head_sha": HEAD, "external_id": "run-1", "status": "in_progress"}
        assert github.asked == [("POST", RUNS, expected | {"started_at": NOW})]


async def test_resuming_takes_the_run_that_is_ours_and_no_other() -> None:
    async with github_and_provider(check_name="A check & more") as (github, provider):
        others = [run(1, app={"id": 1}), run(2, app=None), run(3, external_id="run-2"), run(4, external_id=None)]
        github.on("GET", AT_HEAD, {"check_runs": [*others, run(held=100)]})
        found = await provider.reports.begin(REPOSITORY, HEAD, "run-1", resume=True)
        assert found == OpenCheck(9, completed=False, annotations=100)
        query = "check_name=A%20check%20%26%20more&filter=all&per_page=100"
        assert github.paths() == [f"GET {AT_HEAD}?{query}"]


async def test_resuming_knows_us_by_the_client_id_too() -> None:
    async with github_and_provider(app_id="Iv23liOurs") as (github, provider):
        github.on("GET", AT_HEAD, {"check_runs": [run(status="completed")]})
        assert (await provider.reports.begin(REPOSITORY, HEAD, "run-1", resume=True)).completed


async def test_resuming_where_there_is_none_makes_one() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", AT_HEAD, {"check_runs": [run(3, external_id="run-2")]})
        github.on("POST", RUNS, (201, run()))
        assert await provider.reports.begin(REPOSITORY, HEAD, "run-1", resume=True) == CHECK


async def test_of_two_runs_the_newest_is_taken_and_the_other_does_not_stay_pending() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", AT_HEAD, {"check_runs": [run(12), run(11, status="completed"), run(10)]})
        github.on("PATCH", f"{RUNS}/10", run(10, status="completed"))
        assert (await provider.reports.begin(REPOSITORY, HEAD, "run-1", resume=True)).id == 12
        closing = {"status": "completed", "conclusion": "neutral", "completed_at": NOW, "output": SUPERSEDED}
        assert patches(github) == [closing]


async def test_a_commit_that_is_not_there_is_gone() -> None:
    async with github_and_provider() as (github, provider):
        github.on("POST", RUNS, (422, {"message": f"No commit found for SHA: {HEAD}"}))
        with pytest.raises(Gone):
            await provider.reports.begin(REPOSITORY, HEAD, "run-1", resume=False)


async def test_a_check_run_that_github_refuses_for_another_reason_is_tried_again_later() -> None:
    async with github_and_provider() as (github, provider):
        github.on("POST", RUNS, (422, {"message": "Invalid request."}))
        with pytest.raises(Retryable):
            await provider.reports.begin(REPOSITORY, HEAD, "run-1", resume=False)


# ------------------------------------------------------------------------------------------------------ finish


@pytest.mark.parametrize(
    "conclusion", ["success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required"]
)
async def test_a_check_run_ends_with_its_conclusion(conclusion: Conclusion) -> None:
    async with github_and_provider() as (github, provider):
        keeping(github)
        await provider.reports.finish(REPOSITORY, CHECK, replace(RESULT, conclusion=conclusion, text="More."))
        output = {"title": "Better", "summary": "All is well.", "text": "More."}
        expected = {"status": "completed", "conclusion": conclusion, "completed_at": NOW, "output": output}
        assert patches(github) == [expected]


@pytest.mark.parametrize(
    ("count", "held", "batches"),
    [
        (1, 0, [1]),
        (50, 0, [50]),
        (51, 0, [50, 1]),
        (100, 0, [50, 50]),
        (120, 0, [50, 50, 20]),
        (120, 50, [50, 20]),
        (120, 100, [20]),
        (120, 120, [0]),
        (10, 12, [0]),
    ],
)
async def test_remarks_go_in_fifties_and_those_that_are_there_are_not_sent_again(
    count: int, held: int, batches: list[int]
) -> None:
    async with github_and_provider() as (github, provider):
        keeping(github, held=held)
        check, every = replace(CHECK, annotations=held), remarks(count)
        await provider.reports.finish(REPOSITORY, check, replace(RESULT, annotations=every))
        sent = patches(github)
        assert [len(data["output"].get("annotations", ())) for data in sent] == batches
        assert [data["status"] for data in sent] == ["in_progress"] * (len(batches) - 1) + ["completed"]
        assert [note["message"] for data in sent for note in data["output"].get("annotations", ())] == [
            remark.message for remark in every[held:]
        ]


async def test_a_remark_is_sent_as_github_documents_it() -> None:
    async with github_and_provider() as (github, provider):
        keeping(github)
        every = (Annotation("ä b/c.py", 3, 5, "failure", "Why", "What"), Annotation("d", 1, 1, "notice", "Why"))
        await provider.reports.finish(REPOSITORY, CHECK, replace(RESULT, annotations=every))
        assert patches(github)[0]["output"]["annotations"] == [
            {
                "path": "ä b/c.py",
                "start_line": 3,
                "end_line": 5,
                "annotation_level": "failure",
                "message": "Why",
                "title": "What",
            },
            {"path": "d", "start_line": 1, "end_line": 1, "annotation_level": "notice", "message": "Why"},
        ]


async def test_a_check_run_that_is_completed_is_left_alone() -> None:
    async with github_and_provider() as (github, provider):
        await provider.reports.finish(REPOSITORY, OpenCheck(9, completed=True), RESULT)
        assert github.asked == []


async def test_remarks_that_github_lost_are_noticed() -> None:
    async with github_and_provider() as (github, provider):
        keeping(github, loses=1)
        with pytest.raises(Retryable, match="did not keep all"):
            await provider.reports.finish(REPOSITORY, CHECK, replace(RESULT, annotations=remarks(60)))
        assert len(patches(github)) == 1


async def test_a_remark_that_github_refuses_does_not_leave_the_check_pending() -> None:
    async with github_and_provider() as (github, provider):
        github.on("PATCH", f"{RUNS}/9", (422, {"message": "Invalid request.", "errors": ["canary"]}), run())
        await provider.reports.finish(REPOSITORY, CHECK, replace(RESULT, annotations=remarks(3)))
        last = patches(github)[-1]
        assert (last["status"], last["conclusion"]) == ("completed", "success")
        assert last["output"] == {"title": "Better", "summary": f"All is well.{REFUSED_REMARKS}"}


async def test_a_summary_that_github_refuses_is_tried_again_later() -> None:
    async with github_and_provider() as (github, provider):
        github.on("PATCH", f"{RUNS}/9", (422, {"message": "Invalid request."}))
        with pytest.raises(Retryable):
            await provider.reports.finish(REPOSITORY, CHECK, RESULT)
        with pytest.raises(Retryable):
            await provider.reports.finish(REPOSITORY, CHECK, replace(RESULT, annotations=remarks(1)))


async def test_a_check_run_that_is_not_there_is_gone() -> None:
    async with github_and_provider() as (_, provider):
        with pytest.raises(Gone):
            await provider.reports.finish(REPOSITORY, CHECK, RESULT)


# ------------------------------------------------------------------------------------------------------- texts


async def test_texts_are_cut_within_githubs_limits_and_say_so() -> None:
    async with github_and_provider() as (github, provider):
        keeping(github)
        long = "ü" * 70_000
        remark = Annotation("a.py", 1, 1, "warning", long, long)
        await provider.reports.finish(REPOSITORY, CHECK, CheckResult("neutral", long, long, long, (remark,)))
        output = patches(github)[0]["output"]
        note = output["annotations"][0]
        for text in (output["summary"], output["text"], note["message"]):
            assert len(text.encode()) <= 65_535
            assert text.endswith(CUT)
            assert "ü" * 30_000 in text
        for title in (output["title"], note["title"]):
            assert len(title) <= 255
            assert title.endswith("…")


@pytest.mark.parametrize("text", ["", "plain", "ü" * 50, "a" * 100])
def test_a_text_that_fits_is_left_as_it_is(text: str) -> None:
    assert cut(text, 100, "...") == text


@pytest.mark.parametrize("text", ["a" * 101, "ü" * 51, "a" + "😀" * 30, "e\u0301" * 60])
def test_a_text_that_does_not_fit_is_cut_between_two_characters(text: str) -> None:
    found = cut(text, 100, "...")
    assert len(found.encode()) <= 100
    assert text.startswith(found.removesuffix("..."))


def test_what_is_no_text_is_replaced() -> None:
    assert cut("a\udcffb\0c", 100, "...") == "a?b\ufffdc"
