"""What the walk counts up: one frame for each function, and one for the code around functions."""

from __future__ import annotations

from math import sqrt

from bot.analysis.namespaces import Space
from bot.analysis.places import rows
from bot.analysis.syntax import Node


class Frame:
    """The counts of one function. Without a node: of a file, class or module, which is not reported."""

    __slots__ = (
        "arity",
        "assignments",
        "calls",
        "cognitive",
        "conditions",
        "cyclomatic",
        "direct",
        "end",
        "first",
        "last",
        "name",
        "nesting",
        "node",
        "owner",
        "return_values",
        "returns",
        "space",
        "start",
    )

    def __init__(self, name: str, owner: Frame | None = None, node: Node | None = None) -> None:
        self.name = name
        self.owner = owner  # the function that this one is nested in
        self.node = node
        self.start, self.end = node.byte_range if node is not None else (0, 0)  # bytes
        self.first, self.last = rows(node) if node is not None else (0, 0)
        self.cyclomatic = 1
        self.cognitive = self.assignments = self.calls = self.conditions = self.returns = 0
        self.nesting = self.arity = self.return_values = 0
        self.space: Space | None = None  # the namespace that it counts for
        self.direct = False  # is it that namespace's own code, and in no function

    @property
    def abc(self) -> float:
        return round(sqrt(self.assignments**2 + self.calls**2 + self.conditions**2), 2)
