from __future__ import annotations

from typing import Any

import pytest

from bot.errors import Gone, Retryable, UserError
from bot.providers.github.comments import MARKER
from bot.providers.github.texts import CUT
from tests.providers.github.parts import APP_ID, REPOSITORY, github_and_provider

ALL = "/repos/octo-org/hello.world/issues/5/comments"
ONE = "/repos/octo-org/hello.world/issues/comments"
US = {"id": int(APP_ID), "client_id": "Iv23liOurs"}
BOT = {"login": "sealbeat[bot]", "type": "Bot"}
PERSON = {"login": "mallory", "type": "User"}


def comment(id: int, body: str | None = f"{MARKER}\nHello.", app: Any = US, user: Any = BOT) -> dict[str, Any]:
    return {"id": id, "body": body, "performed_via_github_app": app, "user": user}


async def asked(comments: list[dict[str, Any]], body: str | None) -> list[tuple[str, str, Any]]:
    """What is sent, beyond the list, where these comments are there."""
    async with github_and_provider() as (github, provider):
        github.on("GET", ALL, comments)
        github.on("POST", ALL, (201, comment(99)))
        for one in comments:
            github.on("PATCH", f"{ONE}/{one['id']}", comment(one["id"]))
            github.on("DELETE", f"{ONE}/{one['id']}", (204, None))
        await provider.reports.ensure_comment(REPOSITORY, 5, body)
        assert github.paths()[0] == f"GET {ALL}?per_page=100"
        return github.asked[1:]


async def test_a_comment_is_made_where_there_is_none() -> None:
    assert await asked([], "Hello.") == [("POST", ALL, {"body": f"{MARKER}\nHello."})]


async def test_the_comment_is_edited_where_it_says_something_else() -> None:
    assert await asked([comment(7)], "New.") == [("PATCH", f"{ONE}/7", {"body": f"{MARKER}\nNew."})]


@pytest.mark.parametrize("body", [f"{MARKER}\nHello.", f"{MARKER}\r\nHello.", f"{MARKER}\nHello.\n"])
async def test_a_comment_that_says_it_already_is_left_alone(body: str) -> None:
    assert await asked([comment(7, body)], "Hello.") == []


async def test_of_several_the_first_is_kept() -> None:
    sent = await asked([comment(7), comment(8), comment(9)], "Hello.")
    assert sent == [("DELETE", f"{ONE}/8", None), ("DELETE", f"{ONE}/9", None)]


async def test_nothing_to_say_leaves_no_comment() -> None:
    assert await asked([comment(7), comment(8)], None) == [
        ("DELETE", f"{ONE}/7", None),
        ("DELETE", f"{ONE}/8", None),
    ]
    assert await asked([], None) == []


NOT_OURS = {
    "a person who wrote the marker": comment(7, app=None, user=PERSON),
    "a person through another app": comment(7, app={"id": 1}, user=PERSON),
    "another app's bot": comment(7, app={"id": 1}, user={"login": "other[bot]", "type": "Bot"}),
    "another bot, no app told": comment(7, app=None, user={"login": "other[bot]", "type": "Bot"}),
    "a person with our bot's name": comment(7, app=None, user={"login": "sealbeat[bot]", "type": "User"}),
    "ours without the marker": comment(7, "Hello."),
    "without a body": comment(7, None),
    "of a ghost": comment(7, app=None, user=None),
}


@pytest.mark.parametrize("one", NOT_OURS.values(), ids=NOT_OURS.keys())
async def test_what_is_not_ours_is_neither_edited_nor_deleted(one: dict[str, Any]) -> None:
    assert await asked([one], None) == []
    assert [method for method, _, _ in await asked([one], "Hello.")] == ["POST"]


async def test_our_bot_counts_as_us_where_the_app_is_not_told() -> None:
    assert await asked([comment(7, app=None)], None) == [("DELETE", f"{ONE}/7", None)]


async def test_a_comment_that_somebody_else_deleted_is_no_trouble() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", ALL, [comment(7)])
        await provider.reports.ensure_comment(REPOSITORY, 5, None)
        assert github.paths()[-1] == f"DELETE {ONE}/7"


async def test_a_comment_that_vanishes_while_it_is_edited_is_tried_again_later() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", ALL, [comment(7)])
        with pytest.raises(Retryable):
            await provider.reports.ensure_comment(REPOSITORY, 5, "New.")


async def test_a_pull_request_that_is_gone_is_gone() -> None:
    async with github_and_provider() as (_, provider):
        with pytest.raises(Gone):
            await provider.reports.ensure_comment(REPOSITORY, 5, "New.")


async def test_a_locked_pull_request_is_told_to_the_person() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", ALL, [])
        github.on("POST", ALL, (403, {"message": "Unable to create comment because issue is locked."}))
        with pytest.raises(UserError):
            await provider.reports.ensure_comment(REPOSITORY, 5, "New.")


async def test_a_long_comment_is_cut_and_then_left_alone() -> None:
    [(_, _, data)] = await asked([], "ü" * 70_000)
    assert len(data["body"].encode()) <= 65_535
    assert data["body"].startswith(MARKER)
    assert data["body"].endswith(CUT)
    assert await asked([comment(7, data["body"])], "ü" * 70_000) == []
