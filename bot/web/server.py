"""The HTTP server: routes, limits and headers."""

from __future__ import annotations

import ssl
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from aiohttp import hdrs, web

from bot.log import get_logger
from bot.services.context import Services
from bot.web.headers import add_headers
from bot.web.health import Health
from bot.web.hooks import Hooks

Handler = Callable[[web.BaseRequest], Awaitable[web.Response]]

log = get_logger()


def web_server(services: Services, *, max_body_bytes: int) -> web.Server:
    """Every route there is. Made inside the running loop."""
    hooks, health = Hooks(services, max_body_bytes), Health(services)
    edge = Edge(
        {
            "/hooks/github": {hdrs.METH_POST: hooks.receive},
            "/healthz": {hdrs.METH_GET: health.alive, hdrs.METH_HEAD: health.alive},
            "/readyz": {hdrs.METH_GET: health.ready, hdrs.METH_HEAD: health.ready},
        }
    )
    return web.Server(edge.answer, access_log=None)


class Edge:
    """Fixed paths need a table and no more: aiohttp's Application would cost a delivery as much as its parsing."""

    def __init__(self, routes: Mapping[str, Mapping[str, Handler]]) -> None:
        self._routes = routes

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """The handler's answer; 404, 405, 417 where there is none for the request, 500 where it fails."""
        try:
            handler = self._handler(request)
            if hdrs.EXPECT in request.headers:
                await _go_on(request)
            response = await handler(request)
        except web.HTTPException as refusal:
            add_headers(refusal)
            raise
        except ConnectionError:
            raise  # nobody is there to be answered
        except Exception:
            log.exception("a request failed")
            response = web.Response(status=500)
            response.force_close()
        add_headers(response)
        return response

    def _handler(self, request: web.BaseRequest) -> Handler:
        methods = self._routes.get(request.path)
        if methods is None:
            raise web.HTTPNotFound
        handler = methods.get(request.method)
        if handler is None:
            raise web.HTTPMethodNotAllowed(request.method, methods)
        return handler


async def _go_on(request: web.BaseRequest) -> None:
    """RFC 9110, 10.1.1: who asks first whether to send its body is told to."""
    if request.headers[hdrs.EXPECT].lower() != "100-continue":
        raise web.HTTPExpectationFailed
    if request.version >= (1, 1):
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request.writer.output_size = 0  # the answer itself has not begun


def tls_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """TLS 1.2 and 1.3 only, forward secrecy only."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20")
    context.load_cert_chain(certificate, key)
    return context
