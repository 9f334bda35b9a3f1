"""What is kept: records, and the jobs that are still to do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol

from bot.model import Delivery, InstallationId, Job, Record, RepositoryId, Table


class Store(Protocol):
    """Sealed records, durable when the call returns."""

    async def put(self, record: Record) -> None: ...

    async def get(self, table: Table, id: str) -> Record | None: ...

    async def find(
        self, table: Table, *, installation: InstallationId | None = None, repository: RepositoryId | None = None
    ) -> list[Record]:
        """Records of a table, narrowed by what is given, ordered by id."""
        ...

    async def delete(self, table: Table, id: str) -> None: ...

    async def erase(self, installation: InstallationId, repository: RepositoryId | None = None) -> dict[str, int]:
        """Delete every record and job of the installation (or of one repository of it), and scrub them from the files:
        overwritten pages, truncated log. Returns rows deleted per table. Safe to repeat."""
        ...

    async def remaining(self, installation: InstallationId, repository: RepositoryId | None = None) -> dict[str, int]:
        """Rows left per table (jobs as "job"), tables with none left out: the wipe's verification."""
        ...


class Inbox(Protocol):
    """The durable truth of what is still to do. A queue may forget; this does not."""

    async def accept(self, delivery: Delivery) -> Job | None:
        """Durable when it returns. None where this delivery id was accepted before, ever; a dead job of that id comes
        back to life instead and is returned."""
        ...

    async def pending(self, before: float) -> list[Job]:
        """Jobs neither done nor dead that are due before that Unix time, by seq."""
        ...

    async def start(self, seq: int, until: float) -> tuple[Job, bytes] | None:
        """Count the attempt, durably, and lease the job until then; (job, sealed body). None where it is gone."""
        ...

    async def settle(self, seqs: Iterable[int]) -> None:
        """The jobs are done: their rows go; their delivery ids stay known."""
        ...

    async def postpone(self, seq: int, due: float, *, counts: bool) -> None:
        """Not before `due`; without `counts`, the attempt just made is taken back."""
        ...

    async def bury(self, seq: int, reason: str) -> None:
        """To the dead letter: kept, never run until it is revived there."""
        ...


class DeadLetter(Protocol):
    """Jobs that failed too often."""

    async def dead(self) -> list[Job]:
        """By seq."""
        ...

    async def revive(self, seq: int) -> Job | None:
        """Due at once, with all its tries again. None where there is no such dead job."""
        ...


class Jobs(Inbox, DeadLetter, Protocol):
    """Both, as a store keeps them: in one table."""


class Queue(Protocol):
    """Hands out jobs: fair between installations, one per key at a time, newest of a coalescing key wins."""

    def offer(self, job: Job) -> None:
        """Consider a job that the inbox holds. Never fails, never blocks; what it forgets, the sweep finds."""
        ...

    async def run(
        self, handle: Callable[[Job, bytes], Awaitable[None]], give_up: Callable[[Job, bytes], Awaitable[None]]
    ) -> None:
        """Until cancelled: take what is due, count the attempt, call `handle`; settle, postpone or bury by the error
        (bot.errors). `give_up` is called once, before a job is buried. On cancellation, running handlers are
        cancelled and their jobs stay in the inbox."""
        ...

    async def cancel(self, installation: InstallationId, repository: RepositoryId | None = None) -> int:
        """Cancel the running jobs of an installation (or one repository), except the caller's own, and forget the
        waiting ones. Returns when they have ended."""
        ...

    def depth(self) -> dict[str, float]:
        """Gauges: waiting, running, oldest (seconds)."""
        ...
