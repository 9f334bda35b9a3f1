"""What the walk counts up: one frame for each function, and one for the code around functions."""

from __future__ import annotations

from math import sqrt

from bot.analysis.namespaces import Space
from bot.analysis.places import rows
from bot.analysis.syntax import Node


class Frame:
    """The counts of one function. Not `measured`: of a file, class or module, which is not reported.

    It keeps no node: a node keeps its children, and theirs, once they were asked for.
    """

    __slots__ = (
        "arity",
        "assignments",
        "body",
        "calls",
        "cognitive",
        "conditions",
        "cyclomatic",
        "direct",
        "end",
        "first",
        "last",
        "measured",
        "name",
        "nesting",
        "owner",
        "return_values",
        "returns",
        "space",
        "start",
    )

    def __init__(self, name: str, around: Frame | None = None) -> None:
        self.name = name
        self.measured = False
        # the function that this one is nested in
        self.owner: Frame | None = around if around is None or around.measured else around.owner
        self.start = self.end = self.body = 0  # bytes
        self.first = self.last = 0  # rows, from 0
        self.cyclomatic = 1
        self.cognitive = self.assignments = self.calls = self.conditions = self.returns = 0
        self.nesting = self.arity = self.return_values = 0
        self.space: Space | None = None  # the namespace that it counts for
        self.direct = False  # is it that namespace's own code, and in no function

    def measure(self, node: Node) -> None:
        """From now on the frame of this function."""
        self.measured = True
        self.start, self.end = node.byte_range
        self.first, self.last = rows(node)

    @property
    def abc(self) -> float:
        return round(sqrt(self.assignments**2 + self.calls**2 + self.conditions**2), 2)
