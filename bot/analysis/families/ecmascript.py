"""What JavaScript and TypeScript share: a base that each language's file extends."""

from __future__ import annotations

from bot.analysis.language import Branch, Field, Language

ECMASCRIPT = Language(
    name="ecmascript",
    suffixes=(),
    grammar=("", ""),
    functions=frozenset(
        {
            "arrow_function",
            "function_declaration",
            "function_expression",
            "generator_function",
            "generator_function_declaration",
            "method_definition",
        }
    ),
    scopes=frozenset({"class", "class_declaration"}),
    namespaces={"class": "class", "class_declaration": "class"},
    fields={
        "assignment_expression": (Field(("left",), prefix="this."),),
        "field_definition": (Field(("property",), unless=("static",)),),
    },
    binders={
        "assignment_expression": "left",
        "field_definition": "property",
        "pair": "key",
        "variable_declarator": "name",
    },
    parameters=("parameters", "parameter"),
    branches={
        "if_statement": Branch(("condition",), tested=True),
        "for_statement": Branch(("condition", "initializer", "increment")),
        "for_in_statement": Branch(("left", "right")),
        "while_statement": Branch(("condition",), tested=True),
        "do_statement": Branch(("condition",), tested=True),
        "catch_clause": Branch(("parameter",)),
        "switch_statement": Branch(("value",)),
        "ternary_expression": Branch(("condition",), tested=True),
    },
    decisions=frozenset(
        {
            "catch_clause",
            "do_statement",
            "for_in_statement",
            "for_statement",
            "if_statement",
            "switch_case",
            "ternary_expression",
            "while_statement",
        }
    ),
    levels=frozenset(
        {
            "do_statement",
            "for_in_statement",
            "for_statement",
            "if_statement",
            "switch_statement",
            "try_statement",
            "while_statement",
            "with_statement",
        }
    ),
    elses=frozenset({"else_clause"}),
    ifs=frozenset({"if_statement"}),
    jumps=frozenset({"break_statement", "continue_statement"}),
    returns=frozenset({"return_statement"}),
    logic=frozenset({"binary_expression"}),
    junctions={"&&": "and", "||": "", "??": ""},  # as SonarJS counts: `||` mostly gives a default here
    comparisons=frozenset({"!=", "!==", "<", "<=", "==", "===", ">", ">=", "in", "instanceof"}),
    transparent=frozenset({"parenthesized_expression"}),
    negations=frozenset({"unary_expression"}),
    conditions=frozenset(
        {"catch_clause", "else_clause", "switch_case", "switch_default", "ternary_expression", "try_statement"}
    ),
    assignments=frozenset({"assignment_expression", "augmented_assignment_expression", "update_expression"}),
    initialisers={"variable_declarator": "value"},
    calls=frozenset({"call_expression", "new_expression"}),
    short_assignments=frozenset({"augmented_assignment_expression"}),
    short_operators=frozenset({"&&=", "??=", "||="}),
    comments=frozenset({"comment", "html_comment"}),
    imports=("import", "export {", "export *"),
    literals=frozenset({"regex", "string", "template_string"}),
    leaves=frozenset(
        {
            "debugger_statement",
            "empty_statement",
            "escape_sequence",
            "export_clause",
            "false",
            "hash_bang_line",
            "identifier",
            "import",
            "import_statement",
            "jsx_text",
            "meta_property",
            "null",
            "number",
            "optional_chain",
            "private_property_identifier",
            "property_identifier",
            "regex",
            "shorthand_property_identifier",
            "shorthand_property_identifier_pattern",
            "statement_identifier",
            "string",
            "string_fragment",
            "super",
            "this",
            "true",
            "undefined",
        }
    ),
    plain={
        "arguments": 3,
        "array": 3,
        "assignment_expression": 4,
        "await_expression": 3,
        "binary_expression": 4,
        "formal_parameters": 3,
        "member_expression": 4,
        "object": 3,
        "pair": 4,
        "parenthesized_expression": 4,
        "spread_element": 3,
        "subscript_expression": 5,
        "template_string": 6,  # a substitution alone takes four
        "template_substitution": 4,
        "unary_expression": 3,
        "update_expression": 3,
        "variable_declarator": 4,
    },
)
