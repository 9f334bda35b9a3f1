"""What the walk shows to the rules: every node of a kind that a rule asks for, once."""

import pytest

from bot.analysis.languages import LANGUAGES
from bot.analysis.measure import Measurer
from bot.analysis.metrics import Walker
from bot.analysis.rules.rule import Context, Found, Rule, Site
from bot.analysis.syntax import Node, Syntax
from bot.analysis.tables import Tables

ANY = "javascript"
SYNTAX = Syntax(*LANGUAGES[ANY].grammar)


def shown(source: str, *kinds: str, language: str = ANY) -> list[str]:
    """The source of every node of these kinds that a rule gets to see, in order."""
    met: list[tuple[int, int, str]] = []

    def check(node, context):
        met.append((node.start_byte, -node.end_byte, context.text(node).decode()))
        return [Found(node)]

    rule = Rule("any", "style", "info", "", "", {language: Site(kinds, check)})
    measured = Measurer(LANGUAGES[language], [rule]).measure(source.encode(), 5.0)
    assert len(measured.hits) == len(met)
    return [text for _, _, text in sorted(met)]


def test_a_rule_sees_every_link_of_a_chain_of_operators_once():
    assert shown("if (a && (b || c) && d === e) {}", "binary_expression") == [
        "a && (b || c) && d === e",
        "a && (b || c)",
        "b || c",
        "d === e",
    ]


def test_a_rule_sees_the_parentheses_within_a_chain_and_around_its_operands():
    assert shown("x = (a) && ((b || c));", "parenthesized_expression") == ["(a)", "((b || c))", "(b || c)"]


def test_a_rule_sees_leaves():
    assert shown("let a = 1, b = f(2);", "number") == ["1", "2"]


@pytest.mark.parametrize("kind", ["if_statement", "else_clause", "statement_block", "identifier"])
def test_a_rule_sees_heads_and_bodies_once(kind: str):
    source = "if (a) { b } else if (c) { d } else { e }"
    expected = {
        "if_statement": [source, source[source.index("if (c)") :]],
        "else_clause": [source[source.index("else if") :], "else { e }"],
        "statement_block": ["{ b }", "{ d }", "{ e }"],
        "identifier": list("abcde"),
    }
    assert shown(source, kind) == expected[kind]


def test_a_rule_sees_functions_classes_and_what_lies_in_them_once():
    source = "class A { f = () => 1; m() { return 2; } }"
    assert shown(source, "class_declaration", "arrow_function", "method_definition", "number") == [
        source,
        "() => 1",
        "1",
        "m() { return 2; }",
        "2",
    ]


def seen(site: Site, code: bytes) -> list[str]:
    rule = Rule("any", "style", "info", "", "", {ANY: site})
    walker = Walker(Tables(LANGUAGES[ANY], SYNTAX), [rule])
    walker.walk(SYNTAX.parse(code, 5.0), code)
    return sorted(code[found.node.start_byte : found.node.end_byte].decode() for _, found, _ in walker.found)


def show(node: Node, context: Context) -> list[Found]:
    return [Found(node)]


def test_only_nodes_with_a_sign_in_them_are_shown():
    site = Site(("function_declaration",), show, (rb"need(?:le)",))
    assert seen(site, b"function f() { needle() } function g() { need() }") == ["function f() { needle() }"]
    assert seen(site, b"needle; function g() { need() } needle") == []
    assert len(seen(Site(site.kinds, show), b"function f() { needle() } function g() { need() }")) == 2


def test_only_calls_of_a_name_are_shown():
    site = Site(("call_expression",), show, names=frozenset({b"eval"}))
    assert seen(site, b"a.eval(b(1), evaluate(2)); eval; eval?.(3)") == ["a.eval(b(1), evaluate(2))", "eval?.(3)"]


def test_a_rule_may_look_at_two_things_in_one_language():
    site = Site(("number",), show, (rb"1",), also=(Site(("string",), show),))
    assert seen(site, b"f(1, 2, 'a')") == ["'a'", "1"]


def test_a_rule_sees_every_link_where_the_tree_does_not_tell_precedence():
    assert shown("if a && (b || c) { }", "conjunction_expression", "disjunction_expression", language="swift") == [
        "a && (b || c)",
        "b || c",
    ]
