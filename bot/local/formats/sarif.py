"""The answer as SARIF 2.1.0, for code-scanning pages and editors.

The format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from bot import __version__
from bot.analysis.messages import message, title
from bot.analysis.model import Finding, Severity
from bot.analysis.rules import RULES
from bot.analysis.secrets.model import SECRETS
from bot.analysis.version import analyser_version
from bot.local.analyze import Answer
from bot.local.formats import View
from bot.local.formats.told import State, Told, dump, told
from bot.markdown import plain

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "sealbeat/v1"

_LEVELS: dict[Severity, str] = {"info": "note", "warning": "warning", "error": "error", "critical": "error"}
_BASELINE: dict[State, str] = {
    "introduced": "new",
    "worse": "updated",
    "unchanged": "unchanged",
    "fixed": "absent",
}
_DANGER: dict[Severity, str] = {"info": "2.0", "warning": "5.0", "error": "7.5", "critical": "9.5"}
"""What code-scanning pages read from rules about security: a number as in CVSS."""

_MEASURES = {
    "function": "A measure of one function; docs/metrics.md of Sealbeat defines it.",
    "namespace": "A measure of a class, module or struct; docs/metrics.md of Sealbeat defines it.",
    "duplication": "Code that stands elsewhere too. Only the copy is told, with the place of the first.",
}


def render(answer: Answer, _view: View) -> str:
    findings = list(told(answer))
    rules = sorted({it.finding.rule: it.finding for it in findings}.items())
    numbers = {rule: number for number, (rule, _) in enumerate(rules)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "Sealbeat",
                "version": __version__,
                "semanticVersion": __version__,
                "properties": {"analyser": analyser_version()},
                "rules": [_rule(rule, example) for rule, example in rules],
            }
        },
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": list(_not_looked_into(answer)),
                "toolConfigurationNotifications": list(_remarks(answer)),
            }
        ],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the repository, or the folder."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(it, numbers, answer) for it in findings],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return dump(document)


def _rule(id: str, example: Finding) -> dict[str, Any]:
    about, tags = _about(id, example)
    known = RULES.get(id) or SECRETS.get(id)
    own: Severity = known.severity if known else "warning"  # a measure has four steps, and each result its own level
    properties: dict[str, Any] = {"tags": tags}
    if "security" in tags:
        properties["security-severity"] = _DANGER[own]
    name = title(id)
    return {
        "id": id,
        "shortDescription": {"text": name[0].upper() + name[1:]},
        "fullDescription": {"text": about},
        "help": {"text": about, "markdown": about},
        "defaultConfiguration": {"level": _LEVELS[own]},
        "properties": properties,
    }


def _about(id: str, example: Finding) -> tuple[str, list[str]]:
    """A sentence of ours about the rule, and its tags."""
    if id in RULES:
        return RULES[id].message.replace("{detail}", "this"), [RULES[id].category]
    if id in SECRETS:
        return SECRETS[id].message, ["security", "secret"]
    return _MEASURES.get(example.kind, title(id)), ["maintainability"]


def _result(it: Told, numbers: Mapping[str, int], answer: Answer) -> dict[str, Any]:
    finding = it.finding
    symbol = finding.symbol if finding.kind != "secret" else ""
    said = message(finding, plain)
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": numbers[finding.rule],
        "level": _LEVELS[finding.severity],
        # Brackets would make a link of it, braces a placeholder.
        "message": {"text": _literal(f"{plain(symbol)}: {said}" if symbol else said)},
        "locations": [_location(finding.path, finding.line, finding.end_line, symbol)],
        "partialFingerprints": {FINGERPRINT: it.fingerprint},
        "properties": {"severity": finding.severity, "value": finding.value, "limit": finding.limit},
        "suppressions": [{"kind": "inSource", "status": "accepted", "justification": plain(finding.accepted)}]
        if finding.accepted
        else [],
    }
    if finding.original is not None:
        place = finding.original
        original = _location(place.path, place.line, place.end_line, "")
        result["relatedLocations"] = [{**original, "id": 1, "message": {"text": "The first of its kind."}}]
    if answer.change is not None:
        result["baselineState"] = _BASELINE[it.state]
    return result


def _location(path: str, line: int, end_line: int, symbol: str) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": _artifact(path)}}
    if line:
        location["physicalLocation"]["region"] = {"startLine": line, "endLine": max(line, end_line)}
    if symbol:
        location["logicalLocations"] = [{"fullyQualifiedName": plain(symbol)}]
    return location


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path.encode("utf-8", "replace"), safe="/"), "uriBaseId": "%SRCROOT%"}


def _not_looked_into(answer: Answer) -> Iterator[dict[str, Any]]:
    said = [(file.path, file.note) for file in answer.report.files if file.note]
    for path, reason in (*said, *((entry.path, entry.reason) for entry in answer.report.left_out)):
        yield _notification("note", path, 0, f"Not looked into: {reason}" if (path, reason) not in said else reason)


def _remarks(answer: Answer) -> Iterator[dict[str, Any]]:
    for remark in answer.report.remarks:
        yield _notification("warning", remark.path, remark.line, remark.text)


def _notification(level: str, path: str, line: int, text: str) -> dict[str, Any]:
    where = [_location(path, line, line, "")] if path else []
    return {"level": level, "message": {"text": _literal(text)}, "locations": where}


def _literal(text: str) -> str:
    """With what means something in a SARIF message doubled or escaped (3.11.5, 3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("[", "\\[").replace("]", "\\]")
