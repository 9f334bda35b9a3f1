"""Names, parameters and docstrings: what the head of a function says."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.analysis.findings import ANONYMOUS
from bot.analysis.places import Place, after
from bot.analysis.syntax import Node
from bot.analysis.tables import LEAF, Tables

_NAME_LENGTH = 80
_DEPTH = 5  # scopes before a name that are told
_QUALIFIED_LENGTH = 200  # deep nests of long names would otherwise cost the square of their depth


class Head(NamedTuple):
    """What a declaration begins with: its name, if it has one, the node that holds its parameters, what stands before
    the name (`A::B::` in C++; the prefix of an operator), and what it is called if it has no name of its own."""

    label: Node | None
    holder: Node
    before: tuple[Node, ...] = ()
    prefix: str = ""
    title: str = ""


def head(node: Node, tables: Tables) -> Head:
    """Follows the way from a declaration to its name, which in C leads through the declarators of its type."""
    if not tables.names and not tables.prefixes:
        return Head(tables.name.of(node), node)
    holder, before, prefix = node, [], ""
    label: Node | None = node
    step: Place | int | None = tables.names.get(node.kind_id, tables.name)
    while label is not None and step is not None:
        kind = label.kind_id
        prefix = tables.prefixes.get(kind, prefix)
        if tables.parameters.of(label) is not None:
            holder = label
        if kind in tables.qualifiers and (scope := label.child_by_field_id(tables.qualifiers[kind])) is not None:
            before.append(_plain(scope, tables))
        label = _follow(label, step)
        step = tables.names.get(label.kind_id) if label is not None else None
    return Head(label, holder, tuple(before), prefix)


def _follow(node: Node, step: Place | int) -> Node | None:
    if isinstance(step, Place):
        return step.of(node)
    children: list[Node] = node.named_children
    return children[step] if children else None


def _plain(scope: Node, tables: Tables) -> Node:
    """A scope's own name, without the arguments of a template."""
    while (step := tables.names.get(scope.kind_id)) is not None and (inner := _follow(scope, step)) is not None:
        scope = inner
    return scope


def qualified(node: Node, found: Head, within: str, data: bytes, tables: Tables) -> str:
    """The dotted name of a function or scope. Overlong names lose their beginning. Always printable, without line
    breaks."""
    label = found.label
    if node.kind_id in tables.selectors:
        return joined(_selector(node, data, tables), within)
    name = found.prefix + text(label, data) if label is not None else found.prefix or ANONYMOUS
    if found.title:
        name = f"{name}.{found.title}" if label is not None else found.title
    if found.before:
        name = ".".join([*(text(scope, data) for scope in found.before[-_DEPTH:]), name])
    if tables.receiver and (receiver := node.child_by_field_id(tables.receiver)) is not None:
        words = re.findall(r"\w+", text(receiver, data).partition("[")[0])
        name = f"{words[-1]}.{name}" if words else name
    return joined(name, within)


def _selector(node: Node, data: bytes, tables: Tables) -> str:
    """`tableView:didSelectRowAtIndexPath:`, which in the source has parameters after its colons."""
    parts = tables.selectors[node.kind_id]
    words = []
    for child in node.named_children:
        if child.kind_id in tables.counted:
            words.append(":")
        elif child.kind_id in parts:
            words.append(text(child, data))
    return "".join(words)[:_NAME_LENGTH]


def joined(name: str, within: str) -> str:
    """The dotted name of what is called `name` there."""
    name = name or ANONYMOUS
    return f"{within}.{name}"[-_QUALIFIED_LENGTH:] if within else name


def bound_name(parent: Node | None, tables: Tables) -> Node | None:
    """What the parent of a literal binds it to."""
    step: Place | int | None = tables.binders.get(parent.kind_id) if parent is not None else None
    label = parent
    while label is not None and step is not None:
        label = _follow(label, step)
        step = tables.names.get(label.kind_id) if label is not None else None
    return label if label is not parent else None


def text(node: Node, data: bytes) -> str:
    """What stands there: printable, in one line, and not long."""
    start = node.start_byte
    raw = data[start : min(node.end_byte, start + _NAME_LENGTH)]
    if raw.isalnum():  # ASCII: what most names are
        return raw.decode()
    return printable(raw.decode("utf-8", "replace"))


def printable(text: str) -> str:
    """One line without control characters, and not a long one."""
    line = " ".join(text[:_NAME_LENGTH].split())
    return line if line.isprintable() else "".join(char if char.isprintable() else "?" for char in line)


def arity(node: Node, data: bytes, tables: Tables) -> int:
    """How many parameters a function declares, in all its lists, its own object (self, cls, this) left out. `node`
    is what holds the lists."""
    alone = not tables.parameters or node.kind_id in tables.selectors
    lists = [node] if alone else tables.parameters.all_of(node)
    if len(lists) == 1:
        # The walk will come by it as a child of the holder, which keeps what it was asked for: the work is done once.
        children: list[Node] = node.children
        return _listed(children[children.index(lists[0])] if lists[0] in children else lists[0], data, tables)
    return sum(_listed(each, data, tables) for each in lists)


def _listed(listed: Node, data: bytes, tables: Tables) -> int:
    if tables.actions[listed.kind_id] == LEAF:  # a lone name: x => x + 1
        return 1
    each = [child for child in listed.named_children if child.kind_id not in tables.uncounted]
    if tables.counted:
        each = [child for child in each if child.kind_id in tables.counted]
    if not each:
        return 0
    if tables.language.nothing and len(each) == 1 and text(each[0], data) == tables.language.nothing:
        return 0
    if not tables.selves:
        return _count(each, tables)
    start = each[0].start_byte
    first = data[start : min(each[0].end_byte, start + _NAME_LENGTH)]
    return _count(each, tables) - (first.partition(b":")[0].strip() in tables.selves)


def _count(each: list[Node], tables: Tables) -> int:
    """How many things a list declares, where one entry may declare several."""
    if not tables.grouped:
        return len(each)
    groups = [child for child in each if child.kind_id in tables.grouped]
    return len(each) + sum(max(0, len(tables.name.all_of(child)) - 1) for child in groups)


def return_values(node: Node, data: bytes, tables: Tables) -> int:
    """How many results a function declares; 0 in languages where a function has but one."""
    result = node.child_by_field_id(tables.results) if tables.results else None
    if tables.arrow:
        result = after(node, tables.arrow, tables.comments)
    if result is None or text(result, data) == tables.language.nothing:
        return 0
    if result.kind_id not in tables.tuples:
        return 1
    return _count([child for child in result.named_children if child.kind_id not in tables.uncounted], tables)


def docstring(body: Node, tables: Tables) -> tuple[int, int] | None:
    """The byte range of a literal that alone makes the body's first statement."""
    if not tables.docstrings or not body.named_child_count:
        return None
    statement: Node | None = body.named_child(0)
    if statement is not None and statement.kind_id in tables.comments:
        statement = next((child for child in body.named_children if child.kind_id not in tables.comments), None)
    if statement is None or not statement.child_count == statement.named_child_count == 1:  # `return "text"` has two
        return None
    literal = statement.child(0)
    return statement.byte_range if literal is not None and literal.kind_id in tables.docstrings else None
