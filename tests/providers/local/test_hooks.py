"""Deliveries: signed, logged, and what becomes of those that fail."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
from aiohttp import web

from bot.providers.local.host import LocalHost

from .conftest import Installed
from .parts import APP_ID, Client, Listener


async def test_a_delivery_is_signed_and_names_itself_and_the_app(host: LocalHost, shop: Installed, listener: Listener):
    await host.suspend(shop.id)  # the listener has judged the signature
    headers = listener.headers[-1]
    assert headers["X-GitHub-Event"] == "installation"
    assert headers["X-GitHub-Hook-Installation-Target-ID"] == str(APP_ID)
    assert headers["User-Agent"].startswith("GitHub-Hookshot/")
    assert headers["X-GitHub-Delivery"] == host.deliveries()[-1].guid
    assert headers["X-GitHub-Hook-ID"].isdigit()


async def _log(anyone: Client, query: str = "") -> list[dict[str, Any]]:
    _, listed, _ = await anyone.app()("GET", f"/app/hook/deliveries{query}")
    return list(listed)


async def test_lost_webhooks_are_in_the_log_and_come_again_only_when_asked(
    host: LocalHost, anyone: Client, shop: Installed, listener: Listener
):
    host.lose_webhooks = True
    await host.commit(shop.repo, "main", {"a": b"a"}, "Unheard")
    host.lose_webhooks = False
    assert listener.names() == []
    lost = [one for one in await _log(anyone) if one["status"] != "OK"]
    assert [(one["event"], one["status_code"]) for one in lost] == [("check_suite", 0), ("push", 0)]
    assert lost[0]["installation_id"] == shop.id and lost[0]["repository_id"] == shop.repo.id
    assert await _log(anyone, "?status=failure") == [], "GitHub does not count these as failures"
    assert (await anyone.app()("POST", f"/app/hook/deliveries/{lost[1]['id']}/attempts"))[0] == 202
    await host.settled()
    assert listener.names() == ["push"]
    again = (await _log(anyone))[0]
    assert (again["guid"], again["redelivery"], again["status"]) == (lost[1]["guid"], True, "OK")
    assert again["id"] != lost[1]["id"]
    assert host.violations == []


async def test_an_error_of_the_app_is_a_failure_in_the_log(
    host: LocalHost, anyone: Client, shop: Installed, listener: Listener
):
    listener.status = 500
    await host.suspend(shop.id)
    [failed] = await _log(anyone, "?status=failure")
    assert (failed["status_code"], failed["status"]) == (500, "Invalid HTTP Response: 500")
    _, whole, _ = await anyone.app()("GET", f"/app/hook/deliveries/{failed['id']}")
    assert whole["request"]["payload"]["action"] == "suspend"
    assert whole["request"]["headers"]["X-GitHub-Event"] == "installation"
    assert host.violations == []


async def test_a_delivery_that_is_not_answered_is_given_up(host: LocalHost, anyone: Client, shop: Installed):
    async def never(_: web.BaseRequest) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    runner = web.ServerRunner(web.Server(never), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host.webhook_url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    host.webhook_patience = 0.1
    await host.suspend(shop.id)
    await runner.cleanup()
    assert (await _log(anyone))[0]["status"] == "timed out"
    assert await _log(anyone, "?status=failure") == []


async def test_the_log_is_paged_by_a_cursor(host: LocalHost, anyone: Client, shop: Installed):
    for name in "abc":
        await host.create_repository(shop.account, name)
    whole = [one["id"] for one in await _log(anyone, "?per_page=100")]
    seen, path = [], "/app/hook/deliveries?per_page=3"
    for _ in range(-(-len(whole) // 3)):
        _, page, headers = await anyone.app()("GET", path)
        seen += [one["id"] for one in page]
        path = headers.get("Link", "").partition(">")[0].strip("<")
    assert (seen, path) == (whole, "")
    assert (await anyone.app()("GET", "/app/hook/deliveries?cursor=x"))[0] == 422
    assert host.violations == []


async def test_a_duplicate_has_the_same_delivery_id_and_bytes(host: LocalHost, shop: Installed, listener: Listener):
    await host.suspend(shop.id)
    await host.redeliver(host.deliveries()[-1])
    assert listener.got[0] == listener.got[1]
    assert listener.headers[-1]["X-GitHub-Delivery"] == listener.headers[-2]["X-GitHub-Delivery"]


async def test_a_host_that_nobody_listens_to_works_on(host: LocalHost, shop: Installed):
    host.webhook_url = None
    await host.suspend(shop.id)
    assert host.deliveries()[-1].status == "failed to connect to host"


async def test_a_listener_that_went_away_is_no_harm(host: LocalHost, shop: Installed):
    host.webhook_url = "http://127.0.0.1:9/"  # the discard port: nobody there
    await host.suspend(shop.id)
    assert host.deliveries()[-1].status == "failed to connect to host"
    async with aiohttp.ClientSession() as session, session.get(f"{host.api_url}/meta") as response:
        assert response.status == 200
