"""The far end of one fetch: one SSH connection, a channel per git process, one budget of bytes and of seconds."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import asyncssh

from bot.errors import Retryable
from bot.fetch import git, texts
from bot.fetch.bridge import Bridge, Meter
from bot.fetch.verdict import Outcome, judge

_FLAGS = (
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--no-auto-maintenance",
    "--no-recurse-submodules",
    "--stdin",
)
_MESSAGES_KEPT = 16 * 1024
_LAST_WORDS_SECONDS = 2.0


class Stopwatch:
    """Seconds that are left of a budget; only time spent inside `running` counts."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Raises Retryable when the budget is used up before the block is done."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            async with asyncio.timeout(max(0.0, self.left)):
                yield
        except TimeoutError:
            raise Retryable("the fetch took longer than its limit of time") from None
        finally:
            self.left -= loop.time() - begun


class Remote:
    """What `git fetch` can be asked to bring into the store, over a connection that stands."""

    def __init__(
        self,
        connection: asyncssh.SSHClientConnection,
        command: str,
        program: git.Git,
        watch: Stopwatch,
    ) -> None:
        self.meter = Meter(program.limits.wire_bytes)
        self._connection = connection
        self._command = command
        self._git = program
        self._watch = watch

    async def fetch(self, refspecs: Sequence[str], *, depth: int | None = None, blobs: bool = True) -> Outcome:
        """Bring them in one request, without `blobs` if the host can. Raises UserError (too large, hostile), Gone (no
        such repository), Retryable (connection, time-out)."""
        options = [*_FLAGS]
        if depth is not None:
            options.append(f"--depth={depth}")
        if not blobs:
            options.append("--filter=blob:none")
        async with self._watch.running():
            request = "".join(f"{line}\n" for line in refspecs).encode()
            outcome = await self._exchange(options, request, filtered=not blobs)
        self._git.configure()
        return outcome

    async def _exchange(self, options: Sequence[str], refspecs: bytes, *, filtered: bool) -> Outcome:
        with Bridge(self.meter) as bridge:
            end = bridge.theirs.fileno()
            # A named remote: with a bare URL, a filtered fetch would write that URL into the store's configuration.
            settings = {"remote.origin.url": f"fd::{end}"}
            async with self._git.running("fetch", *options, "origin", settings=settings, fds=(end,)) as process:
                bridge.on_exceeded = lambda: git.kill(process)
                await self._open(bridge)
                messages = await _converse(process, refspecs)
                return await self._judge(process, bridge, messages, filtered=filtered)

    async def _open(self, bridge: Bridge) -> None:
        try:
            await bridge.open(self._connection, self._command)
        except (OSError, asyncssh.Error):
            raise Retryable("the git host did not open a channel") from None

    async def _judge(self, process: Process, bridge: Bridge, messages: bytes, *, filtered: bool) -> Outcome:
        if self.meter.exceeded:
            raise texts.too_many_bytes()
        assert process.returncode is not None
        if process.returncode != 0 and not bridge.heard:
            await bridge.last_words(_LAST_WORDS_SECONDS)
        return judge(process.returncode, messages, bridge.stderr, heard=bridge.heard, filtered=filtered)


async def _converse(process: Process, refspecs: bytes) -> bytes:
    """Hand git the refspecs and wait for its end. Returns the last of what it said on stderr."""
    assert process.stdin is not None and process.stderr is not None
    process.stdin.write(refspecs)  # a fetch reads them all before it does anything, so the buffer does not stay
    process.stdin.close()
    kept = b""
    while chunk := await process.stderr.read(_MESSAGES_KEPT):
        kept = (kept + chunk)[-_MESSAGES_KEPT:]
    await process.wait()
    return kept
