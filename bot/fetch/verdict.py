"""Reads from git's exit status and messages what became of a fetch."""

from __future__ import annotations

import re
import signal
from enum import Enum, auto

from bot.errors import Gone, Retryable, SealbeatError, UserError
from bot.fetch import texts


class Outcome(Enum):
    """Endings of `git fetch` after which we go on, one way or another."""

    COMPLETE = auto()  # all asked for is here, with every object that it needs
    FILTERED = auto()  # all asked for is here, without blobs
    ABSENT = auto()  # the host has no such object, or no such ref
    REFUSED = auto()  # the host gives what its refs point at, and nothing else by id
    FILTER_REFUSED = auto()  # the host offers filters and then refuses ours


_ABSENT = re.compile(rb"not our ref|couldn't find remote ref")
_REFUSED = b"unadvertised object"
_FILTER_IGNORED = b"filtering not recognized by server"
_FILTER_REFUSED = re.compile(rb"banned object filter|filter '[^']*' not supported|not recognized by server: filter")
_FSCK_FAILED = re.compile(rb"fsck error|fsck failed|error in object|broken links|malformed object|Objects? .* corrupt")
_CHECK = re.compile(rb"object [0-9a-f]{40,64}: ([A-Za-z]{3,40}):")
_OVER_LIMIT = re.compile(
    rb"died of signal (?:%d|%d)\b|File too large|[Oo]ut of memory|malloc failed|exceeds maximum allowed size"
    % (signal.SIGXFSZ, signal.SIGXCPU)
)
_CORRUPT = re.compile(
    rb"inflate returned|unknown object type|pack has bad object|SHA1 COLLISION|pack is corrupted"
    rb"|invalid (?:blob|tree|commit|tag)|unresolved delta|delta base offset|bad pack|protocol error"
)
_NO_REPOSITORY = re.compile(
    rb"(?:repository|project|path)[^\n]*(?:not found|not be found|not exist|no access|denied)"
    rb"|not appear to be a git repository",
    re.IGNORECASE,
)
_DISK_FULL = b"No space left on device"


def judge(status: int, git: bytes, host: bytes, *, heard: bool, filtered: bool) -> Outcome:
    """The outcome of a fetch that exited with `status`.

    `git` is git's stderr, `host` the far end's; `heard` says whether the far end spoke git's protocol at all;
    `filtered` whether blobs were filtered away. Raises UserError, Gone or Retryable for every other ending.
    """
    said = b"\n".join(line for line in git.splitlines() if not line.startswith(b"remote: "))
    if status == 0:
        return Outcome.FILTERED if filtered and _FILTER_IGNORED not in said else Outcome.COMPLETE
    if _FILTER_REFUSED.search(said):
        return Outcome.FILTER_REFUSED
    if _REFUSED in said:
        return Outcome.REFUSED
    if _ABSENT.search(said):
        return Outcome.ABSENT
    raise _failure(said, host, heard=heard)


def _failure(said: bytes, host: bytes, *, heard: bool) -> SealbeatError:
    if not heard:
        return _turned_away(host)
    if _DISK_FULL in said:
        return Retryable("the workspace is full")
    if _OVER_LIMIT.search(said):
        return texts.too_many_bytes()
    if _FSCK_FAILED.search(said) or _CORRUPT.search(said):
        check = _CHECK.search(said)
        return texts.hostile(check[1].decode() if check else "")
    return Retryable("the fetch broke off")


def _turned_away(host: bytes) -> Gone | UserError | Retryable:
    if _NO_REPOSITORY.search(host):
        return texts.no_repository()
    return Retryable("the git host closed the channel without an answer")
