"""The walk: one iterative pass over a syntax tree gives the counts of every function. docs/metrics.md defines them.

It is the same code for every language; what differs lies in tables. It never recurses and never asks a node for its
parent (that costs the node's depth): what a node must know of its surroundings travels on the walk's own stack.
"""

from __future__ import annotations

from bot.analysis.expressions import chain, operator, unary
from bot.analysis.frame import Frame
from bot.analysis.naming import arity, docstring, qualified
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
    Tables,
    shapes,
)

# Two depths travel in one number: block levels in the low bits, cognitive nesting above them. A file of a megabyte
# cannot nest deeper than the low bits hold.
_LEVEL = 1
_DEEPER = 1 << 24
_LEVELS = _DEEPER - 1

# What a node is told about where it stands.
_NOWHERE, _ELSE_IF, _SWITCH = range(3)


class Group:
    """Some children of a node, standing in for it: the same attributes, and no kind of any grammar."""

    __slots__ = ("named_children",)

    kind_id = -1

    def __init__(self, children: list[Node]) -> None:
        self.named_children = children


Parent = Node | Group


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
            },
        )
        self._begin(b"")

    def _begin(self, data: bytes) -> None:
        self._data = data
        self.frames: list[Frame] = []
        self.comments: list[tuple[int, int]] = []
        self._stack: list[tuple[list[Parent], Frame, int, int]] = []

    def walk(self, tree: Tree, data: bytes) -> None:
        self._begin(data)
        actions, shape, stack = self._tables.actions, self._shapes, self._stack
        self._push(tree.root_node, Frame(""), 0)
        while stack:
            parents, frame, depth, mark = stack.pop()
            # What is alike in its surroundings is walked level by level: a stack entry per node would cost more.
            while parents:
                deeper: list[Parent] = []
                descend = deeper.append
                for parent in parents:
                    for node in parent.named_children:
                        kind = node.kind_id
                        action = actions[kind]
                        if action == LEAF:
                            continue
                        if not action:
                            descend(node)
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
                        if not action & SHAPED:
                            descend(node)
                        elif (rest := shape[kind](node, frame, depth, mark, parent)) is not None:
                            descend(rest)
                parents, mark = deeper, _NOWHERE

    def _push(self, parent: Parent, frame: Frame, depth: int, mark: int = _NOWHERE) -> None:
        self._stack.append(([parent], frame, depth, mark))

    # Every shape adds to the frame, and returns the parent to go on with; what stands deeper or elsewhere it pushes.

    def _function(self, node: Node, frame: Frame, _depth: int, _mark: int, parent: Parent) -> Parent | None:
        tables, data = self._tables, self._data
        body = node.child_by_field_id(tables.body) if tables.bodies_matter else None
        if body is None and tables.language.declares:
            return None
        name = qualified(node, frame.name, parent if isinstance(parent, Node) else None, data, tables)
        own = Frame(name, frame if frame.node else frame.owner, node)
        own.arity = arity(node, data, tables)
        self.frames.append(own)
        if body is not None and (documentation := docstring(body, tables)) is not None:
            self.comments.append(documentation)
        self._push(node, own, 0)
        return None

    def _lambda(self, node: Node, frame: Frame, depth: int, mark: int, parent: Parent) -> Parent | None:
        body = node.child_by_field_id(self._tables.body)
        if body is not None and body.kind_id in self._tables.blocks:
            return self._function(node, frame, depth, mark, parent)
        self._push(node, frame, depth + _DEEPER)
        return None

    def _scope(self, node: Node, frame: Frame, _depth: int, _mark: int, parent: Parent) -> Parent | None:
        name = qualified(node, frame.name, parent if isinstance(parent, Node) else None, self._data, self._tables)
        self._push(node, Frame(name, frame if frame.node else frame.owner), 0)
        return None

    def _branch(self, node: Node, frame: Frame, depth: int, mark: int, _parent: Parent) -> Parent | None:
        tables, kind = self._tables, node.kind_id
        fields, places, tested = tables.branches[kind]
        if mark != _ELSE_IF:
            frame.cognitive += 1 + depth // _DEEPER
        inner = depth + _DEEPER
        if kind in tables.levels:
            inner += _LEVEL
            frame.nesting = max(frame.nesting, inner & _LEVELS)
        heads, bodies = _split(node, fields, places)
        if tested and heads:
            frame.conditions += unary(heads[0], tables)
        if tables.else_field and kind in tables.ifs:
            self._other(node, bodies, frame, depth)
        self._push(Group(bodies), frame, inner, _SWITCH if kind in tables.switches else _NOWHERE)
        return Group(heads) if heads else None

    def _other(self, node: Node, bodies: list[Node], frame: Frame, depth: int) -> None:
        """The else of grammars that have no node kind for it."""
        other = node.child_by_field_id(self._tables.else_field)
        if other is None:
            return
        frame.cognitive += 1
        frame.conditions += 1
        if other.kind_id in self._tables.ifs:
            bodies.remove(other)
            self._push(Group([other]), frame, depth, _ELSE_IF)

    def _elif(self, node: Node, frame: Frame, depth: int, _mark: int, _parent: Parent) -> Parent | None:
        fields, places, tested = self._tables.elifs[node.kind_id]
        frame.cognitive += 1
        heads, bodies = _split(node, fields, places)
        if tested and heads:
            frame.conditions += unary(heads[0], self._tables)
        self._push(Group(heads), frame, max(0, depth - _DEEPER))
        self._push(Group(bodies), frame, depth)
        return None

    def _else(self, node: Node, frame: Frame, depth: int, mark: int, _parent: Parent) -> Parent | None:
        if mark != _SWITCH:
            frame.cognitive += 1
        children: list[Node] = node.named_children
        if self._tables.ifs and children and children[-1].kind_id in self._tables.ifs:
            self._push(Group([children.pop()]), frame, max(0, depth - _DEEPER - _LEVEL), _ELSE_IF)
        self._push(Group(children), frame, depth)
        return None

    def _level(self, node: Node, frame: Frame, depth: int, _mark: int, _parent: Parent) -> Parent | None:
        inner = depth + _LEVEL
        frame.nesting = max(frame.nesting, inner & _LEVELS)
        self._push(node, frame, inner)
        return None

    def _inline(self, node: Node, frame: Frame, depth: int, _mark: int, _parent: Parent) -> Parent | None:
        self._push(node, frame, depth + _DEEPER)
        return None

    def _case(self, node: Node, frame: Frame, _depth: int, _mark: int, _parent: Parent) -> Parent | None:
        children: list[Node] = node.named_children
        if children and self._data[children[0].start_byte : children[0].end_byte] != b"_":
            frame.cyclomatic += 1
        return node

    def _jump(self, node: Node, frame: Frame, _depth: int, _mark: int, _parent: Parent) -> Parent | None:
        children: list[Node] = node.named_children
        if any(child.kind_id not in self._tables.comments for child in children):
            frame.cognitive += 1
        return node

    def _initialiser(self, node: Node, frame: Frame, _depth: int, _mark: int, _parent: Parent) -> Parent | None:
        if node.child_by_field_id(self._tables.initialisers[node.kind_id]) is not None:
            frame.assignments += 1
        return node

    def _short_assignment(self, node: Node, frame: Frame, _depth: int, _mark: int, _parent: Parent) -> Parent | None:
        if operator(node) in self._tables.short_operators:
            frame.cyclomatic += 1
        return node

    def _logic(self, node: Node, frame: Frame, depth: int, _mark: int, _parent: Parent) -> Parent | None:
        joint, tables = operator(node), self._tables
        if joint in tables.comparisons:
            frame.conditions += 1
        elif joint in tables.junctions:
            found = chain(node, tables)
            frame.cyclomatic += found.operators
            frame.cognitive += found.runs
            self._push(Group(found.operands), frame, depth)
            return None
        return node


def _split(node: Node, fields: tuple[int, ...], places: tuple[int, ...]) -> tuple[list[Node], list[Node]]:
    """A structure's named children, its heads apart (in the order of its table) from what lies deeper."""
    bodies: list[Node] = node.named_children
    heads = [bodies[place] for place in places if place < len(bodies)]
    for field in fields:
        part = node.child_by_field_id(field)
        if part is not None and part.is_named:
            heads.append(part)
    for part in heads:
        bodies.remove(part)
    return heads, bodies
