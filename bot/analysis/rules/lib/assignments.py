"""Names and the values that they are given, the same for every language: assignments, declarations, entries of objects
and named arguments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from bot.analysis.rules.lib.calls import ECMASCRIPT
from bot.analysis.rules.rule import Context, Found, Site
from bot.analysis.syntax import Node

_ECMASCRIPT = ("variable_declarator", "assignment_expression", "pair")
KINDS: Mapping[str, tuple[str, ...]] = {
    "python": ("assignment", "keyword_argument", "pair"),
    "javascript": (*_ECMASCRIPT, "field_definition"),
    "typescript": (*_ECMASCRIPT, "public_field_definition"),
    "tsx": (*_ECMASCRIPT, "public_field_definition"),
    "ruby": ("assignment", "pair"),
    "go": ("short_var_declaration", "assignment_statement", "var_spec", "const_spec", "keyed_element"),
    "java": ("variable_declarator", "assignment_expression"),
    "kotlin": ("property_declaration", "assignment"),
    "php": ("assignment_expression", "array_element_initializer", "property_element", "const_element"),
    "c": ("init_declarator", "assignment_expression"),
    "cpp": ("init_declarator", "assignment_expression"),
    "objc": ("init_declarator", "assignment_expression"),
    "swift": ("property_declaration", "assignment"),
    "rust": ("let_declaration", "const_item", "static_item", "assignment_expression"),
    "csharp": ("variable_declarator", "assignment_expression", "property_declaration"),
    "elixir": ("pair",),
    "scala": ("val_definition", "var_definition", "assignment_expression"),
}
"""Language -> the node kinds that give a value to a name."""

_TARGETS = ("left", "name", "key", "pattern", "declarator", "property")
_VALUES = ("right", "value", "default_value")
_LISTS = frozenset({"expression_list", "literal_element", "variable_declaration"})
_NAME = re.compile(rb"[A-Za-z_]\w*")
_LOOK = 120


class Given(NamedTuple):
    """`name` is the last word of what is given a value: `password` of `self.password`, `config["password"]` and
    `"password": ...`."""

    node: Node
    name: bytes
    target: Node
    value: Node


def given(node: Node, context: Context) -> Given | None:
    """What a node of one of KINDS gives to what; None where there is no value. The rules that look at one node share
    the work."""
    known = context.memo.get("given")
    if known is not None and known[0] is node:
        return known[1]  # type: ignore[no-any-return]
    made = _given(node, context)
    context.memo["given"] = (node, made)
    return made


def _given(node: Node, context: Context) -> Given | None:
    target, value = _first(node, _TARGETS), _first(node, _VALUES)
    if target is None and value is None and node.named_child_count >= 2:
        target, value = node.named_child(0), node.named_child(node.named_child_count - 1)
    elif value is None and target is not None and node.type in ("property_element", "const_element", "keyed_element"):
        value = node.named_child(node.named_child_count - 1) if node.named_child_count > 1 else None
    elif value is None and context.language == "csharp" and node.type == "variable_declarator":
        value = node.named_child(node.named_child_count - 1)
    if target is None or value is None or target == value:
        return None
    if value.type in _LISTS and value.named_child_count == 1:
        value = value.named_children[0]
    words = _NAME.findall(context.data[max(target.start_byte, target.end_byte - _LOOK) : target.end_byte])
    return Given(node, words[-1] if words else b"", target, value)


def _first(node: Node, fields: tuple[str, ...]) -> Node | None:
    for field in fields:
        found = node.child_by_field_name(field)
        if found is not None:
            return found
    return None


Test = Callable[[Given, Context], Iterable[Found]]


def given_site(language: str, signs: Iterable[str], test: Test) -> Site:
    """A site at everything that gives a value to a name, with one of the signs in it."""

    def check(node: Node, context: Context) -> Iterable[Found]:
        found = given(node, context)
        return test(found, context) if found is not None else ()

    return Site(KINDS[language], check, tuple(sign.encode() for sign in signs))


def given_sites(languages: Iterable[str | tuple[str, ...]], signs: Iterable[str], test: Test) -> dict[str, Site]:
    words = tuple(signs)
    flat = [name for each in languages for name in ((each,) if isinstance(each, str) else each)]
    return {language: given_site(language, words, test) for language in flat}


def joined(*sites: Mapping[str, Site]) -> dict[str, Site]:
    """Sites of one rule put together: a language that several know is looked at by all of them."""
    made: dict[str, list[Site]] = {}
    for some in sites:
        for language, site in some.items():
            made.setdefault(language, []).append(site)
    return {language: replace(first, also=tuple(others)) for language, (first, *others) in made.items()}


__all__ = ["ECMASCRIPT", "KINDS", "Given", "given", "given_site", "given_sites", "joined"]
