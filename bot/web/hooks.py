"""Webhooks: read the raw body once, verify it, make it durable, and only then answer."""

from __future__ import annotations

import structlog
from aiohttp import web

from bot.errors import Forged, Malformed
from bot.services import inbox
from bot.services.context import Services

log = structlog.get_logger()
RETRY_AFTER = {"Retry-After": "30"}


class Hooks:
    """POST /hooks/github.

    202 taken in (or known already), 204 nothing to us, 400 signed but malformed, 401 not signed by the host, 413 too
    large, 503 could not be made durable: the host shows it as failed, and reconciliation asks for it again.
    """

    def __init__(self, services: Services, max_body_bytes: int) -> None:
        self._services = services
        self._max_body_bytes = max_body_bytes

    async def receive(self, request: web.BaseRequest) -> web.Response:
        body = await self._read(request)
        webhooks = self._services.host.webhooks
        try:
            delivery, name = webhooks.verify(request.headers, body)
            event = webhooks.read(name, body)
            if event is None:
                return web.Response(status=204)
            await inbox.take(self._services, delivery, name, event)
        except Forged:
            return web.Response(status=401)
        except Malformed:
            return web.Response(status=400)
        except Exception:
            # Whatever it is, the delivery is not kept, and the host must show it as failed.
            log.exception("a delivery could not be kept")
            return web.Response(status=503, headers=RETRY_AFTER)
        return web.Response(status=202)

    async def _read(self, request: web.BaseRequest) -> bytes:
        """The body as the host signed it. HTTPRequestEntityTooLarge as soon as it is known to be."""
        largest, size = self._max_body_bytes, 0
        if (request.content_length or 0) > largest:
            raise web.HTTPRequestEntityTooLarge(largest)
        parts: list[bytes] = []
        async for part in request.content.iter_any():  # mostly there is one, which is then not copied
            parts.append(part)
            size += len(part)
            if size > largest:
                raise web.HTTPRequestEntityTooLarge(largest)
        return b"".join(parts)
