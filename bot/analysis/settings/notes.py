"""What is wrong with a file of settings, gathered: each with its line, in words for people, and not too many."""

from __future__ import annotations

from bot.analysis.model import Remark

MAX_REMARKS = 50
"""For one file."""


class Notes:
    """The remarks on one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._told: list[Remark] = []
        self._more = 0

    def add(self, line: int, text: str) -> None:
        """`text` is Markdown of ours, in which anything from the repository is a code span already."""
        if len(self._told) < MAX_REMARKS:
            self._told.append(Remark(self.path, line, text))
        else:
            self._more += 1

    def remarks(self) -> tuple[Remark, ...]:
        told = sorted(self._told, key=lambda remark: remark.line)
        return (*told, *([Remark(self.path, 0, f"… and {self._more} more.")] if self._more else ()))
