"""Whose turn it is: one lane per installation, one line per key. No waiting, no I/O, no clock."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from bot.model import InstallationId, Job, RepositoryId


@dataclass(slots=True, eq=False)
class _Line:
    """The jobs of one key, lowest seq first. It stands in the lane of the installation that opened it."""

    lane: _Lane
    jobs: list[tuple[int, Job]] = field(default_factory=list)
    running: bool = False


@dataclass(slots=True, eq=False)
class _Lane:
    """The lines of one installation that could start a job now."""

    installation: InstallationId
    ready: deque[_Line] = field(default_factory=deque)
    running: int = 0
    in_turn: bool = False


class Lanes:
    """Takes turns between installations, starts at most `cap` jobs of each, and one job of a key at a time.

    Of the coalescing jobs of a key only the newest is wanted, be it waiting, running or parked (in the inbox only).
    """

    def __init__(self, cap: int) -> None:
        self._cap = cap
        self._lanes: dict[InstallationId, _Lane] = {}
        self._turn: deque[_Lane] = deque()
        self._lines: dict[str, _Line] = {}
        self._waiting: dict[int, float] = {}  # seq -> since when; in order of arrival
        self._running: set[int] = set()
        self._newest: dict[str, Job] = {}

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def waiting_since(self) -> float | None:
        """When the job that has waited longest was offered."""
        return next(iter(self._waiting.values()), None)

    def offer(self, job: Job, now: float) -> int | None:
        """Let the job wait for its turn. Returns the seq of a job that is moot by it, which may be the job itself."""
        if self._is_known(job):
            return None
        newest = self._note(job)
        if newest is not None and newest.seq > job.seq:
            return job.seq
        line = self._lines.get(job.key)
        if line is None:
            lane = self._lanes.setdefault(job.installation, _Lane(job.installation))
            line = self._lines[job.key] = _Line(lane)
        heappush(line.jobs, (job.seq, job))
        self._waiting[job.seq] = now
        if len(line.jobs) == 1 and not line.running:
            self._make_ready(line)
        return self._replace(newest)  # only now, so that the newer job has the older one's place in its lane

    def park(self, job: Job) -> int | None:
        """Know of a job that waits in the inbox only, so that a newer one of its key makes it moot. Returns what is."""
        if self._is_known(job):
            return None
        newest = self._note(job)
        if newest is not None and newest.seq > job.seq:
            return job.seq
        return self._replace(newest)

    def is_superseded(self, job: Job) -> bool:
        return job.coalesce and self._newest.get(job.key, job).seq > job.seq

    def take(self) -> Job | None:
        """The next job to start, or None where none may start now. It runs until `release`."""
        if not self._turn:
            return None
        lane = self._turn.popleft()
        line = lane.ready.popleft()
        seq, job = heappop(line.jobs)
        del self._waiting[seq]
        self._running.add(seq)
        line.running = True
        lane.running += 1
        lane.in_turn = False
        self._queue_up(lane)
        return job

    def release(self, job: Job, *, finished: bool) -> None:
        """The job runs no more. `finished` is False where it is still in the inbox."""
        self._running.remove(job.seq)
        newest = self._newest.get(job.key)
        if finished and newest is not None and newest.seq == job.seq:
            del self._newest[job.key]
        line = self._lines[job.key]
        line.running = False
        line.lane.running -= 1
        if line.jobs:
            self._make_ready(line)
        else:
            del self._lines[job.key]
        self._queue_up(line.lane)
        self._tidy(line.lane)

    def forget(self, installation: InstallationId, repository: RepositoryId | None) -> None:
        """Nothing of the installation (or of one repository) waits or is parked any more."""
        waiting = [job for line in self._lines.values() for _, job in line.jobs]
        for job in waiting:
            if in_scope(job, installation, repository):
                self._drop(job)
        for job in list(self._newest.values()):
            if in_scope(job, installation, repository) and job.seq not in self._running:
                del self._newest[job.key]

    def _is_known(self, job: Job) -> bool:
        return job.seq in self._waiting or job.seq in self._running

    def _note(self, job: Job) -> Job | None:
        """Remember the newest coalescing job of the key. Returns the one that was the newest before."""
        if not job.coalesce:
            return None
        newest = self._newest.get(job.key)
        if newest is None or newest.seq <= job.seq:
            self._newest[job.key] = job
        return newest if newest is not None and newest.seq != job.seq else None

    def _replace(self, older: Job | None) -> int | None:
        """The seq of an older job that need not run; one that runs already is left to finish."""
        if older is None or older.seq in self._running:
            return None
        self._drop(older)
        return older.seq

    def _drop(self, job: Job) -> None:
        """Take a job out of its line, if it waits in one."""
        if self._waiting.pop(job.seq, None) is None:
            return
        line = self._lines[job.key]
        line.jobs = [(seq, other) for seq, other in line.jobs if seq != job.seq]
        heapify(line.jobs)
        if line.jobs or line.running:
            return
        lane = line.lane
        lane.ready.remove(line)
        del self._lines[job.key]
        if not lane.ready and lane.in_turn:
            self._turn.remove(lane)
            lane.in_turn = False
        self._tidy(lane)

    def _make_ready(self, line: _Line) -> None:
        line.lane.ready.append(line)
        self._queue_up(line.lane)

    def _queue_up(self, lane: _Lane) -> None:
        if lane.ready and lane.running < self._cap and not lane.in_turn:
            lane.in_turn = True
            self._turn.append(lane)

    def _tidy(self, lane: _Lane) -> None:
        if not lane.ready and not lane.running:
            del self._lanes[lane.installation]


def in_scope(job: Job, installation: InstallationId, repository: RepositoryId | None) -> bool:
    return job.installation == installation and repository in (None, job.repository)
