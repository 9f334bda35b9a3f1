"""C in tree-sitter-c's node kinds."""

from __future__ import annotations

from dataclasses import replace

from bot.analysis.families.c import C_FAMILY

C = replace(
    C_FAMILY,
    name="c",
    suffixes=(".c",),  # headers read as C++: its grammar errs no more on those of C
    grammar=("tree_sitter_c", "language"),
    uncounted=frozenset({"variadic_parameter"}),
)
