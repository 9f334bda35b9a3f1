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

_GENERATED = "generated: it is marked as written by a program"

TEXT = "text"
"""What stands for the language of files that are only searched for secrets."""

TEXT_SUFFIXES = frozenset(
    {
        *(".bash", ".bat", ".cfg", ".cmake", ".conf", ".config", ".dockerfile", ".env", ".gradle", ".hcl", ".htm"),
        *(
            ".html",
            ".ini",
            ".ipynb",
            ".json",
            ".key",
            ".md",
            ".mk",
            ".pem",
            ".plist",
            ".properties",
            ".ps1",
            ".rst",
            ".sh",
        ),
        *(".sql", ".svelte", ".tf", ".tfvars", ".toml", ".txt", ".vue", ".xml", ".yaml", ".yml", ".zsh"),
    }
)
TEXT_NAMES = frozenset(
    {
        *(".dockercfg", ".htpasswd", ".netrc", ".npmrc", ".pgpass", ".pypirc", "credentials", "dockerfile"),
        *("id_dsa", "id_ecdsa", "id_ed25519", "id_rsa", "jenkinsfile", "makefile", "procfile", "vagrantfile"),
    }
)

_MINIFIED_BYTES = 100_000
_MINIFIED_MEAN = 300
_MINIFIED_LINE = 20_000


def language_of(path: str) -> str | None:
    """The language by the file's suffix; None for those that we do not measure."""
    return SUFFIXES.get(PurePosixPath(path).suffix.lower())


def kind_of(path: str) -> str | None:
    """The language, or TEXT for what people write settings and prose in; None for files that we do not read."""
    name = PurePosixPath(path).name.lower()
    text = name in TEXT_NAMES or name.startswith(".env") or PurePosixPath(name).suffix in TEXT_SUFFIXES
    return language_of(path) or (TEXT if text else None)


def reason_by_path(path: str) -> str | None:
    """Why a file is not analysed, in words for people, as far as its path tells; None if it may be."""
    if any(part.lower() in VENDORED for part in PurePosixPath(path).parts[:-1]):
        return "vendored: it lies in a folder for other people's source"
    return _GENERATED if _GENERATED_NAME.search(path) else None


def reason_to_leave_out(path: str, data: bytes, limits: AnalysisLimits) -> str | None:
    """Why a file is not analysed, in words for people; None if it is. Text is searched for secrets in any shape."""
    if (reason := reason_by_path(path)) is not None:
        return reason
    if len(data) > limits.file_bytes:
        return f"too large: over {limits.file_bytes // 1024} KiB"
    if b"\0" in data:
        return "not text: it holds NUL bytes"
    if language_of(path) is None:
        return None
    if _minified(data):
        return "minified: its lines are longer than people write"
    return _GENERATED if _GENERATED_MARK.search(data[:_MARK_BYTES]) else None


def _minified(data: bytes) -> bool:
    mean = len(data) / (data.count(b"\n") + 1)
    if len(data) <= _MINIFIED_BYTES:
        return mean > _MINIFIED_MEAN and len(data) > 10 * _MINIFIED_MEAN
    return mean > _MINIFIED_MEAN or max(map(len, data.split(b"\n"))) > _MINIFIED_LINE
