"""Collections written out whole, with something in them that gets lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.analysis.rules.lib.languages import sites
from bot.analysis.rules.lib.nodes import field, same
from bot.analysis.rules.rule import Context, Found, Rule
from bot.analysis.syntax import Node

_KEYS = frozenset(
    {
        "string",
        "integer",
        "number",
        "property_identifier",
        "hash_key_symbol",
        "simple_symbol",
        "attribute",
        "identifier",
        "true",
        "false",
        "none",
        "encapsed_string",
    }
)
_LONG = 120  # bytes of a key; longer ones are not compared
_PAIRS = frozenset({"pair", "array_element_initializer"})


def _duplicate_key(node: Node, context: Context) -> Iterable[Found]:
    if node.named_child_count < 2:
        return ()
    met = (_KEY.match(context.data, child.start_byte) for child in node.named_children)
    names = [found[0].strip(_SIGNS) for found in met if found is not None]
    return _repeated(node, context) if len(set(names)) < len(names) and not node.has_error else ()


_KEY = re.compile(rb":?[^:,=\n]{1,%d}" % (_LONG + 2))
_SIGNS = b" \t:\"'"


def _repeated(node: Node, context: Context) -> Iterator[Found]:
    met: dict[bytes, Node] = {}
    for child in node.named_children:
        if child.type not in _PAIRS:
            if "splat" in child.type or "spread" in child.type:
                met.clear()  # what comes before may well be a default
            continue
        key = field(child, "key")
        if context.language == "php":
            key = child.named_child(0) if child.named_child_count == 2 else None
        if key is None or key.type not in _KEYS or key.end_byte - key.start_byte > _LONG:
            continue
        name = _name(key, context)
        first = met.setdefault(name, child)
        if first is not child and not same(first, child, context):
            yield Found(key, name.decode(errors="replace")[:60])


def _name(key: Node, context: Context) -> bytes:
    """One name for the ways to write a key."""
    text = context.text(key)
    if key.type in ("property_identifier", "string", "encapsed_string") and context.language not in ("python", "ruby"):
        return text[1:-1] if text[:1] in (b'"', b"'") else text
    if key.type in ("hash_key_symbol", "simple_symbol"):
        return b":" + text.lstrip(b":").rstrip(b":")
    return text


RULES = (
    Rule(
        "duplicate-key",
        "correctness",
        "error",
        "Key that is there twice",
        "{detail} is there twice, and only the last one counts: drop one, or mend its name.",
        sites(
            {
                "python": ("dictionary",),
                "ecmascript": ("object",),
                "ruby": ("hash",),
                "php": ("array_creation_expression",),
            },
            _duplicate_key,
        ),
    ),
)
