"""What the tests of the local host share: an app with its key, a listener for webhooks, and a plain client."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import os
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import aiohttp
import jwt
import pytest
from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.providers.local.host import LocalHost

APP_ID = 1234567
SECRET = b"a webhook secret"


@cache
def app_key() -> tuple[rsa.RSAPrivateKey, bytes]:
    """(private key, public PEM) of the app."""
    key = rsa.generate_private_key(65537, 2048)
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return key, public


def app_jwt(**claims: object) -> str:
    now = int(time.time())
    return jwt.encode({"iat": now - 60, "exp": now + 540, "iss": str(APP_ID)} | claims, app_key()[0], "RS256")


def public_key() -> str:
    """A new Ed25519 public key line. Its private half never was."""
    blob = b"\x00\x00\x00\x0bssh-ed25519\x00\x00\x00 " + os.urandom(32)
    return f"ssh-ed25519 {base64.b64encode(blob).decode()}"


def oracle(name: str) -> Any:
    """A file of the oracles folder; the test is skipped where there is none."""
    where = os.environ.get("SEALBEAT_ORACLES")
    if not where:
        pytest.skip("SEALBEAT_ORACLES is not set")
    return json.loads((Path(where) / name).read_bytes())


def local_host(root: Path, **settings: Any) -> LocalHost:
    return LocalHost(root, app_id=APP_ID, app_public_key_pem=app_key()[1], webhook_secret=SECRET, **settings)


@dataclass
class Listener:
    """Takes webhooks as an app would, and checks each signature by its own means."""

    url: str = ""
    status: int = 202
    got: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    async def take(self, request: web.BaseRequest) -> web.Response:
        body = await request.read()
        wanted = "sha256=" + hmac.new(SECRET, body, hashlib.sha256).hexdigest()
        assert hmac.compare_digest(request.headers["X-Hub-Signature-256"], wanted)
        self.headers.append(dict(request.headers))
        self.got.append((request.headers["X-GitHub-Event"], json.loads(body)))
        return web.Response(status=self.status)

    def names(self) -> list[str]:
        """What came, as "event.action", and forget it."""
        told = [".".join(filter(None, (event, body.get("action")))) for event, body in self.got]
        self.got.clear()
        return told


@dataclass
class Client:
    """Plain HTTP to the host. Answers are (status, body, headers); redirects are not followed."""

    host: LocalHost
    session: aiohttp.ClientSession
    credentials: str = ""

    async def __call__(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> tuple[int, Any, dict[str, str]]:
        sent = {"Authorization": f"Bearer {self.credentials}"} if self.credentials else {}
        url = path if path.startswith("http") else self.host.api_url + path
        data = None if body is None else io.BytesIO(json.dumps(body).encode())  # aiohttp warns of large bytes
        async with self.session.request(
            method, url, data=data, headers=sent | headers, allow_redirects=False
        ) as response:
            text = await response.text()
            return response.status, json.loads(text) if text else None, dict(response.headers)

    def app(self) -> Client:
        return Client(self.host, self.session, app_jwt())

    async def token(self, installation: int, **body: Any) -> Client:
        """A client with a new installation token."""
        status, told, _ = await self.app()("POST", f"/app/installations/{installation}/access_tokens", body or None)
        assert status == 201, told
        return Client(self.host, self.session, told["token"])
