"""Python in tree-sitter-python's node kinds."""

from __future__ import annotations

from bot.analysis.language import Branch, Field, Language

PYTHON = Language(
    name="python",
    suffixes=(".py", ".pyi", ".pyw"),
    grammar=("tree_sitter_python", "language"),
    functions=frozenset({"function_definition"}),
    scopes=frozenset({"class_definition"}),
    namespaces={"class_definition": "class"},
    fields={
        "assignment": (
            Field(("left",), prefix="self."),
            Field(("left",), typed=True, unless=("ClassVar",)),
        ),
    },
    lambdas=frozenset({"lambda"}),
    uncounted=frozenset({"keyword_separator", "positional_separator"}),
    selves=("self", "cls"),
    branches={
        "if_statement": Branch(("condition",), tested=True),
        "for_statement": Branch(("left", "right")),
        "while_statement": Branch(("condition",), tested=True),
        "except_clause": Branch(("value",)),
        "match_statement": Branch(("subject",)),
        "conditional_expression": Branch((1,), tested=True),
    },
    decisions=frozenset(
        {
            "if_statement",
            "elif_clause",
            "for_statement",
            "while_statement",
            "except_clause",
            "conditional_expression",
            "for_in_clause",
            "if_clause",
        }
    ),
    cases=frozenset({"case_clause"}),
    levels=frozenset(
        {"if_statement", "for_statement", "while_statement", "match_statement", "try_statement", "with_statement"}
    ),
    elifs={"elif_clause": Branch(("condition",), tested=True)},
    elses=frozenset({"else_clause"}),
    returns=frozenset({"return_statement"}),
    logic=frozenset({"boolean_operator"}),
    junctions={"and": "and", "or": "or"},
    transparent=frozenset({"parenthesized_expression"}),
    negations=frozenset({"not_operator"}),
    conditions=frozenset(
        {
            "comparison_operator",
            "elif_clause",
            "else_clause",
            "case_clause",
            "try_statement",
            "except_clause",
            "conditional_expression",
        }
    ),
    assignments=frozenset({"augmented_assignment", "named_expression"}),
    initialisers={"assignment": "right"},
    calls=frozenset({"call"}),
    comments=frozenset({"comment", "line_continuation"}),  # both may stand between any two tokens
    literals=frozenset({"string"}),
    docstring="string",
    imports=("import", "from"),
    leaves=frozenset(
        {
            "break_statement",
            "continue_statement",
            "dotted_name",
            "ellipsis",
            "escape_sequence",
            "false",
            "float",
            "future_import_statement",
            "global_statement",
            "identifier",
            "import_from_statement",
            "import_statement",
            "integer",
            "none",
            "nonlocal_statement",
            "pass_statement",
            "string_content",
            "string_end",
            "string_start",
            "true",
            "type",
            "type_conversion",
            "wildcard_import",
        }
    ),
    plain={
        "argument_list": 3,
        "assignment": 4,
        "attribute": 4,
        "await": 3,
        "binary_operator": 4,
        "call": 5,
        "comparison_operator": 4,
        "default_parameter": 4,
        "dictionary_splat": 3,
        "dictionary_splat_pattern": 3,
        "keyword_argument": 4,
        "list_splat": 3,
        "list_splat_pattern": 3,
        "not_operator": 3,
        "pair": 4,
        "parameters": 3,
        "string": 6,  # an interpolation alone takes four
        "subscript": 5,
        "typed_default_parameter": 7,
        "typed_parameter": 5,
        "unary_operator": 3,
    },
)
