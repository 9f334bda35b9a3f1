"""Calls, the same for every language: what is called, and with what."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from bot.analysis.rules.rule import Context, Found, Site
from bot.analysis.syntax import Node

KINDS: Mapping[str, tuple[str, ...]] = {
    "python": ("call",),
    "javascript": ("call_expression", "new_expression"),
    "typescript": ("call_expression", "new_expression"),
    "tsx": ("call_expression", "new_expression"),
    "ruby": ("call",),
    "go": ("call_expression",),
    "java": ("method_invocation", "object_creation_expression"),
    "kotlin": ("call_expression",),
    "swift": ("call_expression",),
    "objc": ("call_expression",),
    "elixir": ("call",),
    "rust": ("call_expression",),
    "c": ("call_expression",),
    "cpp": ("call_expression",),
    "csharp": ("invocation_expression", "object_creation_expression"),
    "php": (
        "function_call_expression",
        "member_call_expression",
        "nullsafe_member_call_expression",
        "scoped_call_expression",
        "object_creation_expression",
    ),
    "scala": ("call_expression", "instance_expression"),
}
"""Language -> the node kinds of a call; making an object is one."""

CLOSED = KINDS.keys() - {"ruby", "elixir", "scala", "kotlin", "swift"}
"""Languages in which the arguments of a call always stand in brackets."""

ECMASCRIPT = ("javascript", "typescript", "tsx")

_LISTS = frozenset({"arguments", "argument_list", "value_arguments", "call_suffix"})
_WRAPPERS = frozenset({"argument", "value_argument", "parenthesized_expression"})
_NAMED = frozenset({"keyword_argument", "pair", "keyword", "named_argument"})
_COMMENTS = frozenset({"comment", "line_comment", "block_comment", "multiline_comment"})
_TAIL = re.compile(rb"[\w$.]+\Z")
_LOOK = 160  # bytes of a callee: enough for any name that a rule knows
_FEW = 64  # arguments that are looked at


class Call(NamedTuple):
    """A call. `path` is the dotted name as far as it is plain: `os.system`, but `y` for `f(x).y`; `name` is its last
    part; `::` and `->` read as dots. `text` is the callee as it is written, or its end."""

    node: Node
    path: bytes
    name: bytes
    text: bytes
    listed: Node | None

    def is_one_of(self, paths: Iterable[bytes]) -> bool:
        """Whether the path is one of these, or ends on one of them."""
        return (b"." + self.path).endswith(tuple(b"." + path for path in paths))

    def arguments(self) -> list[Node]:
        """The values of the arguments without a name; of a great many only the first."""
        return [unwrapped(child) for child in self._children() if not _label(child)]

    def argument(self, number: int) -> Node | None:
        found = self.arguments()
        return found[number] if number < len(found) else None

    def keyword(self, name: bytes, context: Context) -> Node | None:
        """The value of a named argument, or None."""
        for child in self._children():
            label = _label(child)
            if label is not None and short(label, context).strip(b": \"'") == name:
                return _value(child)
        return None

    def splats(self) -> bool:
        """Whether arguments come out of a collection, so that what is passed cannot be known."""
        return any("splat" in child.type or child.type == "spread_element" for child in self._children())

    def _children(self) -> list[Node]:
        if self.listed is None:
            return []
        return [child for child in self.listed.named_children[:_FEW] if child.type not in _COMMENTS]


def call(node: Node, context: Context) -> Call:
    """The call at a node of one of KINDS. The rules that look at one node share the work."""
    known = context.memo.get("call")
    if known is not None and known[0] is node:
        return known[1]  # type: ignore[no-any-return]
    made = _call(node, context)
    context.memo["call"] = (node, made)
    return made


def _call(node: Node, context: Context) -> Call:
    listed = _arguments(node)
    end = listed.start_byte if listed is not None else node.end_byte
    start = node.start_byte
    text = context.data[max(start, end - _LOOK) : end].strip()
    if text.endswith(b">"):  # type arguments
        text = re.sub(rb"(::)?<[^<>]{0,80}>\Z", b"", text)
    text = text.rstrip(b"!?. \n")
    plain = (
        text.replace(b"?.", b".").replace(b"::", b".").replace(b"->", b".").replace(b"\\", b".").replace(b"!!.", b".")
    )
    tail = _TAIL.search(plain)
    path = tail[0].lstrip(b".") if tail else b""
    return Call(node, path, path.rpartition(b".")[2], text, listed)


def _arguments(node: Node) -> Node | None:
    listed = node.child_by_field_name("arguments")
    if listed is not None:
        return listed
    for number in range(min(node.named_child_count, 4)):
        child = node.named_child(number)
        if child is not None and child.type in _LISTS:
            if child.type == "call_suffix":
                inner = child.named_child(0)
                return inner if inner is not None and inner.type in _LISTS else None
            return child
    return None


def _label(child: Node) -> Node | None:
    """The name of a named argument."""
    if child.type in _NAMED:
        return child.child_by_field_name("name") or child.child_by_field_name("key")
    if child.type in _WRAPPERS and child.named_child_count > 1:
        return child.child_by_field_name("name") or child.named_child(0)
    return None


def _value(child: Node) -> Node | None:
    value = child.child_by_field_name("value")
    return value if value is not None else child.named_child(child.named_child_count - 1)


def unwrapped(node: Node) -> Node:
    """What lies in the node's own brackets and wrappers, if anything."""
    for _ in range(8):
        inner = node.named_child(node.named_child_count - 1) if node.type in _WRAPPERS else None
        if inner is None:
            break
        node = inner
    return node


def option(node: Node | None, name: bytes, context: Context) -> Node | None:
    """The value of an entry in an object, hash or dictionary literal; None where there is no such entry."""
    if node is None:
        return None
    for child in node.named_children[:_FEW]:
        if child.type == "pair":
            key = child.child_by_field_name("key")
            if key is not None and short(key, context).strip(b": \"'") == name:
                return child.child_by_field_name("value")
    return None


Test = Callable[[Call, Context], Iterable[Found]]


def call_sites(
    names: Mapping[str | tuple[str, ...], Iterable[str]],
    test: Test,
    needles: Mapping[str, tuple[bytes, ...]] | None = None,
) -> dict[str, Site]:
    """Sites at calls of these names, by language. A name with dots is how the callee's path must end. Where there are
    `needles`, the file must hold one of them, too."""
    sites = {}
    for languages, paths in names.items():
        for language in (languages,) if isinstance(languages, str) else languages:
            known = tuple(path.encode() for path in paths)
            sites[language] = call_site(language, known, test, (needles or {}).get(language, ()))
    return sites


def call_site(language: str, paths: tuple[bytes, ...], test: Test, needles: tuple[bytes, ...] = ()) -> Site:
    names = frozenset(path.rpartition(b".")[2] for path in paths)
    dotted = tuple(b"." + path for path in paths)

    def check(node: Node, context: Context) -> Iterable[Found]:
        found = call(node, context)
        if not (b"." + found.path).endswith(dotted) or (
            needles and not any(holds(context, needle) for needle in needles)
        ):
            return ()
        return test(found, context)

    return Site(KINDS[language], check, names=names)


def short(node: Node | None, context: Context) -> bytes:
    """The beginning of a node's source: enough to know a word by. Empty for None."""
    return context.data[node.start_byte : min(node.end_byte, node.start_byte + _LOOK)] if node is not None else b""


def holds(context: Context, words: bytes) -> bool:
    """Whether the file holds these bytes anywhere; asked once per file."""
    known: dict[bytes, bool] = context.memo.setdefault("holds", {})
    if words not in known:
        known[words] = words in context.data
    return known[words]
