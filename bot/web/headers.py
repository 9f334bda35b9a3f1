"""What every answer carries, also a refusal. Sources: OWASP ASVS 5.0 3.4, RFC 9116."""

from __future__ import annotations

from aiohttp import web

HEADERS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Server": "sealbeat",  # no version: it helps only those who look for an old one
}


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """A signal handler of aiohttp's on_response_prepare."""
    response.headers.update(HEADERS)
