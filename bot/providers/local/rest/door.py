"""The door of the REST face: finds the route, judges who asks, orders trouble, and notes every request.

Answers are GitHub's also where nothing is found: https://docs.github.com/en/rest
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from bot.providers.local.contract import Contract, Exchange
from bot.providers.local.faults import Fault, Faults
from bot.providers.local.rest import auth
from bot.providers.local.rest.call import ApiError, Call, Route, answer, not_found
from bot.providers.local.state import Json, Repo
from bot.providers.local.world import World

_REPO = "/repos/{owner}/{repo}"
_BY_ID = "/repositories/{repository_id}"
_MANY = frozenset({"ref", "branch", "basehead", "commit_sha"})  # path parameters that may hold slashes
_LIMIT = 5000
_VERSION = "2022-11-28"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that came in: its path is without the API's prefix and query."""

    method: str
    path: str
    status: int | str


class Door:
    """Takes every request. `asked` lists them, oldest first."""

    def __init__(
        self, world: World, faults: Faults, contract: Contract | None, routes: Sequence[Route], prefix: str
    ) -> None:
        self.asked: list[Asked] = []
        self._world = world
        self._faults = faults
        self._contract = contract
        self._prefix = prefix
        self._used = 0
        self._closed = False
        self._table = [(_pattern(path), path, route) for route in routes for path in _spellings(route.path)]

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        """aiohttp's low-level server calls this."""
        path = request.rel_url.path
        inside = path.startswith(self._prefix + "/")
        short = path.removeprefix(self._prefix)
        fault = self._faults.take(request.method, short)
        try:
            status, response = await self._answer(request, short if inside else "/", fault)
        except asyncio.CancelledError:
            self.asked.append(Asked(request.method, short, "gone"))
            raise
        self.asked.append(Asked(request.method, short, status))
        return response

    def close(self) -> None:
        """Let go of the requests that hang."""
        self._closed = True

    async def _answer(
        self, request: web.BaseRequest, path: str, fault: Fault | None
    ) -> tuple[int | str, web.StreamResponse]:
        if fault is not None and not isinstance(fault.outcome, timedelta) and fault.outcome != "lost":
            return await self._trouble(request, fault)
        if fault is not None and isinstance(fault.outcome, timedelta):
            await asyncio.sleep(fault.outcome.total_seconds())
        response = await self._serve(request, path)
        if fault is not None and fault.outcome == "lost":
            _cut(request)
            return "lost", web.Response(status=500)
        return response.status, response

    async def _trouble(self, request: web.BaseRequest, fault: Fault) -> tuple[int | str, web.StreamResponse]:
        if fault.outcome == "hang":
            # aiohttp tells of a lost client in no other way
            while request.transport is not None and not self._closed:  # noqa: ASYNC110 - see above
                await asyncio.sleep(0.05)
            _cut(request)
            return "hang", web.Response(status=500)
        if fault.outcome == "reset":
            _cut(request)
            return "reset", web.Response(status=500)
        assert isinstance(fault.outcome, int)
        headers = self._headers() | fault.headers
        body = fault.body if fault.body is not None else {"message": "Server Error", "status": str(fault.outcome)}
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        response = web.Response(status=fault.outcome, body=raw, headers=headers, content_type="application/json")
        return fault.outcome, response

    async def _serve(self, request: web.BaseRequest, path: str) -> web.Response:
        raw = await request.content.read()  # not request.read(), which stops at 1 MiB; GitHub takes more
        spelled, route, params = self._find(request.method, path)
        call = Call(self._world, request, params, {})
        try:
            response = await self._handle(call, route, raw)
        except ApiError as error:
            response = answer(error.body, error.status)
        response.headers.update(self._headers() | call.noted)
        if self._contract is not None:
            sent = bytes(response.body) if isinstance(response.body, bytes) else b""
            query = request.rel_url.query
            said = Exchange(request.method, spelled, query, raw, response.status, response.headers, sent)
            self._contract.check(said)
        return response

    async def _handle(self, call: Call, route: Route | None, raw: bytes) -> web.Response:
        if not call.request.headers.get("User-Agent"):
            raise ApiError(403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header.")  # fmt: skip  # noqa: E501 - GitHub's sentence
        if call.request.headers.get("X-GitHub-Api-Version", _VERSION) != _VERSION:
            raise ApiError(400, "The API version you specified is not supported")
        if route is None:
            raise not_found()
        if route.auth == "app":
            auth.app(call)
        elif route.auth == "installation":
            auth.installation(call)
        if route.path.startswith(_REPO):
            call.where, moved = self._repo(call.params)
            if moved:
                auth.permit(call, ())
                return self._moved(call, call.repo)
        if route.auth == "installation":
            auth.permit(call, route.needs)
        call.body = _body(raw)
        return await route.handle(call)

    def _find(self, method: str, path: str) -> tuple[str | None, Route | None, dict[str, str]]:
        for pattern, spelled, route in self._table:
            if route.method == method and (match := pattern.fullmatch(path)):
                return spelled, route, match.groupdict()
        return None, None, {}

    def _repo(self, params: dict[str, str]) -> tuple[Repo, bool]:
        """The repository of the path, and whether it was called by an earlier name."""
        if "repository_id" in params:
            id = params["repository_id"]
            repo = self._world.repos.get(int(id)) if id.isascii() and id.isdigit() and len(id) < 19 else None
            if repo is None or repo.deleted:
                raise not_found()
            return repo, False
        repo = self._world.named(params["owner"], params["repo"])
        if repo is None:
            raise not_found()
        return repo, repo.full_name.lower() != f"{params['owner']}/{params['repo']}".lower()

    def _moved(self, call: Call, repo: Repo) -> web.Response:
        """Renamed or transferred: 301 for reads, 307 for writes, to the address by id."""
        old = f"/repos/{call.params['owner']}/{call.params['repo']}"
        tail = str(call.request.rel_url).partition(old)[2]
        where = f"{self._world.urls.api}/repositories/{repo.id}{tail}"
        status, message = (301, "Moved Permanently") if call.request.method == "GET" else (307, "Temporary Redirect")
        body = {"message": message, "url": where, "documentation_url": "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects"}  # fmt: skip  # noqa: E501 - GitHub's address
        return answer(body, status, {"Location": where})

    def _headers(self) -> dict[str, str]:
        self._used += 1
        return {
            "Server": "github.com",
            "X-GitHub-Media-Type": "github.v3; format=json",
            "X-GitHub-Request-Id": secrets.token_hex(8).upper(),
            "X-RateLimit-Limit": str(_LIMIT),
            "X-RateLimit-Remaining": str(max(_LIMIT - self._used % _LIMIT, 1)),
            "X-RateLimit-Reset": str(int(self._world.now()) + 3600),
            "X-RateLimit-Used": str(self._used % _LIMIT),
            "X-RateLimit-Resource": "core",
        }


def _spellings(path: str) -> list[str]:
    """Every address of a repository also exists by its id: GitHub redirects there after a rename."""
    return [path, _BY_ID + path.removeprefix(_REPO)] if path.startswith(_REPO) else [path]


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", path)
    named = [
        re.escape(part) if i % 2 == 0 else f"(?P<{part}>{'.+' if part in _MANY else '[^/]+'})"
        for i, part in enumerate(parts)
    ]
    return re.compile("".join(named))


def _body(raw: bytes) -> Json:
    if not raw:
        return {}
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        raise ApiError(400, "Problems parsing JSON") from None
    if not isinstance(body, dict):
        raise ApiError(400, "Body should be a JSON object")
    return body


def _cut(request: web.BaseRequest) -> None:
    if request.transport is not None:
        request.transport.abort()
