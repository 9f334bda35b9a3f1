"""C++ in tree-sitter-cpp's node kinds."""

from __future__ import annotations

from dataclasses import replace

from bot.analysis.families.c import C_FAMILY
from bot.analysis.language import Branch, Field

CPP = replace(
    C_FAMILY,
    name="cpp",
    suffixes=(".cpp", ".cc", ".cxx", ".c++", ".hpp", ".h", ".hh", ".hxx", ".h++", ".ipp", ".inl"),
    grammar=("tree_sitter_cpp", "language"),
    functions=C_FAMILY.functions | {"lambda_expression"},
    scopes=frozenset({"class_specifier", "struct_specifier", "union_specifier"}),
    namespaces={"class_specifier": "class", "struct_specifier": "struct", "union_specifier": "union"},
    contents=dict.fromkeys(("class_specifier", "struct_specifier", "union_specifier"), "field_declaration_list"),
    receivers="receiver",
    fields={
        "field_declaration": (
            Field(("field_identifier",), unless=("static",), strict=True),
            Field(("array_declarator", "field_identifier"), unless=("static",), strict=True),
            Field(("pointer_declarator", "field_identifier"), unless=("static",), strict=True),
            Field(("reference_declarator", "field_identifier"), unless=("static",), strict=True),
        )
    },
    binders={"init_declarator": "declarator"},
    names={
        **C_FAMILY.names,
        "abstract_function_declarator": "declarator",
        "lambda_expression": "declarator",
        "operator_cast": "type",
        "qualified_identifier": "name",
        "reference_declarator": -1,
        "template_function": "name",
        "template_type": "name",
    },
    qualifiers={"qualified_identifier": "scope"},
    prefixes={"operator_cast": "operator "},
    branches={
        **C_FAMILY.branches,
        "catch_clause": Branch(("parameters",)),
        "for_range_loop": Branch(("declarator", "right", "initializer")),
    },
    decisions=C_FAMILY.decisions | {"catch_clause", "for_range_loop"},
    levels=C_FAMILY.levels | {"for_range_loop", "try_statement"},
    returns=C_FAMILY.returns | {"co_return_statement"},
    junctions={"&&": "and", "and": "and", "||": "or", "or": "or"},
    comparisons=C_FAMILY.comparisons | {"<=>", "not_eq"},
    clauses={"condition_clause": "value"},
    conditions=C_FAMILY.conditions | {"catch_clause", "try_statement"},
    assignments=C_FAMILY.assignments | {"field_initializer"},
    calls=C_FAMILY.calls | {"delete_expression", "new_expression"},
    literals=C_FAMILY.literals | {"raw_string_literal"},
    imports=(*C_FAMILY.imports, "using namespace", "using std"),
    leaves=C_FAMILY.leaves
    | {
        "access_specifier",
        "auto",
        "literal_suffix",
        "namespace_identifier",
        "raw_string_content",
        "raw_string_delimiter",
        "this",
        "using_declaration",
        "virtual_specifier",
    },
)
