"""Which rules look at which nodes of a file: told by one search for names and one for signs in its bytes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from bot.analysis.needles import Spots
from bot.analysis.rules.lib.calls import CLOSED, call
from bot.analysis.rules.rule import Check, Context, Found, Rule, Site
from bot.analysis.syntax import Node
from bot.analysis.tables import RULED, Tables

_Check = tuple[str, Check]


class _Looks:
    """What is done at one kind of node: `always`; where there is a `signed` spot within; at calls, by name."""

    __slots__ = ("always", "named", "signed")

    def __init__(self) -> None:
        self.always: list[_Check] = []
        self.signed: list[_Check] = []
        self.named: dict[bytes, list[_Check]] = {}


class Dispatch:
    """The rules for one language. Not safe for use by two threads at once."""

    def __init__(self, rules: Iterable[Rule], tables: Tables) -> None:
        name = tables.language.name
        sites = [
            (rule.id, site)
            for rule in rules
            if name in rule.sites
            for site in (rule.sites[name], *rule.sites[name].also)
        ]
        self._looks: dict[int, _Looks] = {}
        for id, site in sites:
            self._place(id, site, tables)
        names = sorted({name for _, site in sites for name in site.names})
        self._names = Spots([_word(word, closed=name in CLOSED) for word in names])
        self._signs = Spots(sorted({sign for _, site in sites for sign in site.signs}))
        self._actions = {
            (signed, named): self._ruled(list(tables.actions), signed, named)
            for signed in (False, True)
            for named in (False, True)
        }
        self.prepare(b"")

    def _place(self, id: str, site: Site, tables: Tables) -> None:
        for kind in tables.kinds(frozenset(site.kinds)):
            looks = self._looks.setdefault(kind, _Looks())
            for name in site.names:
                looks.named.setdefault(name, []).append((id, site.check))
            if not site.names:
                (looks.signed if site.signs else looks.always).append((id, site.check))

    def _ruled(self, actions: list[int], signed: bool, named: bool) -> list[int]:
        for kind, looks in self._looks.items():
            if looks.always or (signed and looks.signed) or (named and looks.named):
                actions[kind] |= RULED
        return actions

    def prepare(self, data: bytes) -> list[int]:
        """Search a file, for the looks that follow. The tables' actions with RULED at the kinds to be shown."""
        signed, called = self._signs.within(data), self._names.within(data)
        end = len(data) + 1  # behind every node, for a search to end at
        self._signed, self._called = [*signed, end], [*called, end]
        return self._actions[bool(signed), bool(called)]

    def look(self, node: Node, context: Context) -> Sequence[tuple[str, Found]]:
        """What the rules object to at a node of one of those kinds."""
        looks = self._looks[node.kind_id]
        checks = looks.always
        if looks.signed:  # written out twice: most of what the rules cost is to find that there is nothing to do
            spots = self._signed
            if spots[bisect_left(spots, node.start_byte)] < node.end_byte:
                checks = checks + looks.signed
        if looks.named:
            spots = self._called
            if spots[bisect_left(spots, node.start_byte)] < node.end_byte:
                checks = checks + looks.named.get(call(node, context).name, [])
        told: list[tuple[str, Found]] | None = None
        for id, check in checks:
            if objections := check(node, context):  # hardly ever: nothing is made ready for it
                told = [] if told is None else told
                told.extend((id, found) for found in objections)
        return told or ()


def _word(name: bytes, *, closed: bool) -> bytes:
    """The pattern of a call's last name; `closed`, where arguments have brackets."""
    pattern = Spots.literal(name)
    if name[:1].isalnum() or name[:1] == b"_":
        pattern = rb"\b" + pattern
    return pattern + (rb"\s*(?:\(|<|\?\.|::|!)" if closed else rb"\b")
