"""The parent's side of the locked child: start it, hand it files, believe nothing it says without looking, end it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Collection
from types import TracebackType
from typing import Self

from bot.analysis.jail import strength
from bot.analysis.limits import AnalysisLimits
from bot.analysis.wire import HEADER, MAX_REPLY, READY, REFUSED, Measurement, decode
from bot.errors import ConfigError, Retryable

_LARGE = 64 * 1024
"""Replies of this size are decoded in a thread: they would hold up the event loop for more than a millisecond."""


_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1"}
"""All that the child's environment holds: numpy's linear algebra, which nothing here uses, would start threads."""


class ChildDied(Exception):
    """The child ended, hung or broke the protocol while it worked on a file."""


class Child:
    """One locked child process, as an async context manager: whatever happens, it is gone at the end."""

    def __init__(self, limits: AnalysisLimits, languages: Collection[str], salt: bytes = b"") -> None:
        """`languages` are those that it can be asked for: making ready for one takes it up to a tenth of a second.
        `salt` keys the hashes of secrets."""
        self._limits = limits
        self._languages = ",".join(sorted(languages))
        self._salt = salt
        self._process: Process | None = None

    async def __aenter__(self) -> Self:
        """Start and lock. Raises ConfigError where the kernel lacks the lock, Retryable where no child starts."""
        limits = self._limits
        arguments = (limits.memory_bytes, limits.batch_cpu_seconds, int(limits.require_jail), limits.parse_seconds)
        try:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-I",  # neither the environment nor the working directory decides what is imported
                "-m",
                "bot.analysis.child",
                *map(str, arguments),
                self._languages,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                env=_ENVIRONMENT,
                cwd="/",
                start_new_session=True,
            )
        except OSError as error:
            raise Retryable(f"no analysis child could be started (errno {error.errno})", after=30) from None
        try:
            async with asyncio.timeout(limits.start_seconds):
                await self._send(self._salt)
                ready = await self._receive() == READY
        except (ChildDied, ConnectionError, TimeoutError):
            ready = False
        except BaseException:
            await self._end()
            raise
        if not ready:
            await self._refuse()
        return self

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
            return decode(reply) if len(reply) < _LARGE else await asyncio.to_thread(decode, reply)
        except ValueError:
            raise ChildDied from None

    async def _send(self, *payloads: bytes) -> None:
        assert self._process is not None and self._process.stdin is not None
        for payload in payloads:
            self._process.stdin.write(HEADER.pack(len(payload)))
            self._process.stdin.write(payload)
        await self._process.stdin.drain()

    async def _receive(self) -> bytes:
        assert self._process is not None and self._process.stdout is not None
        try:
            (size,) = HEADER.unpack(await self._process.stdout.readexactly(HEADER.size))
            if size > MAX_REPLY:
                raise ChildDied
            return await self._process.stdout.readexactly(size)
        except asyncio.IncompleteReadError:
            raise ChildDied from None

    async def _refuse(self) -> None:
        status = await self._end()
        if status == REFUSED:
            raise ConfigError(
                f"this kernel lacks {' and '.join(strength().missing)}, which lock the analysis of foreign source in; "
                "run on a kernel that has them (5.13 or newer), or allow the analysis without them explicitly"
            )
        raise Retryable(f"the analysis child did not start (status {status})", after=30)

    async def _end(self) -> int | None:
        """Kill the child with its whole session, and reap it. Its exit status, if it had ended by itself."""
        process = self._process
        if process is None:
            return None
        if process.returncode is None:
            with contextlib.suppress(TimeoutError):  # one that refused is about to end by itself
                if process.stdout is not None and process.stdout.at_eof():
                    async with asyncio.timeout(1):
                        await process.wait()
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        waiting = asyncio.ensure_future(process.wait())
        try:
            await asyncio.shield(waiting)
        except asyncio.CancelledError:  # a killed process ends at once: reap it before passing the wish on
            await waiting
            raise
        finally:
            if process.stdin is not None:
                process.stdin.close()
        return process.returncode
