"""Parsing with a deadline: the only importer of tree_sitter."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from itertools import count
from time import process_time

from tree_sitter import Language as Grammar
from tree_sitter import Node, Parser, Tree

__all__ = ["ERROR", "Node", "OutOfTime", "Syntax", "Tree", "error_bytes"]

ERROR = 0xFFFF
"""The kind id of a node that spans a syntax error; it lies outside the grammar's own range."""

_CHUNK = 1 << 16


class OutOfTime(Exception):
    """The parse was stopped at its deadline."""


class Syntax:
    """One grammar with its parser. Not safe for use by two threads at once."""

    def __init__(self, module: str, function: str) -> None:
        self._grammar = Grammar(getattr(import_module(module), function)())
        self._parser = Parser(self._grammar)

    def kinds(self) -> Iterator[tuple[int, str, bool]]:
        """(id, name, is it a named kind) of every node kind; several ids may share a name."""
        for number in range(self._grammar.node_kind_count):
            name = self._grammar.node_kind_for_id(number)
            if name is not None:
                yield number, name, self._grammar.node_kind_is_named(number)

    def field(self, name: str) -> int:
        """The id of a field. Raises LookupError where the grammar has no such field."""
        number = self._grammar.field_id_for_name(name)
        if number is None:
            raise LookupError(name)
        return number

    def parse(self, data: bytes, seconds: float) -> Tree:
        """A tree for any bytes whatever: errors are nodes in it. Raises OutOfTime after `seconds` of CPU time.

        CPU time, because a busy machine must not change what is found. The source is handed over by a callable,
        because tree-sitter heeds the progress callback only then; the clock is read at every sixteenth call of it.
        """
        tick = count()
        view = memoryview(data)
        end = process_time() + seconds
        try:
            return self._parser.parse(
                lambda offset, _point: view[offset : offset + _CHUNK],
                progress_callback=lambda _offset, _error: next(tick) % 16 == 0 and process_time() > end,
            )
        except ValueError:
            # A stopped parser would resume the old file at its next call and give a wrong tree.
            self._parser.reset()
            raise OutOfTime from None


def error_bytes(tree: Tree) -> int:
    """How many bytes lie in the outermost error nodes."""
    total = 0
    stack = [tree.root_node]
    while stack:
        node = stack.pop()
        if node.is_error:
            total += node.end_byte - node.start_byte
        elif node.has_error:
            stack.extend(child for child in node.children if child.has_error)
    return total
