"""The app's own calls."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bot.providers.local.host import LocalHost

from .conftest import Installed
from .parts import APP_ID, Client, app_jwt, local_host


async def test_the_app_sees_its_registration_and_its_installations(host: LocalHost, anyone: Client, shop: Installed):
    status, app, _ = await anyone.app()("GET", "/app")
    assert (status, app["id"], app["permissions"]["administration"]) == (200, APP_ID, "write")
    _, installations, _ = await anyone.app()("GET", "/app/installations")
    assert [one["id"] for one in installations] == [shop.id]
    _, one, _ = await anyone.app()("GET", "/repos/acme/shop/installation")
    assert (one["id"], one["account"]["login"], one["suspended_at"]) == (shop.id, "acme", None)
    assert host.violations == []


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        ("", "could not be decoded"),
        ("not.a.jwt", "could not be decoded"),
        (lambda: app_jwt(iss="7"), "'iss'"),
        (lambda: app_jwt(exp=int(time.time()) + 700), "too far in the future"),
        (lambda: app_jwt(exp=int(time.time()) - 1), "'exp'"),
        (lambda: app_jwt(iat=int(time.time()) + 90), "'iat'"),
    ],
)
async def test_a_jwt_that_github_refuses_is_refused(anyone: Client, token, reason: str):
    anyone.credentials = token() if callable(token) else token
    status, body, _ = await anyone("GET", "/app")
    assert status == 401
    assert reason in body["message"]
    assert body["status"] == "401"


async def test_the_client_id_is_an_issuer_too(host: LocalHost, anyone: Client):
    _, app, _ = await anyone.app()("GET", "/app")
    anyone.credentials = app_jwt(iss=app["client_id"])
    assert (await anyone("GET", "/app"))[0] == 200


async def test_a_token_reaches_what_it_was_scoped_to_and_nothing_else(host: LocalHost, anyone: Client, shop: Installed):
    other = await host.create_repository(shop.account, "till", files={"a": b"a"})
    narrow = await anyone.token(shop.id, repository_ids=[shop.repo.id], permissions={"checks": "write"})
    assert narrow.credentials.startswith(f"ghs_{APP_ID}_") and len(narrow.credentials) > 255
    _, listed, _ = await narrow("GET", "/installation/repositories")
    assert [one["id"] for one in listed["repositories"]] == [shop.repo.id]
    assert (await narrow("GET", "/repos/acme/shop"))[0] == 200
    assert (await narrow("GET", "/repos/acme/till"))[0] == 404
    assert (await narrow("GET", f"/repositories/{other.id}"))[0] == 404
    status, body, headers = await narrow("GET", "/repos/acme/shop/keys")
    assert (status, body["message"]) == (403, "Resource not accessible by integration")
    assert headers["X-Accepted-GitHub-Permissions"] == "administration=read"
    assert host.violations == []


async def test_a_token_cannot_be_wider_than_its_installation(anyone: Client, shop: Installed):
    asked: list[dict[str, Any]] = [
        {"permissions": {"contents": "write"}},
        {"permissions": {"contents": "all"}},
        {"permissions": {"issues": "read"}},
        {"permissions": ["contents"]},
        {"repository_ids": [1]},
        {"repository_ids": []},
        {"repository_ids": [{}]},
        {"repositories": ["till"]},
    ]
    for body in asked:
        status, _, _ = await anyone.app()("POST", f"/app/installations/{shop.id}/access_tokens", body)
        assert status == 422, body
    assert (await anyone.token(shop.id, repositories=["shop"])).credentials


async def test_a_revoked_or_expired_token_is_bad_credentials(host: LocalHost, anyone: Client, shop: Installed):
    brief = await anyone.token(shop.id)
    assert (await brief("DELETE", "/installation/token"))[0] == 204
    host.expire_tokens()
    for client in (brief, shop.client):
        status, body, _ = await client("GET", "/installation/repositories")
        assert (status, body["message"]) == (401, "Bad credentials")


async def test_a_suspended_installation_mints_nothing_and_says_so(host: LocalHost, anyone: Client, shop: Installed):
    await host.suspend(shop.id)
    status, body, _ = await anyone.app()("POST", f"/app/installations/{shop.id}/access_tokens")
    assert (status, body["message"]) == (403, "This installation has been suspended")
    assert (await shop.client("GET", "/repos/acme/shop"))[0] == 403
    _, one, _ = await anyone.app()("GET", f"/app/installations/{shop.id}")
    assert one["suspended_at"]
    await host.unsuspend(shop.id)
    assert (await shop.client("GET", "/repos/acme/shop"))[0] == 200
    assert host.violations == []


async def test_an_app_can_remove_itself(host: LocalHost, anyone: Client, shop: Installed, listener):
    assert (await anyone.app()("DELETE", f"/app/installations/{shop.id}"))[0] == 204
    await host.settled()
    assert listener.names() == ["installation.deleted"]
    assert (await anyone.app()("GET", f"/app/installations/{shop.id}"))[0] == 404
    assert (await anyone.app()("POST", f"/app/installations/{shop.id}/access_tokens"))[0] == 404
    assert (await shop.client("GET", "/repos/acme/shop"))[0] == 401
    assert host.violations == []


async def test_lists_come_in_pages_with_links_that_lead_on(host: LocalHost, anyone: Client, shop: Installed):
    for number in range(4):
        await host.create_repository(shop.account, f"r{number}")
    seen, path = [], "/installation/repositories?per_page=2"
    for _ in range(3):
        _, body, headers = await shop.client("GET", path)
        assert body["total_count"] == 5
        seen += [one["name"] for one in body["repositories"]]
        links = {rel: url for url, rel in (part.split("; ") for part in headers["Link"].split(", "))}
        path = links.get('rel="next"', "").strip("<>")
    assert (seen, path) == (["shop", "r0", "r1", "r2", "r3"], "")
    assert host.violations == []


async def test_every_answer_tells_the_rate_limit(anyone: Client, shop: Installed):
    for path in ("/repos/acme/shop", "/nowhere"):
        _, _, headers = await shop.client("GET", path)
        assert int(headers["X-RateLimit-Remaining"]) > 0
    status, body, _ = await anyone("GET", "/rate_limit")
    assert (status, body["rate"]["limit"]) == (200, 5000)


async def test_what_is_unknown_is_not_found_in_githubs_words(anyone: Client):
    status, body, _ = await anyone.app()("GET", "/nowhere")
    assert (status, body) == (
        404,
        {"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"},
    )


async def test_an_api_version_that_this_host_does_not_speak_is_refused(anyone: Client):
    assert (await anyone("GET", "/meta", None, **{"X-GitHub-Api-Version": "2022-11-28"}))[0] == 200
    assert (await anyone("GET", "/meta", None, **{"X-GitHub-Api-Version": "2030-01-01"}))[0] == 400


async def test_the_requests_that_came_are_listed(host: LocalHost, anyone: Client):
    await anyone("GET", "/meta")
    assert [(it.method, it.path, it.status) for it in host.requests] == [("GET", "/meta", 200)]


async def test_an_enterprise_prefix_is_part_of_every_address(tmp_path, anyone: Client):
    async with local_host(tmp_path / "ghes", prefix="/api/v3") as host:
        anyone.host = host
        assert host.api_url.endswith("/api/v3")
        assert (await anyone("GET", "/meta"))[1]["ssh_keys"] == list(host.ssh_host_keys)
        assert (await anyone("GET", f"{host.web_url}/meta"))[0] == 404
