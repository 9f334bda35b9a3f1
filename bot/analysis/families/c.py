"""What C and C++ share: a base that each language's file extends."""

from __future__ import annotations

from bot.analysis.language import Branch, Language

C_FAMILY = Language(
    name="c_family",
    suffixes=(),
    grammar=("", ""),
    functions=frozenset({"function_definition"}),
    scopes=frozenset(),
    declares=True,
    names={
        "array_declarator": "declarator",
        "attributed_declarator": 0,
        "function_declarator": "declarator",
        "function_definition": "declarator",
        "parenthesized_declarator": -1,
        "pointer_declarator": "declarator",
    },
    nothing="void",
    branches={
        "if_statement": Branch(("condition",), tested=True),
        "for_statement": Branch(("condition", "initializer", "update")),
        "while_statement": Branch(("condition",), tested=True),
        "do_statement": Branch(("condition",), tested=True),
        "seh_except_clause": Branch(("filter",)),
        "switch_statement": Branch(("condition",)),
        "conditional_expression": Branch(("condition",), tested=True),
    },
    decisions=frozenset(
        {
            "conditional_expression",
            "do_statement",
            "for_statement",
            "if_statement",
            "seh_except_clause",
            "while_statement",
        }
    ),
    cases=frozenset({"case_statement"}),
    defaults=frozenset({"default"}),
    levels=frozenset(
        {
            "do_statement",
            "for_statement",
            "if_statement",
            "seh_try_statement",
            "switch_statement",
            "while_statement",
        }
    ),
    elses=frozenset({"else_clause"}),
    ifs=frozenset({"if_statement"}),
    jumps=frozenset({"goto_statement"}),
    returns=frozenset({"return_statement"}),
    apart={"preproc_elif": "condition", "preproc_if": "condition"},
    logic=frozenset({"binary_expression"}),
    junctions={"&&": "and", "||": "or"},
    comparisons=frozenset({"!=", "<", "<=", "==", ">", ">="}),
    transparent=frozenset({"parenthesized_expression"}),
    negations=frozenset({"unary_expression"}),
    conditions=frozenset(
        {"case_statement", "conditional_expression", "else_clause", "seh_except_clause", "seh_try_statement"}
    ),
    assignments=frozenset({"assignment_expression", "update_expression"}),
    initialisers={"init_declarator": "value"},
    calls=frozenset({"call_expression"}),
    literals=frozenset({"char_literal", "string_literal", "system_lib_string"}),
    imports=("# include",),
    leaves=frozenset(
        {
            "character",
            "escape_sequence",
            "false",
            "field_identifier",
            "identifier",
            "null",
            "number_literal",
            "preproc_arg",
            "preproc_directive",
            "primitive_type",
            "sized_type_specifier",
            "statement_identifier",
            "storage_class_specifier",
            "string_content",
            "true",
            "type_identifier",
            "type_qualifier",
        }
    ),
)
