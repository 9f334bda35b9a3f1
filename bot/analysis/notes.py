"""What is wrong with a file, gathered: each with its line, in words for people, and not too many."""

from __future__ import annotations

from collections.abc import Callable

from bot.analysis.model import Remark

MAX_REMARKS = 50
"""For one file of settings."""


class Notes:
    """The remarks on one file: the first so many that are added, and how many more there were."""

    def __init__(self, path: str, most: int = MAX_REMARKS) -> None:
        self.path = path
        self._most = most
        self._told: list[Remark] = []
        self._more = 0

    def add(self, line: int, text: str | Callable[[], str]) -> None:
        """`text` is Markdown of ours, in which anything from the repository is a code span already. A callable is asked
        only where its text is told: to look for what a name may have meant takes long, and a file may hold thousands.
        """
        if len(self._told) == self._most:
            self._more += 1
            return
        self._told.append(Remark(self.path, line, text if isinstance(text, str) else text()))

    def remarks(self) -> tuple[Remark, ...]:
        """In the order of lines."""
        told = sorted(self._told, key=lambda remark: remark.line)
        return (*told, *([Remark(self.path, 0, f"… and {self._more} more.")] if self._more else ()))
