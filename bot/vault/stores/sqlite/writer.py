"""The one thread that writes: what many callers ask becomes one transaction, one fsync, one wake-up of the loop.

There is no timer. While a commit waits for the disk, the next batch gathers by itself.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import groupby
from operator import attrgetter
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple, TypeVar

from bot.errors import Retryable

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


class _Outcome(NamedTuple):
    future: asyncio.Future[Any]
    result: Any
    error: Exception | None


class Writer:
    """Owns a connection and the thread that uses it.

    Work must drain its cursors: a RETURNING statement that still has rows keeps the transaction open.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._requests: SimpleQueue[_Request | None] = SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def write(self, work: Work[T]) -> asyncio.Future[T]:
        """Run `work` in the next transaction. The future is done once that is on disk; work that raises undoes itself
        only. Retryable where the database could not write. Cancelling the future does not stop the work."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        return self._ask(_Request(work, future))

    def together(self, work: Together[Item, T], item: Item) -> asyncio.Future[T]:
        """Like `write`, for many small requests of one kind: `work` is called once with all items of that kind that
        wait, and returns as many results. Where that raises, it is called with each item alone."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        return self._ask(_Request(lambda connection: work(connection, [item])[0], future, together=work, item=item))

    def alone(self, work: Work[T]) -> asyncio.Future[T]:
        """Run `work` between two transactions."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        return self._ask(_Request(work, future, alone=True))

    async def aclose(self) -> None:
        """After everything that was asked before. Safe to repeat."""
        if not self._closed:
            self._closed = True
            self._requests.put(None)
        await asyncio.to_thread(self._thread.join)

    def _ask(self, request: _Request) -> asyncio.Future[Any]:
        if self._closed:
            raise Retryable("the store is closed")
        self._requests.put(request)
        return request.future

    # ------------------------------------------------------------------------------------------ in the writer thread

    def _run(self) -> None:
        while True:
            request = self._requests.get()
            if request is None:
                break
            batch = [request]
            following = self._gather(batch)
            if batch:
                self._answer(self._commit(batch))
            if following is not None:
                self._answer([self._run_alone(following)])
        self._connection.close()

    def _gather(self, batch: list[_Request]) -> _Request | None:
        """Add to the batch what is waiting already; stop at a request that must run alone, and return that."""
        if batch[0].alone:
            return batch.pop()
        with suppress(Empty):
            while len(batch) < MAX_BATCH:
                request = self._requests.get_nowait()
                if request is None:
                    self._requests.put(None)  # nothing is asked after closing, so this is last again
                    break
                if request.alone:
                    return request
                batch.append(request)
        return None

    def _commit(self, batch: list[_Request]) -> list[_Outcome]:
        execute = self._connection.execute
        try:
            execute("BEGIN IMMEDIATE")
            outcomes: list[_Outcome] = []
            for together, group in groupby(batch, key=attrgetter("together")):
                outcomes += self._attempt_all(together, list(group))
            execute("COMMIT")
        except Exception as error:
            with suppress(sqlite3.Error):
                execute("ROLLBACK")
            return [_Outcome(request.future, None, told(error)) for request in batch]
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

    def _run_alone(self, request: _Request) -> _Outcome:
        try:
            return _Outcome(request.future, request.work(self._connection), None)
        except Exception as error:
            return _Outcome(request.future, None, told(error))

    @staticmethod
    def _answer(outcomes: list[_Outcome]) -> None:
        loops: dict[asyncio.AbstractEventLoop, list[_Outcome]] = {}
        for outcome in outcomes:
            loops.setdefault(outcome.future.get_loop(), []).append(outcome)
        for loop, group in loops.items():
            with suppress(RuntimeError):  # that loop is closed: nobody waits for the answer any more
                loop.call_soon_threadsafe(_resolve, group)


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
