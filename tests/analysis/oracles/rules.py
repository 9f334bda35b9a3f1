"""Other tools' rules: our languages' data with what those tools count otherwise. docs/metrics.md explains each."""

from __future__ import annotations

from dataclasses import replace

from bot.analysis.language import Branch, Language
from bot.analysis.languages import LANGUAGES

PYTHON = LANGUAGES["python"]
JAVASCRIPT = LANGUAGES["javascript"]

MCCABE = replace(
    PYTHON,
    decisions=PYTHON.decisions - {"conditional_expression", "for_in_clause", "if_clause"},
    junctions={},
    logic=frozenset(),
)
"""ruff's C901. It adds nested functions to their owner, and counts the `else` of a `try`."""

RADON = replace(PYTHON, decisions=PYTHON.decisions | {"assert_statement"})
"""radon's. It counts the `else` of a `try` and of a loop."""

ESLINT = replace(
    JAVASCRIPT,
    decisions=JAVASCRIPT.decisions | {"assignment_pattern", "object_assignment_pattern", "optional_chain"},
    leaves=JAVASCRIPT.leaves - {"optional_chain"},
)
"""ESLint's `complexity`."""

COMPREHENSIONS = ("dictionary_comprehension", "generator_expression", "list_comprehension", "set_comprehension")

COMPLEXIPY = replace(
    PYTHON,
    branches={**PYTHON.branches, **{kind: Branch() for kind in COMPREHENSIONS}},
    elifs={**PYTHON.elifs, "if_clause": Branch((0,))},
)
"""complexipy's. It counts neither the `else` of a `try` nor of a loop, and a function that calls itself."""


def blind(language: Language) -> Language:
    """One that does not see `if`: no comparison may pass with it."""
    branches = {kind: branch for kind, branch in language.branches.items() if kind != "if_statement"}
    return replace(language, decisions=language.decisions - {"if_statement"}, branches=branches)
