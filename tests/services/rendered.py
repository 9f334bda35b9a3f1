"""Markdown as a host renders it: what of a text is live, and what is only shown."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def inline(text: str) -> list[list[Token]]:
    """The inline tokens of each paragraph, heading, list item and table cell, in their order."""
    return [block.children or [] for block in _PARSER.parse(text) if block.type == "inline"]


def blocks(text: str) -> list[str]:
    """The types of the blocks."""
    return [block.type for block in _PARSER.parse(text)]


def spans(text: str) -> list[str]:
    """The contents of all code spans."""
    return [token.content for tokens in inline(text) for token in tokens if token.type == "code_inline"]


def live(text: str) -> str:
    """All that stands outside of code spans, markup included."""
    shown = [token.content or token.type for tokens in inline(text) for token in tokens if token.type != "code_inline"]
    return "\n".join(shown)
