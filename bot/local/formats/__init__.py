"""An answer as text for people, JSON, SARIF or Markdown: the same answer gives the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from bot.local.analyze import Answer

FORMATS = ("text", "json", "sarif", "markdown")


@dataclass(frozen=True, slots=True)
class View:
    """How text is shown: with colours or without, every finding or the worst, and what stands before each path, so that
    it leads to the file from where the reader is."""

    colour: bool = False
    everything: bool = False
    before_path: str = ""


def render(name: str, answer: Answer, view: View) -> str:
    """The answer in one of `FORMATS`, with a line break at its end."""
    text: str = import_module(f"bot.local.formats.{name}").render(answer, view)
    return text
