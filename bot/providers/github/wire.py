"""One exchange with GitHub over HTTP. gidgethub writes the request and reads the pages; what it would believe too
easily is settled here, before it sees an answer.

Closed here: redirects (aiohttp turns a POST answered 301 into a GET), unbounded time and size, answers that are not
JSON, statuses and headers that are not of the documented form, and `Link` headers that name another place.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Mapping
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

import aiohttp
import orjson
from gidgethub.aiohttp import GitHubAPI
from gidgethub.sansio import accept_format

from bot.errors import Retryable
from bot.providers.github.limits import Limits
from bot.providers.github.refusal import Refusal

# https://docs.github.com/en/rest/about-the-rest-api/api-versions: the version that Enterprise Server knows, too.
API_VERSION: Final = "2022-11-28"
REQUESTER: Final = "sealbeat"
LARGEST_ANSWER: Final = 16 * 1024 * 1024
MOST_HOPS: Final = 3
MOST_PAGES: Final = 1000  # of 100 items each

_REDIRECTS: Final = (301, 302, 303, 307, 308)
_NEXT: Final = re.compile(r'<([^>]*)>\s*;[^,]*\brel="?next"?')
# What the rest of the room reads; nothing else of an answer's headers goes further.
_HEADERS: Final = ("retry-after", "date", "x-accepted-github-permissions")
_NUMBERS: Final = ("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset")


class Wire(GitHubAPI):
    """gidgethub for one installation: no cache, and no credentials of its own (each call brings them)."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str, timeout: float, limits: Limits) -> None:
        super().__init__(session, REQUESTER, base_url=base_url)
        self.limits = limits
        self._base = urlsplit(base_url)
        self._timeout = aiohttp.ClientTimeout(total=timeout, connect=min(timeout, 10.0))

    async def manage_rate_limit(self, *, method: str, url: str) -> None:  # noqa: ARG002 - gidgethub's hook
        """gidgethub asks before every request, those for further pages included."""
        self.limits.check()

    async def pages(
        self, path: str, url: Mapping[str, str], *, jwt: str | None = None, oauth_token: str | None = None
    ) -> AsyncGenerator[object, None]:
        """The bodies of a listing's pages. gidgethub's own iterator hands out the keys of an object where it expects a
        list, and follows a page that names itself as the next one for ever."""
        place: str | None = path
        for _ in range(MOST_PAGES):
            if place is None:
                return
            page, place, _status = await self._make_request(
                "GET", place, url, b"", accept_format(), jwt=jwt, oauth_token=oauth_token
            )
            yield page
        raise Retryable("GitHub's list does not end")

    async def _request(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b""
    ) -> tuple[int, Mapping[str, str], bytes]:
        """A 2xx answer whose body is JSON or empty. Raises Refusal (any other status) and Retryable."""
        headers = {**headers, "x-github-api-version": API_VERSION}
        for _ in range(MOST_HOPS + 1):
            status, found, content = await self._exchange(method, url, headers, body)
            if status not in _REDIRECTS:
                return self._deciphered(status, url, found, content)
            url = self._follow(method, url, found)
        raise Retryable("GitHub redirects in circles")

    async def _exchange(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Mapping[str, str], bytes]:
        try:
            async with self._session.request(
                method, url, headers=headers, data=body, allow_redirects=False, timeout=self._timeout
            ) as response:
                return response.status, response.headers, await _bounded(response)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            # The cause is cut off: its text may name the repository.
            raise Retryable(f"no answer from GitHub: {type(error).__name__}") from None

    def _follow(self, method: str, url: str, headers: Mapping[str, str]) -> str:
        """Where a GET goes next: another path of the same API, for the token goes along. Anything else is read anew by
        its id when the job comes back, which is what a moved repository needs."""
        target = self._within_api(url, headers.get("location", ""))
        if method != "GET" or target is None:
            raise Retryable("GitHub says that the repository has moved: it will be read again by its id")
        return target

    def _within_api(self, url: str, location: str) -> str | None:
        """The place that a redirect names, if it is one below our own base URL."""
        try:
            target = urljoin(url, location)
            parts = urlsplit(target)
            same = _origin(parts) == _origin(self._base)
        except ValueError:
            return None
        inside = ".." not in parts.path and parts.path.startswith(self._base.path.rstrip("/") + "/")
        return target if location and same and inside else None

    def _deciphered(
        self, status: int, url: str, found: Mapping[str, str], content: bytes
    ) -> tuple[int, Mapping[str, str], bytes]:
        headers = _headers(found)
        try:
            data = orjson.loads(content) if content else None
            # Written anew: no number and no nesting is left that gidgethub's reader would stumble over.
            plain = orjson.dumps(data) if content else b""
        except (ValueError, orjson.JSONEncodeError):
            data, plain = None, None  # an HTML page of some proxy, whatever its content type claims
        if status not in (200, 201, 202, 204):
            raise _refusal(status, headers, data)
        if plain is None:
            raise Retryable("GitHub's answer is not JSON")
        self.limits.accepted(headers)
        if plain:
            headers["content-type"] = "application/json; charset=utf-8"
        if link := _next_page(url, found.get("link", "")):
            headers["link"] = link
        return status, headers, plain


async def _bounded(response: aiohttp.ClientResponse) -> bytes:
    """The body after decompression, which is where a small answer may become a large one."""
    content = bytearray()
    async for chunk in response.content.iter_chunked(64 * 1024):
        content += chunk
        if len(content) > LARGEST_ANSWER:
            raise Retryable("GitHub's answer is larger than any that we asked for")
    return bytes(content)


def _origin(parts: SplitResult) -> tuple[str, str | None, str | None, int | None]:
    return parts.scheme, parts.username, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _headers(found: Mapping[str, str]) -> dict[str, str]:
    headers = {name: found[name] for name in _HEADERS if name in found}
    numbers = {name: found[name] for name in _NUMBERS if re.fullmatch(r"[0-9]{1,12}", found.get(name, ""), re.ASCII)}
    return headers | numbers


def _refusal(status: int, headers: dict[str, str], data: object) -> Refusal:
    told = data if isinstance(data, dict) else {}
    message, errors = told.get("message"), told.get("errors")
    details = []
    for error in errors if isinstance(errors, list) else [errors]:
        if isinstance(error, str):
            details.append({"message": error})
        elif isinstance(error, dict):
            details.append({key: value for key, value in error.items() if isinstance(value, str)})
    return Refusal(status, headers, message if isinstance(message, str) else "", tuple(details))


def _next_page(url: str, link: str) -> str | None:
    """A `Link` header of ours: of GitHub's, only the query of the next page is taken. The place stays the one that was
    asked, so no answer can send the token elsewhere, and a server behind another name still pages."""
    match = _NEXT.search(link)
    if match is None:
        return None
    query = match[1].partition("?")[2].partition("#")[0]
    safe = re.fullmatch(r"[A-Za-z0-9._~%&=+:,-]{1,2000}", query, re.ASCII)
    return f'<{url.partition("?")[0]}?{query}>; rel="next"' if safe else None
