"""From measurements to a report: which numbers, clones, rules and secrets are worth a finding under these settings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

import msgspec

from bot.analysis.duplication.model import Clone
from bot.analysis.findings import of_clones, of_functions, of_hits, of_namespaces
from bot.analysis.intake import TEXT, is_test
from bot.analysis.languages import LANGUAGES
from bot.analysis.measured import Measured
from bot.analysis.model import (
    APPROXIMATE,
    FileReport,
    Finding,
    FunctionMetrics,
    Kind,
    LeftOut,
    NamespaceMetrics,
    Report,
    Severity,
)
from bot.analysis.rules import RULES
from bot.analysis.secrets.model import SECRETS
from bot.analysis.settings.model import RepoSettings
from bot.analysis.suppressions import suppress

_KNOWN: dict[str, tuple[Kind, Severity]] = {
    **{rule.id: ("rule", rule.severity) for rule in RULES.values()},
    **{rule.id: ("secret", rule.severity) for rule in SECRETS.values()},
}

_MILDER: dict[Severity, Severity] = {"error": "warning", "warning": "info"}
_IN_TESTS: dict[str, tuple[Kind, Severity]] = {
    **_KNOWN,
    **{rule.id: ("rule", "info") for rule in RULES.values() if rule.category == "security"},
    **{rule.id: ("secret", _MILDER.get(rule.severity, rule.severity)) for rule in SECRETS.values()},
}
"""Tests hold keys that open nothing, and talk to servers that are not there: only what a vendor's format gives away is
as grave as elsewhere."""


def judge(
    files: Sequence[Measured],
    clones: Sequence[Clone],
    settings: RepoSettings,
    *,
    today: str = "",
    left_out: Iterable[LeftOut] = (),
) -> Report:
    """The report on files in the order of their paths. `clones` name files by their number in `files`. `today` is an
    ISO date, for suppressions that end; empty: none has ended. Pure: the same input gives the same report.

    What the settings exclude is left out with the reason, and so are clones of it: they should be excluded before the
    clone search, which could then name another original. Text without a secret in it is not told of. The report's
    remarks are those of the settings, then those about suppressions, file by file.
    """
    paths = [file.path for file in files]
    excluded = {file.path: reason for file in files if (reason := settings.excluded(file.path)) is not None}
    copies: dict[int, list[Clone]] = defaultdict(list)
    for clone in clones:
        if paths[clone.original_file] not in excluded:
            copies[clone.file].append(clone)
    reports: list[FileReport] = []
    remarks = list(settings.remarks)
    for number, file in enumerate(files):
        if file.path in excluded:
            continue
        report = _file(file, copies.get(number, ()), paths, settings)
        found = _allowed(report.findings) if settings.allows_secrets(file.path) else report.findings
        findings, told = suppress(file.path, found, file.measurement.marks, today)
        remarks += told
        if report.language != TEXT or findings:
            reports.append(replace(report, findings=tuple(findings)))
    gone = [LeftOut(path, reason) for path, reason in excluded.items()]
    return Report(tuple(reports), tuple(sorted((*left_out, *gone), key=_by_path)), tuple(remarks))


def _allowed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """With secrets accepted, as the settings say of the path: they stay listed."""
    why = "allowed for this path in .sealbeat.toml"
    return tuple(replace(finding, accepted=why) if finding.kind == "secret" else finding for finding in findings)


def _by_path(entry: LeftOut) -> tuple[str, str]:
    return entry.path, entry.reason


def _file(file: Measured, copies: Sequence[Clone], paths: Sequence[str], settings: RepoSettings) -> FileReport:
    measured = file.measurement
    functions = tuple(FunctionMetrics(path=file.path, **msgspec.structs.asdict(row)) for row in measured.rows)
    namespaces = tuple(NamespaceMetrics(path=file.path, **msgspec.structs.asdict(row)) for row in measured.namespaces)
    at = settings.at(file.path)
    found = chain(
        of_namespaces(namespaces, file.language, at),
        of_functions(functions, file.language, at),
        of_clones(copies, paths, (*namespaces, *functions), file.language, at),
        of_hits(file, _IN_TESTS if is_test(file.path) else _KNOWN, at),
    )
    return FileReport(
        path=file.path,
        oid=file.oid,
        language=file.language,
        lines=file.lines,
        code_lines=measured.code_lines,
        functions=functions,
        namespaces=namespaces,
        findings=tuple(sorted(found, key=_in_order)),
        parse_quality=measured.quality,
        note=measured.note or _approximate(file),
    )


def _approximate(file: Measured) -> str:
    language = LANGUAGES.get(file.language)
    reasons = language.approximate.items() if language is not None else ()
    return next((APPROXIMATE + why for suffix, why in reasons if file.path.lower().endswith(suffix)), "")


def _in_order(finding: Finding) -> tuple[int, int]:
    """Of the source, owners first; those of one place keep the order in which they were found."""
    return finding.line, -finding.end_line
