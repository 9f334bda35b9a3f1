"""Webhooks out: signed, logged, given up after ten seconds and never sent again unless asked, as GitHub does.

https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import aiohttp

from bot.providers.local.state import Ids, Json

PATIENCE = 10.0
"""Seconds until GitHub gives a delivery up."""


@dataclass(eq=False, slots=True)
class Delivery:
    """One attempt to hand over one event. Attempts of the same event share their `guid`."""

    id: int
    guid: str
    event: str
    action: str | None
    installation_id: int | None
    repository_id: int | None
    body: bytes = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    delivered: float = 0.0
    duration: float = 0.0
    redelivery: bool = False
    status: str = "pending"
    status_code: int = 0
    answer: str = field(default="", repr=False)
    answer_headers: dict[str, str] = field(default_factory=dict, repr=False)


class Outbox:
    """Sends deliveries to one URL and remembers every attempt, oldest first."""

    def __init__(self, app_id: int, url: str | None, secret: bytes, ids: Ids, now: Callable[[], float]) -> None:
        self.url = url
        self.lose = False
        self.patience = PATIENCE
        self.log: list[Delivery] = []
        self.hook_id = ids.new("hook")
        self._app_id = app_id
        self._secret = secret
        self._ids = ids
        self._now = now
        self._session: aiohttp.ClientSession | None = None
        self._later: asyncio.Queue[Delivery] = asyncio.Queue()
        self._worker: asyncio.Task[None] | None = None

    async def start(self) -> None:
        timeout = aiohttp.ClientTimeout(total=None)
        self._session = aiohttp.ClientSession(timeout=timeout, auto_decompress=False, trust_env=False)
        self._worker = asyncio.create_task(self._drain())

    async def stop(self) -> None:
        if self._worker is not None:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def send(self, event: str, payload: Json) -> Delivery:
        """Make a delivery and return when it was answered, lost or given up."""
        delivery = self._make(event, payload)
        await self._attempt(delivery)
        return delivery

    def later(self, event: str, payload: Json) -> None:
        """Make a delivery that goes out by itself, so that a REST answer need not wait; in order with its like."""
        self._later.put_nowait(self._make(event, payload))

    async def settled(self) -> None:
        """Return when nothing waits to be sent any more."""
        await self._later.join()

    async def repeat(self, delivery: Delivery) -> Delivery:
        """One more attempt of an event: a new id, the same guid, the same bytes."""
        again = self._copy(delivery)
        await self._attempt(again)
        return again

    def repeat_later(self, delivery: Delivery) -> None:
        self._later.put_nowait(self._copy(delivery))

    def _make(self, event: str, payload: Json) -> Delivery:
        body = json.dumps(payload, separators=(",", ":")).encode()
        guid = str(uuid.uuid4())
        return Delivery(
            id=self._ids.new("delivery"),
            guid=guid,
            event=event,
            action=payload.get("action"),
            installation_id=(payload.get("installation") or {}).get("id"),
            repository_id=(payload.get("repository") or {}).get("id"),
            body=body,
            headers=self._headers(event, guid, body),
        )

    def _copy(self, delivery: Delivery) -> Delivery:
        return Delivery(
            id=self._ids.new("delivery"),
            guid=delivery.guid,
            event=delivery.event,
            action=delivery.action,
            installation_id=delivery.installation_id,
            repository_id=delivery.repository_id,
            body=delivery.body,
            headers=delivery.headers,
            redelivery=True,
        )

    def _headers(self, event: str, guid: str, body: bytes) -> dict[str, str]:
        return {
            "Accept": "*/*",
            "Content-Type": "application/json",
            "User-Agent": "GitHub-Hookshot/044aadd",
            "X-GitHub-Delivery": guid,
            "X-GitHub-Event": event,
            "X-GitHub-Hook-ID": str(self.hook_id),
            "X-GitHub-Hook-Installation-Target-ID": str(self._app_id),
            "X-GitHub-Hook-Installation-Target-Type": "integration",
            "X-Hub-Signature": "sha1=" + hmac.new(self._secret, body, hashlib.sha1).hexdigest(),
            "X-Hub-Signature-256": "sha256=" + hmac.new(self._secret, body, hashlib.sha256).hexdigest(),
        }

    async def _drain(self) -> None:
        while True:
            delivery = await self._later.get()
            try:
                await self._attempt(delivery)
            finally:
                self._later.task_done()

    async def _attempt(self, delivery: Delivery) -> None:
        self.log.append(delivery)
        delivery.delivered = self._now()
        begun = time.monotonic()
        try:
            if self.lose or self.url is None:
                delivery.status = "failed to connect to host"
                return
            async with asyncio.timeout(self.patience):
                await self._post(delivery, self.url)
        except TimeoutError:
            delivery.status = "timed out"
        except (aiohttp.ClientError, OSError):
            delivery.status = "failed to connect to host"
        finally:
            delivery.duration = round(time.monotonic() - begun, 2)

    async def _post(self, delivery: Delivery, url: str) -> None:
        assert self._session is not None, "the host is not started"
        async with self._session.post(
            url, data=io.BytesIO(delivery.body), headers=delivery.headers, allow_redirects=False
        ) as response:
            delivery.answer = (await response.content.read(64 * 1024)).decode("utf-8", "replace")
            delivery.answer_headers = dict(response.headers)
            delivery.status_code = response.status
            delivery.status = "OK" if response.status < 300 else f"Invalid HTTP Response: {response.status}"
