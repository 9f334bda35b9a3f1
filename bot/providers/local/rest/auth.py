"""Who asks: the app by its JWT, or an installation by its token.

https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app
"""

from __future__ import annotations

import secrets
from typing import Any

import jwt
from jwt.types import Options

from bot.providers.local.rest.call import ApiError, Call, not_found
from bot.providers.local.state import Installation, Repo, Token
from bot.providers.local.world import World

TOKEN_LIFE = 3600.0
_JWT_LIFE = 600
_UNREADABLE = "A JSON web token could not be decoded"
_FORBIDDEN = "Resource not accessible by integration"
_LEVELS = {"none": 0, "read": 1, "write": 2, "admin": 3}


def _bearer(call: Call) -> str | None:
    scheme, _, value = call.request.headers.get("Authorization", "").partition(" ")
    return value.strip() if scheme.lower() in ("bearer", "token") and value.strip() else None


def app(call: Call) -> None:
    """The caller is the app. Raises 401 with GitHub's reasons."""
    token = _bearer(call)
    if token is None:
        raise ApiError(401, _UNREADABLE)
    claims = _claims(call.world, token)
    issued, expires, now = claims.get("iat"), claims.get("exp"), call.world.now()
    if not isinstance(issued, int) or issued > now + 5:
        raise ApiError(
            401, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
        )
    if not isinstance(expires, int) or expires <= now:
        raise ApiError(401, "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires")  # fmt: skip  # noqa: E501 - GitHub's sentence
    if expires > now + _JWT_LIFE:
        raise ApiError(401, "'Expiration time' claim ('exp') is too far in the future")


def _claims(world: World, token: str) -> dict[str, Any]:
    # The times are judged by the host's own clock, which a test may own.
    unchecked: Options = {"verify_exp": False, "verify_iat": False, "verify_aud": False}
    try:
        claims = jwt.decode(token, world.app.public_key_pem, algorithms=["RS256"], options=unchecked)
    except jwt.InvalidTokenError:
        raise ApiError(401, _UNREADABLE) from None
    if claims.get("iss") not in (str(world.app.id), world.app.client_id):
        raise ApiError(401, "'Issuer' claim ('iss') must be an Integer")
    return claims


def mint(world: World, it: Installation, permissions: dict[str, str], repositories: frozenset[int] | None) -> Token:
    """A stateless token: long, and of no documented length."""
    value = f"ghs_{world.app.id}_{'.'.join(secrets.token_urlsafe(size) for size in (27, 180, 64))}"
    token = Token(value, it, permissions, repositories, world.now() + TOKEN_LIFE)
    world.tokens[value] = token
    return token


def installation(call: Call) -> None:
    """The caller is an installation: sets it and its token. Raises 401 or 403."""
    value = _bearer(call)
    if value is None:
        raise ApiError(401, "Requires authentication")
    token = call.world.tokens.get(value)
    if token is None or token.expires <= call.world.now() or token.installation.id not in call.world.installations:
        raise ApiError(401, "Bad credentials")
    if token.installation.suspended:
        raise ApiError(403, "This installation has been suspended")
    call.token, call.who = token, token.installation


def permit(call: Call, needs: tuple[tuple[str, str], ...]) -> None:
    """The token may see the repository (404 if not) and has one of these permissions there (403 if not)."""
    assert call.token is not None
    reached = _reaches(call.token, call.where)
    if not reached and call.where is not None and call.where.private:
        raise not_found()
    if not needs:
        return
    call.noted["X-Accepted-GitHub-Permissions"] = "; ".join(f"{name}={level}" for name, level in needs)
    granted = call.token.permissions if reached else {}
    if not any(_LEVELS[_level(granted, name)] >= _LEVELS[level] for name, level in needs):
        raise ApiError(403, _FORBIDDEN)


def _reaches(token: Token, repo: Repo | None) -> bool:
    if repo is None:
        return True
    return token.installation.covers(repo) and (token.repositories is None or repo.id in token.repositories)


def _level(granted: dict[str, str], name: str) -> str:
    """Metadata is for everybody who sees the repository."""
    return granted.get(name, "read" if name == "metadata" else "none")
