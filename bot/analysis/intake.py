"""Which files are worth the walk: known languages, written by people, of a size that people write."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from bot.analysis.languages import SUFFIXES
from bot.analysis.limits import AnalysisLimits

VENDORED = frozenset(
    {
        ".yarn",
        "bower_components",
        "carthage",
        "godeps",
        "node_modules",
        "pods",
        "site-packages",
        "third_party",
        "third-party",
        "thirdparty",
        "vendor",
        "vendored",
    }
)
"""Folders, in lower case, that hold other people's source."""

_GENERATED_NAME = re.compile(r"(\.min\.[cm]?js|[._]pb2?\.(go|py|rb|js|ts)|_pb2_grpc\.py|\.pb\.gw\.go|_generated\.go)$")
_GENERATED_MARK = re.compile(
    rb"^[ \t/*#-]*(Code generated .{0,200}DO NOT EDIT"  # https://go.dev/s/generatedcode
    rb"|.{0,200}@generated\b"
    rb"|(This file (is|was) )?(auto-?|automatically )generated\b)",
    re.IGNORECASE | re.MULTILINE,
)
_MARK_BYTES = 2048

_MINIFIED_BYTES = 100_000
_MINIFIED_MEAN = 300
_MINIFIED_LINE = 20_000


def language_of(path: str) -> str | None:
    """The language by the file's suffix; None for those that we do not read."""
    return SUFFIXES.get(PurePosixPath(path).suffix.lower())


def reason_to_leave_out(path: str, data: bytes, limits: AnalysisLimits) -> str | None:
    """Why a file is not analysed, in words for people; None if it is."""
    if any(part.lower() in VENDORED for part in PurePosixPath(path).parts[:-1]):
        return "vendored: it lies in a folder for other people's source"
    if len(data) > limits.file_bytes:
        return f"too large: over {limits.file_bytes // 1024} KiB"
    if b"\0" in data:
        return "not text: it holds NUL bytes"
    if _minified(data):
        return "minified: its lines are longer than people write"
    if _GENERATED_NAME.search(path) or _GENERATED_MARK.search(data[:_MARK_BYTES]):
        return "generated: it is marked as written by a program"
    return None


def _minified(data: bytes) -> bool:
    mean = len(data) / (data.count(b"\n") + 1)
    if len(data) <= _MINIFIED_BYTES:
        return mean > _MINIFIED_MEAN and len(data) > 10 * _MINIFIED_MEAN
    return mean > _MINIFIED_MEAN or max(map(len, data.split(b"\n"))) > _MINIFIED_LINE
