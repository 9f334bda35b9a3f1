"""PHP in tree-sitter-php's node kinds."""

from __future__ import annotations

from bot.analysis.language import Branch, Field, Language

PHP = Language(
    name="php",
    suffixes=(".php", ".phtml"),
    grammar=("tree_sitter_php", "language_php"),
    functions=frozenset({"anonymous_function", "function_definition", "method_declaration", "property_hook"}),
    scopes=frozenset({"class_declaration", "enum_declaration", "interface_declaration", "trait_declaration"}),
    lambdas=frozenset({"arrow_function"}),
    declares=True,
    namespaces={
        "class_declaration": "class",
        "enum_declaration": "enum",
        "interface_declaration": "interface",
        "trait_declaration": "trait",
    },
    nameless=frozenset({"declaration_list"}),
    fields={
        "property_declaration": (Field(("property_element", "name"), unless=("static",)),),
        "property_promotion_parameter": (Field(("name",), inner=True),),
    },
    binders={"assignment_expression": "left"},
    names={"property_hook": 0},
    branches={
        "if_statement": Branch(("condition",), tested=True),
        "for_statement": Branch(("condition", "initialize", "update")),
        "foreach_statement": Branch((0, 1)),
        "while_statement": Branch(("condition",), tested=True),
        "do_statement": Branch(("condition",), tested=True),
        "catch_clause": Branch(("type", "name")),
        "switch_statement": Branch(("condition",)),
        "match_expression": Branch(("condition",)),
        "conditional_expression": Branch(("condition",), tested=True),
    },
    decisions=frozenset(
        {
            "case_statement",
            "catch_clause",
            "conditional_expression",
            "do_statement",
            "else_if_clause",
            "for_statement",
            "foreach_statement",
            "if_statement",
            "match_conditional_expression",
            "while_statement",
        }
    ),
    levels=frozenset(
        {
            "do_statement",
            "for_statement",
            "foreach_statement",
            "if_statement",
            "match_expression",
            "switch_statement",
            "try_statement",
            "while_statement",
        }
    ),
    elifs={"else_if_clause": Branch(("condition",), tested=True)},
    elses=frozenset({"else_clause"}),
    ifs=frozenset({"if_statement"}),
    jumps=frozenset({"break_statement", "continue_statement", "goto_statement"}),
    returns=frozenset({"return_statement"}),
    logic=frozenset({"binary_expression"}),
    junctions={"&&": "and", "and": "and", "||": "or", "or": "or", "??": ""},
    comparisons=frozenset({"!=", "!==", "<", "<=", "<=>", "<>", "==", "===", ">", ">=", "instanceof"}),
    transparent=frozenset({"parenthesized_expression"}),
    negations=frozenset({"unary_op_expression"}),
    conditions=frozenset(
        {
            "case_statement",
            "catch_clause",
            "conditional_expression",
            "default_statement",
            "else_clause",
            "else_if_clause",
            "match_conditional_expression",
            "match_default_expression",
            "try_statement",
        }
    ),
    assignments=frozenset(
        {
            "assignment_expression",
            "augmented_assignment_expression",
            "reference_assignment_expression",
            "update_expression",
        }
    ),
    initialisers={"static_variable_declaration": "value"},
    calls=frozenset(
        {
            "function_call_expression",
            "member_call_expression",
            "nullsafe_member_call_expression",
            "object_creation_expression",
            "scoped_call_expression",
        }
    ),
    short_assignments=frozenset({"augmented_assignment_expression"}),
    short_operators=frozenset({"??="}),
    literals=frozenset({"encapsed_string", "heredoc", "nowdoc", "shell_command_expression", "string"}),
    imports=("use", "require", "require_once", "include", "include_once"),
    leaves=frozenset(
        {
            "base_clause",
            "boolean",
            "class_interface_clause",
            "empty_statement",
            "escape_sequence",
            "float",
            "global_declaration",
            "heredoc_end",
            "heredoc_start",
            "integer",
            "name",
            "named_label_statement",
            "named_type",
            "namespace_name",
            "namespace_use_declaration",
            "nowdoc_string",
            "null",
            "optional_type",
            "php_end_tag",
            "php_tag",
            "primitive_type",
            "qualified_name",
            "relative_scope",
            "string_content",
            "text",
            "union_type",
            "variable_name",
            "visibility_modifier",
        }
    ),
)
