"""Scala 2 and 3 in tree-sitter-scala's node kinds."""

from __future__ import annotations

from bot.analysis.language import Branch, Field, Language

SCALA = Language(
    name="scala",
    suffixes=(".scala", ".sc"),
    grammar=("tree_sitter_scala", "language"),
    functions=frozenset({"function_declaration", "function_definition"}),
    declares=True,
    scopes=frozenset(
        {
            "class_definition",
            "enum_definition",
            "given_definition",
            "object_definition",
            "package_object",
            "trait_definition",
        }
    ),
    namespaces={
        "class_definition": "class",
        "enum_definition": "enum",
        "given_definition": "given",
        "object_definition": "object",
        "package_object": "object",
        "trait_definition": "trait",
    },
    nameless=frozenset({"template_body"}),
    fields={
        "class_parameter": (Field(("name",)),),
        "val_definition": (Field(("pattern",)),),
        "var_definition": (Field(("pattern",)),),
    },
    inline=frozenset({"lambda_expression"}),
    names={"generic_type": "type", "given_definition": ("name", "return_type")},
    uncounted=frozenset({"annotation"}),
    results="return_type",
    tuples=frozenset({"tuple_type"}),
    branches={
        "if_expression": Branch(("condition",), tested=True),
        "for_expression": Branch(("enumerators",)),
        "while_expression": Branch(("condition",), tested=True),
        "do_while_expression": Branch(("condition",), tested=True),
        "match_expression": Branch(("value",)),
        "catch_clause": Branch(),
    },
    decisions=frozenset({"do_while_expression", "for_expression", "guard", "if_expression", "while_expression"}),
    cases=frozenset({"case_clause"}),
    pattern="pattern",
    captures=frozenset({"identifier"}),
    groups=frozenset({"tuple_pattern"}),
    levels=frozenset(
        {
            "do_while_expression",
            "for_expression",
            "if_expression",
            "match_expression",
            "try_expression",
            "while_expression",
        }
    ),
    else_field="alternative",
    ifs=frozenset({"if_expression"}),
    returns=frozenset({"return_expression"}),
    logic=frozenset({"infix_expression"}),
    spelled=frozenset({"operator_identifier"}),
    junctions={"&&": "and", "||": "or"},
    comparisons=frozenset({"!=", "<", "<=", "==", ">", ">="}),
    assigning=frozenset(
        {"%=", "&&=", "&=", "*=", "++=", "+=", "--=", "-=", "/=", "::=", ":::=", ":+=", "<<=", ">>=", "^=", "|=", "||="}
    ),
    transparent=frozenset({"parenthesized_expression"}),
    negations=frozenset({"prefix_expression"}),
    conditions=frozenset({"case_clause", "catch_clause", "try_expression"}),
    assignments=frozenset({"assignment_expression"}),
    initialisers={"val_definition": "value", "var_definition": "value"},
    calls=frozenset({"call_expression", "instance_expression"}),
    comments=frozenset({"block_comment", "comment"}),
    literals=frozenset({"character_literal", "interpolated_string", "string", "xml_string"}),
    imports=("import",),
    leaves=frozenset(
        {
            "access_modifier",
            "boolean_literal",
            "end_marker",
            "escape_sequence",
            "floating_point_literal",
            "identifier",
            "import_declaration",
            "integer_literal",
            "null_literal",
            "operator_identifier",
            "package_identifier",
            "stable_type_identifier",
            "type_identifier",
            "unit",
            "wildcard",
        }
    ),
)
