"""A language's data turned into tables over the numbers of its grammar, so that the walk looks things up by index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from bot.analysis.language import NONE, Branch, Field, Kinds, Language, Step
from bot.analysis.places import Place
from bot.analysis.syntax import ERROR, Syntax

# What a node kind does. The walk tests these as bits; LEAF stands alone and is the lowest.
LEAF = 1 << 0
DECISION = 1 << 1
CALL = 1 << 2
CONDITION = 1 << 3
ASSIGNMENT = 1 << 4
RETURN = 1 << 5
COMMENT = 1 << 6
SHAPED = 1 << 7  # has a Shape: a function in the walker takes over
TEXT = 1 << 8  # a literal: one token for the clone search; the walk enters it all the same
RULED = 1 << 9  # some rule wants to see it; set per file, by rules.dispatch
FIELD = 1 << 10  # may tell of instance variables
PLAIN = 1 << 11  # the walk does not enter it if it is small: see `plain`

Steps = tuple[tuple[int, frozenset[int]], ...]  # each a field id, or else node kinds
Lookup = Mapping[int, int]
Shape = Callable[..., bool]


class Plan(NamedTuple):
    """A Field in ids and bytes. `worded`: the words around the name matter."""

    steps: Steps
    prefix: bytes
    needs: frozenset[bytes]
    unless: frozenset[bytes]
    worded: bool
    inner: bool
    typed: bool
    strict: bool
    without: Place


class Split(NamedTuple):
    """A structure's heads: by place, by number, whether the first is a condition, whether all but the last are."""

    places: tuple[Place, ...]
    numbers: tuple[int, ...]
    tested: bool
    last: bool


class Tables:
    """The tables of one language. Keys are node kind ids and field ids of its grammar."""

    def __init__(self, language: Language, syntax: Syntax) -> None:
        self.language = language
        self.syntax = syntax
        self._ids: dict[tuple[str, bool], list[int]] = {}
        for number, name, named in syntax.kinds():
            self._ids.setdefault((name, named), []).append(number)
        self.keywords = sorted(name for name, named in self._ids if not named and name.isidentifier())
        self.functions = self.kinds(language.functions)
        self.lambdas = self.kinds(language.lambdas)
        self.blocks = self.kinds(language.blocks)
        self.inline = self.kinds(language.inline)
        self.scopes = self.kinds(language.scopes)
        self.binders = self._places(language.binders)
        self.titles = {i: title for kind, title in language.titles.items() for i in self._named(kind)}
        self.counted = self.kinds(language.counted)
        self.properties = self._places(language.properties)
        self.names = {i: self._step(to) for kind, to in language.names.items() for i in self._named(kind)}
        self.qualifiers = self._fields(language.qualifiers)
        self.prefixes = {i: text for kind, text in language.prefixes.items() for i in self._named(kind)}
        self.grouped = self.kinds(language.grouped)
        self.uncounted = self.kinds(language.uncounted | language.comments)
        self.branches = self._branches(language.branches)
        self.elifs = self._branches(language.elifs)
        self.levels = self.kinds(language.levels)
        self.cases = self.kinds(language.cases)
        self.pattern = syntax.field(language.pattern) if language.pattern else 0
        self.defaults = frozenset(number for name in language.defaults for number in self._either(name))
        self.guarded = self._fields(language.guarded)
        self.captures = self.kinds(language.captures)
        self.groups = self.kinds(language.groups)
        self.elses = self.kinds(language.elses)
        self.otherwise = self._fields(language.otherwise)
        self.ifs = self.kinds(language.ifs)
        self.switches = self.kinds(language.switches)
        self.jumps = self.kinds(language.jumps)
        self.jump_words = language.jump_words
        self.jump_labels = self.kinds(language.jump_labels)
        self.apart = self._fields(language.apart)
        self.logic = self.kinds(language.logic)
        self.spelled = self.kinds(language.spelled)
        self.spellings = self._spellings()
        self.comments = self.kinds(language.comments)
        self.see_through = self.kinds(language.transparent | language.negations)
        self.clauses = self._fields(language.clauses)
        self.transparent = self.kinds(language.transparent)
        self.comparing = self.kinds(language.conditions)
        self.idle = self.comments | self.spelled | self.kinds(language.untested)
        self.indices = self.kinds(language.indices)
        self.selectors = {
            i: self.kinds(frozenset({part})) for name, part in language.selectors.items() for i in self._named(name)
        }
        self.declared = self._known(language.declared)
        self.comparisons = self._operators(language.comparisons)
        self.deciding = self._operators(language.deciding)
        self.assigning = self._operators(language.assigning)
        self.junctions = {i: to for op, to in language.junctions.items() for i in self._operators(frozenset({op}))}
        self.initialisers = self._places(language.initialisers)
        self.updates = self.kinds(language.updates)
        self.update_operators = self.kinds(frozenset({"++", "--"}), named=False) if language.updates else frozenset()
        self.short_assignments = self.kinds(language.short_assignments)
        self.short_operators = self.kinds(language.short_operators, named=False)
        self.docstrings = self.kinds(frozenset({language.docstring} - {""}))
        self.selves = tuple(name.encode() for name in language.selves)
        self.bodies_matter = language.declares or bool(language.docstring)
        self.parameters = self.place(*language.parameters)
        self.name = self.place("name" if self._known("name") else "")
        speech = language.speech
        self.calling = self.kinds(frozenset({speech.call})) if speech else frozenset()
        self.literal_functions = self.kinds(frozenset({speech.literal})) if speech else frozenset()
        self.attributed = self.kinds(frozenset({speech.unary})) if speech else frozenset()
        self.body = self.place(*language.bodies)
        self.type = self._known("type")
        self.value = self._known("value")
        self.results = self._known(language.results)
        self.arrow = frozenset(self._either(language.arrow)) if language.arrow else frozenset()
        self.tuples = self.kinds(language.tuples)
        self.namespaces = {i: word for name, word in language.namespaces.items() for i in self._named(name)}
        self.contents = {
            i: self.kinds(frozenset({kind})) for name, kind in language.contents.items() for i in self._named(name)
        }
        self.nameless = self.kinds(language.nameless)
        self.fields = {
            i: tuple(map(self._plan, fields)) for name, fields in language.fields.items() for i in self._named(name)
        }
        self.else_field = syntax.field(language.else_field) if language.else_field else 0
        self.else_word = frozenset(self._either(language.else_word)) if language.else_word else frozenset()
        self.receiver = syntax.field(language.receiver) if language.receiver else 0
        self.plain = {i: size for name, size in language.plain.items() for i in self._named(name)}
        self.actions = self._actions()

    def _actions(self) -> list[int]:
        language = self.language
        actions = [0] * (ERROR + 1)
        for (_, named), numbers in self._ids.items():
            if not named:
                for number in numbers:
                    actions[number] = LEAF
        parts: tuple[tuple[Kinds, int], ...] = (
            (language.leaves, LEAF),
            (language.comments, COMMENT | LEAF),
            (language.decisions, DECISION),
            (language.calls, CALL),
            (language.conditions, CONDITION),
            (language.assignments, ASSIGNMENT),
            (language.returns, RETURN),
            (language.literals, TEXT),
            (frozenset(language.fields), FIELD),
            (frozenset(language.plain), PLAIN),
            (self._shaped(), SHAPED),
        )
        for kinds, bit in parts:
            for number in self.kinds(kinds):
                actions[number] |= bit
        return actions

    def _shaped(self) -> Kinds:
        language = self.language
        sets: list[Kinds] = [language.functions, language.lambdas, language.inline, language.scopes, language.levels]
        sets += [language.nameless, language.cases, language.elses, language.jumps, language.short_assignments]
        sets.append(language.logic)
        speech = language.speech
        spoken = frozenset({speech.call, speech.literal, speech.unary}) if speech else NONE
        keyed: list[Mapping[str, object]] = [language.branches, language.elifs, language.initialisers]
        return frozenset().union(
            *sets, *keyed, language.properties, language.updates, language.apart, language.indices, spoken
        )

    def _named(self, name: str, *, named: bool = True) -> list[int]:
        """Raises LookupError: a kind that the grammar does not know is a slip in a language's file."""
        try:
            return self._ids[name, named]
        except KeyError:
            raise LookupError(f"{self.language.name}: the grammar has no {name!r}") from None

    def kinds(self, names: Kinds, *, named: bool = True) -> frozenset[int]:
        """The ids of node kinds. Raises LookupError for one that the grammar does not know."""
        return frozenset(number for name in names for number in self._named(name, named=named))

    def _known(self, field: str) -> int:
        """The id of a field; 0, which no node has, where the grammar does not know it."""
        try:
            return self.syntax.field(field)
        except LookupError:
            return 0

    def _plan(self, field: Field) -> Plan:
        needs, unless = (frozenset(map(str.encode, words)) for words in (field.needs, field.unless))
        steps = tuple(map(self._way, field.path))
        worded = bool(needs or unless)
        without = self.place(field.without)
        return Plan(
            steps, field.prefix.encode(), needs, unless, worded, field.inner, field.typed, field.strict, without
        )

    def _way(self, name: str) -> tuple[int, frozenset[int]]:
        field = self._known(name)
        return field, frozenset() if field else self.kinds(frozenset({name}))

    def _fields(self, pairs: Mapping[str, str]) -> Lookup:
        return {i: self.syntax.field(field) for name, field in pairs.items() for i in self._named(name)}

    def place(self, *names: str) -> Place:
        """Raises LookupError for what is neither a field nor a kind."""
        fields: list[int] = []
        kinds: set[int] = set()
        tokens: set[int] = set()
        for name in filter(None, names):
            try:
                fields.append(self.syntax.field(name))
            except LookupError:
                (kinds if (name, True) in self._ids else tokens).update(self._either(name))
        return Place(tuple(fields), frozenset(kinds), frozenset(tokens))

    def _places(self, pairs: Mapping[str, str]) -> dict[int, Place]:
        return {number: self.place(place) for name, place in pairs.items() for number in self._named(name)}

    def _either(self, name: str) -> list[int]:
        """A kind that is named in one grammar and a token in another."""
        return self._named(name, named=(name, True) in self._ids)

    def _spellings(self) -> Mapping[bytes, int]:
        """Numbers of our own, below those of kinds, for operators that have no kind."""
        language = self.language
        words = language.comparisons | language.assigning | frozenset(language.junctions) if language.spelled else NONE
        return {word.encode(): ~place for place, word in enumerate(sorted(words))}

    def _operators(self, words: Kinds) -> frozenset[int]:
        if not self.spelled:
            return self.kinds(words, named=False)
        kinds = self.kinds(frozenset(word for word in words if (word, False) in self._ids), named=False)
        return kinds | {self.spellings[word.encode()] for word in words}

    def _step(self, to: Step) -> Place | int:
        if isinstance(to, int):
            return to
        return self.place(to) if isinstance(to, str) else self.place(*to)

    def _branches(self, branches: Mapping[str, Branch]) -> dict[int, Split]:
        return {
            number: Split(*self._head(branch), branch.tested, branch.last)
            for name, branch in branches.items()
            for number in self._named(name)
        }

    def _head(self, branch: Branch) -> tuple[tuple[Place, ...], tuple[int, ...]]:
        places = tuple(self.place(head) for head in branch.heads if isinstance(head, str))
        return places, tuple(head for head in branch.heads if isinstance(head, int))


def shapes(tables: Tables, table: Mapping[str, Shape]) -> dict[int, Shape]:
    """Kind id -> the function for its shape, by the name of the set that it belongs to; the first set wins."""
    chosen: dict[int, Shape] = {}
    for name, function in table.items():
        for number in getattr(tables, name):
            chosen.setdefault(number, function)
    return chosen


def plain(tables: Tables, asked: Iterable[Iterable[str]]) -> Mapping[int, int]:
    """How many nodes those of a plain kind may have, itself one of them, for the walk not to enter it: none where a
    rule asks for a leaf that may be within. Statements are in no such node."""
    wanted = {kind for kinds in asked for kind in kinds if not kind.endswith("_statement")}
    if any(tables.actions[number] & LEAF for number in tables.kinds(frozenset(wanted))):
        return dict.fromkeys(tables.plain, 0)
    return tables.plain
