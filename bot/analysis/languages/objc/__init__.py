"""Objective-C in tree-sitter-objc's node kinds. Objective-C++ has no grammar of its own, and is read as this one."""

from __future__ import annotations

from dataclasses import replace

from bot.analysis.families.c import C_FAMILY
from bot.analysis.language import Branch, Field

_SEH = frozenset({"seh_except_clause", "seh_try_statement"})  # Microsoft's exceptions, which this grammar lacks

OBJC = replace(
    C_FAMILY,
    name="objc",
    suffixes=(".m", ".mm"),
    approximate={".mm": "Objective-C++ has no grammar of its own"},
    grammar=("tree_sitter_objc", "language"),
    functions=frozenset({"function_definition", "method_definition"}),
    scopes=frozenset({"class_implementation", "class_interface"}),
    names={
        **C_FAMILY.names,
        "class_implementation": "identifier",
        "class_interface": "identifier",
    },
    selectors={"method_definition": "identifier"},
    bodies=("body", "compound_statement"),
    counted=frozenset({"method_parameter", "parameter_declaration"}),
    inline=frozenset({"block_literal"}),
    namespaces={"class_implementation": "class", "class_interface": "class"},
    fields={"struct_declarator": (Field(),)},
    branches={
        **{kind: branch for kind, branch in C_FAMILY.branches.items() if kind not in _SEH},
        "for_statement": Branch(last=True),
        "catch_clause": Branch(("type_name",)),
    },
    decisions=C_FAMILY.decisions - _SEH | {"catch_clause"},
    levels=C_FAMILY.levels - _SEH | {"synchronized_statement", "try_statement"},
    conditions=C_FAMILY.conditions - _SEH | {"catch_clause", "try_statement"},
    calls=frozenset({"call_expression", "message_expression"}),
    imports=("# import", "# include", "@ import"),
    leaves=C_FAMILY.leaves
    | {
        "availability",
        "encode_expression",
        "method_type",
        "module_import",
        "platform",
        "property_attributes_declaration",
        "protocol_declaration",
        "protocol_forward_declaration",
        "protocol_reference_list",
        "selector_expression",
        "type_name",
        "typedefed_specifier",
    },
)
