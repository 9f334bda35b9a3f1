"""Runs jobs: takes them from the lanes, counts each attempt durably before it begins, and ends each by its error."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field

from bot.errors import Gone, Retryable, UserError
from bot.log import get_logger
from bot.model import InstallationId, Job, RepositoryId
from bot.ports import Clock, Inbox
from bot.queue.embedded.lanes import Lanes, in_scope
from bot.queue.embedded.settings import Settings
from bot.queue.embedded.verdict import Dead, Done, Later, judge, place

Handler = Callable[[Job, bytes], Awaitable[None]]

SWEEP_SHARE = 20  # a sweep that took t seconds is followed by a pause of at least 20 t: at most 5 % of the store's time
CRASHED = "the process ended during each attempt"

log = get_logger()
_own_seq: ContextVar[int | None] = ContextVar("_own_seq", default=None)


@dataclass(slots=True, eq=False)
class _Run:
    """One job that is running."""

    job: Job
    finished: bool = False  # its row is gone or dead
    giving_up: bool = False
    task: asyncio.Task[None] = field(init=False)


class EmbeddedQueue:
    """bot.ports.Queue in one process.

    While a job that called `cancel` runs, nothing of what it cancelled is taken up again: a wipe is not raced by the
    sweep. Jobs that are still in the inbox afterwards are found then.
    """

    def __init__(self, inbox: Inbox, clock: Clock, settings: Settings) -> None:
        self._inbox = inbox
        self._clock = clock
        self._settings = settings
        self._lanes = Lanes(settings.per_installation)
        self._runs: dict[int, _Run] = {}
        self._moot: list[int] = []
        self._holds: dict[int, list[tuple[InstallationId, RepositoryId | None]]] = {}  # by the seq of who cancelled
        self._wake = asyncio.Event()

    def offer(self, job: Job) -> None:
        if self._holds and any(in_scope(job, *hold) for holds in self._holds.values() for hold in holds):
            return
        moot = self._lanes.offer(job, self._clock.now())
        if moot is not None:
            self._moot.append(moot)
        self._wake.set()

    def depth(self) -> dict[str, float]:
        since = self._lanes.waiting_since()
        oldest = 0.0 if since is None else max(self._clock.now() - since, 0.0)
        return {"waiting": self._lanes.waiting, "running": len(self._runs), "oldest": oldest}

    async def cancel(self, installation: InstallationId, repository: RepositoryId | None = None) -> int:
        own = self._runs.get(_own_seq.get() or 0)
        if own is not None:
            self._holds.setdefault(own.job.seq, []).append((installation, repository))
        self._lanes.forget(installation, repository)
        tasks = [
            run.task for run in self._runs.values() if run is not own and in_scope(run.job, installation, repository)
        ]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        return len(tasks)

    async def run(self, handle: Handler, give_up: Handler) -> None:
        sweeper = asyncio.create_task(self._sweep())
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                await self._settle_moot()
                while len(self._runs) < self._settings.slots and (job := self._lanes.take()):
                    self._begin(job, handle, give_up)
        finally:
            tasks = [sweeper, *(run.task for run in self._runs.values())]
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    # ------------------------------------------------------------------------------------------------- the inbox's say

    async def _sweep(self) -> None:
        """First all that the inbox holds, then, for ever, what has become due."""
        loaded = False
        while True:
            began = self._clock.now()
            try:
                for job in await self._inbox.pending(began if loaded else math.inf):
                    self._consider(job, began)
                loaded = True
            except Exception as error:
                log.warning("sweep failed", error=place(error))
            took = self._clock.now() - began
            await self._clock.sleep(max(self._settings.sweep_seconds, took * SWEEP_SHARE))

    def _consider(self, job: Job, now: float) -> None:
        if job.due <= now:
            self.offer(job)
        elif (moot := self._lanes.park(job)) is not None:
            self._moot.append(moot)
            self._wake.set()

    async def _settle_moot(self) -> None:
        moot, self._moot = self._moot, []
        if not moot:
            return
        try:
            await self._inbox.settle(moot)
        except Exception as error:  # they run once more than needed, or are found moot again
            log.warning("moot jobs stay", jobs=len(moot), error=place(error))

    # --------------------------------------------------------------------------------------------------------- one job

    def _begin(self, job: Job, handle: Handler, give_up: Handler) -> None:
        run = self._runs[job.seq] = _Run(job)
        run.task = asyncio.create_task(self._supervise(run, handle, give_up), name=f"job {job.seq}")
        # Not a `finally` in the task: one that is cancelled before its first step never enters its body.
        run.task.add_done_callback(lambda _: self._end(run))

    def _end(self, run: _Run) -> None:
        del self._runs[run.job.seq]
        self._holds.pop(run.job.seq, None)
        self._lanes.release(run.job, finished=run.finished)
        self._wake.set()

    async def _supervise(self, run: _Run, handle: Handler, give_up: Handler) -> None:
        began = self._clock.now()
        _own_seq.set(run.job.seq)
        try:
            outcome = await self._attempt(run, handle, give_up)
        except asyncio.CancelledError:
            await self._put_back(run)
            self._report(run, "cancelled", began)
            raise
        except Exception as error:  # the inbox failed: the row is as it was, and its lease or the sweep brings it back
            log.warning("job left to the inbox", seq=run.job.seq, error=place(error))
            return
        self._report(run, outcome, began)

    async def _attempt(self, run: _Run, handle: Handler, give_up: Handler) -> str:
        started = await self._inbox.start(run.job.seq, self._clock.now() + self._settings.lease_seconds)
        if started is None:
            run.finished = True
            return "gone"
        job, body = started
        run.job = job
        if job.tries > self._settings.max_tries:
            return await self._bury(run, job, body, give_up, CRASHED)
        try:
            await self._bounded(handle, job, body)
        except Exception as error:
            return await self._conclude(run, job, body, give_up, error)
        await self._settle(run)
        return "done"

    async def _conclude(self, run: _Run, job: Job, body: bytes, give_up: Handler, error: Exception) -> str:
        if not isinstance(error, Retryable | Gone | UserError):
            log.warning("handler failed", seq=job.seq, name=job.name, exc_info=error)
        match judge(error, job, self._settings):
            case Done(outcome):
                await self._settle(run)
                return outcome
            case Later() if self._lanes.is_superseded(job):
                await self._settle(run)
                return "superseded"
            case Later(seconds, counts):
                await self._inbox.postpone(job.seq, self._clock.now() + seconds, counts=counts)
                return "postponed"
            case Dead(reason):
                return await self._bury(run, job, body, give_up, reason)

    async def _settle(self, run: _Run) -> None:
        await self._inbox.settle([run.job.seq])
        run.finished = True

    async def _bury(self, run: _Run, job: Job, body: bytes, give_up: Handler, reason: str) -> str:
        run.giving_up = True
        try:
            await self._bounded(give_up, job, body)
        except Exception as error:
            log.warning("giving up failed", seq=job.seq, name=job.name, exc_info=error)
        await self._inbox.bury(job.seq, reason)
        run.finished = True
        return "dead"

    async def _bounded(self, function: Handler, job: Job, body: bytes) -> None:
        """A handler that hangs does not keep its slot for ever; one that cancels itself has failed."""
        try:
            async with asyncio.timeout(self._settings.lease_seconds):
                await function(job, body)
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            raise RuntimeError("the handler ended as cancelled, though nobody cancelled it") from error

    async def _put_back(self, run: _Run) -> None:
        """Cancelled: due again at once, and the attempt does not count, unless all attempts are used up already."""
        if run.finished:
            return
        try:
            await self._inbox.postpone(run.job.seq, self._clock.now(), counts=run.giving_up)
        except Exception as error:  # then its lease brings it back
            log.warning("job keeps its lease", seq=run.job.seq, error=place(error))

    def _report(self, run: _Run, outcome: str, began: float) -> None:
        job, seconds = run.job, round(self._clock.now() - began, 3)
        log.info(
            "job",
            seq=job.seq,
            name=job.name,
            installation=job.installation,
            tries=job.tries,
            outcome=outcome,
            seconds=seconds,
        )
