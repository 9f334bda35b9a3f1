"""Trouble on order."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

import aiohttp
import pytest

from bot.providers.local.faults import Outcome
from bot.providers.local.host import LocalHost

from .conftest import Installed
from .parts import Client, local_host, public_key


async def test_a_status_is_answered_as_often_as_ordered(host: LocalHost, anyone: Client):
    order = host.faults.next("GET", "^/meta$", 503, times=2, headers={"Retry-After": "7"}, body={"message": "busy"})
    answers = [await anyone("GET", "/meta") for _ in range(3)]
    assert [status for status, _, _ in answers] == [503, 503, 200]
    assert order.times == 0
    assert (answers[0][1], answers[0][2]["Retry-After"]) == ({"message": "busy"}, "7")
    assert host.violations == [], "an ordered answer is not held against the description"


async def test_orders_concern_only_their_method_and_path(host: LocalHost, shop: Installed):
    host.faults.next("POST", "/check-runs$", 500)
    assert (await shop.client("GET", f"{shop.path}/keys"))[0] == 200
    assert (await shop.client("POST", f"{shop.path}/keys", {"key": public_key()}))[0] == 201
    assert (await shop.client("POST", f"{shop.path}/check-runs", {}))[0] == 500
    host.faults.next("*", ".", 500, times=9)
    host.faults.clear()
    assert (await shop.client("GET", f"{shop.path}/keys"))[0] == 200


async def test_rate_limits_speak_as_github_does(host: LocalHost, anyone: Client):
    host.faults.secondary_limit("GET", "/meta", retry_after=3)
    status, body, headers = await anyone("GET", "/meta")
    assert (status, headers["Retry-After"], "secondary rate limit" in body["message"]) == (403, "3", True)
    assert int(headers["X-RateLimit-Remaining"]) > 0
    host.faults.secondary_limit("GET", "/meta", status=429, retry_after=None)
    status, _, headers = await anyone("GET", "/meta")
    assert (status, "Retry-After" in headers) == (429, False)
    host.faults.rate_limit("GET", "/meta", reset=1234567)
    status, _, headers = await anyone("GET", "/meta")
    assert (status, headers["X-RateLimit-Remaining"], headers["X-RateLimit-Reset"]) == (403, "0", "1234567")


async def test_an_html_page_can_come_as_json(host: LocalHost, anyone: Client):
    host.faults.unicorn("GET", "/meta")
    async with anyone.session.get(f"{host.api_url}/meta") as response:
        assert (response.status, response.content_type) == (502, "application/json")
        assert (await response.text()).startswith("<!DOCTYPE html>")


async def test_a_reset_does_nothing_and_a_lost_answer_did_everything(host: LocalHost, shop: Installed):
    orders: list[tuple[Outcome, int]] = [("reset", 0), ("lost", 1)]
    for outcome, made in orders:
        host.faults.next("POST", "/keys$", outcome)
        with pytest.raises(aiohttp.ClientError):
            await shop.client("POST", f"{shop.path}/keys", {"key": public_key()})
        assert len(host.deploy_keys(shop.repo)) == made
    assert [it.status for it in host.requests[-2:]] == ["reset", "lost"]


async def test_a_hanging_request_is_never_answered(host: LocalHost, anyone: Client):
    host.faults.next("GET", "/meta", "hang")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await anyone("GET", "/meta")
    assert (await anyone("GET", "/meta"))[0] == 200


async def test_the_host_stops_while_requests_hang(tmp_path, anyone: Client):
    async with local_host(tmp_path / "stopping") as host:
        anyone.host = host
        host.faults.next("GET", "/meta", "hang")
        asked = asyncio.create_task(anyone("GET", "/meta"))
        await asyncio.sleep(0.1)
    with pytest.raises(aiohttp.ClientError):
        await asked


async def test_a_slow_answer_is_the_ordinary_one(host: LocalHost, anyone: Client):
    host.faults.next("GET", "/meta", timedelta(seconds=0.2))
    begun = time.monotonic()
    assert (await anyone("GET", "/meta"))[0] == 200
    assert time.monotonic() - begun >= 0.2
    assert host.violations == []
