"""What a repository asks of us: `.sealbeat.toml` at the merge base, never at the head, so that no pull request can
switch off its own review. Data with a schema; nothing in it is ever run."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from bot.markdown import code

FILE = b".sealbeat.toml"
# Small, since the parser's work grows with the square of a key's length: 64 KiB of "a.a.a…" take it 18 seconds.
MAX_BYTES = 4096


@dataclass(frozen=True, slots=True)
class RepoConfig:
    """`comments`: one comment on each pull request where there is something to say. `notes` say what was wrong with
    the file and what was assumed (Markdown)."""

    comments: bool
    notes: tuple[str, ...] = ()


def parse(data: bytes | None, *, comments_default: bool) -> RepoConfig:
    """What the file's bytes ask for; None: there is no file. Never fails: what cannot be understood is noted, and the
    default holds."""
    if data is None:
        return RepoConfig(comments_default)
    if len(data) > MAX_BYTES:
        return too_large(comments_default=comments_default)
    try:
        document = tomllib.loads(data.decode())
    except (ValueError, RecursionError):  # also a number with more digits than Python converts
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


def too_large(*, comments_default: bool) -> RepoConfig:
    """For a file that is larger than it may be, or than was read."""
    return RepoConfig(comments_default, (f"`.sealbeat.toml` is over {MAX_BYTES} bytes: the defaults were used.",))
