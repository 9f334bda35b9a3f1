"""Deliveries at the door: whose they are, and what they tell. Pure: no await, no clock, no client.

https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from typing import Final

from bot.errors import Forged, Malformed
from bot.events import Event
from bot.model import InstallationId, Secret
from bot.providers.github.events import READERS
from bot.providers.github.fields import Fields
from bot.providers.github.payloads import decode

_SIGNATURE: Final = re.compile(r"sha256=([0-9a-f]{64})", re.ASCII)
_DELIVERY: Final = re.compile(r"[A-Za-z0-9-]{1,64}", re.ASCII)
_NAME: Final = re.compile(r"[a-z_]{1,64}", re.ASCII)
_HEADERS: Final = frozenset({"x-hub-signature-256", "x-github-delivery", "x-github-event"})


class Webhooks:
    """Implements bot.ports.Webhooks for one app."""

    def __init__(self, app_id: str, secrets: tuple[Secret, ...]) -> None:
        self._app_id = app_id
        self._secrets = secrets

    def verify(self, headers: Mapping[str, str], body: bytes) -> tuple[str, str]:
        """The signature is judged before anything else is looked at: a stranger learns nothing but "no"."""
        given = _wanted(headers)
        self._check_signature(given.get("x-hub-signature-256"), body)
        delivery, name = given.get("x-github-delivery"), given.get("x-github-event")
        if delivery is None or not _DELIVERY.fullmatch(delivery):
            raise Malformed("X-GitHub-Delivery: expected one delivery id")
        if name is None or not _NAME.fullmatch(name):
            raise Malformed("X-GitHub-Event: expected one event name")
        return delivery, name

    def read(self, name: str, body: bytes) -> Event | None:
        reader = READERS.get(name)
        if reader is None:
            return None
        delivery = Fields(decode(body), Malformed)
        installation = delivery.maybe("installation")
        if installation is None:  # a hook of a repository or organisation: nobody installed the app there
            return None
        return reader(delivery, InstallationId(installation.id("id")), self._app_id)

    def _check_signature(self, signature: str | None, body: bytes) -> None:
        match = _SIGNATURE.fullmatch(signature or "")
        if match is None:
            raise Forged("no SHA-256 signature of the documented form")
        given = bytes.fromhex(match[1])
        # Every secret is tried, so that the time taken does not tell which one fitted.
        fits = [hmac.compare_digest(hmac.digest(secret.reveal(), body, "sha256"), given) for secret in self._secrets]
        if not any(fits):
            raise Forged("the signature does not fit the body")


def _wanted(headers: Mapping[str, str]) -> dict[str, str | None]:
    """Our headers, by name in lower case; None where one comes twice, which says nothing."""
    found: dict[str, str | None] = {}
    for key, value in headers.items():
        name = key.lower()
        if name in _HEADERS:
            found[name] = None if name in found else value
    return found
