"""Everything that was found out, as one JSON document. docs/analyze.md describes each field; `format` rises with any
change that a reader must know of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bot import __version__
from bot.analysis.grade import by_namespace, by_project, grade
from bot.analysis.messages import message, title
from bot.analysis.model import SEVERITIES, FileReport, Finding, Grade
from bot.analysis.quick_wins import quick_wins
from bot.analysis.version import analyser_version
from bot.local.analyze import Answer
from bot.local.formats import View
from bot.local.formats.told import Told, dump, told
from bot.markdown import plain
from bot.services import verdict

FORMAT = 1


def render(answer: Answer, _view: View) -> str:
    findings = list(told(answer))
    document = {
        "format": FORMAT,
        "sealbeat": __version__,
        "analyser": analyser_version(),
        **_verdict(answer),
        "counts": _counts(findings),
        "findings": [_finding(it) for it in findings],
        "quick_wins": _wins(answer, findings) if answer.change is None else [],
        "namespaces": [asdict(namespace) for namespace in by_namespace(answer.report)],
        "projects": {name: asdict(it) for name, it in _projects(answer).items()},
        "files": [_file(file) for file in answer.report.files],
        "left_out": [asdict(entry) for entry in answer.report.left_out],
        "remarks": [asdict(remark) for remark in answer.report.remarks],
    }
    return dump(document)


def _verdict(answer: Answer) -> dict[str, Any]:
    grades = {
        "grade": asdict(grade(answer.report)),
        "grade_with_accepted": asdict(grade(answer.report, accepted=True)),
    }
    if answer.change is None:
        result = verdict.of_branch(answer.report, answer.settings)
        return {"kind": "tree", "conclusion": result.conclusion, "title": result.title, **grades}
    result = verdict.of_pull_request(answer.change, answer.report, answer.settings)
    return {
        "kind": "change",
        "conclusion": result.conclusion,
        "title": result.title,
        "verdict": verdict.sentence(answer.change, answer.settings),
        "grade_before": asdict(answer.change.grade_before),
        **grades,
    }


def _counts(findings: Sequence[Told]) -> dict[str, int]:
    """Of what is there and counts, by severity; and of what is accepted."""
    there = [it.finding for it in findings if it.state != "fixed"]
    return {
        **{severity: sum(f.severity == severity and not f.accepted for f in there) for severity in SEVERITIES},
        "accepted": sum(bool(f.accepted) for f in there),
    }


def _finding(it: Told) -> dict[str, Any]:
    raw = asdict(it.finding)
    del raw["detail"]  # it stands in the message
    return {
        **raw,
        "fingerprint": it.fingerprint,
        "state": it.state,
        "title": title(it.finding.rule),
        "message": message(it.finding, plain),
    }


def _wins(answer: Answer, findings: Sequence[Told]) -> list[dict[str, Any]]:
    numbers: dict[tuple[object, ...], int] = {}
    for number, it in enumerate(findings):
        numbers.setdefault(_look(it.finding), number)
    return [{"gain": win.gain, "finding": numbers[_look(win.finding)]} for win in quick_wins(answer.report)]


def _look(finding: Finding) -> tuple[object, ...]:
    return finding.path, finding.line, finding.end_line, finding.rule, finding.symbol, finding.value, finding.accepted


def _projects(answer: Answer) -> dict[str, Grade]:
    return by_project(answer.report, answer.settings.project) if answer.settings.projects else {}


def _file(file: FileReport) -> dict[str, Any]:
    raw = asdict(file)
    del raw["findings"]
    for part in (*raw["functions"], *raw["namespaces"]):
        del part["path"]
    return raw
