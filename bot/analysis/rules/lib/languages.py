"""Sites for several languages at once, and the node kinds that play one part in many grammars."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.analysis.rules.rule import Check, Site

ECMASCRIPT = ("javascript", "typescript", "tsx")

FUNCTIONS = frozenset(
    {
        "anonymous_function",
        "anonymous_method_expression",
        "arrow_function",
        "class_body",
        "class_definition",
        "closure_expression",
        "constructor_declaration",
        "func_literal",
        "function",
        "function_declaration",
        "function_definition",
        "function_expression",
        "function_item",
        "generator_function",
        "generator_function_declaration",
        "lambda",
        "lambda_expression",
        "lambda_literal",
        "local_function_statement",
        "method",
        "method_declaration",
        "method_definition",
        "singleton_method",
    }
)
"""Kinds whose inside runs at another time than what stands around them; with the bodies of classes."""

LOOPS = frozenset(
    {
        "do_statement",
        "do_while_statement",
        "enhanced_for_statement",
        "for",
        "for_each_statement",
        "for_expression",
        "for_in_statement",
        "for_range_loop",
        "for_statement",
        "foreach_statement",
        "loop_expression",
        "repeat_while_statement",
        "until",
        "while",
        "while_expression",
        "while_statement",
    }
)

SWITCHES = frozenset(
    {
        "expression_switch_statement",
        "select_statement",
        "switch_expression",
        "switch_statement",
        "type_switch_statement",
    }
)
"""Kinds that `break` leaves, beside the loops."""

BINARY = {
    "python": ("comparison_operator", "boolean_operator", "binary_operator"),
    "ecmascript": ("binary_expression",),
    "ruby": ("binary",),
    "go": ("binary_expression",),
    "java": ("binary_expression",),
    "php": ("binary_expression",),
    "rust": ("binary_expression",),
    "objc": ("binary_expression",),
    "kotlin": ("binary_expression",),
    "swift": (
        "additive_expression",
        "bitwise_operation",
        "comparison_expression",
        "conjunction_expression",
        "disjunction_expression",
        "equality_expression",
        "multiplicative_expression",
    ),
    "c": ("binary_expression",),
    "cpp": ("binary_expression",),
    "csharp": ("binary_expression",),
    "scala": ("infix_expression",),
    "elixir": ("binary_operator",),
}
"""Language -> the kinds of what has an operator between two sides."""


def sites(
    table: Mapping[str, Collection[str]],
    check: Check,
    signs: Mapping[str, tuple[bytes, ...]] | None = None,
) -> dict[str, Site]:
    """One check in several languages: (language -> kinds), with `signs` per language where it has any.
    The key "ecmascript" stands for JavaScript and TypeScript."""
    found = {}
    for name, kinds in table.items():
        for language in ECMASCRIPT if name == "ecmascript" else (name,):
            found[language] = Site(tuple(kinds), check, (signs or {}).get(name, ()))
    return found
