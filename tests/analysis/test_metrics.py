"""Hand-counted samples in every language: the metrics of functions and namespaces stand above them."""

import re
from math import sqrt
from pathlib import Path

import pytest

from bot.analysis import languages
from bot.analysis.languages import LANGUAGES
from bot.analysis.measure import Measurer
from bot.analysis.wire import Row

SAMPLES = Path(languages.__file__).parent
EXPECT = re.compile(r"expect: (\S.*?) (\d+) (\d+) (\d+),(\d+),(\d+) (\d+) (\d+) (\d+) (\d+)$", re.MULTILINE)

NAMESPACE = re.compile(r"namespace: (\S+) (\S+) (\d+) (\d+) ([\d.]+) (\d+)$", re.MULTILINE)


def sample(language: str) -> Path:
    """TSX's lies beside TypeScript's, and Python's ends on .txt, for no tool to take it for a module."""
    name = f"sample{LANGUAGES[language].suffixes[0]}"
    (found,) = (path for path in SAMPLES.glob("*/sample.*") if path.name.removesuffix(".txt") == name)
    return found


def measure(language: str, source: str | bytes) -> list[Row]:
    data = source.encode() if isinstance(source, str) else source
    return Measurer(LANGUAGES[language]).measure(data, 5.0).rows


def summary(row: Row) -> tuple[object, ...]:
    return (row.name, row.cyclomatic, row.cognitive, row.abc, row.arity, row.nesting, row.loc, row.returns)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_metrics_of_a_sample_are_those_counted_by_hand(language: str):
    source = sample(language).read_text()
    expected = {}
    for name, *numbers in EXPECT.findall(source):
        cyclomatic, cognitive, a, b, c, arity, nesting, loc, returns = map(int, numbers)
        abc = round(sqrt(a * a + b * b + c * c), 2)
        expected[name] = (name, cyclomatic, cognitive, abc, arity, nesting, loc, returns)
    assert expected
    assert {row.name: summary(row) for row in measure(language, source)} == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_namespaces_of_a_sample_are_those_counted_by_hand(language: str):
    source = sample(language).read_text()
    expected = [
        (name, kind, int(methods), int(ivars), float(complexity), int(loc))
        for name, kind, methods, ivars, complexity, loc in NAMESPACE.findall(source)
    ]
    rows = Measurer(LANGUAGES[language]).measure(source.encode(), 5.0).namespaces
    assert [(row.name, row.kind, row.methods, row.ivars, row.complexity, row.loc) for row in rows] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sample_parses_without_errors(language: str):
    assert Measurer(LANGUAGES[language]).measure(sample(language).read_bytes(), 5.0).quality == 1.0


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("cpp", "bool f() { return a // why\n || b; }"),
        ("csharp", "class A { bool F() { return a /* why */ || b; } }"),
        ("php", "<?php function f() { return $a # why\n || $b; }"),
        ("python", "def f():\n    return (a  # why\n        or b)\n"),
        ("rust", "fn f() -> bool { a // why\n || b }"),
        ("scala", "def f = { a /* why */ || b }"),
    ],
)
def test_a_comment_before_an_operator_hides_nothing(language: str, source: str):
    (row,) = measure(language, source)
    assert (row.cyclomatic, row.cognitive) == (2, 1)


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("return a and \\\n b and c", "return a and b and c"),
        ("return a \\\n and b", "return a and b"),
        ("return a if \\\n b and c else 1", "return a if b and c else 1"),
        ("if a \\\n or b: pass", "if a or b: pass"),
    ],
)
def test_a_backslash_at_the_end_of_a_line_changes_no_count(broken: str, whole: str):
    (row,), (expected,) = measure("python", f"def f():\n    {broken}\n"), measure("python", f"def f():\n    {whole}\n")
    assert summary(row)[1:6] == summary(expected)[1:6]


@pytest.mark.parametrize(
    ("source", "name", "arity"),
    [
        ("int *a(void) {}", "a", 0),
        ("int (*a(int b))(char, char) {}", "a", 1),
        ("static int __attribute__((x)) (a)(int b, ...) {}", "a", 1),
        ("A<int>& A<int>::operator[](int i) {}", "A.operator[]", 1),
        ("n::A::operator const char() const {}", "n.A.operator char", 0),
        ("A::~A() {}", "A.~A", 0),
        ("template <class... T> void A::f(T&&... rest, int n = 1) {}", "A.f", 2),
        ("TEST(Suite, Case) {}", "TEST", 2),
        ("auto a = [](int b, auto c) { };", "a", 2),
    ],
)
def test_a_name_is_found_inside_its_declarator(source: str, name: str, arity: int):
    (row,) = measure("cpp", source)
    assert (row.name, row.arity) == (name, arity)


@pytest.mark.parametrize(
    ("language", "source", "cyclomatic"),
    [
        ("rust", "fn f() { match a { _ => 1 } }", 1),
        ("rust", "fn f() { match a { other => 1 } }", 1),
        ("rust", "fn f() { match a { (x, _) => 1 } }", 1),
        ("rust", "fn f() { match a { NONE => 1 } }", 2),
        ("rust", "fn f() { match a { (x, 1) => 1 } }", 2),
        ("rust", "fn f() { match a { x if x > 1 => 1 } }", 2),
        ("scala", "def f = a match { case x => 1 }", 1),
        ("scala", "def f = a match { case None => 1 }", 2),
        ("scala", "def f = a match { case x: Int => 1 }", 2),
        ("scala", "def f = a match { case _ if b => 1 }", 2),
        ("csharp", "class A { void F() { switch (a) { case 1: default: G(); break; } } }", 2),
        ("c", "void f() { switch (a) { case 1: default: g(); } }", 2),
    ],
)
def test_a_case_that_matches_whatever_is_left_decides_nothing(language: str, source: str, cyclomatic: int):
    (row,) = measure(language, source)
    assert row.cyclomatic == cyclomatic


@pytest.mark.parametrize("language", ["c", "cpp", "csharp"])
def test_the_condition_of_a_conditional_inclusion_decides_nothing(language: str):
    body = "void F() {\n#if A && B\n    if (a) { }\n#elif C || D\n    g();\n#endif\n}\n"
    (row,) = measure(language, f"class A {{ {body} }}" if language == "csharp" else body)
    assert (row.cyclomatic, row.cognitive) == (2, 1)
