"""From git's objects to files for the analysis: only what we can measure, in portions that fit in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from bot.analysis.intake import kind_of, language_of, reason_by_path
from bot.analysis.model import LeftOut, SourceFile
from bot.analysis.settings.model import RepoSettings
from bot.errors import UserError
from bot.markdown import path_text
from bot.model import Entry, Secret
from bot.ports import Objects
from bot.services.records import KeptKey

PORTION = 16 * 1024 * 1024  # bytes of source handed to one child; its memory limit is many times that
ENTRIES_AT_ONCE = 500


def key_of(key: KeptKey) -> Secret:
    """The private half, ready for a fetch. Raises UserError with the trouble where there is none at the host."""
    if key.host_id is None:
        what, cure = key.trouble or ("This repository has no deploy key yet.", "Press *Re-run* in a minute.")
        raise UserError(what, cure=cure)
    return Secret(key.private)


def choose(entries: Sequence[Entry], settings: RepoSettings) -> tuple[dict[str, Entry], list[LeftOut]]:
    """The entries that their paths make worth reading, by their presentable paths, and why others of known languages
    are not. A path that two files share once it is made presentable stands for the last of them."""
    chosen: dict[str, Entry] = {}
    left_out: list[LeftOut] = []
    for entry in entries:
        path = path_text(entry.path)
        if kind_of(path) is None:
            continue
        reason = settings.excluded(path) or reason_by_path(path)
        if reason is None:
            chosen[path] = entry
        elif language_of(path) is not None:  # nobody asks after vendored text
            left_out.append(LeftOut(path, reason))
    return chosen, left_out


async def read_files(
    objects: Objects, entries: Sequence[Entry]
) -> AsyncIterator[tuple[list[SourceFile], list[LeftOut]]]:
    """The files of the entries, with those that are too large to read, portion by portion."""
    for start in range(0, len(entries), ENTRIES_AT_ONCE):
        part = entries[start : start + ENTRIES_AT_ONCE]
        files: list[SourceFile] = []
        left_out: list[LeftOut] = []
        size = 0
        blobs = objects.blobs([entry.oid for entry in part])
        position = 0
        async for blob in blobs:
            path = path_text(part[position].path)
            position += 1
            if blob.data is None:
                left_out.append(LeftOut(path, f"larger than the limit ({blob.size:,} bytes)"))
                continue
            files.append(SourceFile(path, blob.oid, blob.data))
            size += len(blob.data)
            if size > PORTION:
                yield files, left_out
                files, left_out, size = [], [], 0
        yield files, left_out
