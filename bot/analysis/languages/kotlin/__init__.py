"""Kotlin in the node kinds of tree-sitter-grammars' tree-sitter-kotlin."""

from __future__ import annotations

from bot.analysis.language import Branch, Field, Language

KOTLIN = Language(
    name="kotlin",
    suffixes=(".kt", ".kts"),
    grammar=("tree_sitter_kotlin", "language"),
    functions=frozenset(
        {
            "anonymous_function",
            "anonymous_initializer",
            "function_declaration",
            "getter",
            "secondary_constructor",
            "setter",
        }
    ),
    scopes=frozenset({"class_declaration", "companion_object", "enum_entry", "object_declaration"}),
    namespaces={"class_declaration": "class", "companion_object": "object", "object_declaration": "object"},
    nameless=frozenset({"class_body"}),  # of an object literal
    fields={
        "class_parameter": (Field(("identifier",), needs=("val", "var")),),
        "property_declaration": (
            Field(("variable_declaration", "identifier"), unless=("abstract", "const"), without="getter", strict=True),
        ),
    },
    inline=frozenset({"lambda_literal"}),
    bodies=("function_body", "block"),
    declares=True,
    names={
        "enum_entry": "identifier",
        "variable_declaration": "identifier",
        "anonymous_initializer": "init",
        "secondary_constructor": "constructor",
    },
    titles={
        "companion_object": "Companion",
        "getter": "get",
        "setter": "set",
    },
    binders={"property_declaration": "variable_declaration"},
    parameters=("function_value_parameters",),
    counted=frozenset({"parameter"}),
    branches={
        "if_expression": Branch(("condition",), tested=True),
        "for_statement": Branch(last=True),
        "while_statement": Branch(("condition",), tested=True),
        "do_while_statement": Branch(("condition",), tested=True),
        "catch_block": Branch((0, 1)),
        "when_expression": Branch(("when_subject",)),
    },
    decisions=frozenset({"catch_block", "do_while_statement", "for_statement", "if_expression", "while_statement"}),
    cases=frozenset({"when_entry"}),
    pattern="condition",
    levels=frozenset(
        {
            "do_while_statement",
            "for_statement",
            "if_expression",
            "try_expression",
            "when_expression",
            "while_statement",
        }
    ),
    else_word="else",
    ifs=frozenset({"if_expression"}),
    jumps=frozenset({"labeled_expression"}),
    jump_words=(b"break@", b"continue@"),
    returns=frozenset({"return_expression"}),
    logic=frozenset({"binary_expression"}),
    junctions={"&&": "and", "||": "or", "?:": ""},
    comparisons=frozenset({"!=", "!==", "<", "<=", "==", "===", ">", ">="}),
    transparent=frozenset({"parenthesized_expression"}),
    negations=frozenset({"unary_expression"}),
    conditions=frozenset({"catch_block", "in_expression", "is_expression", "try_expression", "when_entry"}),
    assignments=frozenset({"assignment"}),
    initialisers={"property_declaration": "="},
    updates=frozenset({"unary_expression"}),
    calls=frozenset({"call_expression", "constructor_delegation_call", "constructor_invocation", "infix_expression"}),
    comments=frozenset({"block_comment", "line_comment"}),
    imports=("package", "import"),
    literals=frozenset({"character_literal", "multiline_string_literal", "string_literal"}),
    leaves=frozenset(
        {
            "annotation",
            "callable_reference",
            "character_literal",
            "file_annotation",
            "float_literal",
            "function_type",
            "identifier",
            "import",
            "label",
            "modifiers",
            "non_nullable_type",
            "nullable_type",
            "number_literal",
            "package_header",
            "parenthesized_type",
            "qualified_identifier",
            "shebang",
            "string_content",
            "super_expression",
            "this_expression",
            "type_alias",
            "type_arguments",
            "type_constraints",
            "type_parameters",
            "user_type",
        }
    ),
)
