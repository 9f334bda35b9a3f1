"""What a check run's request may say, judged by GitHub's limits, and what it changes.

https://docs.github.com/en/rest/checks/runs#create-a-check-run
"""

from __future__ import annotations

from bot.providers.local.rest.call import ApiError, invalid
from bot.providers.local.state import Json, Run, iso

_STATUSES = ("queued", "in_progress", "completed")
_CONCLUSIONS = ("action_required", "cancelled", "failure", "neutral", "success", "skipped", "timed_out")
_LEVELS = ("notice", "warning", "failure")
_BATCH = 50
_TITLE = 255
_TEXT = 65535
_MESSAGE = 64 * 1024


def judge(said: Json) -> None:
    """Raises 422 for what GitHub refuses."""
    if said.get("status", "queued") not in _STATUSES:
        raise invalid("CheckRun", "status")
    if said.get("conclusion", "success") not in _CONCLUSIONS:
        raise invalid("CheckRun", "conclusion")
    if (said.get("status") == "completed" or "completed_at" in said) and "conclusion" not in said:
        raise ApiError(422, 'Invalid request.\n\n"conclusion" wasn\'t supplied.')
    _short(said, "external_id", _TITLE)
    for action in _objects(said, "actions"):
        for name, longest in (("label", 20), ("description", 40), ("identifier", 20)):
            _short(action, name, longest, required=True)
    if "output" in said:
        _judge_output(_object(said["output"]))


def _judge_output(output: Json) -> None:
    for name, longest in (("title", _TITLE), ("summary", _TEXT)):
        _short(output, name, longest, required=name == "summary")
    _short(output, "text", _TEXT)
    notes = _objects(output, "annotations")
    if len(notes) > _BATCH:
        raise ApiError(422, f"Invalid request.\n\nNo more than {_BATCH} items are allowed; {len(notes)} were supplied.")
    for note in notes:
        _judge_annotation(note)


def _judge_annotation(note: Json) -> None:
    missing = [name for name in ("path", "start_line", "end_line", "annotation_level", "message") if name not in note]
    if missing:
        names = ", ".join(f'"{name}"' for name in missing)
        raise ApiError(422, f"Invalid request.\n\n{names} weren't supplied.")
    lines = note["start_line"], note["end_line"]
    if not all(isinstance(line, int) and line >= 0 for line in lines) or lines[0] > lines[1]:
        raise invalid("CheckAnnotation", "end_line")
    if note["annotation_level"] not in _LEVELS:
        raise invalid("CheckAnnotation", "annotation_level")
    if ("start_column" in note or "end_column" in note) and lines[0] != lines[1]:
        raise invalid("CheckAnnotation", "start_column")
    _short(note, "path", _TEXT, required=True)
    _short(note, "title", _TITLE)
    _short(note, "message", _MESSAGE, required=True)
    _short(note, "raw_details", _MESSAGE)


def _object(value: object) -> Json:
    if not isinstance(value, dict):
        raise ApiError(422, "Invalid request.\n\nAn object was expected.")
    return value


def _objects(said: Json, name: str) -> list[Json]:
    value = said.get(name, [])
    if not isinstance(value, list):
        raise ApiError(422, f'Invalid request.\n\n"{name}" is not an array.')
    return [_object(one) for one in value]


def _short(said: Json, name: str, longest: int, *, required: bool = False) -> None:
    """A text of at most `longest` characters; bytes are not what GitHub counts."""
    value = said.get(name)
    if value is None and not required:
        return
    if not isinstance(value, str) or (required and not value):
        raise ApiError(422, f'Invalid request.\n\n"{name}" wasn\'t supplied.')
    if len(value) > longest:
        raise ApiError(422, f"Invalid request.\n\nOnly {longest} characters are allowed; {len(value)} were supplied.")


def apply(it: Run, said: Json, now: float) -> None:
    """A conclusion completes the run; a status that goes back reopens it; annotations are appended."""
    for name, field in (
        ("name", "name"),
        ("external_id", "external_id"),
        ("details_url", "details_url"),
        ("started_at", "started"),
    ):
        if said.get(name):
            setattr(it, field, said[name])
    if "conclusion" in said:
        it.status, it.conclusion = "completed", said["conclusion"]
        it.completed = said.get("completed_at") or iso(now)
    elif "status" in said:
        it.status, it.conclusion, it.completed = said["status"], None, None
    if "actions" in said:
        it.actions = said["actions"]
    output = said.get("output")
    if output is not None:
        it.title = output.get("title") or it.title
        it.summary, it.text = output["summary"], output.get("text")
        it.annotations += output.get("annotations", [])
