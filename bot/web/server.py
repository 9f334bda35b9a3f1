"""The HTTP application: routes, limits and headers."""

from __future__ import annotations

import ssl
from pathlib import Path

from aiohttp import web

from bot.services.context import Services
from bot.web.headers import add_headers
from bot.web.health import Health
from bot.web.hooks import Hooks


def application(services: Services, *, max_body_bytes: int) -> web.Application:
    """Every route there is."""
    hooks, health = Hooks(services), Health(services)
    app = web.Application(client_max_size=max_body_bytes)
    app.on_response_prepare.append(add_headers)
    app.router.add_post("/hooks/github", hooks.receive)
    app.router.add_get("/healthz", health.alive)
    app.router.add_get("/readyz", health.ready)
    return app


def tls_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """TLS 1.2 and 1.3 only, forward secrecy only."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20")
    context.load_cert_chain(certificate, key)
    return context
