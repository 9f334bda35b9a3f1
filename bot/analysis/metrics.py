"""The walk: one iterative pass over a syntax tree gives the counts of every function. docs/metrics.md defines them.

It is the same code for every language; what differs lies in tables. It never recurses and never asks a node for its
parent (that costs the node's depth): what a node must know of its surroundings travels on the walk's own stack.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.analysis.fields import told
from bot.analysis.flow import DEEPER, NOWHERE, Entry
from bot.analysis.frame import Frame
from bot.analysis.namespaces import Space, Spaces
from bot.analysis.naming import Head, arity, bound_name, docstring, head, qualified, return_values, text
from bot.analysis.rules.dispatch import Dispatch
from bot.analysis.rules.rule import Context, Found, Rule
from bot.analysis.syntax import Node, Tree
from bot.analysis.tables import (
    ASSIGNMENT,
    CALL,
    COMMENT,
    CONDITION,
    DECISION,
    FIELD,
    LEAF,
    PLAIN,
    RETURN,
    RULED,
    SHAPED,
    TEXT,
    Tables,
    plain,
    shapes,
)
from bot.analysis.words import Grammar, Words


class Walker(Words):
    """Walks trees of one language. `frames`, `comments` (byte ranges, docstrings included), `literals` (byte ranges,
    one may hold another) and `found` (rule, place, symbol) hold the last walk's harvest, in no particular order."""

    def __init__(self, tables: Tables, rules: Iterable[Rule] = ()) -> None:
        self._tables = tables
        if tables.language.speech is not None:
            self._speech = Grammar(tables.language.speech, tables)
        rules = tuple(rules)
        self._dispatch = Dispatch(rules, tables)
        self._plain = plain(tables, (site.kinds for rule in rules if (site := rule.sites.get(tables.language.name))))
        self._shapes = shapes(
            tables,
            {
                "functions": self._function,
                "properties": self._property,
                "lambdas": self._lambda,
                "scopes": self._scope,
                "nameless": self._nameless,
                "inline": self._inline,
                "branches": self._branch,
                "levels": self._level,
                "elifs": self._elif,
                "elses": self._else,
                "cases": self._case,
                "jumps": self._jump,
                "apart": self._apart,
                "initialisers": self._initialiser,
                "updates": self._update,
                "indices": self._index,
                "short_assignments": self._short_assignment,
                "logic": self._logic,
                "calling": self._call,
                "literal_functions": self._clauses,
                "attributed": self._attribute,
            },
        )
        self._begin(b"")

    def _begin(self, data: bytes) -> None:
        self._data = data
        self.frames: list[Frame] = []
        self.spaces = Spaces()
        self.comments: list[tuple[int, int]] = []
        self.literals: list[tuple[int, int]] = []
        self.found: list[tuple[str, Found, str]] = []
        self._actions = self._dispatch.prepare(data)
        self._context = Context(self._tables.language.name, data)
        self._stack: list[Entry] = []

    def walk(self, tree: Tree, data: bytes) -> None:
        self._begin(data)
        root = tree.root_node
        self._document(root)
        self._push(root, Frame(""), 0)
        del root  # a node keeps the children that it was asked for: without this, all of the tree's would pile up
        self._descend()

    def _descend(self) -> None:
        actions, shape, stack, small = self._actions, self._shapes, self._stack, self._plain
        unopened: list[Node] = []
        open_later, open_next = unopened.append, unopened.pop
        while stack:
            where, frame, depth, mark = stack.pop()
            parent: Node | None = None
            if isinstance(where, list):
                nodes = where
            else:
                parent, nodes = where, where.named_children
            while True:  # all below, in one frame and at one depth
                for node in nodes:
                    kind = node.kind_id
                    action = actions[kind]
                    if action:
                        if action == LEAF:
                            continue
                        if action == PLAIN:
                            if node.descendant_count > small[kind]:
                                open_later(node)
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
                        elif action & TEXT:
                            self.literals.append(node.byte_range)
                        if action & RULED:
                            self._judge(node, frame)
                        if action & FIELD and frame.space is not None:
                            told(node, self._data, self._tables, frame.space.ivars, direct=frame.direct)
                        if action & SHAPED:
                            if not shape[kind](node, frame, depth, mark, parent):
                                continue
                        elif action & LEAF:
                            continue
                        if action & PLAIN and node.descendant_count <= small[kind]:
                            continue
                    open_later(node)
                if not unopened:
                    break
                parent = open_next()
                nodes = parent.named_children
                mark = NOWHERE

    def _judge(self, node: Node, frame: Frame) -> None:
        for rule, found in self._dispatch.look(node, self._context):
            self.found.append((rule, found, frame.name))

    def _function(self, node: Node, frame: Frame, _depth: int, _mark: int, parent: Node | None) -> bool:
        tables = self._tables
        body = tables.body.of(node) if tables.bodies_matter else None
        if body is None and tables.language.declares:
            if frame.direct and frame.space is not None:
                frame.space.methods += 1
            return False
        return self._measure(node, body, frame, parent)

    def _measure(self, node: Node, body: Node | None, frame: Frame, parent: Node | None) -> bool:
        tables, data = self._tables, self._data
        found = self._head(node, parent)
        name = qualified(node, found, frame.name, data, tables)
        own = Frame(name, frame)
        own.measure(node)
        if own.first == own.last and (inner := body or tables.body.of(node)) is not None:
            own.body = inner.start_byte
        own.space = self._space(node, found, name, frame)
        own.arity = arity(found.holder, data, tables)
        own.return_values = return_values(found.holder, data, tables)
        self.frames.append(own)
        self._document(body)
        self._push(node, own, 0)
        return False

    def _space(self, node: Node, found: Head, name: str, frame: Frame) -> Space | None:
        """The namespace that a function counts for: the one around it, or the one that its receiver names."""
        space, word = frame.space, self._tables.language.receivers
        if word and (found.before or node.child_by_field_id(self._tables.receiver) is not None):
            within = name.rpartition(".")[0]
            space = self.spaces.part(within, word, node, frame.space) if within else None
        elif not frame.direct or node.kind_id in self._tables.titles:  # an accessor is no method
            return space
        if space is not None:
            space.methods += 1
        return space

    def _document(self, body: Node | None) -> None:
        """A docstring is a comment."""
        if body is not None and (found := docstring(body, self._tables)) is not None:
            self.comments.append(found)

    def _head(self, node: Node, parent: Node | None) -> Head:
        found = head(node, self._tables)
        if found.label is None and self._tables.binders:
            title = self._tables.titles.get(node.kind_id, "")
            return found._replace(label=bound_name(parent, self._tables), title=title)
        return found

    def _property(self, node: Node, frame: Frame, depth: int, mark: int, parent: Node | None) -> bool:
        body = self._tables.properties[node.kind_id].of(node)
        if body is not None and body.kind_id in self._tables.blocks:
            return self._measure(node, body, frame, parent)
        return self._scope(node, frame, depth, mark, parent)

    def _lambda(self, node: Node, frame: Frame, depth: int, mark: int, parent: Node | None) -> bool:
        body = self._tables.body.of(node)
        if body is not None and body.kind_id in self._tables.blocks:
            return self._function(node, frame, depth, mark, parent)
        self._push(node, frame, depth + DEEPER)
        return False

    def _scope(self, node: Node, frame: Frame, _depth: int, _mark: int, parent: Node | None) -> bool:
        tables, kind = self._tables, node.kind_id
        children: list[Node] = node.named_children
        wanted = tables.contents.get(kind)
        if wanted is not None and all(child.kind_id not in wanted for child in children):
            return True
        found = self._head(node, parent)
        if kind in tables.properties:
            found = found._replace(title="")
        name = qualified(node, found, frame.name, self._data, tables)
        own = Frame(name, frame)
        word = self._word_for(node, kind)
        own.space = self.spaces.part(name, word, node, frame.space) if word else frame.space
        own.direct = bool(word) or frame.direct
        self._document(tables.body.of(node) if tables.docstrings else None)
        for child in children:  # where it stands in its scope, a body is not nameless
            if child.kind_id in tables.nameless:
                self._push(child, own, 0)
        self._push([child for child in children if child.kind_id not in tables.nameless], own, 0)
        return False

    def _word_for(self, node: Node, kind: int) -> str:
        """What a namespace is called where it is declared; empty for a scope that is none."""
        tables = self._tables
        declared = node.child_by_field_id(tables.declared) if tables.declared and kind in tables.namespaces else None
        return text(declared, self._data) if declared is not None else tables.namespaces.get(kind, "")

    def _nameless(self, node: Node, frame: Frame, _depth: int, _mark: int, _parent: Node | None) -> bool:
        """The body of a nameless class: its functions count for the namespace around it, its variables for none."""
        if not frame.direct:  # in a function neither is a member of anything
            return True
        own = Frame(frame.name, frame)
        own.space = frame.space
        self._push(node, own, 0)
        return False
