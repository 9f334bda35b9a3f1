"""Tree objects, read from their bytes and laid out as paths, under budgets. Pure; no path is ever refused by its name.

The format: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects (mode, space, name, NUL, binary id, repeated).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bot.fetch import texts
from bot.model import Entry, Sha

_KIND = 0o170000
_FILE = 0o100000
_FOLDER = 0o040000
_PATH_BYTES_PER_ENTRY = 1024


class Item(NamedTuple):
    """One line of a tree object; `oid` is binary."""

    mode: int
    name: bytes
    oid: bytes

    @property
    def is_folder(self) -> bool:
        return self.mode & _KIND == _FOLDER

    @property
    def is_file(self) -> bool:
        """A regular file: neither symbolic link nor submodule."""
        return self.mode & _KIND == _FILE


def parse(raw: bytes, width: int) -> list[Item]:
    """The items of a tree object whose ids are `width` bytes. Raises UserError where the bytes are no tree."""
    items, at = [], 0
    try:
        while at < len(raw):
            space = raw.index(b" ", at, at + 8)
            nul = raw.index(b"\0", space)
            end = nul + 1 + width
            items.append(Item(int(raw[at:space], 8), raw[space + 1 : nul], raw[nul + 1 : end]))
            at = end
    except ValueError:
        raise texts.hostile("") from None
    if at != len(raw):
        raise texts.hostile("")
    return items


def flatten(trees: Mapping[bytes, list[Item]], root: bytes, limit: int) -> list[Entry]:
    """The regular files below `root` in git's order. Every item met on the way counts, folders too, each time that it
    is met: a tree of twelve objects can spell 10^10 paths. Raises UserError beyond `limit` items, or where their
    paths together are out of proportion to it."""
    files: list[Entry] = []
    items_left, bytes_left = limit, limit * _PATH_BYTES_PER_ENTRY
    open_folders: list[tuple[bytes, Iterator[Item]]] = [(b"", iter(trees[root]))]
    while open_folders:
        prefix, items = open_folders[-1]
        for item in items:
            path = prefix + item.name
            items_left -= 1
            bytes_left -= len(path)
            if items_left < 0 or bytes_left < 0:
                raise texts.too_many_entries()
            if item.is_folder:
                open_folders.append((path + b"/", iter(trees[item.oid])))
                break
            if item.is_file:
                files.append(Entry(path, item.mode, Sha(item.oid.hex())))
        else:
            open_folders.pop()
    return files
