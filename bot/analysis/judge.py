"""From measurements to a report: which numbers, clones, rules and secrets are worth a finding under these settings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from bot.analysis.duplication.model import Clone
from bot.analysis.findings import find
from bot.analysis.measured import Measured
from bot.analysis.model import FileReport, FunctionMetrics, LeftOut, NamespaceMetrics, Report
from bot.analysis.settings.model import RepoSettings


def judge(
    files: Sequence[Measured],
    clones: Sequence[Clone],  # noqa: ARG001
    settings: RepoSettings,
    *,
    today: str = "",  # noqa: ARG001
    left_out: Iterable[LeftOut] = (),
) -> Report:
    """The report on files in the order of their paths. `clones` name files by their number in `files`. `today` is an
    ISO date, for suppressions that end; empty: none has ended. Pure: the same input gives the same report."""
    return Report(tuple(_file(file, settings) for file in files), tuple(left_out))


def _file(file: Measured, settings: RepoSettings) -> FileReport:
    measured = file.measurement
    functions = tuple(FunctionMetrics(path=file.path, **msgspec.structs.asdict(row)) for row in measured.rows)
    namespaces = tuple(NamespaceMetrics(path=file.path, **msgspec.structs.asdict(row)) for row in measured.namespaces)
    return FileReport(
        path=file.path,
        oid=file.oid,
        language=file.language,
        lines=file.lines,
        code_lines=measured.code_lines,
        functions=functions,
        namespaces=namespaces,
        findings=tuple(find(functions, file.language, settings.at(file.path).thresholds)),
        parse_quality=measured.quality,
        note=measured.note,
    )
