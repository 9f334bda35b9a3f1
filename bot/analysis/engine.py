"""An analysis: files in, a report out. Files are measured in locked child processes, never in here."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence

from bot.analysis.intake import language_of, reason_to_leave_out
from bot.analysis.judge import judge
from bot.analysis.limits import DEFAULT, AnalysisLimits
from bot.analysis.lines import count_lines
from bot.analysis.measured import Measured
from bot.analysis.model import NOT_ANALYSED, LeftOut, Report, SourceFile
from bot.analysis.sandbox import Child, ChildDied
from bot.analysis.settings.model import RepoSettings
from bot.analysis.wire import Measurement

__all__ = ["AnalysisLimits", "analyse", "measure"]

Wanted = tuple[SourceFile, str]  # a file and its language

_UNKNOWN = Measurement(0.0, NOT_ANALYSED, 0, [])


async def analyse(
    files: Sequence[SourceFile], *, settings: RepoSettings, limits: AnalysisLimits = DEFAULT, today: str = ""
) -> Report:
    """Measure the files of known languages and judge them; findings of all severities are reported. See `measure`."""
    measured, left_out = await measure(files, limits=limits)
    return await asyncio.to_thread(judge, measured, (), settings, today=today, left_out=left_out)


async def measure(
    files: Sequence[SourceFile], *, limits: AnalysisLimits = DEFAULT
) -> tuple[list[Measured], list[LeftOut]]:
    """The files of known languages, in the order of their paths, and which of them were left out.

    A file that kills or hangs its child is noted as `NOT_ANALYSED` and costs no other file anything. Cancelling kills
    the child. Raises ConfigError where the kernel cannot lock a child in, Retryable where none can be started.
    """
    wanted, left_out = await asyncio.to_thread(_select, files, limits)
    results = await _measure(wanted, limits)
    measured = [
        Measured(file.path, file.oid, language, count_lines(file.data), result)
        for (file, language), result in zip(wanted, results, strict=True)
    ]
    return measured, left_out


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


def _presentable(file: SourceFile) -> SourceFile:
    """With a path that can be written down: git's paths are bytes, and need not be Unicode."""
    path = file.path.encode("utf-8", "replace" if file.path.isascii() else "surrogatepass").decode("utf-8", "replace")
    return SourceFile(path, file.oid, file.data)
