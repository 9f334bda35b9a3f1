"""An analysis: files in, a report out. Files are measured in locked child processes, one at a time, never in here."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence

from bot.analysis.findings import find
from bot.analysis.intake import language_of, reason_to_leave_out
from bot.analysis.limits import DEFAULT, AnalysisLimits
from bot.analysis.lines import count_lines
from bot.analysis.model import NOT_ANALYSED, FileReport, FunctionMetrics, LeftOut, Report, SourceFile
from bot.analysis.sandbox import Child, ChildDied
from bot.analysis.thresholds import Thresholds
from bot.analysis.wire import Measurement

__all__ = ["AnalysisLimits", "analyse"]

Wanted = tuple[SourceFile, str]  # a file and its language

_UNKNOWN = Measurement(0.0, NOT_ANALYSED, [])


async def analyse(files: Sequence[SourceFile], *, thresholds: Thresholds, limits: AnalysisLimits = DEFAULT) -> Report:
    """Measure the files of known languages and judge them by the thresholds; findings of all severities are reported.

    A file that kills or hangs its child is noted as `NOT_ANALYSED` and costs no other file anything. Cancelling kills
    the child. Raises ConfigError where the kernel cannot lock a child in, Retryable where none can be started.
    """
    wanted, left_out = await asyncio.to_thread(_select, files, limits)
    measured = await _measure(wanted, limits)
    return await asyncio.to_thread(_judge, wanted, measured, thresholds, left_out)


def _select(files: Sequence[SourceFile], limits: AnalysisLimits) -> tuple[list[Wanted], list[LeftOut]]:
    wanted: list[Wanted] = []
    left_out: list[LeftOut] = []
    for file in sorted(map(_presentable, files), key=lambda file: (file.path, file.oid)):
        language = language_of(file.path)
        if language is None:
            continue
        reason = reason_to_leave_out(file.path, file.data, limits)
        if reason is None:
            wanted.append((file, language))
        else:
            left_out.append(LeftOut(file.path, reason))
    return wanted, left_out


def _judge(
    wanted: list[Wanted], measured: list[Measurement], thresholds: Thresholds, left_out: list[LeftOut]
) -> Report:
    reports = (report_on(*pair, result, thresholds) for pair, result in zip(wanted, measured, strict=True))
    return Report(tuple(reports), tuple(left_out))


async def _measure(wanted: list[Wanted], limits: AnalysisLimits) -> list[Measurement]:
    """One measurement per file, in order. A child that dies is replaced, and its file is not tried again."""
    queue = deque(wanted)
    results: list[Measurement] = []
    deaths = 0
    while queue and deaths < limits.deaths:
        try:
            async with Child(limits) as child:
                budget = limits.batch_bytes
                for _ in range(min(len(queue), limits.batch_files)):
                    file, language = queue.popleft()
                    results.append(await child.measure(language, file.data))
                    budget -= len(file.data)
                    if budget <= 0:
                        break
        except ChildDied:
            deaths += 1
            results.append(_UNKNOWN)
    return results + [_UNKNOWN] * len(queue)


def report_on(file: SourceFile, language: str, measured: Measurement, thresholds: Thresholds) -> FileReport:
    """What was measured in a file, judged. `path` must be presentable already."""
    functions = tuple(FunctionMetrics(path=file.path, **row._asdict()) for row in measured.rows)
    return FileReport(
        path=file.path,
        oid=file.oid,
        language=language,
        lines=count_lines(file.data),
        functions=functions,
        findings=tuple(find(functions, language, thresholds)),
        parse_quality=measured.quality,
        note=measured.note,
    )


def _presentable(file: SourceFile) -> SourceFile:
    """With a path that can be written down: git's paths are bytes, and need not be Unicode."""
    path = file.path.encode("utf-8", "replace" if file.path.isascii() else "surrogatepass").decode("utf-8", "replace")
    return SourceFile(path, file.oid, file.data)
