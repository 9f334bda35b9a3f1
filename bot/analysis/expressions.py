"""Conditions: chains of short-circuit operators, and operands that stand without a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.analysis.syntax import Node
from bot.analysis.tables import Tables


class Chain(NamedTuple):
    """A whole chain such as `a && (b || c)`: its `operands`, what lies between them and its topmost node (`links`: the
    other operators' nodes and parentheses), how many operators join them, and in how many runs of one family of
    operators they do so, in the order of reading (one without a family, like `??`, makes no run, but ends one).
    `comparisons` among them are counted in grammars whose trees do not tell precedence."""

    operands: list[Node]
    links: list[Node]
    operators: int
    runs: int
    comparisons: int = 0


def operator(node: Node, data: bytes, tables: Tables) -> int:
    """The kind of a binary node's operator, or the number that its spelling has; 0, which is no operator, where the
    source is broken."""
    try:
        found: Node | None = node.child(1)
    except IndexError:
        return 0
    if found is not None and found.kind_id in tables.comments:
        found = next((child for child in node.children[2:] if child.kind_id not in tables.comments), None)
    if found is not None and found.kind_id in tables.spelled:
        return tables.spellings.get(data[found.start_byte : found.end_byte], 0)
    return found.kind_id if found is not None else 0


def chain(node: Node, data: bytes, tables: Tables) -> Chain:
    """The chain whose topmost operator is `node`. No part of it need be looked at again, only its operands."""
    operands: list[Node] = []
    links: list[Node] = []
    pending: list[Node] = []
    operators = runs = 0
    last = ""
    current: Node | None = node
    while current is not None or pending:
        if current is not None:
            pending.append(current)
            current = _link(current.child(0), operands, links, data, tables)
            continue
        link = pending.pop()
        operators += 1
        family = tables.junctions[operator(link, data, tables)]
        runs += bool(family) and family != last
        last = family
        if link.named_child_count > 2:  # a link of several operators, or comments among the operands
            middle = link.named_children[1:-1]
            operands += middle
            operators += sum(part.kind_id not in tables.idle for part in middle)
        current = _link(link.child(link.child_count - 1), operands, links, data, tables)
    return Chain(operands, links, operators, runs)


def sequence(node: Node, data: bytes, tables: Tables, links: list[Node] | None = None) -> Iterator[Node | int]:
    """The operands and operators of an expression in the order of reading, whatever its tree says of precedence. The
    nodes between them and `node` are put to `links`."""
    stack: list[Node | int] = [node]
    while stack:
        item = stack.pop()
        inner = item
        while not isinstance(inner, int) and inner.kind_id in tables.transparent and inner.named_child_count == 1:
            inner = inner.named_children[0]
        if isinstance(inner, int) or inner.kind_id not in tables.logic or inner.child_count < 3:
            yield item
            continue
        if links is not None and not isinstance(item, int):
            links += _layers(item, inner)
        children = inner.children
        stack += [children[-1], operator(inner, data, tables), children[0]]
        stack += [child for child in children[1:-1] if child.kind_id in tables.comments]


def _layers(outer: Node, inner: Node) -> list[Node]:
    """A node, the parentheses below it, and what they hold."""
    layers = [outer]
    while layers[-1] != inner:
        layers.append(layers[-1].named_children[0])
    return layers


def flat_chain(node: Node, data: bytes, tables: Tables) -> Chain:
    """The chain of a whole expression, from a tree that does not tell precedence."""
    operands: list[Node] = []
    links: list[Node] = []
    operators = runs = comparisons = 0
    last = ""
    for item in sequence(node, data, tables, links):
        if not isinstance(item, int):
            operands.append(item)
            continue
        family = tables.junctions.get(item)
        operators += family is not None
        comparisons += item in tables.comparisons
        runs += bool(family) and family != last
        last = last if family is None else family
    return Chain(operands, links[1:], operators, runs, comparisons)


def _flat_unary(condition: Node, data: bytes, tables: Tables) -> int:
    """`unary` for such trees: what stands between two short-circuit operators is one operand."""
    count = 0
    stack = [condition]
    while stack:
        part: list[Node] = []
        compared = False
        for item in (*sequence(stack.pop(), data, tables), None):
            if item is None or item in tables.junctions:
                count += len(part) > 1 and not compared
                if len(part) == 1 and part[0].kind_id in tables.see_through:
                    stack += part[0].named_children
                elif len(part) == 1:
                    count += part[0].kind_id not in tables.comparing
                part, compared = [], False
            elif isinstance(item, int):
                compared = compared or item in tables.comparisons
            elif item.kind_id not in tables.idle:
                part.append(item)
    return count


def _link(node: Node | None, operands: list[Node], links: list[Node], data: bytes, tables: Tables) -> Node | None:
    """The chain's next link, behind any parentheses; None where an operand stands, which is put to the others."""
    inner = node
    around: list[Node] = []
    while inner is not None and inner.kind_id in tables.transparent and inner.named_child_count == 1:
        around.append(inner)
        inner = inner.named_child(0)
    if inner is not None and inner.kind_id in tables.logic and operator(inner, data, tables) in tables.junctions:
        links += around
        links.append(inner)
        return inner
    if node is not None:
        operands.append(node)
    return None


def unary(condition: Node, data: bytes, tables: Tables) -> int:
    """How many operands of a condition stand there without a comparison: each is one in the sense of ABC."""
    if tables.language.flat:
        return _flat_unary(condition, data, tables)
    count = 0
    stack = [condition]
    while stack:
        node = stack.pop()
        kind = node.kind_id
        if kind in tables.see_through:
            stack.extend(node.named_children)
        elif kind in tables.clauses:
            stack.extend(node.children_by_field_id(tables.clauses[kind]))
        elif kind in tables.logic:
            if (joint := operator(node, data, tables)) in tables.junctions:
                stack.extend(node.named_children)
            else:
                count += joint not in tables.comparisons
        elif kind not in tables.comparing and kind not in tables.idle:
            count += 1
    return count
