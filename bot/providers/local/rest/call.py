"""One REST request on its way through the host: who asks, about which repository, and how answers are written."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.providers.local.state import Installation, Json, Repo, Token
from bot.providers.local.world import World

DOCS = "https://docs.github.com/rest"


class ApiError(Exception):
    """An answer that is not the one asked for, in GitHub's words."""

    def __init__(self, status: int, message: str, *, errors: list[Json] | None = None, docs: str = DOCS) -> None:
        super().__init__(message)
        self.status = status
        self.body: Json = {"message": message}
        if errors is not None:
            self.body["errors"] = errors
        self.body |= {"documentation_url": docs, "status": str(status)}


def not_found(docs: str = DOCS) -> ApiError:
    return ApiError(404, "Not Found", docs=docs)


def invalid(resource: str, field_: str, code: str = "invalid", message: str | None = None) -> ApiError:
    """422 about one field of what was sent."""
    error: Json = {"resource": resource, "field": field_, "code": code}
    if message is not None:
        error["message"] = message
    return ApiError(422, "Validation Failed", errors=[error])


@dataclass(slots=True)
class Call:
    """What a route's handler gets. `who` and `where` are set where the route asks for them;
    `installation` and `repo` are the same, once that is certain."""

    world: World
    request: web.BaseRequest
    params: dict[str, str]
    body: Json
    token: Token | None = None
    who: Installation | None = None
    where: Repo | None = None
    noted: dict[str, str] = field(default_factory=dict)

    @property
    def repo(self) -> Repo:
        assert self.where is not None, "the route names no repository"
        return self.where

    @property
    def installation(self) -> Installation:
        assert self.who is not None, "the route asks for no installation"
        return self.who

    def number(self, name: str) -> int:
        """A number in the path; 404 for anything else, as GitHub does."""
        text = self.params[name]
        if not text.isascii() or not text.isdigit() or len(text) > 18:
            raise not_found()
        return int(text)

    def text(self, name: str) -> str | None:
        """An optional string of the body. Raises 422 for another type."""
        value = self.body.get(name)
        if value is not None and not isinstance(value, str):
            raise ApiError(422, f"Invalid request.\n\nFor '{name}', {json.dumps(value)[:50]} is not a string.")
        return value

    def required(self, resource: str, name: str) -> str:
        value = self.text(name)
        if not value:
            raise invalid(resource, name, "missing_field")
        return value

    def page(self, items: Sequence[Any], key: str | None = None) -> web.Response:
        """One page of a list with its Link header; under `key`, wrapped with the total count."""
        size, page = self._window()
        last = max(-(-len(items) // size), 1)
        part = self.part(items)
        links = {"prev": page - 1, "next": page + 1, "last": last, "first": 1}
        told = [
            rel for rel in links if (rel in ("prev", "first") and page > 1) or (rel in ("next", "last") and page < last)
        ]
        headers = {"Link": ", ".join(f'<{self.address(page=links[rel])}>; rel="{rel}"' for rel in told)} if told else {}
        return answer({"total_count": len(items), key: part} if key else part, headers=headers)

    def part(self, items: Sequence[Any]) -> list[Any]:
        """The items of the page that was asked for."""
        size, page = self._window()
        return list(items[(page - 1) * size : page * size])

    def _window(self) -> tuple[int, int]:
        return min(max(self._count("per_page", 30), 1), 100), max(self._count("page", 1), 1)

    def address(self, **query: object) -> str:
        """This request's own address with other query parameters."""
        changed = self.request.rel_url.update_query({name: str(value) for name, value in query.items()})
        return f"{self.request.url.origin()}{changed}"

    def _count(self, name: str, default: int) -> int:
        text = self.request.query.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def answer(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response(data, status=status, headers=headers)


def nothing() -> web.Response:
    return web.Response(status=204)


@dataclass(frozen=True, slots=True)
class Route:
    """One operation. `path` is spelled as in GitHub's OpenAPI description.

    `auth` "app" wants the app's JWT, "installation" an installation token, None nothing. `needs` are permissions and
    levels of which the token must have one.
    """

    method: str
    path: str
    handle: Callable[[Call], Awaitable[web.Response]]
    needs: tuple[tuple[str, str], ...] = ()
    auth: str | None = "installation"
