"""What people see at a commit: the check run. Comments have a room of their own.

https://docs.github.com/en/rest/checks/runs
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.errors import Gone, Retryable, SealbeatError
from bot.model import Annotation, CheckResult, OpenCheck, Repository, Sha
from bot.ports import Clock
from bot.providers.github import texts
from bot.providers.github.auth import Scope, for_review
from bot.providers.github.client import Client, timestamp
from bot.providers.github.comments import Comments
from bot.providers.github.events import is_ours
from bot.providers.github.fields import Fields
from bot.providers.github.names import path_of
from bot.providers.github.refusal import Refusal
from bot.providers.github.settings import Settings

BATCH: Final = 50  # annotations per request; further requests append
REFUSED_REMARKS: Final = "\n\n*(GitHub did not accept the remarks at the lines; the summary above is complete.)*"
SUPERSEDED: Final = {"title": "Superseded", "summary": "Another run of this check took over."}

_CREATE: Final = "/repos/{owner}/{repo}/check-runs"
_UPDATE: Final = "/repos/{owner}/{repo}/check-runs/{check_run_id}"
_AT_COMMIT: Final = "/repos/{owner}/{repo}/commits/{ref}/check-runs?check_name={name}&filter=all&per_page=100"


class _RemarksRefused(SealbeatError):
    """422 at a request with annotations."""


class Reports:
    """Implements bot.ports.Reports."""

    def __init__(self, client: Client, settings: Settings, clock: Clock) -> None:
        self._client = client
        self._settings = settings
        self._clock = clock
        self._comments = Comments(client, settings)

    async def begin(self, repository: Repository, head: Sha, external_id: str, *, resume: bool) -> OpenCheck:
        found = await self._resumed(repository, head, external_id) if resume else None
        if found is not None:
            return found
        data = {
            "name": self._settings.check_name,
            "head_sha": head,
            "external_id": external_id,
            "status": "in_progress",
            "started_at": timestamp(self._clock),
        }
        answer = await self._client.post(_scope(repository), _CREATE, path_of(repository), data, explain=_no_commit)
        return _open_check(answer)

    async def finish(self, repository: Repository, check: OpenCheck, result: CheckResult) -> None:
        if check.completed:
            return
        try:
            await self._finish(repository, check, result)
        except _RemarksRefused:
            # One bad remark must not leave the check pending for ever.
            await self._update(repository, check, self._completion(result, [], note=REFUSED_REMARKS))

    async def ensure_comment(self, repository: Repository, number: int, body: str | None) -> None:
        await self._comments.ensure(repository, number, body)

    async def _resumed(self, repository: Repository, head: Sha, external_id: str) -> OpenCheck | None:
        """The newest of the runs with that external id; GitHub shows the newest of a name, too."""
        url = path_of(repository) | {"ref": head, "name": self._settings.check_name}
        runs = await self._client.every(_scope(repository), _AT_COMMIT, url, key="check_runs")
        ours = sorted((_open_check(run) for run in runs if self._is_ours(run, external_id)), key=lambda check: check.id)
        for older in ours[:-1]:  # a creation whose answer was lost, seen too late: it must not stay pending
            if not older.completed:
                closing = self._closing("neutral") | {"output": SUPERSEDED}
                await self._update(repository, older, closing)
        return ours[-1] if ours else None

    def _is_ours(self, run: Fields, external_id: str) -> bool:
        app = run.maybe("app")
        ours = app is not None and is_ours(app, self._settings.app_id)
        return ours and run.has("external_id") and run.text("external_id") == external_id

    async def _finish(self, repository: Repository, check: OpenCheck, result: CheckResult) -> None:
        held, every = check.annotations, result.annotations
        while len(every) - held > BATCH:
            data: dict[str, object] = {"status": "in_progress", "output": _output(result, every[held : held + BATCH])}
            held = await self._append(repository, check, data, held + BATCH)
        await self._append(repository, check, self._completion(result, every[held:]), len(every))

    async def _append(self, repository: Repository, check: OpenCheck, data: dict[str, object], expected: int) -> int:
        """Returns how many annotations the run holds now; the answer is the proof."""
        answer = await self._update(repository, check, data)
        if _open_check(answer).annotations < expected:
            raise Retryable("GitHub did not keep all remarks")
        return expected

    async def _update(self, repository: Repository, check: OpenCheck, data: dict[str, object]) -> Fields:
        url = path_of(repository) | {"check_run_id": str(check.id)}
        output = data.get("output")
        with_remarks = isinstance(output, dict) and "annotations" in output

        def explain(refusal: Refusal) -> SealbeatError | None:
            return _RemarksRefused() if with_remarks and refusal.status == 422 else None

        return await self._client.patch(_scope(repository), _UPDATE, url, data, explain=explain)

    def _completion(
        self, result: CheckResult, annotations: Sequence[Annotation], *, note: str = ""
    ) -> dict[str, object]:
        return self._closing(result.conclusion) | {"output": _output(result, annotations, note=note)}

    def _closing(self, conclusion: str) -> dict[str, object]:
        return {"status": "completed", "conclusion": conclusion, "completed_at": timestamp(self._clock)}


def _output(result: CheckResult, annotations: Sequence[Annotation], *, note: str = "") -> dict[str, object]:
    output: dict[str, object] = {
        "title": texts.title(result.title),
        "summary": texts.cut(result.summary, texts.LONG - len(note), texts.CUT) + note,
    }
    if result.text:
        output["text"] = texts.long(result.text)
    if annotations:
        output["annotations"] = [_annotation(annotation) for annotation in annotations]
    return output


def _annotation(annotation: Annotation) -> dict[str, object]:
    remark: dict[str, object] = {
        "path": texts.cut(annotation.path, texts.LONG, ""),
        "start_line": annotation.start_line,
        "end_line": annotation.end_line,
        "annotation_level": annotation.level,
        "message": texts.long(annotation.message),
    }
    if annotation.title:
        remark["title"] = texts.title(annotation.title)
    return remark


def _open_check(run: Fields) -> OpenCheck:
    return OpenCheck(
        id=run.id("id"),
        completed=run.text("status") == "completed",
        annotations=run.object("output").count("annotations_count"),
    )


def _no_commit(refusal: Refusal) -> SealbeatError | None:
    if refusal.status == 422 and refusal.says("no commit found"):
        return Gone("the commit is not there (any more)")
    return None


def _scope(repository: Repository) -> Scope:
    return for_review(repository.installation, repository.id)
