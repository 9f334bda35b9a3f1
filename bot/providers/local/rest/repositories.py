"""Repositories, their branches, and what is said about the host itself.

https://docs.github.com/en/rest/repos/repos
"""

from __future__ import annotations

from aiohttp import web

from bot.providers.local.rest.call import Call, Route, answer, not_found
from bot.providers.local.shapes import commits, repositories
from bot.providers.local.state import Json

_METADATA = (("metadata", "read"),)
_CONTENTS = (("contents", "read"),)
_UNPROTECTED: Json = {
    "enabled": False,
    "required_status_checks": {"enforcement_level": "off", "contexts": [], "checks": []},
}


async def repository(call: Call) -> web.Response:
    return answer(repositories.full_repository(call.world.urls, call.repo))


async def branches(call: Call) -> web.Response:
    base = call.world.urls.repo(call.repo)
    found = (await call.repo.git.branches()).items()
    return call.page(
        [
            {"name": name, "commit": {"sha": sha, "url": f"{base}/commits/{sha}"}, "protected": False}
            for name, sha in found
        ]
    )


async def branch(call: Call) -> web.Response:
    name, repo, urls = call.params["branch"], call.repo, call.world.urls
    sha = await repo.git.tip(f"refs/heads/{name}")
    if sha is None:
        raise not_found()
    where = f"{urls.repo(repo)}/branches/{name}"
    body = {
        "name": name,
        "commit": commits.commit(urls, repo, await repo.git.commit(sha)),
        "_links": {"self": where, "html": f"{urls.page(repo)}/tree/{name}"},
        "protected": False,
        "protection": _UNPROTECTED,
        "protection_url": f"{where}/protection",
    }
    return answer(body)


async def meta(call: Call) -> web.Response:
    """The SSH host keys, as GitHub publishes them."""
    body = {
        "verifiable_password_authentication": False,
        "ssh_keys": list(call.world.host_keys),
        "hooks": ["127.0.0.1/32"],
        "web": ["127.0.0.1/32"],
        "api": ["127.0.0.1/32"],
        "git": ["127.0.0.1/32"],
    }
    return answer(body)


async def rate_limit(call: Call) -> web.Response:
    whole = {"limit": 5000, "used": 0, "remaining": 5000, "reset": int(call.world.now()) + 3600}
    return answer({"resources": {"core": whole, "search": whole | {"limit": 30, "remaining": 30}}, "rate": whole})


ROUTES = (
    Route("GET", "/repos/{owner}/{repo}", repository, _METADATA),
    Route("GET", "/repos/{owner}/{repo}/branches", branches, _CONTENTS),
    Route("GET", "/repos/{owner}/{repo}/branches/{branch}", branch, _CONTENTS),
    Route("GET", "/meta", meta, auth=None),
    Route("GET", "/rate_limit", rate_limit, auth=None),
)
