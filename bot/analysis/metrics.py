"""The walk: one iterative pass over a syntax tree gives the counts of every function. docs/metrics.md defines them.

It is the same code for every language; what differs lies in tables. It never recurses and never asks a node for its
parent (that costs the node's depth): what a node must know of its surroundings travels on the walk's own stack.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.analysis.expressions import chain, operator, unary
from bot.analysis.frame import Frame
from bot.analysis.naming import Head, arity, bound_name, docstring, head, qualified
from bot.analysis.parts import paths, split
from bot.analysis.rules.dispatch import Dispatch
from bot.analysis.rules.rule import Context, Found, Rule
from bot.analysis.syntax import Node, Tree, TreeCursor
from bot.analysis.tables import (
    ASSIGNMENT,
    CALL,
    COMMENT,
    CONDITION,
    DECISION,
    LEAF,
    RETURN,
    RULED,
    SHAPED,
    TEXT,
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


Entry = tuple[Node | list[Node], Frame, int, int]
"""What is still to be walked: all below a node, or some nodes themselves; for which frame, how deep, and standing
where."""


class Walker:
    """Walks trees of one language. `frames`, `comments` (byte ranges, docstrings included), `literals` (byte ranges,
    one may hold another) and `found` (rule, place, symbol) hold the last walk's harvest, in no particular order."""

    def __init__(self, tables: Tables, rules: Iterable[Rule] = ()) -> None:
        self._tables = tables
        self._dispatch = Dispatch(rules, tables)
        self._shapes = shapes(
            tables,
            {
                "functions": self._function,
                "properties": self._property,
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
        self.literals: list[tuple[int, int]] = []
        self.found: list[tuple[str, Found, str]] = []
        self._actions, self._checks = self._dispatch.prepare(data)
        self._context = Context(self._tables.language.name, data)
        self._stack: list[Entry] = []

    def walk(self, tree: Tree, data: bytes) -> None:
        self._begin(data)
        cursor = tree.walk()
        self._aside = tree.walk()
        self._push(tree.root_node, Frame(""), 0)
        while self._stack:
            where, frame, depth, mark = self._stack.pop()
            if isinstance(where, list):
                for node in where:
                    if self._actions[node.kind_id] != LEAF:
                        cursor.reset(node)
                        self._subtree(cursor, frame, depth, mark)
            else:
                cursor.reset(where)
                if cursor.goto_first_child():
                    self._subtree(cursor, frame, depth, _NOWHERE)

    def _subtree(self, cursor: TreeCursor, frame: Frame, depth: int, mark: int) -> None:
        """From where the cursor stands to the end of what it was set on, in one frame and at one depth.

        A cursor is a third faster than asking each node for its children, although it shows unnamed nodes too.
        """
        actions, shape = self._actions, self._shapes
        first, following, up = cursor.goto_first_child, cursor.goto_next_sibling, cursor.goto_parent
        while True:
            node = cursor.node
            assert node is not None
            kind = node.kind_id
            action = actions[kind]
            enter = not action & LEAF
            if action > LEAF:
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
                elif action & TEXT:
                    self.literals.append(node.byte_range)
                if action & RULED:
                    self._judge(node, kind, frame)
                if action & SHAPED:
                    enter = shape[kind](node, frame, depth, mark, cursor)
            mark = _NOWHERE
            if enter and first():
                continue
            while not following():
                if not up():
                    return

    def _judge(self, node: Node, kind: int, frame: Frame) -> None:
        for rule, check in self._checks[kind]:
            for found in check(node, self._context):
                self.found.append((rule, found, frame.name))

    def _push(self, where: Node | list[Node], frame: Frame, depth: int, mark: int = _NOWHERE) -> None:
        self._stack.append((where, frame, depth, mark))

    # Every shape adds to the frame, and says whether to enter the node; what stands deeper or elsewhere it pushes.

    def _function(self, node: Node, frame: Frame, _depth: int, _mark: int, cursor: TreeCursor) -> bool:
        tables = self._tables
        body = node.child_by_field_id(tables.body) if tables.bodies_matter else None
        if body is None and tables.language.declares:
            return False
        return self._measure(node, body, frame, cursor)

    def _measure(self, node: Node, body: Node | None, frame: Frame, cursor: TreeCursor) -> bool:
        tables, data = self._tables, self._data
        found = self._head(node, cursor)
        name = qualified(node, found, frame.name, data, tables)
        own = Frame(name, frame if frame.node else frame.owner, node)
        own.arity = arity(found.holder, data, tables)
        self.frames.append(own)
        if body is not None and (documentation := docstring(body, tables)) is not None:
            self.comments.append(documentation)
        self._push(node, own, 0)
        return False

    def _head(self, node: Node, cursor: TreeCursor) -> Head:
        found = head(node, self._tables)
        if found.label is None and self._tables.binders:
            # A second cursor looks at the parent. Not cursor.copy(): in tree-sitter 0.26.1 its copies hold an
            # uninitialised pointer, and crash.
            self._aside.reset_to(cursor)
            return found._replace(label=bound_name(self._aside, self._tables))
        return found

    def _property(self, node: Node, frame: Frame, depth: int, mark: int, cursor: TreeCursor) -> bool:
        body = node.child_by_field_id(self._tables.properties[node.kind_id])
        if body is not None and body.kind_id in self._tables.blocks:
            return self._measure(node, body, frame, cursor)
        return self._scope(node, frame, depth, mark, cursor)

    def _lambda(self, node: Node, frame: Frame, depth: int, mark: int, cursor: TreeCursor) -> bool:
        body = node.child_by_field_id(self._tables.body)
        if body is not None and body.kind_id in self._tables.blocks:
            return self._function(node, frame, depth, mark, cursor)
        self._push(node, frame, depth + _DEEPER)
        return False

    def _scope(self, node: Node, frame: Frame, _depth: int, _mark: int, cursor: TreeCursor) -> bool:
        name = qualified(node, self._head(node, cursor), frame.name, self._data, self._tables)
        self._push(node, Frame(name, frame if frame.node else frame.owner), 0)
        return False

    def _branch(self, node: Node, frame: Frame, depth: int, mark: int, _cursor: TreeCursor) -> bool:
        tables, kind = self._tables, node.kind_id
        fields, places, tested = tables.branches[kind]
        if mark != _ELSE_IF:
            frame.cognitive += 1 + depth // _DEEPER
        inner = depth + _DEEPER
        if kind in tables.levels:
            inner += _LEVEL
            frame.nesting = max(frame.nesting, inner & _LEVELS)
        heads, bodies = split(node, fields, places)
        if tested and heads:
            frame.conditions += unary(heads[0], tables)
        if tables.else_field and kind in tables.ifs:
            self._other(node, bodies, frame, depth)
        self._push(bodies, frame, inner, _SWITCH if kind in tables.switches else _NOWHERE)
        self._push(heads, frame, depth)
        return False

    def _other(self, node: Node, bodies: list[Node], frame: Frame, depth: int) -> None:
        """The else of grammars that have no node kind for it."""
        other = node.child_by_field_id(self._tables.else_field)
        if other is None:
            return
        frame.cognitive += 1
        frame.conditions += 1
        if other.kind_id in self._tables.ifs:
            bodies.remove(other)
            self._push([other], frame, depth, _ELSE_IF)

    def _elif(self, node: Node, frame: Frame, depth: int, _mark: int, _cursor: TreeCursor) -> bool:
        fields, places, tested = self._tables.elifs[node.kind_id]
        frame.cognitive += 1
        heads, bodies = split(node, fields, places)
        if tested and heads:
            frame.conditions += unary(heads[0], self._tables)
        self._push(heads, frame, max(0, depth - _DEEPER))
        self._push(bodies, frame, depth)
        return False

    def _else(self, node: Node, frame: Frame, depth: int, mark: int, _cursor: TreeCursor) -> bool:
        if mark != _SWITCH:
            frame.cognitive += 1
        children: list[Node] = node.named_children
        if self._tables.ifs and children and children[-1].kind_id in self._tables.ifs:
            self._push([children.pop()], frame, max(0, depth - _DEEPER - _LEVEL), _ELSE_IF)
        self._push(children, frame, depth)
        return False

    def _level(self, node: Node, frame: Frame, depth: int, _mark: int, _cursor: TreeCursor) -> bool:
        inner = depth + _LEVEL
        frame.nesting = max(frame.nesting, inner & _LEVELS)
        self._push(node, frame, inner)
        return False

    def _inline(self, node: Node, frame: Frame, depth: int, _mark: int, _cursor: TreeCursor) -> bool:
        self._push(node, frame, depth + _DEEPER)
        return False

    def _case(self, node: Node, frame: Frame, _depth: int, _mark: int, _cursor: TreeCursor) -> bool:
        frame.cyclomatic += paths(node, self._data, self._tables)
        return True

    def _jump(self, node: Node, frame: Frame, _depth: int, _mark: int, _cursor: TreeCursor) -> bool:
        labels, comments = self._tables.jump_labels, self._tables.comments
        children: list[Node] = node.named_children
        if any(child.kind_id in labels if labels else child.kind_id not in comments for child in children):
            frame.cognitive += 1
        return True

    def _initialiser(self, node: Node, frame: Frame, depth: int, _mark: int, _cursor: TreeCursor) -> bool:
        tables, kind = self._tables, node.kind_id
        if node.child_by_field_id(tables.initialisers[kind]) is not None:
            frame.assignments += 1
        if kind not in tables.otherwise or (other := node.child_by_field_id(tables.otherwise[kind])) is None:
            return True
        frame.cyclomatic += 1
        frame.conditions += 1
        frame.cognitive += 1 + depth // _DEEPER
        inner = depth + _DEEPER + _LEVEL
        frame.nesting = max(frame.nesting, inner & _LEVELS)
        self._push([other], frame, inner)
        self._push([child for child in node.named_children if child != other], frame, depth)
        return False

    def _short_assignment(self, node: Node, frame: Frame, _depth: int, _mark: int, _cursor: TreeCursor) -> bool:
        if operator(node) in self._tables.short_operators:
            frame.cyclomatic += 1
        return True

    def _logic(self, node: Node, frame: Frame, depth: int, _mark: int, _cursor: TreeCursor) -> bool:
        joint, tables = operator(node), self._tables
        if joint in tables.comparisons:
            frame.conditions += 1
        elif joint in tables.junctions:
            found = chain(node, tables)
            frame.cyclomatic += found.operators
            frame.cognitive += found.runs
            self._push(found.operands, frame, depth)
            return False
        return True
