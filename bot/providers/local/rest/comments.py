"""Comments in the conversation of a pull request, which GitHub keeps among those of issues.

https://docs.github.com/en/rest/issues/comments
"""

from __future__ import annotations

from aiohttp import web

from bot.providers.local.rest.call import ApiError, Call, Route, answer, invalid, not_found, nothing
from bot.providers.local.shapes import work
from bot.providers.local.state import Comment

_READ = (("issues", "read"), ("pull_requests", "read"))
_WRITE = (("issues", "write"), ("pull_requests", "write"))
_LONGEST = 65536


async def listed(call: Call) -> web.Response:
    """Oldest first."""
    world = call.world
    found = world.comments_of(call.repo, _pull_number(call))
    return call.page([work.comment(world.urls, world.app, it) for it in found])


async def create(call: Call) -> web.Response:
    world, number = call.world, _pull_number(call)
    body = _text(call)
    it = Comment(world.ids.new("comment"), call.repo, number, world.app.bot, body, world.now(), world.now())
    world.comments[it.id] = it
    return answer(work.comment(world.urls, world.app, it), 201)


async def one(call: Call) -> web.Response:
    return answer(work.comment(call.world.urls, call.world.app, _named(call)))


async def update(call: Call) -> web.Response:
    it = _own(call)
    it.body, it.updated = _text(call), call.world.now()
    return answer(work.comment(call.world.urls, call.world.app, it))


async def delete(call: Call) -> web.Response:
    del call.world.comments[_own(call).id]
    return nothing()


def _pull_number(call: Call) -> int:
    number = call.number("issue_number")
    if (call.repo.id, number) not in call.world.pulls:
        raise not_found()
    return number


def _text(call: Call) -> str:
    body = call.required("IssueComment", "body")
    if len(body) > _LONGEST:
        raise invalid("IssueComment", "body", "unprocessable", "body is too long (maximum is 65536 characters)")
    return body


def _named(call: Call) -> Comment:
    it = call.world.comments.get(call.number("comment_id"))
    if it is None or it.repo is not call.repo:
        raise not_found()
    return it


def _own(call: Call) -> Comment:
    it = _named(call)
    if it.author is not call.world.app.bot:
        raise ApiError(403, "Resource not accessible by integration")
    return it


ROUTES = (
    Route("GET", "/repos/{owner}/{repo}/issues/{issue_number}/comments", listed, _READ),
    Route("POST", "/repos/{owner}/{repo}/issues/{issue_number}/comments", create, _WRITE),
    Route("GET", "/repos/{owner}/{repo}/issues/comments/{comment_id}", one, _READ),
    Route("PATCH", "/repos/{owner}/{repo}/issues/comments/{comment_id}", update, _WRITE),
    Route("DELETE", "/repos/{owner}/{repo}/issues/comments/{comment_id}", delete, _WRITE),
)
