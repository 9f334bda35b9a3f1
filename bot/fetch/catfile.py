"""Reads objects from a bare store through `git cat-file`: what they are and how large first, their bytes after."""

from __future__ import annotations

import asyncio
from asyncio import StreamReader
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import NamedTuple

from bot.errors import Retryable
from bot.fetch.git import Git
from bot.model import Sha


class Header(NamedTuple):
    """What an object is ("commit", "tree", "blob", "tag"; "missing" where it is not here) and its size in bytes."""

    kind: str
    size: int


class Records:
    """The objects that one `cat-file --batch` process is asked for, in the order asked."""

    def __init__(self, requests: asyncio.StreamWriter, answers: StreamReader) -> None:
        self._requests = requests
        self._answers = answers

    def ask(self, oids: Iterable[str]) -> None:
        self._requests.write("".join(f"{oid}\n" for oid in oids).encode())

    def ask_no_more(self) -> None:
        self._requests.close()

    async def header(self) -> Header:
        """Of the next object. Raises Retryable where git ended before."""
        return _header(await self._answers.readline())

    async def body(self, size: int) -> bytes:
        """The bytes that belong to the header just read, which must not be that of a missing object."""
        try:
            return (await self._answers.readexactly(size + 1))[:-1]
        except asyncio.IncompleteReadError:
            raise _ended() from None


@asynccontextmanager
async def batch(git: Git, *, buffered: bool) -> AsyncIterator[Records]:
    """A reader of objects. `buffered` is faster, and answers only after `ask_no_more`."""
    flags = ("--buffer",) if buffered else ()
    async with git.running("cat-file", "--batch", *flags, capture=True) as process:
        assert process.stdin is not None and process.stdout is not None
        yield Records(process.stdin, process.stdout)


async def headers(git: Git, oids: Iterable[Sha]) -> dict[Sha, Header]:
    """What each of them is, without reading any."""
    asked = list(dict.fromkeys(oids))
    async with git.running("cat-file", "--batch-check", "--buffer", capture=True) as process:
        answers, _ = await process.communicate("".join(f"{oid}\n" for oid in asked).encode())
    lines = answers.splitlines()
    if len(lines) != len(asked):
        raise _ended()
    return {oid: _header(line) for oid, line in zip(asked, lines, strict=True)}


def _header(line: bytes) -> Header:
    match line.split():
        case [_, b"missing"]:
            return Header("missing", 0)
        case [_, kind, size]:
            return Header(kind.decode(), int(size))
        case _:
            raise _ended()


def _ended() -> Retryable:
    return Retryable("git ended before it had given every object")
