"""What the walk must know about a language: its grammar, and which node kinds play which part. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Kinds = frozenset[str]
NONE: Kinds = frozenset()
Step = str | int | tuple[str, ...]
"""From a node to another below it: a place, the number of a named child, or places of which the first that is there."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A structure that breaks the flow of reading: +1 and +1 per level of nesting in cognitive complexity.

    `heads` say where the parts are that do not lie deeper than the structure itself (a loop's range, a switch's
    subject): a place, or a number among the named children. Where `tested`, the first head is a condition in the sense
    of ABC; in some grammars it stands for several nodes. Where `last`, all named children but the last are.
    """

    heads: tuple[str | int, ...] = ()
    tested: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """How a kind of node tells of instance variables. `path` leads from it to their names: each step is a field or,
    where the grammar has no such field, a kind of child; no step: the node itself is the name, and with names that lie
    nowhere (an embedded type) the whole node is.

    Words: `needs` one of these, `unless` any of these, in the source before the name and in its type. `prefix`: the
    name is what follows it (several, with commas between them, too); it counts in the functions of the namespace as
    well. `inner`: so do names without a prefix. `typed`: only with a type. `strict`: only where the path leads.
    `without`: only where this place is not taken.
    """

    path: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    prefix: str = ""
    inner: bool = False
    typed: bool = False
    strict: bool = False
    without: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """A language in which everything is a call (Elixir): what some words make of the call that they begin.

    `words` gives them a role: "function", "module", "struct" (its fields are instance variables), "branch" (an `if`),
    "loop", "switch" (its clauses decide), "try", "quote" (no call, but code), "nothing" (neither). `attributes`: those
    whose text is a "comment", or "nothing" to count.
    """

    words: Mapping[str, str]
    attributes: Mapping[str, str]
    call: str
    target: str  # field
    word: str  # kind of a target that may be one of the words
    arguments: str
    block: str
    clause: str  # a clause of a switch, a handler or a function literal, with fields `left` and `right`
    literal: str  # of a function
    other: str  # else
    handlers: Kinds
    endings: Kinds
    keywords: str  # arguments with names, in pairs
    pair: str
    names: Kinds  # of the fields of a struct
    lists: Kinds
    modules: Kinds  # names on which a call needs no arguments
    unary: str
    generator: str  # operators
    guard: str


@dataclass(frozen=True, slots=True)
class Language:
    """One grammar, told in its own node kinds. docs/metrics.md says what each part counts.

    A place in a node is told by the field or, in grammars without such a field, by the kind of the child.
    """

    name: str
    suffixes: tuple[str, ...]
    grammar: tuple[str, str]  # module and the function in it that gives the grammar

    # what is named and measured
    functions: Kinds
    scopes: Kinds  # classes, modules: they lend their names to what they hold
    lambdas: Kinds = NONE  # function literals that are functions of their own only if their body is one of `blocks`
    blocks: Kinds = NONE
    inline: Kinds = NONE  # blocks of code that belong to the function around them, one level deeper (Ruby's do)
    bodies: tuple[str, ...] = ("body",)  # places of a function's body, the first that is there
    binders: Mapping[str, str] = field(default_factory=dict)  # parent that names a function literal -> its name's place
    declares: bool = False  # a function may be without a body: then it is only declared, and not measured
    receiver: str = ""  # field of a method's receiver, where it is not declared within its type
    properties: Mapping[str, str] = field(default_factory=dict)  # a function if this field is in `blocks`, else a scope

    # names, where they do not simply stand in the field "name"
    names: Mapping[str, Step] = field(default_factory=dict)  # kind -> what leads to them
    qualifiers: Mapping[str, str] = field(default_factory=dict)  # kind on that way -> field of what comes before a dot
    titles: Mapping[str, str] = field(default_factory=dict)  # kind without one -> its name, after a dot if it is bound
    selectors: Mapping[str, str] = field(default_factory=dict)  # function whose name has parts -> their kind
    prefixes: Mapping[str, str] = field(default_factory=dict)  # kind -> text before the name, or for want of one

    # namespaces
    namespaces: Mapping[str, str] = field(default_factory=dict)  # scope -> "class", "module", ...: those are measured
    declared: str = ""  # field with the word that a namespace is declared by, if there are several
    contents: Mapping[str, str] = field(default_factory=dict)  # scope -> kind of child without which it is none
    nameless: Kinds = NONE  # contents of a scope that make a nameless one where they stand elsewhere (in `new X() {}`)
    receivers: str = ""  # word for the namespace that a method with a receiver adds to
    fields: Mapping[str, tuple[Field, ...]] = field(default_factory=dict)  # what tells of instance variables

    # parameters
    parameters: tuple[str, ...] = ("parameters",)  # places, the first that is there; none: in the declaration itself
    counted: Kinds = NONE  # the children of a parameter list that are parameters, where others stand between them
    grouped: Kinds = NONE  # parameter kinds that may hold several names
    uncounted: Kinds = NONE  # children of a parameter list that are no parameters
    selves: tuple[str, ...] = ()  # names of a first parameter that is not counted
    nothing: str = ""  # what stands in a parameter list that declares none
    results: str = ""  # field of a function's declared result, where a function can have several
    arrow: str = ""  # token before the result, in grammars without a field for it
    tuples: Kinds = NONE  # results that list several

    # flow
    branches: Mapping[str, Branch] = field(default_factory=dict)
    decisions: Kinds = NONE  # +1 cyclomatic
    cases: Kinds = NONE  # +1 cyclomatic unless it is the default
    pattern: str = ""  # field of a case's pattern, where something else may be its first child
    guarded: Mapping[str, str] = field(default_factory=dict)  # kind that holds a pattern and, in this field, its guard
    captures: Kinds = NONE  # patterns that match whatever comes, if they begin with a small letter: they only name it
    groups: Kinds = NONE  # patterns that do so if all of their parts do
    defaults: Kinds = NONE  # tokens that the default case begins with
    levels: Kinds = NONE  # one block level deeper for all but their heads
    elifs: Mapping[str, Branch] = field(default_factory=dict)
    elses: Kinds = NONE
    else_field: str = ""  # of an if, in grammars without a node kind for else
    else_word: str = ""  # after which the else of an if stands, in grammars without a field either
    otherwise: Mapping[str, str] = field(default_factory=dict)  # initialiser -> field of the block run if it fails
    ifs: Kinds = NONE  # that continue a chain where they stand directly in an else
    switches: Kinds = NONE  # whose `else` is the default case
    jumps: Kinds = NONE  # +1 cognitive if they name a label
    jump_words: tuple[bytes, ...] = ()  # that such a node begins with, where its kind does not tell
    jump_labels: Kinds = NONE  # what a label is, where a jump may also carry a value
    returns: Kinds = NONE
    return_word: bytes = b""  # that a jump begins with if it is a return, where its kind does not tell

    # expressions
    apart: Mapping[str, str] = field(default_factory=dict)  # kind -> field of a part that is not walked (`#if A`)
    logic: Kinds = NONE  # kinds whose second child is an operator
    flat: bool = False  # the tree of `logic` does not tell precedence: it is read from left to right
    untested: Kinds = NONE  # parts of a condition that are none (`let`)
    spelled: Kinds = NONE  # operators that are told apart by how they are spelled, for want of kinds of their own
    assigning: Kinds = NONE  # operators that assign
    junctions: Mapping[str, str] = field(default_factory=dict)  # short-circuit operator -> family; "" is shorthand
    comparisons: Kinds = NONE  # operators
    transparent: Kinds = NONE  # parentheses
    clauses: Mapping[str, str] = field(default_factory=dict)  # kind that holds, in this field, a condition among others
    negations: Kinds = NONE
    conditions: Kinds = NONE  # +1 in ABC's C
    assignments: Kinds = NONE
    initialisers: Mapping[str, str] = field(default_factory=dict)  # assignment only if this place is taken
    updates: Kinds = NONE  # unary kinds: an assignment if the operator is ++ or --
    calls: Kinds = NONE
    indices: Kinds = NONE  # arguments that, in brackets, make an index of what parses as a call
    short_assignments: Kinds = NONE  # whose operator may short-circuit
    short_operators: Kinds = NONE

    deciding: Kinds = NONE  # binary operators: +1 cyclomatic
    speech: Speech | None = None

    approximate: Mapping[str, str] = field(default_factory=dict)  # suffix -> why its numbers are but near the truth

    # text
    comments: Kinds = frozenset({"comment"})
    literals: Kinds = NONE  # string literals: each is one token for the clone search, whatever lies in it
    imports: tuple[str, ...] = ()  # beginnings of lines that only name other files (duplication.dull.Imports)
    docstring: str = ""  # kind of a literal that, alone in the first statement of a function, is documentation
    leaves: Kinds = NONE  # nothing of the above lies in them: the walk does not enter
    # kind -> nodes, itself one of them: one of no more holds but leaves, no comment, and no literal that is a leaf
    plain: Mapping[str, int] = field(default_factory=dict)
