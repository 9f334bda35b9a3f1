"""Check runs and suites.

https://docs.github.com/en/rest/checks/runs
"""

from __future__ import annotations

from aiohttp import web

from bot.providers.local import announce
from bot.providers.local.actions import pushing
from bot.providers.local.rest.call import ApiError, Call, Route, answer, not_found
from bot.providers.local.rest.said import apply, judge
from bot.providers.local.shapes import work
from bot.providers.local.state import Json, Run, Suite, iso

_READ = (("checks", "read"),)
_WRITE = (("checks", "write"),)


async def create(call: Call) -> web.Response:
    """A run in the app's suite of that commit. Two of one name may stand side by side."""
    name, head = call.required("CheckRun", "name"), call.required("CheckRun", "head_sha")
    judge(call.body)
    if len(head) != 40 or await call.repo.git.tip(head) != head:
        raise ApiError(422, f"No commit found for SHA: {head}")
    world = call.world
    suite = pushing.open_suite(world, call.repo, head, None, "0" * 40)
    started = call.text("started_at") or iso(world.now())
    it = Run(world.ids.new("run"), suite, name, "", world.app_page, "queued", started)
    apply(it, call.body, world.now())
    world.runs[it.id] = it
    suite.completed_told = False
    announce.run_later(world, it, "created")
    await _completed(call, it, before="queued")
    return answer(_shape(call, it), 201)


async def update(call: Call) -> web.Response:
    """Annotations are appended to those that are there."""
    it = _named(call)
    judge(call.body)
    before = it.status
    apply(it, call.body, call.world.now())
    await _completed(call, it, before)
    return answer(_shape(call, it))


async def _completed(call: Call, it: Run, before: str) -> None:
    """check_run.completed and, with the last of them, check_suite.completed."""
    if it.status != "completed" or before == "completed":
        return
    announce.run_later(call.world, it, "completed")
    runs = call.world.runs_of(it.suite)
    if all(run.status == "completed" for run in runs) and not it.suite.completed_told:
        it.suite.completed_told = True
        await announce.suite_later(call.world, it.suite, "completed")


async def one(call: Call) -> web.Response:
    return answer(_shape(call, _named(call)))


async def notes(call: Call) -> web.Response:
    it = _named(call)
    page = call.world.urls.page(call.repo)
    return call.page([_annotation(note, f"{page}/blob/{it.head}/{note['path']}") for note in it.annotations])


def _annotation(note: Json, where: str) -> Json:
    optional = ("start_column", "end_column", "title", "raw_details")
    return {**dict.fromkeys(optional), **note, "blob_href": where}


async def rerequest(call: Call) -> web.Response:
    it = _named(call)
    if told := announce.wanted(call.world, "check_run", call.repo):
        rest = announce.common(call.world, call.repo, told, call.world.app.bot)
        call.world.outbox.later("check_run", announce.run_payload(call.world, it, "rerequested") | rest)
    return answer({}, 201)


async def of_commit(call: Call) -> web.Response:
    """Newest first; of each name only the latest, unless filter=all."""
    query, world = call.request.query, call.world
    head = await call.repo.git.tip(call.params["ref"])
    if head is None:
        raise ApiError(422, f"No commit found for SHA: {call.params['ref']}")
    suite = world.suite_at(call.repo, head)
    found = (
        list(reversed(world.runs_of(suite)))
        if suite and query.get("app_id", str(world.app.id)) == str(world.app.id)
        else []
    )
    found = [
        it
        for it in found
        if query.get("check_name", it.name) == it.name and query.get("status", it.status) == it.status
    ]
    if query.get("filter", "latest") == "latest":
        names: dict[str, Run] = {}
        found = [it for it in found if names.setdefault(it.name, it) is it]
    return call.page([_shape(call, it) for it in found], "check_runs")


async def suites_of_commit(call: Call) -> web.Response:
    head = await call.repo.git.tip(call.params["ref"])
    if head is None:
        raise ApiError(422, f"No commit found for SHA: {call.params['ref']}")
    suite = call.world.suite_at(call.repo, head)
    return call.page([await _suite(call, suite)] if suite else [], "check_suites")


async def suite(call: Call) -> web.Response:
    it = call.world.suites.get(call.number("check_suite_id"))
    if it is None or it.repo is not call.repo:
        raise not_found()
    return answer(await _suite(call, it))


async def create_suite(call: Call) -> web.Response:
    """200 where the app has one on that commit already."""
    head = call.required("CheckSuite", "head_sha")
    if await call.repo.git.tip(head) != head:
        raise ApiError(422, f"No commit found for SHA: {head}")
    known = call.world.suite_at(call.repo, head)
    it = known or pushing.open_suite(call.world, call.repo, head, None, "0" * 40)
    return answer(await _suite(call, it), 200 if known else 201)


async def _suite(call: Call, it: Suite) -> Json:
    world = call.world
    head = await it.repo.git.commit(it.head)
    return work.suite(world.urls, world.app, it, world.runs_of(it), world.pulls_at(it.repo, it.head), head)


def _named(call: Call) -> Run:
    it = call.world.runs.get(call.number("check_run_id"))
    if it is None or it.suite.repo is not call.repo:
        raise not_found()
    return it


def _shape(call: Call, it: Run) -> Json:
    return work.run(call.world.urls, call.world.app, it, call.world.pulls_at(call.repo, it.head))


_RUNS = "/repos/{owner}/{repo}/check-runs"
_SUITES = "/repos/{owner}/{repo}/check-suites"
ROUTES = (
    Route("POST", _RUNS, create, _WRITE),
    Route("GET", _RUNS + "/{check_run_id}", one, _READ),
    Route("PATCH", _RUNS + "/{check_run_id}", update, _WRITE),
    Route("GET", _RUNS + "/{check_run_id}/annotations", notes, _READ),
    Route("POST", _RUNS + "/{check_run_id}/rerequest", rerequest, _WRITE),
    Route("GET", "/repos/{owner}/{repo}/commits/{ref}/check-runs", of_commit, _READ),
    Route("GET", "/repos/{owner}/{repo}/commits/{ref}/check-suites", suites_of_commit, _READ),
    Route("POST", _SUITES, create_suite, _WRITE),
    Route("GET", _SUITES + "/{check_suite_id}", suite, _READ),
)
