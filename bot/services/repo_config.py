"""What a repository asks of us: `.sealbeat.toml` at the merge base, never at the head, so that no pull request can
switch off its own review. Data with a schema; nothing in it is ever run."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from bot.services.markdown import code

FILE = b".sealbeat.toml"
MAX_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class RepoConfig:
    """`comments`: one comment on each pull request where there is something to say. `notes` say what was wrong with
    the file and what was assumed (Markdown)."""

    comments: bool
    notes: tuple[str, ...] = ()


def parse(data: bytes | None, *, comments_default: bool) -> RepoConfig:
    """Never fails: what cannot be understood is noted, and the default holds."""
    if data is None:
        return RepoConfig(comments_default)
    try:
        document = tomllib.loads(data[:MAX_BYTES].decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return RepoConfig(comments_default, ("`.sealbeat.toml` is not TOML in UTF-8: the defaults were used.",))
    notes = [
        f"`.sealbeat.toml`: {code(key, 60)} is not a setting; known: `comments`."
        for key in document
        if key != "comments"
    ]
    comments = document.get("comments", comments_default)
    if not isinstance(comments, bool):
        notes.append("`.sealbeat.toml`: `comments` must be `true` or `false`; the default was used.")
        comments = comments_default
    return RepoConfig(comments, tuple(notes[:10]))
