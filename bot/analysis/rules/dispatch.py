"""Which rules look at which node kinds of a file: decided once per file, by what its bytes hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.analysis.needles import Needles
from bot.analysis.rules.rule import Check, Rule
from bot.analysis.tables import RULED, Tables

Checks = tuple[tuple[str, Check], ...]


class Dispatch:
    """The rules for one language. Not safe for use by two threads at once."""

    def __init__(self, rules: Iterable[Rule], tables: Tables) -> None:
        name = tables.language.name
        self._tables = tables
        self._sites = [(rule.id, rule.sites[name]) for rule in rules if name in rule.sites]
        words = [Needles.literal(needle) for _, site in self._sites for needle in site.needles]
        words = sorted({*words, *(sign for _, site in self._sites for sign in site.signs)})
        self._needles = Needles(words)
        number = {word: number for number, word in enumerate(words)}
        self._asked = [frozenset(number[Needles.literal(word)] for word in site.needles) for _, site in self._sites]
        self._signs = [frozenset(number[sign] for sign in site.signs) for _, site in self._sites]
        self._made: dict[tuple[int, ...], tuple[list[int], Mapping[int, Checks]]] = {}

    def prepare(self, data: bytes) -> tuple[list[int], Mapping[int, Checks]]:
        """(the tables' actions with RULED at the kinds that any rule wants to see in this file, kind id -> checks)."""
        there = self._needles.within(data)
        active = tuple(
            number
            for number, (asked, signs) in enumerate(zip(self._asked, self._signs, strict=True))
            if (not asked or not there.isdisjoint(asked)) and (not signs or not there.isdisjoint(signs))
        )
        made = self._made.get(active)
        if made is None:
            if len(self._made) > 64:  # each holds a table of the grammar's size
                self._made.clear()
            made = self._made[active] = self._make(active)
        return made

    def _make(self, active: tuple[int, ...]) -> tuple[list[int], Mapping[int, Checks]]:
        by_kind: dict[int, list[tuple[str, Check]]] = {}
        for number in active:
            id, site = self._sites[number]
            for kind in self._tables.kinds(frozenset(site.kinds)):
                by_kind.setdefault(kind, []).append((id, site.check))
        actions = list(self._tables.actions)
        for kind in by_kind:
            actions[kind] |= RULED
        return actions, {kind: tuple(checks) for kind, checks in by_kind.items()}
