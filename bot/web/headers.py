"""What every answer carries, also a refusal. Sources: OWASP ASVS 5.0 3.4, RFC 9116."""

from __future__ import annotations

from aiohttp import web
from multidict import istr

# istr: the names are folded once, not with each answer.
HEADERS = {
    istr("Strict-Transport-Security"): "max-age=31536000; includeSubDomains",
    istr("Content-Security-Policy"): "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    istr("X-Content-Type-Options"): "nosniff",
    istr("Referrer-Policy"): "no-referrer",
    istr("Cross-Origin-Resource-Policy"): "same-origin",
    istr("Cross-Origin-Opener-Policy"): "same-origin",
    istr("Cache-Control"): "no-store",
    istr("Server"): "sealbeat",  # no version: it helps only those who look for an old one
}


def add_headers(response: web.StreamResponse) -> None:
    """Before the response is sent."""
    response.headers.update(HEADERS)
