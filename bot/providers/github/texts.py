"""Texts within GitHub's limits: cut where a person sees that they were, never in the middle of a character."""

from __future__ import annotations

from typing import Final

CUT: Final = "\n\n*(cut here: GitHub allows no more)*"
CUT_TITLE: Final = "…"

# GitHub counts 65,535 characters of a summary, text or comment, and 64 KB of a message. Counting bytes keeps to both;
# the margin is for what it may count differently.
LONG: Final = 65_000
TITLE: Final = 250  # of 255 characters


def long(text: str) -> str:
    """A summary, a text, a comment or an annotation's message."""
    return cut(text, LONG, CUT)


def title(text: str) -> str:
    return cut(text, TITLE, CUT_TITLE)


def cut(text: str, most: int, note: str) -> str:
    """At most `most` bytes of UTF-8, the note included. What is no text (lone surrogates, NUL) is replaced."""
    data = text.replace("\0", "\ufffd").encode("utf-8", "replace")
    if len(data) <= most:
        return data.decode()
    return data[: most - len(note.encode())].decode("utf-8", "ignore") + note
