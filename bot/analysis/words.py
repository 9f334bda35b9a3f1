"""Languages in which everything is a call (Elixir): what a word such as `def` or `case` makes of the call it begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from bot.analysis.expressions import unary
from bot.analysis.flow import DEEPER, LEVEL, LEVELS, Flow
from bot.analysis.frame import Frame
from bot.analysis.language import Speech
from bot.analysis.namespaces import Space, Spaces
from bot.analysis.naming import joined, text
from bot.analysis.syntax import Node
from bot.analysis.tables import Tables

_LONGEST = 20  # no word is longer


class Anatomy(NamedTuple):
    """A call taken apart: its arguments, its `do ... end`, and what stands after `do:` and `else:` instead."""

    heads: list[Node]
    block: Node | None
    short: list[Node]
    other: list[Node]


class Grammar:
    """A language's Speech, in the numbers of its grammar."""

    def __init__(self, speech: Speech, tables: Tables) -> None:
        self.words = {word.encode(): role for word, role in speech.words.items()}
        self.attributes = {word.encode(): role for word, role in speech.attributes.items()}
        (self.call,) = tables.kinds(frozenset({speech.call}))
        (self.unary,) = tables.kinds(frozenset({speech.unary}))
        self.word = tables.kinds(frozenset({speech.word}))
        self.target = tables.place(speech.target)
        self.arguments = tables.place(speech.arguments)
        self.block = tables.place(speech.block)
        self.clause = tables.kinds(frozenset({speech.clause}))
        self.literal = tables.kinds(frozenset({speech.literal}))
        self.left, self.right = tables.place("left"), tables.place("right")
        self.other = tables.kinds(frozenset({speech.other}))
        self.handlers = tables.kinds(speech.handlers)
        self.endings = tables.kinds(speech.endings)
        self.keywords = tables.kinds(frozenset({speech.keywords}))
        self.pair = tables.kinds(frozenset({speech.pair}))
        self.names = tables.kinds(speech.names)
        self.lists = tables.kinds(speech.lists)
        self.modules = tables.kinds(speech.modules)
        self.generator = tables.kinds(frozenset({speech.generator}), named=False)
        self.guard = tables.kinds(frozenset({speech.guard}), named=False)


class Words(Flow):
    """The shapes of such languages, in which `_speech` is set."""

    _speech: Grammar

    frames: list[Frame]
    spaces: Spaces
    comments: list[tuple[int, int]]

    def _call(self, node: Node, frame: Frame, depth: int, _mark: int, _parent: Node | None) -> bool:
        speech = self._speech
        target = speech.target.of(node)
        if target is None:
            return True
        if target.kind_id in speech.word and target.end_byte - target.start_byte <= _LONGEST:
            role = speech.words.get(self._data[target.start_byte : target.end_byte])
            if role is not None:
                roles: dict[str, Callable[[Node, Frame, int], bool]] = {
                    "branch": self._choice,
                    "function": self._define,
                    "loop": self._choice,
                    "module": self._module,
                    "nothing": lambda *_: False,
                    "quote": lambda *_: True,
                    "struct": self._struct,
                    "switch": self._choice,
                    "try": self._try,
                }
                return roles[role](node, frame, depth)
        frame.calls += node.named_child_count > 1 or self._remote(target)
        return True

    def _remote(self, target: Node) -> bool:
        """`Module.name` calls it even without arguments, `name.name` may read a map."""
        left = target.named_child(0)
        return left is not None and left.kind_id in self._speech.modules

    def _anatomy(self, node: Node) -> Anatomy:
        speech, data = self._speech, self._data
        found = Anatomy([], speech.block.of(node), [], [])
        given = speech.arguments.of(node)
        for argument in given.named_children if given is not None else ():
            if argument.kind_id not in speech.keywords:
                found.heads.append(argument)
                continue
            for pair in argument.named_children:
                if pair.named_child_count < 2:
                    continue
                key, value = pair.named_children[:2]
                word = data[key.start_byte : key.end_byte].strip()
                (found.short if word == b"do:" else found.other if word == b"else:" else found.heads).append(value)
        return found

    def _choice(self, node: Node, frame: Frame, depth: int) -> bool:
        """Words that branch: of a loop or an `if` the head decides, of the others the clauses do."""
        parts, tables = self._anatomy(node), self._tables
        role = self._speech.words[self._word(node)]
        frame.cognitive += 1 + depth // DEEPER
        inner = depth + DEEPER
        if parts.block is not None:
            inner += LEVEL
            frame.nesting = max(frame.nesting, inner & LEVELS)
        if role == "branch":
            frame.cyclomatic += 1
            frame.conditions += sum(unary(head, self._data, tables) for head in parts.heads[:1])
        elif role == "loop":
            frame.cyclomatic += sum(self._filters(head) for head in parts.heads)
        if parts.other:
            frame.cognitive += 1
            frame.conditions += 1
        self._push(parts.heads, frame, depth)
        self._push(parts.short + parts.other, frame, inner)
        self._body(parts.block, frame, depth, inner)
        return False

    def _word(self, node: Node) -> bytes:
        target = self._speech.target.of(node)
        return self._data[target.start_byte : target.end_byte] if target is not None else b""

    def _filters(self, head: Node) -> bool:
        """Is it a condition of a comprehension, which no generator or assignment is?"""
        joint = head.child(1) if head.kind_id in self._tables.logic and head.child_count > 1 else None
        return joint is not None and joint.kind_id not in self._speech.generator | self._tables.assigning

    def _try(self, node: Node, frame: Frame, depth: int) -> bool:
        parts = self._anatomy(node)
        inner = depth + LEVEL * (parts.block is not None)
        frame.nesting = max(frame.nesting, inner & LEVELS)
        frame.conditions += 1
        self._push(parts.heads + parts.short + parts.other, frame, inner)
        self._body(parts.block, frame, inner, inner)
        return False

    def _body(self, block: Node | None, frame: Frame, outer: int, inner: int) -> None:
        """A `do ... end`: `outer` is how deep the word stands, `inner` how deep its clauses and statements lie."""
        speech = self._speech
        blocks = [(block, False)] if block is not None else []
        for part, handler in blocks:
            for child in part.named_children:
                kind = child.kind_id
                if kind in speech.clause:
                    self._clause(child, frame, outer, max(inner, outer + DEEPER) if handler else inner, handler)
                elif kind in speech.other or kind in speech.handlers or kind in speech.endings:
                    blocks.append((child, kind in speech.handlers))
                    frame.cognitive += kind in speech.other
                    frame.conditions += kind in speech.other
                else:
                    self._push([child], frame, inner)

    def _clause(self, clause: Node, frame: Frame, outer: int, inner: int, handler: bool) -> None:
        left, right = self._speech.left.of(clause), self._speech.right.of(clause)
        frame.conditions += 1
        if handler:
            frame.cognitive += 1 + outer // DEEPER
        if left is not None:
            otherwise = self._data[left.start_byte : left.end_byte] in (b"_", b"true")
            frame.cyclomatic += handler or not otherwise
            frame.cyclomatic += not handler and self._guarded(left)
            if not handler:  # `error in KeyError` compares nothing
                self._push([left], frame, outer)
        if right is not None:
            self._push([right], frame, inner)

    def _guarded(self, left: Node) -> bool:
        joint = left.child(1) if left.kind_id in self._tables.logic and left.child_count > 1 else None
        return joint is not None and joint.kind_id in self._speech.guard

    def _clauses(self, node: Node, frame: Frame, depth: int, _mark: int, _parent: Node | None) -> bool:
        """A function literal belongs to the function around it; each clause of it but the first decides."""
        clauses = [child for child in node.named_children if child.kind_id in self._speech.clause]
        frame.cyclomatic += max(0, len(clauses) - 1)
        for clause in clauses:
            left = self._speech.left.of(clause)
            frame.cyclomatic += left is not None and self._guarded(left)
        self._push(node, frame, depth + DEEPER)
        return False

    def _attribute(self, node: Node, _frame: Frame, _depth: int, _mark: int, _parent: Node | None) -> bool:
        """`@doc "..."` is a comment, and `@spec ...` holds nothing to count."""
        operand = node.named_child(0)
        if operand is None or self._data[node.start_byte : node.start_byte + 1] != b"@":
            return True
        role = self._speech.attributes.get(self._word(operand))
        if role == "comment":
            self.comments.append(node.byte_range)
        return role is None

    def _module(self, node: Node, frame: Frame, _depth: int) -> bool:
        parts = self._anatomy(node)
        name = joined(text(parts.heads[0], self._data) if parts.heads else "", frame.name)
        own = Frame(name, frame)
        own.space = self.spaces.part(name, "module", node, frame.space)
        own.direct = True
        self._push(([parts.block] if parts.block is not None else []) + parts.short, own, 0)
        return False

    def _struct(self, node: Node, frame: Frame, _depth: int) -> bool:
        """The fields of a struct are the instance variables of its module."""
        given, speech = self._speech.arguments.of(node), self._speech
        stack = [given] if given is not None and frame.direct else []
        while stack:
            holder = stack.pop()
            # Of `name: value` the name alone is one.
            for child in holder.named_children[: 1 if holder.kind_id in speech.pair else None]:
                kind = child.kind_id
                if kind in speech.names and frame.space is not None:
                    frame.space.ivars.add(self._data[child.start_byte : child.end_byte].strip(b": \t\r\n"))
                elif kind in speech.lists:
                    stack.append(child)
        return False

    def _define(self, node: Node, frame: Frame, _depth: int) -> bool:
        parts = self._anatomy(node)
        if not parts.heads or (parts.block is None and not parts.short):
            return False
        head, guard = parts.heads[0], None
        if self._guarded(head):
            guard = self._speech.right.of(head)
            head = self._speech.left.of(head) or head
        title, arity = self._title(head)
        own = Frame(joined(title, frame.name), frame)
        own.measure(node)
        own.body = parts.short[0].start_byte if parts.short else 0
        own.arity = arity
        own.space = frame.space
        self.frames.append(own)
        if frame.direct and frame.space is not None:
            self._method(frame.space, f"{title}/{arity}")
        self._push(([guard] if guard is not None else []) + parts.short, own, 0)
        self._body(parts.block, own, 0, 0)
        return False

    def _method(self, space: Space, identity: str) -> None:
        """The clauses of one function are one."""
        if identity not in space.known:
            space.known.add(identity)
            space.methods += 1

    def _title(self, head: Node) -> tuple[str, int]:
        """Name and arity as the head of a definition says them; an operator is called by its sign."""
        tables, speech, data = self._tables, self._speech, self._data
        if head.kind_id in tables.logic or head.kind_id == speech.unary:
            sign = head.child(0 if head.kind_id == speech.unary else 1)
            return (text(sign, data) if sign is not None else "", head.named_child_count)
        target = speech.target.of(head)
        if head.kind_id != speech.call or target is None:
            return text(head, data), 0
        given = speech.arguments.of(head)
        count = sum(child.kind_id not in tables.comments for child in given.named_children) if given is not None else 0
        return text(target, data), count
