"""The shapes that change the flow: what branches, loops, cases and chains of operators add, and how deep they lie."""

from __future__ import annotations

from abc import abstractmethod

from bot.analysis.expressions import chain, flat_chain, operator, unary
from bot.analysis.frame import Frame
from bot.analysis.parts import labelled, paths, split, without
from bot.analysis.places import after
from bot.analysis.syntax import Node
from bot.analysis.tables import RULED, Tables

# Two depths travel in one number: block levels in the low bits, cognitive nesting above them. A file of a megabyte
# cannot nest deeper than the low bits hold.
LEVEL = 1
DEEPER = 1 << 24
LEVELS = DEEPER - 1

# What a node is told about where it stands.
NOWHERE, ELSE_IF, SWITCH = range(3)

Entry = tuple[Node | list[Node], Frame, int, int]
"""What is still to be walked: all below a node, or some nodes themselves; for which frame, how deep, and standing
where."""


class Flow:
    """Every shape adds to the frame, and says whether to enter the node; what stands deeper or elsewhere it pushes."""

    _tables: Tables
    _data: bytes
    _actions: list[int]
    _stack: list[Entry]

    @abstractmethod
    def _judge(self, node: Node, frame: Frame) -> None:
        """Ask the rules about a node that the walk itself will not come by."""

    def _push(self, where: Node | list[Node], frame: Frame, depth: int, mark: int = NOWHERE) -> None:
        self._stack.append((where, frame, depth, mark))

    def _branch(self, node: Node, frame: Frame, depth: int, mark: int, _parent: Node | None) -> bool:
        tables, kind = self._tables, node.kind_id
        if mark != ELSE_IF:
            frame.cognitive += 1 + depth // DEEPER
        inner = depth + DEEPER
        if kind in tables.levels:
            inner += LEVEL
            frame.nesting = max(frame.nesting, inner & LEVELS)
        heads, bodies, tests = split(node, tables.branches[kind], tables.comments)
        frame.conditions += sum(unary(test, self._data, tables) for test in tests)
        if kind in tables.ifs and (tables.else_field or tables.else_word):
            self._other(node, bodies, frame, depth)
        self._push(bodies, frame, inner, SWITCH if kind in tables.switches else NOWHERE)
        self._push(heads, frame, depth)
        return False

    def _other(self, node: Node, bodies: list[Node], frame: Frame, depth: int) -> None:
        """The else of grammars that have no node kind for it."""
        field, words = self._tables.else_field, self._tables.else_word
        other = node.child_by_field_id(field) if field else after(node, words, self._tables.comments)
        if other is None:
            return
        frame.cognitive += 1
        frame.conditions += 1
        if other.kind_id in self._tables.ifs:
            bodies.remove(other)
            self._push([other], frame, depth, ELSE_IF)

    def _elif(self, node: Node, frame: Frame, depth: int, _mark: int, _parent: Node | None) -> bool:
        frame.cognitive += 1
        heads, bodies, tests = split(node, self._tables.elifs[node.kind_id], self._tables.comments)
        frame.conditions += sum(unary(test, self._data, self._tables) for test in tests)
        self._push(heads, frame, max(0, depth - DEEPER))
        self._push(bodies, frame, depth)
        return False

    def _else(self, node: Node, frame: Frame, depth: int, mark: int, _parent: Node | None) -> bool:
        if mark != SWITCH:
            frame.cognitive += 1
        children: list[Node] = node.named_children
        if self._tables.ifs and children and children[-1].kind_id in self._tables.ifs:
            self._push([children.pop()], frame, max(0, depth - DEEPER - LEVEL), ELSE_IF)
        self._push(children, frame, depth)
        return False

    def _level(self, node: Node, frame: Frame, depth: int, _mark: int, _parent: Node | None) -> bool:
        inner = depth + LEVEL
        frame.nesting = max(frame.nesting, inner & LEVELS)
        self._push(node, frame, inner)
        return False

    def _inline(self, node: Node, frame: Frame, depth: int, _mark: int, _parent: Node | None) -> bool:
        self._push(node, frame, depth + DEEPER)
        return False

    def _case(self, node: Node, frame: Frame, _depth: int, _mark: int, _parent: Node | None) -> bool:
        frame.cyclomatic += paths(node, self._data, self._tables)
        return True

    def _jump(self, node: Node, frame: Frame, _depth: int, _mark: int, _parent: Node | None) -> bool:
        frame.cognitive += labelled(node, self._data, self._tables)
        word = self._tables.language.return_word
        frame.returns += bool(word) and self._data.startswith(word, node.start_byte)
        return True

    def _apart(self, node: Node, frame: Frame, depth: int, _mark: int, _parent: Node | None) -> bool:
        self._push(without(node, self._tables.apart), frame, depth)
        return False

    def _initialiser(self, node: Node, frame: Frame, depth: int, _mark: int, _parent: Node | None) -> bool:
        tables, kind = self._tables, node.kind_id
        if tables.initialisers[kind].of(node) is not None:
            frame.assignments += 1
        if kind not in tables.otherwise or (other := node.child_by_field_id(tables.otherwise[kind])) is None:
            return True
        frame.cyclomatic += 1
        frame.conditions += 1
        frame.cognitive += 1 + depth // DEEPER
        inner = depth + DEEPER + LEVEL
        frame.nesting = max(frame.nesting, inner & LEVELS)
        self._push([other], frame, inner)
        self._push(without(node, tables.otherwise), frame, depth)
        return False

    def _update(self, node: Node, frame: Frame, _depth: int, _mark: int, _parent: Node | None) -> bool:
        frame.assignments += any(child.kind_id in self._tables.update_operators for child in node.children)
        return True

    def _index(self, node: Node, frame: Frame, _depth: int, _mark: int, _parent: Node | None) -> bool:
        frame.calls -= self._data[node.start_byte : node.start_byte + 1] == b"["
        return True

    def _short_assignment(self, node: Node, frame: Frame, _depth: int, _mark: int, _parent: Node | None) -> bool:
        if operator(node, self._data, self._tables) in self._tables.short_operators:
            frame.cyclomatic += 1
        return True

    def _show(self, links: list[Node], frame: Frame) -> None:
        for link in links:
            if self._actions[link.kind_id] & RULED:
                self._judge(link, frame)

    def _logic(self, node: Node, frame: Frame, depth: int, _mark: int, _parent: Node | None) -> bool:
        joint, tables = operator(node, self._data, self._tables), self._tables
        if tables.language.flat:
            found = flat_chain(node, self._data, tables)
            self._show(found.links, frame)
            frame.cyclomatic += found.operators
            frame.cognitive += found.runs
            frame.conditions += found.comparisons
            self._push(found.operands, frame, depth)
            return False
        if joint in tables.comparisons:
            frame.conditions += 1
        elif joint in tables.deciding:
            frame.cyclomatic += 1
        elif joint in tables.assigning:
            frame.assignments += 1
        elif joint in tables.junctions:
            found = chain(node, self._data, tables)
            self._show(found.links, frame)
            frame.cyclomatic += found.operators
            frame.cognitive += found.runs
            self._push(found.operands, frame, depth)
            return False
        return True
