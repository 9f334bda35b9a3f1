"""The app's own calls, by JWT: its registration, its installations and their tokens.

https://docs.github.com/en/rest/apps/apps
"""

from __future__ import annotations

from aiohttp import web

from bot.providers.local.actions import installing
from bot.providers.local.rest import auth
from bot.providers.local.rest.call import ApiError, Call, Route, answer, not_found, nothing
from bot.providers.local.shapes import accounts, repositories
from bot.providers.local.state import Installation, Json, iso

_LEVELS = ("read", "write", "admin")


async def registration(call: Call) -> web.Response:
    return answer(accounts.app(call.world.urls, call.world.app))


async def installations(call: Call) -> web.Response:
    return call.page([_shape(call, it) for it in call.world.installations.values()])


async def installation(call: Call) -> web.Response:
    return answer(_shape(call, _named(call)))


async def of_repository(call: Call) -> web.Response:
    it = call.world.covering(call.repo)
    if it is None:
        raise not_found()
    return answer(_shape(call, it))


async def uninstall(call: Call) -> web.Response:
    """The app removes itself. installation.deleted follows."""
    it = _named(call)
    told = installing.end(call.world, it)
    call.world.outbox.later("installation", told)
    return nothing()


async def mint(call: Call) -> web.Response:
    """A token, at most as wide as the installation."""
    it = _named(call)
    if it.suspended:
        raise ApiError(403, "This installation has been suspended")
    scope = _scope(call, it)
    permissions = _permissions(call, it)
    token = auth.mint(call.world, it, permissions, scope)
    body: Json = {
        "token": token.value,
        "expires_at": iso(token.expires),
        "permissions": permissions,
        "repository_selection": "selected" if scope is not None else accounts.selection(it),
    }
    if scope is not None:
        chosen = [repo for repo in call.world.repos_of(it) if repo.id in scope]
        body["repositories"] = [repositories.repository(call.world.urls, repo) for repo in chosen]
    return answer(body, 201)


def _scope(call: Call, it: Installation) -> frozenset[int] | None:
    ids, names = call.body.get("repository_ids"), call.body.get("repositories")
    if ids is None and names is None:
        return None
    if not _are(ids or [], int) or not _are(names or [], str):
        raise ApiError(422, "Invalid request.\n\nRepositories are lists of names or of ids.")
    covered = call.world.repos_of(it)
    by_name = {repo.name.lower(): repo.id for repo in covered}
    wanted = {*(ids or ()), *(by_name.get(str(name).lower(), 0) for name in names or ())}
    if not wanted or len(wanted) > 500 or not wanted <= {repo.id for repo in covered}:
        raise ApiError(422, "There is at least one repository that does not exist or is not accessible to the parent installation.")  # fmt: skip  # noqa: E501 - GitHub's sentence
    return frozenset(wanted)


def _are(them: object, kind: type) -> bool:
    return isinstance(them, list) and all(isinstance(one, kind) for one in them)


def _permissions(call: Call, it: Installation) -> dict[str, str]:
    asked = call.body.get("permissions")
    if asked is None:
        return dict(it.permissions)
    if not isinstance(asked, dict):
        raise ApiError(422, "Invalid request.\n\nPermissions are an object.")
    for name, level in asked.items():
        granted = it.permissions.get(name, "read" if name == "metadata" else None)
        if granted is None or level not in _LEVELS or _LEVELS.index(level) > _LEVELS.index(granted):
            raise ApiError(422, "The permissions requested are not granted to this installation.")
    return {**asked, "metadata": "read"}


async def revoke(call: Call) -> web.Response:
    assert call.token is not None
    del call.world.tokens[call.token.value]
    return nothing()


async def covered(call: Call) -> web.Response:
    """What the token reaches."""
    assert call.token is not None
    scope, world = call.token.repositories, call.world
    repos = [repo for repo in world.repos_of(call.installation) if scope is None or repo.id in scope]
    return call.page([repositories.repository(world.urls, repo) for repo in repos], "repositories")


def _named(call: Call) -> Installation:
    it = call.world.installations.get(call.number("installation_id"))
    if it is None:
        raise not_found()
    return it


def _shape(call: Call, it: Installation) -> Json:
    return accounts.installation(call.world.urls, call.world.app, it)


ROUTES = (
    Route("GET", "/app", registration, auth="app"),
    Route("GET", "/app/installations", installations, auth="app"),
    Route("GET", "/app/installations/{installation_id}", installation, auth="app"),
    Route("DELETE", "/app/installations/{installation_id}", uninstall, auth="app"),
    Route("POST", "/app/installations/{installation_id}/access_tokens", mint, auth="app"),
    Route("GET", "/repos/{owner}/{repo}/installation", of_repository, auth="app"),
    Route("GET", "/installation/repositories", covered),
    Route("DELETE", "/installation/token", revoke),
)
