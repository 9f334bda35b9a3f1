"""JavaScript in tree-sitter-javascript's node kinds."""

from __future__ import annotations

from dataclasses import replace

from bot.analysis.families.ecmascript import ECMASCRIPT

JAVASCRIPT = replace(
    ECMASCRIPT,
    name="javascript",
    suffixes=(".js", ".jsx", ".mjs", ".cjs"),
    grammar=("tree_sitter_javascript", "language"),
)
