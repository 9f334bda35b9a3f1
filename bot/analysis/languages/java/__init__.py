"""Java in tree-sitter-java's node kinds."""

from __future__ import annotations

from bot.analysis.language import Branch, Field, Language

JAVA = Language(
    name="java",
    suffixes=(".java",),
    grammar=("tree_sitter_java", "language"),
    functions=frozenset({"compact_constructor_declaration", "constructor_declaration", "method_declaration"}),
    scopes=frozenset(
        {
            "annotation_type_declaration",
            "class_declaration",
            "enum_declaration",
            "interface_declaration",
            "record_declaration",
        }
    ),
    namespaces={
        "annotation_type_declaration": "interface",
        "class_declaration": "class",
        "enum_declaration": "enum",
        "interface_declaration": "interface",
        "record_declaration": "record",
    },
    nameless=frozenset({"class_body"}),
    fields={
        "field_declaration": (Field(("declarator", "name"), unless=("static",)),),
        "formal_parameter": (Field(("name",)),),  # of a record
    },
    lambdas=frozenset({"lambda_expression"}),
    blocks=frozenset({"block"}),
    declares=True,
    binders={"variable_declarator": "name"},
    uncounted=frozenset({"receiver_parameter"}),
    branches={
        "if_statement": Branch(("condition",), tested=True),
        "for_statement": Branch(("condition", "init", "update")),
        "enhanced_for_statement": Branch(("type", "name", "value")),
        "while_statement": Branch(("condition",), tested=True),
        "do_statement": Branch(("condition",), tested=True),
        "catch_clause": Branch((0,)),
        "switch_expression": Branch(("condition",)),
        "ternary_expression": Branch(("condition",), tested=True),
    },
    decisions=frozenset(
        {
            "catch_clause",
            "do_statement",
            "enhanced_for_statement",
            "for_statement",
            "guard",
            "if_statement",
            "ternary_expression",
            "while_statement",
        }
    ),
    cases=frozenset({"switch_label"}),
    levels=frozenset(
        {
            "do_statement",
            "enhanced_for_statement",
            "for_statement",
            "if_statement",
            "switch_expression",
            "synchronized_statement",
            "try_statement",
            "try_with_resources_statement",
            "while_statement",
        }
    ),
    else_field="alternative",
    ifs=frozenset({"if_statement"}),
    jumps=frozenset({"break_statement", "continue_statement"}),
    returns=frozenset({"return_statement"}),
    logic=frozenset({"binary_expression"}),
    junctions={"&&": "and", "||": "or"},
    comparisons=frozenset({"!=", "<", "<=", "==", ">", ">="}),
    transparent=frozenset({"parenthesized_expression"}),
    negations=frozenset({"unary_expression"}),
    conditions=frozenset(
        {
            "catch_clause",
            "instanceof_expression",
            "switch_label",
            "ternary_expression",
            "try_statement",
            "try_with_resources_statement",
        }
    ),
    assignments=frozenset({"assignment_expression", "update_expression"}),
    initialisers={"variable_declarator": "value"},
    calls=frozenset({"explicit_constructor_invocation", "method_invocation", "object_creation_expression"}),
    comments=frozenset({"block_comment", "line_comment"}),
    imports=("package", "import"),
    literals=frozenset({"character_literal", "string_literal"}),
    leaves=frozenset(
        {
            "array_type",
            "binary_integer_literal",
            "boolean_type",
            "character_literal",
            "decimal_floating_point_literal",
            "decimal_integer_literal",
            "dimensions",
            "false",
            "floating_point_type",
            "generic_type",
            "hex_floating_point_literal",
            "hex_integer_literal",
            "identifier",
            "import_declaration",
            "integral_type",
            "modifiers",
            "null_literal",
            "octal_integer_literal",
            "package_declaration",
            "scoped_identifier",
            "scoped_type_identifier",
            "string_literal",
            "super",
            "super_interfaces",
            "superclass",
            "this",
            "throws",
            "true",
            "type_arguments",
            "type_identifier",
            "type_parameters",
            "void_type",
        }
    ),
    # Not where any expression may stand: a character in quotes is but one node, and must be seen.
    plain={
        "argument_list": 3,
        "field_access": 4,
        "formal_parameter": 3,
        "formal_parameters": 3,
        "method_invocation": 5,
        "update_expression": 3,
    },
)
