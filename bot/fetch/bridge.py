"""Joins an SSH channel to the socket that git talks through, with back pressure both ways and every byte counted."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable
from typing import Self, cast

import asyncssh

_BUFFER = 1024 * 1024
_STDERR_KEPT = 4096


class Meter:
    """Bytes that came over SSH, of all channels together, and how many may."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.received = 0

    def take(self, count: int) -> bool:
        """Count them; False once there are too many."""
        self.received += count
        return self.received <= self.limit

    @property
    def exceeded(self) -> bool:
        return self.received > self.limit


class Bridge:
    """One channel running one command, joined to a socket pair of which git gets the end `theirs`.

    `stderr` and `heard` (whether the far end said anything on stdout) tell afterwards how it went; `on_exceeded` is
    called the moment the meter says stop. A context manager: at its end both sides are closed.
    """

    def __init__(self, meter: Meter) -> None:
        self.meter = meter
        self.on_exceeded: Callable[[], None] = lambda: None
        self.stderr = b""
        self.heard = False
        self.ours, self.theirs = socket.socketpair()
        self.socket: asyncio.Transport | None = None
        self.channel: asyncssh.SSHClientChannel[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.theirs.close()
        self.abort()

    async def open(self, connection: asyncssh.SSHClientConnection, command: str) -> None:
        """Start the command at the far end, once git holds its end. Raises asyncssh.Error or OSError."""
        self.theirs.close()
        self.ours.setblocking(False)
        await asyncio.get_running_loop().create_unix_connection(lambda: _SocketEnd(self), sock=self.ours)
        self.channel, _ = await connection.create_session(
            lambda: _ChannelEnd(self), command, env={"GIT_PROTOCOL": "version=2"}, encoding=None
        )
        assert self.socket is not None
        if not self.socket.is_closing():
            self.socket.resume_reading()

    async def last_words(self, seconds: float) -> None:
        """Wait, not longer than that, until the far end has closed: its complaint may come after its silence."""
        if self.channel is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.channel.wait_closed(), seconds)

    def abort(self) -> None:
        """Both sides, at once. May be called again."""
        if self.socket is None:
            self.ours.close()
        else:
            self.socket.abort()
        if self.channel is not None:
            self.channel.abort()

    def received(self, data: bytes, stream: int | None) -> None:
        if not self.meter.take(len(data)):
            self.abort()
            self.on_exceeded()
        elif stream == asyncssh.EXTENDED_DATA_STDERR:
            self.stderr = (self.stderr + data)[:_STDERR_KEPT]
        elif self.socket is not None and not self.socket.is_closing():
            self.heard = True
            self.socket.write(data)


class _SocketEnd(asyncio.Protocol):
    """What git writes goes to the channel."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Not every event loop's transports are subclasses of asyncio's (uvloop's are not), though they do the same.
        self._bridge.socket = transport = cast("asyncio.Transport", transport)
        transport.set_write_buffer_limits(high=_BUFFER)
        transport.pause_reading()  # until there is a channel to write to

    def data_received(self, data: bytes) -> None:
        assert self._bridge.channel is not None
        with contextlib.suppress(OSError):  # the channel has closed: git will see the end of its input
            self._bridge.channel.write(data)

    def eof_received(self) -> bool:
        if self._bridge.channel is not None:
            with contextlib.suppress(OSError):
                self._bridge.channel.write_eof()
        return True

    def pause_writing(self) -> None:
        if self._bridge.channel is not None:
            self._bridge.channel.pause_reading()

    def resume_writing(self) -> None:
        if self._bridge.channel is not None:
            self._bridge.channel.resume_reading()

    def connection_lost(self, _: Exception | None) -> None:
        if self._bridge.channel is not None:
            self._bridge.channel.close()


class _ChannelEnd(asyncssh.SSHClientSession[bytes]):
    """What the host sends goes to git."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge

    def connection_made(self, chan: asyncssh.SSHClientChannel[bytes]) -> None:
        self._bridge.channel = chan

    def data_received(self, data: bytes, datatype: int | None) -> None:
        self._bridge.received(data, datatype)

    def eof_received(self) -> bool:
        self._end_input()
        return True

    def pause_writing(self) -> None:
        if self._bridge.socket is not None:
            self._bridge.socket.pause_reading()

    def resume_writing(self) -> None:
        if self._bridge.socket is not None:
            self._bridge.socket.resume_reading()

    def connection_lost(self, _: Exception | None) -> None:
        self._end_input()

    def _end_input(self) -> None:
        if self._bridge.socket is not None and not self._bridge.socket.is_closing():
            with contextlib.suppress(OSError, RuntimeError):
                self._bridge.socket.write_eof()
