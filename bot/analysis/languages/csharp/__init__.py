"""C# in tree-sitter-c-sharp's node kinds."""

from __future__ import annotations

from bot.analysis.language import Branch, Field, Language

CSHARP = Language(
    name="csharp",
    suffixes=(".cs", ".csx"),
    grammar=("tree_sitter_c_sharp", "language"),
    functions=frozenset(
        {
            "anonymous_method_expression",
            "constructor_declaration",
            "conversion_operator_declaration",
            "destructor_declaration",
            "local_function_statement",
            "method_declaration",
            "operator_declaration",
        }
    ),
    scopes=frozenset({"class_declaration", "interface_declaration", "record_declaration", "struct_declaration"}),
    lambdas=frozenset({"lambda_expression"}),
    blocks=frozenset({"arrow_expression_clause", "block"}),
    bodies=("body", "block"),
    declares=True,
    properties={
        "accessor_declaration": "body",
        "event_declaration": "value",
        "indexer_declaration": "value",
        "property_declaration": "value",
    },
    binders={"assignment_expression": "left", "variable_declarator": "name"},
    names={"conversion_operator_declaration": "type", "operator_declaration": "operator"},
    prefixes={
        "conversion_operator_declaration": "operator ",
        "destructor_declaration": "~",
        "indexer_declaration": "this",
        "operator_declaration": "operator ",
    },
    namespaces={
        "class_declaration": "class",
        "interface_declaration": "interface",
        "record_declaration": "record",
        "struct_declaration": "struct",
    },
    fields={
        "event_field_declaration": (
            Field(("variable_declaration", "variable_declarator", "name"), unless=("static",)),
        ),
        "field_declaration": (
            Field(("variable_declaration", "variable_declarator", "name"), unless=("const", "static")),
        ),
        "parameter": (Field(("name",)),),  # of a record or a primary constructor
    },
    uncounted=frozenset({"array_type", "attribute_list", "generic_name", "nullable_type"}),
    results="returns",
    tuples=frozenset({"tuple_type"}),
    branches={
        "if_statement": Branch(("condition",), tested=True),
        "for_statement": Branch(("condition", "initializer", "update")),
        "foreach_statement": Branch(("type", "left", "right")),
        "while_statement": Branch(("condition",), tested=True),
        "do_statement": Branch(("condition",), tested=True),
        "catch_clause": Branch(("catch_declaration", "catch_filter_clause")),
        "switch_statement": Branch(("value",)),
        "switch_expression": Branch((0,)),
        "conditional_expression": Branch(("condition",), tested=True),
    },
    decisions=frozenset(
        {
            "catch_clause",
            "catch_filter_clause",
            "conditional_expression",
            "do_statement",
            "for_statement",
            "foreach_statement",
            "from_clause",
            "if_statement",
            "when_clause",
            "where_clause",
            "while_statement",
        }
    ),
    cases=frozenset({"switch_expression_arm", "switch_section"}),
    defaults=frozenset({"default"}),
    levels=frozenset(
        {
            "do_statement",
            "for_statement",
            "foreach_statement",
            "if_statement",
            "lock_statement",
            "switch_expression",
            "switch_statement",
            "try_statement",
            "using_statement",
            "while_statement",
        }
    ),
    else_field="alternative",
    ifs=frozenset({"if_statement"}),
    jumps=frozenset({"goto_statement"}),
    returns=frozenset({"return_statement"}),
    apart={"preproc_elif": "condition", "preproc_if": "condition"},
    logic=frozenset({"binary_expression"}),
    junctions={"&&": "and", "||": "or", "??": ""},
    comparisons=frozenset({"!=", "<", "<=", "==", ">", ">="}),
    transparent=frozenset({"parenthesized_expression"}),
    negations=frozenset({"prefix_unary_expression"}),
    conditions=frozenset(
        {
            "catch_clause",
            "conditional_expression",
            "is_expression",
            "is_pattern_expression",
            "switch_expression_arm",
            "switch_section",
            "try_statement",
        }
    ),
    assignments=frozenset({"assignment_expression"}),
    initialisers={"variable_declarator": "="},
    updates=frozenset({"postfix_unary_expression", "prefix_unary_expression"}),
    calls=frozenset(
        {
            "constructor_initializer",
            "implicit_object_creation_expression",
            "invocation_expression",
            "object_creation_expression",
        }
    ),
    short_assignments=frozenset({"assignment_expression"}),
    short_operators=frozenset({"??="}),
    literals=frozenset(
        {
            "character_literal",
            "interpolated_string_expression",
            "raw_string_literal",
            "string_literal",
            "verbatim_string_literal",
        }
    ),
    imports=("global using", "using Microsoft", "using System", "using static"),
    leaves=frozenset(
        {
            "base_list",
            "boolean_literal",
            "character_literal_content",
            "delegate_declaration",
            "discard",
            "empty_statement",
            "enum_declaration",
            "escape_sequence",
            "generic_name",
            "identifier",
            "implicit_parameter",
            "implicit_type",
            "integer_literal",
            "modifier",
            "null_literal",
            "nullable_type",
            "predefined_type",
            "preproc_arg",
            "qualified_name",
            "raw_string_content",
            "real_literal",
            "string_content",
            "string_literal_content",
            "type_argument_list",
            "type_parameter_constraints_clause",
            "type_parameter_list",
            "using_directive",
        }
    ),
)
