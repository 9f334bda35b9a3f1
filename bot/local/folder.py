"""A folder's files as a tree: what lies on disk now, committed or not."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import AsyncIterator, Iterable, Sequence
from hashlib import sha1
from pathlib import Path

from bot.local.git import GitRepository
from bot.model import Blob, Entry, Sha

_SKIPPED = {b".git", b".hg", b".svn"}


class Folder:
    """bot.ports.Objects over files on disk. Symbolic links are not followed; blob ids are those that git would give."""

    received = 0

    def __init__(
        self,
        root: Path,
        blob_bytes: int,
        paths: Iterable[bytes] | None = None,
        beneath: GitRepository | None = None,
    ) -> None:
        """`paths`: those to look at, under the root; None: all that are there. Blobs that are not on disk are looked
        for in `beneath`."""
        self._root = os.fsencode(root)
        self._beneath = beneath
        self._largest = blob_bytes
        self._paths = paths
        self._places: dict[Sha, tuple[bytes, int]] = {}

    async def tree(self, _commit: Sha = Sha("")) -> list[Entry]:  # noqa: B008 - a value
        return await asyncio.to_thread(self._entries)

    def _entries(self) -> list[Entry]:
        entries = []
        for path in sorted(self._walk() if self._paths is None else self._paths):
            place = os.path.join(self._root, path)  # noqa: PTH118 - paths are bytes
            try:
                status = os.lstat(place)
            except OSError:
                continue
            if stat.S_ISREG(status.st_mode):
                oid = self._oid(place, path, status.st_size)
                self._places[oid] = (place, status.st_size)
                entries.append(Entry(path, 0o100644, oid))
        return entries

    def _oid(self, place: bytes, path: bytes, size: int) -> Sha:
        if size > self._largest:  # it will not be read: any id of its own will do
            return Sha(sha1(b"large " + path, usedforsecurity=False).hexdigest())
        data = _read(place)
        return Sha(sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest())

    def _walk(self) -> Iterable[bytes]:
        for folder, folders, names in os.walk(self._root):
            folders[:] = sorted(name for name in folders if name not in _SKIPPED)
            for name in names:
                yield os.path.relpath(os.path.join(folder, name), self._root)  # noqa: PTH118

    async def blobs(self, oids: Sequence[Sha]) -> AsyncIterator[Blob]:
        beneath = {}
        if self._beneath is not None and (missing := [oid for oid in oids if oid not in self._places]):
            beneath = {blob.oid: blob async for blob in self._beneath.blobs(missing)}
        for oid in oids:
            if oid in beneath:
                yield beneath[oid]
                continue
            place, size = self._places[oid]
            data = await asyncio.to_thread(_read, place) if size <= self._largest else None
            yield Blob(oid, size, data)


def _read(place: bytes) -> bytes:
    """Nothing where the file has gone or may not be read."""
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return b""
    with os.fdopen(descriptor, "rb") as file:
        return file.read()
