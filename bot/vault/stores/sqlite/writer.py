"""The one writer: what many callers ask becomes one transaction, one fsync, one wake-up of the loop.

There is no timer. While a commit waits for the disk, the next batch gathers by itself.

Only what waits is done in a thread: the commit. Statements over a few rows run in the loop, since each one in a thread
makes both threads change places on the interpreter three times, which costs more than the statement. Work of unknown
length runs in the thread as a whole.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import groupby
from operator import attrgetter
from queue import SimpleQueue
from typing import Any, NamedTuple, TypeVar

from bot.errors import Retryable
from bot.vault.stores.sqlite.files import BUSY_MILLISECONDS

T = TypeVar("T")
Item = TypeVar("Item")
Work = Callable[[sqlite3.Connection], T]
Together = Callable[[sqlite3.Connection, list[Item]], list[T]]

MAX_BATCH = 256


class OneByOne(Exception):
    """Work for many at once asks to be called with each of them alone."""


class _Request(NamedTuple):
    work: Work[Any]
    future: asyncio.Future[Any]
    alone: bool = False  # outside of any transaction: a checkpoint cannot run inside one
    together: Together[Any, Any] | None = None  # what to call for neighbours that have the same
    item: Any = None
    brief: bool = False  # few rows by their keys: may run in the loop


class _Outcome(NamedTuple):
    future: asyncio.Future[Any]
    result: Any
    error: Exception | None


class Writer:
    """Owns a connection. The loop and the thread use it in turns, never both; callers are in one loop.

    Work must drain its cursors: a RETURNING statement that still has rows keeps the transaction open.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._waiting: deque[_Request] = deque()
        self._turns: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._closed = False
        self._idle = True  # no batch is under way, nor planned
        self._emptied: asyncio.Event | None = None  # set once nothing waits; there is one only while closing
        self._be_patient(False)
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def write(self, work: Work[T], *, brief: bool = False) -> asyncio.Future[T]:
        """Run `work` in the next transaction. The future is done once that is on disk; work that raises undoes itself
        only. Retryable where the database could not write. Cancelling the future does not stop the work. `brief`: it
        touches few rows, by their keys."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        return self._ask(_Request(work, future, brief=brief))

    def together(self, work: Together[Item, T], item: Item) -> asyncio.Future[T]:
        """Like a brief `write`, for many requests of one kind: `work` is called once with all items of that kind that
        wait, and returns as many results. Where that raises, it is called with each item alone."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        alone = partial(_first, work, item)
        return self._ask(_Request(alone, future, together=work, item=item, brief=True))

    def alone(self, work: Work[T]) -> asyncio.Future[T]:
        """Run `work` between two transactions."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        return self._ask(_Request(work, future, alone=True))

    async def aclose(self) -> None:
        """After everything that was asked before. Safe to repeat."""
        if not self._closed:
            self._closed = True
            if not self._idle:
                self._emptied = asyncio.Event()
                await self._emptied.wait()
            self._turns.put(None)
        await asyncio.to_thread(self._thread.join)

    def _ask(self, request: _Request) -> asyncio.Future[Any]:
        if self._closed:
            raise Retryable("the store is closed")
        self._waiting.append(request)
        if self._idle:
            self._idle = False
            request.future.get_loop().call_soon(self._next)
        return request.future

    # ------------------------------------------------------------------------------------------------- in the loop

    def _next(self) -> None:
        """Begin with what waits. The thread has no turn now."""
        batch = self._gather()
        if not batch:
            self._idle = True
            if self._emptied is not None:
                self._emptied.set()
            return
        loop = asyncio.get_running_loop()
        if batch[0].alone:
            self._turns.put(lambda: self._answer(loop, [self._run_alone(batch[0])]))
        elif not batch[0].brief:
            self._turns.put(lambda: self._answer(loop, self._commit(batch)))
        else:
            self._begin(loop, batch)

    def _gather(self) -> list[_Request]:
        """The next requests that may go together, in their order."""
        batch: list[_Request] = []
        while self._waiting and len(batch) < MAX_BATCH:
            request = self._waiting[0]
            if batch and (request.alone or request.brief != batch[0].brief):
                break
            batch.append(self._waiting.popleft())
            if request.alone:
                break
        return batch

    def _begin(self, loop: asyncio.AbstractEventLoop, batch: list[_Request]) -> None:
        """The statements here, the commit in the thread. All in the thread where another process is writing."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:
            self._turns.put(lambda: self._answer(loop, self._commit(batch)))
            return
        outcomes = self._guarded(batch, lambda: self._attempt_batch(batch))
        self._turns.put(lambda: self._answer(loop, self._guarded(batch, lambda: self._finish(outcomes))))

    def _resume(self, outcomes: list[_Outcome]) -> None:
        _resolve(outcomes)
        self._next()

    # ------------------------------------------------------------------------------------------ in the writer thread

    def _run(self) -> None:
        while (turn := self._turns.get()) is not None:
            turn()
        self._connection.close()

    def _commit(self, batch: list[_Request]) -> list[_Outcome]:
        def whole() -> list[_Outcome]:
            self._connection.execute("BEGIN IMMEDIATE")
            return self._finish(self._attempt_batch(batch))

        self._be_patient(True)
        outcomes = self._guarded(batch, whole)
        self._be_patient(False)
        return outcomes

    def _run_alone(self, request: _Request) -> _Outcome:
        self._be_patient(True)
        try:
            return _Outcome(request.future, request.work(self._connection), None)
        except Exception as error:
            return _Outcome(request.future, None, told(error))
        finally:
            self._be_patient(False)

    def _answer(self, loop: asyncio.AbstractEventLoop, outcomes: list[_Outcome]) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody waits for the answer any more
            loop.call_soon_threadsafe(self._resume, outcomes)

    # ------------------------------------------------------------------------------------- in whichever has its turn

    def _be_patient(self, patient: bool) -> None:
        """Whether to wait for another process that writes: never in the loop."""
        self._connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS if patient else 0}").fetchall()

    def _guarded(self, batch: list[_Request], step: Callable[[], list[_Outcome]]) -> list[_Outcome]:
        """A step of a batch's transaction: where it raises, nothing of the batch is kept."""
        try:
            return step()
        except Exception as error:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            return [_Outcome(request.future, None, told(error)) for request in batch]

    def _finish(self, outcomes: list[_Outcome]) -> list[_Outcome]:
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")
        else:  # it was rolled back already, and each was told so
            assert all(outcome.error is not None for outcome in outcomes)
        return outcomes

    def _attempt_batch(self, batch: list[_Request]) -> list[_Outcome]:
        outcomes: list[_Outcome] = []
        for together, group in groupby(batch, key=attrgetter("together")):
            outcomes += self._attempt_all(together, list(group))
        return outcomes

    def _attempt_all(self, together: Together[Any, Any] | None, requests: list[_Request]) -> list[_Outcome]:
        """Neighbours within the batch's transaction: at once where they can be, else one after the other."""
        if together is not None and len(requests) > 1:
            items = [request.item for request in requests]
            both = self._attempt(_Request(lambda connection: together(connection, items), requests[0].future))
            if both.error is None:
                return [_Outcome(it.future, result, None) for it, result in zip(requests, both.result, strict=True)]
        return [self._attempt(request) for request in requests]

    def _attempt(self, request: _Request) -> _Outcome:
        """One request within the batch's transaction: a savepoint, so that one which fails half-way leaves no trace."""
        execute = self._connection.execute
        execute("SAVEPOINT request")
        try:
            result = request.work(self._connection)
        except Exception as error:
            if not self._connection.in_transaction:
                raise  # SQLite rolled everything back by itself (disk full, I/O error): nothing of the batch is kept
            execute("ROLLBACK TO request")
            execute("RELEASE request")
            return _Outcome(request.future, None, told(error))
        execute("RELEASE request")
        return _Outcome(request.future, result, None)


def _first(work: Together[Item, T], item: Item, connection: sqlite3.Connection) -> T:
    return work(connection, [item])[0]


def _resolve(outcomes: list[_Outcome]) -> None:
    for future, result, error in outcomes:
        if future.done():  # its caller was cancelled meanwhile
            continue
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)


def told(error: Exception) -> Exception:
    """The error as the ports tell it. SQLite's own text names tables and codes, never values."""
    if isinstance(error, sqlite3.Error):
        return Retryable(f"the store could not do it ({getattr(error, 'sqlite_errorname', 'closed')}): {error}")
    return error
