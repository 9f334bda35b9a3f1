"""A folder's files as a tree: what lies on disk now, committed or not."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from hashlib import sha1, sha256
from pathlib import Path

from bot.analysis.intake import kind_of
from bot.analysis.model import LeftOut
from bot.local.git import GitRepository
from bot.markdown import path_text
from bot.model import Blob, Entry, Sha
from bot.services.repo_config import FILES

_SKIPPED = {b".git", b".hg", b".svn"}


class Folder:
    """bot.ports.Objects over files on disk, as far as anybody would look into them. Symbolic links are not followed;
    blob ids are those that git would give. `unread` holds what could not be read, once `tree` was asked for."""

    received = 0

    def __init__(
        self,
        root: Path,
        blob_bytes: int,
        paths: Iterable[bytes] | None = None,
        beneath: GitRepository | None = None,
        hash_name: str = "sha1",
    ) -> None:
        """`paths`: those to look at, under the root; None: all that are there. Blobs that are not on disk are looked
        for in `beneath`, whose ids are made by `hash_name`."""
        self.unread: list[LeftOut] = []
        self._root = os.fsencode(root)
        self._beneath = beneath
        self._hash = sha256 if hash_name == "sha256" else sha1
        self._largest = blob_bytes
        self._paths = paths
        self._places: dict[Sha, tuple[bytes, int]] = {}
        self._plain: dict[bytes, bool] = {b"": True}

    async def tree(self, _commit: Sha = Sha("")) -> list[Entry]:  # noqa: B008 - a value
        return await asyncio.to_thread(self._entries)

    def _entries(self) -> list[Entry]:
        entries = []
        for path in sorted(self._walk() if self._paths is None else self._paths):
            if path not in FILES and kind_of(path_text(path)) is None:
                continue
            place = self._root + b"/" + path
            try:
                status = os.lstat(place)
                if not stat.S_ISREG(status.st_mode) or not self._is_plain(os.path.dirname(path)):  # noqa: PTH120 - bytes
                    continue
                oid = self._oid(place, path, status.st_size)
            except (FileNotFoundError, NotADirectoryError):  # deleted, and not committed
                continue
            except OSError as error:
                self.unread.append(LeftOut(path_text(path), f"cannot be read: {error.strerror}"))
                continue
            self._places[oid] = (place, status.st_size)
            entries.append(Entry(path, 0o100644, oid))
        return entries

    def _is_plain(self, folder: bytes) -> bool:
        """Whether no link leads there: git's index may name a file behind one, and it would be another file."""
        known = self._plain.get(folder)
        if known is None:
            here = stat.S_ISDIR(os.lstat(self._root + b"/" + folder).st_mode)
            known = self._plain[folder] = here and self._is_plain_above(folder)
        return known

    def _is_plain_above(self, folder: bytes) -> bool:
        parts = folder.split(b"/")
        return all(
            stat.S_ISDIR(os.lstat(self._root + b"/" + b"/".join(parts[:count])).st_mode)
            for count in range(1, len(parts))
        )

    def _oid(self, place: bytes, path: bytes, size: int) -> Sha:
        if size > self._largest:  # it will not be read: any id of its own will do
            return Sha(self._hash(b"large " + path, usedforsecurity=False).hexdigest())
        data = _read(place)
        return Sha(self._hash(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest())

    def _walk(self) -> Iterator[bytes]:
        """Paths below the root. No recursion: folders may lie deeper than Python's stack reaches."""
        waiting = [b""]
        while waiting:
            folder = waiting.pop()
            try:
                with os.scandir(self._root + b"/" + folder) as found:
                    for entry in found:
                        path = folder + entry.name
                        if not entry.is_dir(follow_symlinks=False):
                            yield path
                        elif entry.name not in _SKIPPED:
                            waiting.append(path + b"/")
            except OSError as error:
                self.unread.append(LeftOut(path_text(folder) or ".", f"cannot be read: {error.strerror}"))

    async def blobs(self, oids: Sequence[Sha]) -> AsyncIterator[Blob]:
        beneath = {}
        if self._beneath is not None and (missing := [oid for oid in oids if oid not in self._places]):
            beneath = {blob.oid: blob async for blob in self._beneath.blobs(missing)}
        for oid in oids:
            if oid in beneath:
                yield beneath[oid]
                continue
            place, size = self._places[oid]
            yield Blob(oid, size, await asyncio.to_thread(_again, place) if size <= self._largest else None)


def _read(place: bytes) -> bytes:
    descriptor = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


def _again(place: bytes) -> bytes:
    """Nothing where the file has gone since it was listed."""
    try:
        return _read(place)
    except OSError:
        return b""
