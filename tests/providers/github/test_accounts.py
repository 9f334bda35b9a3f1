from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from bot.errors import Gone, Retryable
from bot.model import FailedDelivery, Installation, InstallationId
from tests.providers.github.parts import INSTALLATION, START, SmallGitHub, github_and_provider

DELIVERIES = "/app/hook/deliveries"


def installation(**changes: Any) -> dict[str, Any]:
    return {"id": 31, "account": {"id": 5, "login": "octo-org"}, "suspended_at": None} | changes


async def test_an_installation() -> None:
    async with github_and_provider() as (github, provider):
        path = "/app/installations/31"
        github.on("GET", path, installation(), installation(suspended_at="2027-01-01T00:00:00Z"))
        assert await provider.accounts.installation(INSTALLATION) == Installation(INSTALLATION, 5, "octo-org")
        assert (await provider.accounts.installation(INSTALLATION)).suspended
        with pytest.raises(Gone):
            await provider.accounts.installation(InstallationId(32))


async def test_an_enterprise_is_known_by_its_slug() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", "/app/installations", [installation(account={"id": 6, "slug": "big"})])
        assert [found.account for found in await provider.accounts.installations()] == ["big"]


async def test_an_installation_that_cannot_be_read_is_not_left_out_of_the_list() -> None:
    """One that is missing would be wiped."""
    async with github_and_provider() as (github, provider):
        github.on("GET", "/app/installations", [installation(), installation(id=32, account=None)])
        with pytest.raises(Retryable):
            await provider.accounts.installations()


def attempt(id: int, guid: str, age: int, status: str) -> dict[str, Any]:
    delivered = datetime.fromtimestamp(START - age, UTC).isoformat().replace("+00:00", "Z")
    return {"id": id, "guid": guid, "delivered_at": delivered, "status": status, "status_code": 0}


def paged(github: SmallGitHub, pages: list[list[dict[str, Any]]]) -> None:
    async def answer(request: web.Request) -> web.Response:
        number = int(request.query.get("cursor", "v1_0").removeprefix("v1_"))
        more = number + 1 < len(pages)
        headers = (
            {"Link": f'<{github.url}{DELIVERIES}?per_page=100&cursor=v1_{number + 1}>; rel="next"'} if more else {}
        )
        return web.json_response(pages[number], headers=headers)

    github.on("GET", DELIVERIES, answer)


async def test_deliveries_of_which_no_attempt_reached_us_are_told_oldest_first() -> None:
    async with github_and_provider() as (github, provider):
        first = [attempt(9, "a", 10, "OK"), attempt(8, "b", 20, "timed out"), attempt(7, "c", 30, "failed to connect")]
        second = [attempt(6, "a", 40, "Invalid HTTP Response: 502"), attempt(5, "b", 50, "timed out")]
        paged(github, [[], first, second])
        found = await provider.accounts.failed_deliveries(START - 3600)
        assert found == [FailedDelivery(7, "c", START - 30), FailedDelivery(8, "b", START - 20)]
        assert github.paths()[0] == f"GET {DELIVERIES}?per_page=100"


async def test_older_pages_are_not_even_asked_for() -> None:
    async with github_and_provider() as (github, provider):
        pages = [[attempt(9, "a", 10, "timed out")], [attempt(8, "b", 100, "timed out")], [{"id": "canary"}]]
        paged(github, pages)
        assert [found.id for found in await provider.accounts.failed_deliveries(START - 50)] == [9]
        assert len(github.asked) == 2


async def test_a_delivery_is_asked_for_again() -> None:
    async with github_and_provider() as (github, provider):
        github.on("POST", f"{DELIVERIES}/8/attempts", (202, {}))
        await provider.accounts.redeliver(FailedDelivery(8, "b", START))
        assert github.asked == [("POST", f"{DELIVERIES}/8/attempts", None)]
        with pytest.raises(Gone):
            await provider.accounts.redeliver(FailedDelivery(7, "c", START))


async def test_an_answer_without_a_body_is_good_enough_for_a_redelivery() -> None:
    async with github_and_provider() as (github, provider):

        async def empty(_: web.Request) -> web.Response:
            return web.Response(status=202)

        github.on("POST", f"{DELIVERIES}/8/attempts", empty)
        await provider.accounts.redeliver(FailedDelivery(8, "b", START))
