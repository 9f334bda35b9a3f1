"""What a repository asks of us, read at a commit that the pull request cannot change: the merge base, or the default
branch's head. So no pull request can switch off its own review. Data with a meaning; nothing in it is ever run."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from bot.analysis.settings.load import LIMITS, load
from bot.analysis.settings.model import PathSettings, RepoSettings
from bot.model import Entry
from bot.ports import Objects
from bot.services.context import Options

FILES = {name.encode(): name for name in LIMITS}
"""Paths of the files that are read, all at the root."""


def defaults(options: Options) -> RepoSettings:
    """What holds where a repository says nothing: the operator's choices."""
    return RepoSettings(
        PathSettings(options.thresholds),
        comments=options.comments_default,
        fail_severity=options.fail_severity,
        minimum_severity=options.minimum_severity,
    )


async def read(objects: Objects, entries: Iterable[Entry], options: Options) -> RepoSettings:
    """The settings of the tree with these entries. What was not understood is among its remarks."""
    found = [entry for entry in entries if entry.path in FILES]
    blobs = [blob.data async for blob in objects.blobs([entry.oid for entry in found])] if found else []
    files = {FILES[entry.path]: data for entry, data in zip(found, blobs, strict=True)}
    return await asyncio.to_thread(load, files, defaults(options))
