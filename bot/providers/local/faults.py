"""Trouble on order: the next requests that match are answered wrongly, late or never."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from bot.providers.local.state import Json

Outcome = int | timedelta | Literal["reset", "lost", "hang"]
"""A status to answer with; a delay before the ordinary answer; or "reset": the connection is cut and nothing is done,
"lost": everything is done but the answer never arrives, "hang": no answer until the client leaves."""

_DOCS = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api"
_SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
_HTML = b"<!DOCTYPE html>\n<html>\n<head><title>Unicorn! &middot; GitHub</title></head>\n<body></body>\n</html>\n"


@dataclass(slots=True)
class Fault:
    """One order: which requests, what happens to them, how often still."""

    method: str
    path: re.Pattern[str]
    outcome: Outcome
    times: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | Json | None = None


class Faults:
    """Orders are taken in turn: the first that matches and is not used up applies."""

    def __init__(self) -> None:
        self._orders: list[Fault] = []

    def next(
        self,
        method: str,
        path: str,
        outcome: Outcome,
        *,
        times: int = 1,
        headers: Mapping[str, str] | None = None,
        body: bytes | Json | None = None,
    ) -> Fault:
        """The next `times` requests of that method ("*": any) whose path, without the API's prefix, contains a match
        of the regular expression `path`. A body of bytes is sent as it is, still called JSON.
        Returns the order: its `times` say how often it is still to come."""
        order = Fault(method, re.compile(path), outcome, times, dict(headers or {}), body)
        self._orders.append(order)
        return order

    def secondary_limit(
        self, method: str, path: str, *, status: int = 403, retry_after: int | None = 1, times: int = 1
    ) -> None:
        """GitHub's secondary rate limit: 403 or 429 while requests remain, with or without retry-after."""
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        body = {"message": _SECONDARY, "documentation_url": f"{_DOCS}#about-secondary-rate-limits"}
        self.next(method, path, status, times=times, headers=headers, body=body)

    def rate_limit(self, method: str, path: str, *, reset: float, status: int = 403, times: int = 1) -> None:
        """GitHub's primary rate limit: nothing remains until `reset`, Unix time."""
        headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(reset))}
        body = {"message": "API rate limit exceeded for installation.", "documentation_url": _DOCS}
        self.next(method, path, status, times=times, headers=headers, body=body)

    def unicorn(self, method: str, path: str, *, status: int = 502, times: int = 1) -> None:
        """GitHub's HTML error page, under a JSON content type."""
        self.next(method, path, status, times=times, body=_HTML)

    def clear(self) -> None:
        self._orders.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The order for this request, counted down."""
        for order in self._orders:
            if order.times > 0 and order.method in ("*", method) and order.path.search(path):
                order.times -= 1
                return order
        return None
