"""Webhooks: read the raw body once, verify it, make it durable, and only then answer."""

from __future__ import annotations

import structlog
from aiohttp import web

from bot.errors import Forged, Malformed, SealbeatError
from bot.services import inbox
from bot.services.context import Services

log = structlog.get_logger()
RETRY_AFTER = {"Retry-After": "30"}


class Hooks:
    """POST /hooks/github.

    202 taken in (or known already), 204 nothing to us, 400 signed but malformed, 401 not signed by the host, 413 too
    large, 503 could not be made durable: the host shows it as failed, and reconciliation asks for it again.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    async def receive(self, request: web.Request) -> web.Response:
        body = await request.read()
        webhooks = self._services.host.webhooks
        try:
            delivery, name = webhooks.verify(request.headers, body)
            event = webhooks.read(name, body)
        except Forged:
            return web.Response(status=401)
        except Malformed:
            return web.Response(status=400)
        if event is None:
            return web.Response(status=204)
        try:
            await inbox.take(self._services, delivery, name, event)
        except (SealbeatError, OSError) as error:
            log.error("a delivery could not be kept", delivery=delivery, event_name=name, reason=type(error).__name__)
            return web.Response(status=503, headers=RETRY_AFTER)
        return web.Response(status=202)
