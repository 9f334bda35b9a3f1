"""TypeScript, and TypeScript with JSX, in tree-sitter-typescript's node kinds."""

from __future__ import annotations

from dataclasses import replace

from bot.analysis.families.ecmascript import ECMASCRIPT
from bot.analysis.language import Field

_PROPERTIES = ("override", "private", "protected", "public", "readonly")  # parameters that are fields

TYPESCRIPT = replace(
    ECMASCRIPT,
    name="typescript",
    suffixes=(".ts", ".mts", ".cts"),
    grammar=("tree_sitter_typescript", "language_typescript"),
    scopes=ECMASCRIPT.scopes | {"abstract_class_declaration", "internal_module", "module"},
    namespaces={
        **ECMASCRIPT.namespaces,
        "abstract_class_declaration": "class",
        "internal_module": "namespace",
        "module": "namespace",
    },
    fields={
        "assignment_expression": ECMASCRIPT.fields["assignment_expression"],
        "public_field_definition": (Field(("name",), unless=("static",)),),
        "required_parameter": (Field(("pattern",), needs=_PROPERTIES, inner=True),),
        "optional_parameter": (Field(("pattern",), needs=_PROPERTIES, inner=True),),
    },
    binders={
        "assignment_expression": "left",
        "pair": "key",
        "public_field_definition": "name",
        "variable_declarator": "name",
    },
    selves=("this",),
    leaves=ECMASCRIPT.leaves
    | {
        "abstract_method_signature",
        "accessibility_modifier",
        "array_type",
        "asserts_annotation",
        "function_signature",
        "generic_type",
        "implements_clause",
        "index_signature",
        "interface_declaration",
        "method_signature",
        "nested_type_identifier",
        "override_modifier",
        "predefined_type",
        "type_alias_declaration",
        "type_annotation",
        "type_arguments",
        "type_identifier",
        "type_parameters",
        "type_predicate_annotation",
    },
)

TSX = replace(TYPESCRIPT, name="tsx", suffixes=(".tsx",), grammar=("tree_sitter_typescript", "language_tsx"))
