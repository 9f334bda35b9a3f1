"""What the walk shows to the rules: every node of a kind that a rule asks for, once."""

import pytest

from bot.analysis.languages import LANGUAGES
from bot.analysis.measure import Measurer
from bot.analysis.rules.rule import Found, Rule, Site

ANY = "javascript"


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


def test_a_file_that_holds_no_needle_is_not_shown():
    rule = Rule("any", "style", "info", "", "", {ANY: Site(("number",), lambda node, _: [Found(node)], (b"needle",))})
    measurer = Measurer(LANGUAGES[ANY], [rule])
    assert measurer.measure(b"x = 1", 5.0).hits == []
    assert len(measurer.measure(b"needle = 1", 5.0).hits) == 1


def test_a_rule_sees_every_link_where_the_tree_does_not_tell_precedence():
    assert shown("if a && (b || c) { }", "conjunction_expression", "disjunction_expression", language="swift") == [
        "a && (b || c)",
        "b || c",
    ]
