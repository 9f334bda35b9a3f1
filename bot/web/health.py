"""Is it alive, is it ready: for load balancers and people. No content, no personal data."""

from __future__ import annotations

from aiohttp import web

from bot.model import Table
from bot.services.context import Services


class Health:
    """GET /healthz: the process answers. GET /readyz: the store answers too; 503 where it does not."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def alive(self, _request: web.BaseRequest) -> web.Response:
        return web.json_response({"status": "ok"})

    async def ready(self, _request: web.BaseRequest) -> web.Response:
        try:
            await self._services.records.store.get(Table.CURSOR, "instance")
        except Exception:
            return web.json_response({"status": "store does not answer"}, status=503)
        return web.json_response({"status": "ok", "queue": self._services.queue.depth()})
