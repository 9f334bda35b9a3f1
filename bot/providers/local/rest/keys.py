"""Deploy keys: immutable, unique across the host, and subject to the organisation's policy.

https://docs.github.com/en/rest/deploy-keys/deploy-keys
"""

from __future__ import annotations

import base64
import binascii

from aiohttp import web

from bot.providers.local import announce
from bot.providers.local.rest.call import ApiError, Call, Route, answer, not_found, nothing
from bot.providers.local.shapes import repositories
from bot.providers.local.state import Json, Key

_READ = (("administration", "read"),)
_WRITE = (("administration", "write"),)
_DOCS = "https://docs.github.com/rest/deploy-keys/deploy-keys#create-a-deploy-key"
_KINDS = ("ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521")


async def listed(call: Call) -> web.Response:
    return call.page([repositories.key(call.world.urls, it) for it in call.world.keys_of(call.repo)])


async def create(call: Call) -> web.Response:
    """read_only is false where it is left out, so that nobody relies on an undocumented default."""
    line, repo = call.text("key"), call.repo
    if not line or not _is_key(line):
        raise _refused({"resource": "PublicKey", "code": "custom", "field": "key", "message": "key is invalid. You must supply a key in OpenSSH public key format"})  # fmt: skip  # noqa: E501 - GitHub's sentence
    if repo.archived:
        raise ApiError(403, "Repository was archived so is read-only.")
    if repo.owner.deploy_keys_forbidden:
        raise _refused(
            {"resource": "PublicKey", "code": "custom", "message": "Deploy keys are disabled for this repository"}
        )
    if call.world.key_of(line):
        raise _refused({"resource": "PublicKey", "code": "custom", "field": "key", "message": "key is already in use"})
    it = Key(
        id=call.world.ids.new("key"),
        repo=repo,
        line=" ".join(line.split()[:2]),  # GitHub drops the comment
        title=call.text("title") or line.partition(" ")[2].partition(" ")[2],
        read_only=bool(call.body.get("read_only", False)),
        added_by=call.world.app.bot.login,
        created=call.world.now(),
    )
    call.world.keys[it.id] = it
    _tell(call, "created", it)
    return answer(repositories.key(call.world.urls, it), 201)


async def one(call: Call) -> web.Response:
    return answer(repositories.key(call.world.urls, _named(call)))


async def delete(call: Call) -> web.Response:
    it = _named(call)
    if call.repo.archived:
        raise ApiError(403, "Repository was archived so is read-only.")
    del call.world.keys[it.id]
    _tell(call, "deleted", it)
    return nothing()


def _named(call: Call) -> Key:
    it = call.world.keys.get(call.number("key_id"))
    if it is None or it.repo is not call.repo:
        raise not_found()
    return it


def _refused(error: Json) -> ApiError:
    return ApiError(422, "Validation Failed", errors=[error], docs=_DOCS)


def _tell(call: Call, action: str, it: Key) -> None:
    if told := announce.wanted(call.world, "deploy_key", call.repo):
        rest = announce.common(call.world, call.repo, told, call.world.app.bot)
        call.world.outbox.later("deploy_key", announce.key_payload(call.world, it, action) | rest)


def _is_key(line: str) -> bool:
    kind, _, rest = line.strip().partition(" ")
    if kind not in _KINDS or "\n" in line.strip():
        return False
    try:
        blob = base64.b64decode(rest.split(" ")[0], validate=True)
    except binascii.Error:
        return False
    return blob[4 : 4 + len(kind)] == kind.encode()


ROUTES = (
    Route("GET", "/repos/{owner}/{repo}/keys", listed, _READ),
    Route("POST", "/repos/{owner}/{repo}/keys", create, _WRITE),
    Route("GET", "/repos/{owner}/{repo}/keys/{key_id}", one, _READ),
    Route("DELETE", "/repos/{owner}/{repo}/keys/{key_id}", delete, _WRITE),
)
