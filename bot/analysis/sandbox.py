"""The parent's side of the locked child: start it, hand it files, believe nothing it says without looking, end it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from asyncio import StreamReader, StreamWriter
from types import TracebackType
from typing import Self

from bot.analysis.cradle import CRADLE
from bot.analysis.jail import strength
from bot.analysis.limits import AnalysisLimits
from bot.analysis.nursery import Start
from bot.analysis.wire import HEADER, MAX_REPLY, READY, REFUSED, Measurement, believe
from bot.errors import ConfigError, Retryable

_LARGE = 64 * 1024
"""Replies of this size are decoded in a thread: they would hold up the event loop for more than a millisecond."""


class ChildDied(Exception):
    """The child ended, hung or broke the protocol while it worked on a file."""


class Child:
    """One locked child process, as an async context manager: whatever happens, it is gone at the end."""

    def __init__(self, limits: AnalysisLimits, salt: bytes = b"") -> None:
        """`salt` keys the hashes of secrets."""
        self._limits = limits
        self._salt = salt
        self._pid = 0
        self._reader: StreamReader | None = None
        self._writer: StreamWriter | None = None

    async def __aenter__(self) -> Self:
        """Start and lock. Raises ConfigError where the kernel lacks the lock, Retryable where no child starts."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._reader, self._writer = await asyncio.open_connection(sock=ours)
            try:
                await self._start(theirs)
            except OSError as error:
                await self._end()
                raise Retryable(f"no analysis child could be started ({type(error).__name__})", after=30) from None
            except BaseException:
                await self._end()
                raise
        try:
            async with asyncio.timeout(self._limits.start_seconds):
                await self._send(self._salt)
                said = await self._receive()
        except (ChildDied, ConnectionError, TimeoutError):
            said = b""
        except BaseException:
            await self._end()
            raise
        if said != READY:
            await self._refuse(said)
        return self

    async def _start(self, theirs: socket.socket) -> None:
        limits = self._limits
        wish = Start(limits.memory_bytes, limits.batch_cpu_seconds, limits.require_jail, limits.parse_seconds)
        asking = asyncio.ensure_future(asyncio.to_thread(CRADLE.start, wish, theirs, limits.start_seconds))
        try:
            self._pid = await asyncio.shield(asking)
        except asyncio.CancelledError:  # the thread cannot be stopped: take what it brings, for `_end`
            with contextlib.suppress(OSError):
                self._pid = await asking
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._end()

    async def measure(self, language: str, data: bytes) -> Measurement:
        """Raises ChildDied if the child does not answer properly in time; it is of no use any more then."""
        try:
            async with asyncio.timeout(self._limits.file_seconds):
                await self._send(language.encode(), data)
                reply = await self._receive()
        except (TimeoutError, ConnectionError):
            raise ChildDied from None
        try:
            return believe(reply, data) if len(reply) < _LARGE else await asyncio.to_thread(believe, reply, data)
        except ValueError:
            raise ChildDied from None

    async def _send(self, *payloads: bytes) -> None:
        assert self._writer is not None
        for payload in payloads:
            self._writer.write(HEADER.pack(len(payload)))
            self._writer.write(payload)
        await self._writer.drain()

    async def _receive(self) -> bytes:
        assert self._reader is not None
        try:
            (size,) = HEADER.unpack(await self._reader.readexactly(HEADER.size))
            if size > MAX_REPLY:
                raise ChildDied
            return await self._reader.readexactly(size)
        except asyncio.IncompleteReadError:
            raise ChildDied from None

    async def _refuse(self, said: bytes) -> None:
        status = await self._end()
        if said == REFUSED:
            raise ConfigError(
                f"this kernel lacks {' and '.join(strength().missing)}, which lock the analysis of foreign source in; "
                "run on a kernel that has them (5.13 or newer), or allow the analysis without them explicitly"
            )
        raise Retryable(f"the analysis child did not start (status {status})", after=30)

    async def _end(self) -> int:
        """Kill the child and wait until it is gone, whoever is in a hurry. Its exit status, if it ended by itself."""
        if self._writer is not None:
            self._writer.transport.abort()
            self._writer = None
        if not self._pid:
            return 0
        pid, self._pid = self._pid, 0
        ending = asyncio.ensure_future(asyncio.to_thread(_end, pid))
        try:
            return await asyncio.shield(ending)
        except asyncio.CancelledError:
            await ending
            raise


def _end(pid: int) -> int:
    try:
        return CRADLE.end(pid)
    except OSError:  # the nursery is gone, and all its children with it
        return 0
