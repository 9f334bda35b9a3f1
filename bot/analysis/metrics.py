"""The walk: one iterative pass over a syntax tree gives the counts of every function. docs/metrics.md defines them.

It is the same code for every language; what differs lies in tables. It never recurses and never asks a node for its
parent (that costs the node's depth): what a node must know of its surroundings travels on the walk's own stack.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.analysis.findings import ANONYMOUS
from bot.analysis.syntax import Node, Tree
from bot.analysis.tables import (
    ASSIGNMENT,
    CALL,
    COMMENT,
    CONDITION,
    DECISION,
    LEAF,
    RETURN,
    SHAPED,
    Head,
    Tables,
    shapes,
)

# Two depths travel in one number: block levels in the low bits, cognitive nesting above them. A file of a megabyte
# cannot nest deeper than the low bits hold.
_LEVEL = 1
_DEEPER = 1 << 24
_LEVELS = _DEEPER - 1

# What a node is told about where it stands.
_NOWHERE, _CHAIN, _ELSE_IF, _SWITCH = range(4)

_NAME_LENGTH = 80
_QUALIFIED_LENGTH = 200  # deep nests of long names would otherwise cost the square of their depth

Where = Node | list[Node]


class Frame:
    """The counts of one function; or of the code around functions, which is not reported."""

    __slots__ = (
        "arity",
        "assignments",
        "calls",
        "cognitive",
        "conditions",
        "cyclomatic",
        "name",
        "nesting",
        "node",
        "owner",
        "returns",
    )

    def __init__(self, name: str, node: Node | None, owner: Frame | None) -> None:
        self.name = name
        self.node = node  # None: a file, class or module
        self.owner = owner  # the function that this one is nested in
        self.cyclomatic = 1
        self.cognitive = self.assignments = self.calls = self.conditions = self.returns = 0
        self.nesting = self.arity = 0


class Walker:
    """Walks trees of one language. `frames` and `comments` (byte ranges, docstrings included) hold the last walk's
    harvest, in no particular order."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._shapes = shapes(
            tables,
            {
                "functions": self._function,
                "lambdas": self._lambda,
                "scopes": self._scope,
                "inline": self._inline,
                "branches": self._branch,
                "levels": self._level,
                "elifs": self._elif,
                "elses": self._else,
                "cases": self._case,
                "jumps": self._jump,
                "initialisers": self._initialiser,
                "short_assignments": self._short_assignment,
                "logic": self._logic,
                "transparent": self._transparent,
            },
        )
        self._begin(b"")

    def _begin(self, data: bytes) -> None:
        self._data = data
        self.frames: list[Frame] = []
        self.comments: list[tuple[int, int]] = []
        self._stack: list[tuple[Where, Frame, int, int]] = []
        self._push = self._stack.append

    def walk(self, tree: Tree, data: bytes) -> None:
        self._begin(data)
        actions, shape, push, stack = self._tables.actions, self._shapes, self._push, self._stack
        push((tree.root_node, Frame("", None, None), 0, _NOWHERE))
        while stack:
            where, frame, depth, mark = stack.pop()
            for node in where if isinstance(where, list) else where.named_children:
                kind = node.kind_id
                action = actions[kind]
                if not action:
                    push((node, frame, depth, _NOWHERE))
                    continue
                if action == LEAF:
                    continue
                if action & DECISION:
                    frame.cyclomatic += 1
                if action & CALL:
                    frame.calls += 1
                elif action & CONDITION:
                    frame.conditions += 1
                elif action & ASSIGNMENT:
                    frame.assignments += 1
                elif action & RETURN:
                    frame.returns += 1
                elif action & COMMENT:
                    self.comments.append(node.byte_range)
                    continue
                if action & SHAPED:
                    shape[kind](node, frame, depth, mark, where)
                else:
                    push((node, frame, depth, _NOWHERE))

    # What is named

    def _function(self, node: Node, frame: Frame, _depth: int, _mark: int, where: Where) -> None:
        body = node.child_by_field_id(self._tables.body)
        if body is None and self._tables.language.declares:
            return
        own = Frame(self._name(node, frame, where), node, frame if frame.node else frame.owner)
        own.arity = self._arity(node)
        self.frames.append(own)
        if body is not None and self._tables.docstrings:
            self._docstring(body)
        self._push((node, own, 0, _NOWHERE))

    def _lambda(self, node: Node, frame: Frame, depth: int, mark: int, where: Where) -> None:
        body = node.child_by_field_id(self._tables.body)
        if body is not None and body.kind_id in self._tables.blocks:
            self._function(node, frame, depth, mark, where)
        else:
            self._push((node, frame, depth + _DEEPER, _NOWHERE))

    def _scope(self, node: Node, frame: Frame, _depth: int, _mark: int, where: Where) -> None:
        own = Frame(self._name(node, frame, where), None, frame if frame.node else frame.owner)
        self._push((node, own, 0, _NOWHERE))

    def _name(self, node: Node, frame: Frame, where: Where) -> str:
        tables = self._tables
        label = node.child_by_field_id(tables.name)
        if label is None and not isinstance(where, list) and where.kind_id in tables.binders:
            label = where.child_by_field_id(tables.binders[where.kind_id])
        name = self._text(label) if label is not None else ANONYMOUS
        if tables.receiver and (receiver := node.child_by_field_id(tables.receiver)) is not None:
            words = re.findall(r"\w+", self._text(receiver).partition("[")[0])
            name = f"{words[-1]}.{name}" if words else name
        return f"{frame.name}.{name}"[-_QUALIFIED_LENGTH:] if frame.name else name

    def _text(self, node: Node) -> str:
        start = node.start_byte
        raw = self._data[start : min(node.end_byte, start + _NAME_LENGTH)]
        text = " ".join(raw.decode("utf-8", "replace").split())
        return text if text.isprintable() else "".join(char if char.isprintable() else "?" for char in text)

    def _arity(self, node: Node) -> int:
        tables = self._tables
        found = (node.child_by_field_id(field) for field in tables.parameters)
        listed = next((parameters for parameters in found if parameters is not None), None)
        if listed is None:
            return 0
        if tables.actions[listed.kind_id] == LEAF:  # a lone name: x => x + 1
            return 1
        each = [child for child in listed.named_children if child.kind_id not in tables.uncounted]
        if each and tables.selves and self._first_word(each[0]) in tables.selves:
            del each[0]
        return sum(
            max(1, len(child.children_by_field_id(tables.name))) if child.kind_id in tables.grouped else 1
            for child in each
        )

    def _first_word(self, node: Node) -> bytes:
        start = node.start_byte
        return self._data[start : min(node.end_byte, start + _NAME_LENGTH)].partition(b":")[0].strip()

    def _docstring(self, body: Node) -> None:
        for statement in body.named_children:
            if statement.kind_id in self._tables.comments:
                continue
            parts = statement.named_children
            if len(parts) == 1 and parts[0].kind_id in self._tables.docstrings:
                self.comments.append(statement.byte_range)
            return

    # How it flows

    def _branch(self, node: Node, frame: Frame, depth: int, mark: int, _where: Where) -> None:
        tables, kind = self._tables, node.kind_id
        head, tested = tables.branches[kind]
        if mark != _ELSE_IF:
            frame.cognitive += 1 + depth // _DEEPER
        inner = depth + _DEEPER
        if kind in tables.levels:
            inner += _LEVEL
            frame.nesting = max(frame.nesting, inner & _LEVELS)
        heads, bodies = _split(node, head)
        if tested and heads:
            frame.conditions += self._unary(heads[0])
        if tables.else_field and kind in tables.ifs:
            other = node.child_by_field_id(tables.else_field)
            if other is not None:
                frame.cognitive += 1
                frame.conditions += 1
                if other.kind_id in tables.ifs:
                    bodies.remove(other)
                    self._push(([other], frame, depth, _ELSE_IF))
        self._push((heads, frame, depth, _NOWHERE))
        self._push((bodies, frame, inner, _SWITCH if kind in tables.switches else _NOWHERE))

    def _elif(self, node: Node, frame: Frame, depth: int, _mark: int, _where: Where) -> None:
        head, tested = self._tables.elifs[node.kind_id]
        frame.cognitive += 1
        heads, bodies = _split(node, head)
        if tested and heads:
            frame.conditions += self._unary(heads[0])
        self._push((heads, frame, max(0, depth - _DEEPER), _NOWHERE))
        self._push((bodies, frame, depth, _NOWHERE))

    def _else(self, node: Node, frame: Frame, depth: int, mark: int, _where: Where) -> None:
        if mark != _SWITCH:
            frame.cognitive += 1
        children = node.named_children
        if self._tables.ifs and children and children[-1].kind_id in self._tables.ifs:
            outer = max(0, depth - _DEEPER - _LEVEL)
            self._push(([children.pop()], frame, outer, _ELSE_IF))
        self._push((children, frame, depth, _NOWHERE))

    def _level(self, node: Node, frame: Frame, depth: int, _mark: int, _where: Where) -> None:
        inner = depth + _LEVEL
        frame.nesting = max(frame.nesting, inner & _LEVELS)
        self._push((node, frame, inner, _NOWHERE))

    def _inline(self, node: Node, frame: Frame, depth: int, _mark: int, _where: Where) -> None:
        self._push((node, frame, depth + _DEEPER, _NOWHERE))

    def _case(self, node: Node, frame: Frame, depth: int, _mark: int, _where: Where) -> None:
        first = node.named_child(0) if node.named_child_count else None
        if first is not None and self._data[first.start_byte : first.end_byte] != b"_":
            frame.cyclomatic += 1
        self._push((node, frame, depth, _NOWHERE))

    def _jump(self, node: Node, frame: Frame, _depth: int, _mark: int, _where: Where) -> None:
        frame.cognitive += 1 if node.named_child_count else 0

    # What is computed

    def _initialiser(self, node: Node, frame: Frame, depth: int, _mark: int, _where: Where) -> None:
        if node.child_by_field_id(self._tables.initialisers[node.kind_id]) is not None:
            frame.assignments += 1
        self._push((node, frame, depth, _NOWHERE))

    def _short_assignment(self, node: Node, frame: Frame, depth: int, _mark: int, _where: Where) -> None:
        if _operator(node) in self._tables.short_operators:
            frame.cyclomatic += 1
        self._push((node, frame, depth, _NOWHERE))

    def _transparent(self, node: Node, frame: Frame, depth: int, mark: int, _where: Where) -> None:
        through = mark == _CHAIN and node.named_child_count == 1
        self._push((node, frame, depth, _CHAIN if through else _NOWHERE))

    def _logic(self, node: Node, frame: Frame, depth: int, mark: int, _where: Where) -> None:
        operator = _operator(node)
        if operator not in self._tables.junctions:
            frame.conditions += operator in self._tables.comparisons
            self._push((node, frame, depth, _NOWHERE))
            return
        if mark != _CHAIN:  # the top of a chain counts for all of it
            self._chain(node, frame)
        self._push((node, frame, depth, _CHAIN))

    def _chain(self, node: Node, frame: Frame) -> None:
        """Short-circuit operators in the order of reading: each is a decision, each run of one family a thought."""
        pending: list[Node] = []
        current: Node | None = node
        last = ""
        while current is not None or pending:
            if current is not None:
                pending.append(current)
                current = self._link(current.child(0))
                continue
            link = pending.pop()
            frame.cyclomatic += 1
            family = self._tables.junctions[_operator(link)]
            if family and family != last:
                frame.cognitive += 1
                last = family
            current = self._link(link.child(link.child_count - 1))

    def _link(self, node: Node | None) -> Node | None:
        """The chain's next link behind any parentheses, or None where an operand stands."""
        tables = self._tables
        while node is not None and node.kind_id in tables.transparent:
            node = node.named_child(0) if node.named_child_count == 1 else None
        if node is not None and node.kind_id in tables.logic and _operator(node) in tables.junctions:
            return node
        return None

    def _unary(self, condition: Node) -> int:
        """How many operands of a condition stand there without a comparison."""
        tables = self._tables
        count = 0
        stack = [condition]
        while stack:
            node = stack.pop()
            kind = node.kind_id
            if kind in tables.see_through:
                stack.extend(node.named_children)
            elif kind in tables.logic:
                operator = _operator(node)
                if operator in tables.junctions:
                    stack.extend(node.named_children)
                else:
                    count += operator not in tables.comparisons
            elif kind not in tables.comparing and kind not in tables.comments:
                count += 1
        return count


def _operator(node: Node) -> int:
    """The kind of a binary node's operator; 0, which is no operator, where the source is broken."""
    operator = node.child(1) if node.child_count > 1 else None
    return operator.kind_id if operator is not None else 0


def _split(node: Node, head: Head) -> tuple[list[Node], list[Node]]:
    """A structure's named children, its heads apart (in the order of its table) from what lies deeper."""
    fields, places = head
    children: list[Node] = node.named_children
    heads = [part for field in fields if (part := node.child_by_field_id(field)) is not None and part.is_named]
    heads += [children[place] for place in places if place < len(children)]
    return heads, [child for child in children if child not in heads]


def in_order(frames: Sequence[Frame]) -> list[Frame]:
    """Frames of functions in the order of the source."""
    return sorted(frames, key=lambda frame: (frame.node.start_byte, -frame.node.end_byte) if frame.node else (0, 0))
