"""Files in, measurements out. They are measured in locked child processes, never in here."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections import deque
from collections.abc import Callable, Sequence

from bot.analysis.intake import kind_of, reason_to_leave_out
from bot.analysis.limits import DEFAULT, AnalysisLimits
from bot.analysis.lines import count_lines
from bot.analysis.measured import Measured
from bot.analysis.model import NOT_ANALYSED, LeftOut, SourceFile
from bot.analysis.sandbox import Child, ChildDied
from bot.analysis.wire import Measurement

__all__ = ["AnalysisLimits", "measure"]

Wanted = tuple[SourceFile, str]  # a file and its language, or TEXT

_UNKNOWN = Measurement(0.0, NOT_ANALYSED, 0, [])


async def measure(
    files: Sequence[SourceFile],
    *,
    limits: AnalysisLimits = DEFAULT,
    salt: bytes = b"",
    done: Callable[[], None] | None = None,
) -> tuple[list[Measured], list[LeftOut]]:
    """The files that we read, in the order of their paths, and which of them were left out.

    `salt` keys the hashes of secrets; `done` is called after each file. Several children work at once, one per core if
    there is enough to do. A file that kills or hangs its child is noted as `NOT_ANALYSED` and costs no other file
    anything. Cancelling kills the children. Raises ConfigError where the kernel cannot lock a child in, Retryable where
    none can be started.
    """
    wanted, left_out = await asyncio.to_thread(_select, files, limits)
    crew = _Crew(wanted, limits, salt, done)
    try:
        await crew.work()
    except ExceptionGroup as group:
        raise group.exceptions[0] from None
    measured = [
        Measured(file.path, file.oid, language, count_lines(file.data), result)
        for (file, language), result in zip(wanted, crew.results, strict=True)
    ]
    return measured, left_out


def _select(files: Sequence[SourceFile], limits: AnalysisLimits) -> tuple[list[Wanted], list[LeftOut]]:
    wanted: list[Wanted] = []
    left_out: list[LeftOut] = []
    for file in sorted(map(_presentable, files), key=lambda file: (file.path, file.oid)):
        language = kind_of(file.path)
        if language is None:
            continue
        reason = reason_to_leave_out(file.path, file.data, limits)
        if reason is None:
            wanted.append((file, language))
        else:
            left_out.append(LeftOut(file.path, reason))
    return wanted, left_out


class _Crew:
    """Children at work on one list of files. A child that dies is replaced, and its file is not tried again."""

    def __init__(
        self, wanted: Sequence[Wanted], limits: AnalysisLimits, salt: bytes, done: Callable[[], None] | None
    ) -> None:
        self._done = done
        self._limits = limits
        self._salt = salt
        # The largest first: one that comes last would keep one child at work while the others have ended.
        self._queue = deque(sorted(enumerate(wanted), key=lambda entry: -len(entry[1][0].data)))
        self._deaths = 0
        self._size = sum(len(file.data) for file, _ in wanted)
        self.results = [_UNKNOWN] * len(wanted)

    async def work(self) -> None:
        cores = self._limits.children or _cores()
        async with asyncio.TaskGroup() as crew:
            for _ in range(max(1, min(cores, self._size // self._limits.child_bytes))):
                crew.create_task(self._one())

    async def _one(self) -> None:
        while self._queue and self._deaths < self._limits.deaths:
            with contextlib.suppress(ChildDied):
                async with Child(self._limits, self._salt) as child:
                    await self._batch(child)

    async def _batch(self, child: Child) -> None:
        budget = self._limits.batch_bytes
        for _ in range(self._limits.batch_files):
            if not self._queue or budget <= 0 or self._deaths >= self._limits.deaths:
                return
            number, (file, language) = self._queue.popleft()
            budget -= len(file.data)
            try:
                self.results[number] = await child.measure(language, file.data)
            except ChildDied:
                self._deaths += 1
                raise
            finally:
                if self._done is not None:
                    self._done()


def _cores() -> int:
    """Those that this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _presentable(file: SourceFile) -> SourceFile:
    """With a path that can be written down: git's paths are bytes, and need not be Unicode."""
    path = file.path.encode("utf-8", "replace" if file.path.isascii() else "surrogatepass").decode("utf-8", "replace")
    return SourceFile(path, file.oid, file.data)
