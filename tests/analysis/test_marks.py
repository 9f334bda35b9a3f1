"""Suppressions in comments: found where they are meant, left alone where they are only talked about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.languages import LANGUAGES
from bot.analysis.marks import LONG, MANY, NO_DAY, NO_KEYS, OPEN, marks
from bot.analysis.measure import Measurer
from bot.analysis.wire import MAX_KEYS, MAX_MARKS, Mark


def read(text: str) -> list[Mark]:
    """The marks of a text that is a comment from end to end."""
    data = text.encode()
    return marks(data, [(0, len(data))])


def in_language(language: str, source: str) -> list[tuple[int, str, tuple[str, ...]]]:
    found = Measurer(LANGUAGES[language]).measure(source.encode(), 10.0).marks
    return [(mark.line, mark.verb, mark.keys) for mark in found]


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("python", "# codebeat:disable[LOC, ABC]\nx = 1\n"),
        ("go", "// codebeat:disable[LOC, ABC]\npackage x\n"),
        ("go", "/* codebeat:disable[LOC, ABC] */\npackage x\n"),
        ("java", "//codebeat:disable[LOC,ABC]\nclass X {}\n"),
        ("javascript", "// Codebeat:disable[LOC,ABC]\nx();\n"),
        ("typescript", "/** sealbeat:disable[ LOC ABC ] */\nx();\n"),
        ("ruby", "# Sealbeat: disable [LOC; ABC]\nx\n"),
    ],
)
def test_a_suppression_is_read_in_a_comment_of_each_language(language, source):
    assert in_language(language, source) == [(1, "disable", ("LOC", "ABC"))]


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("python", 'x = "codebeat:disable[LOC]"\n'),
        ("python", 'def f():\n    """Obeys codebeat:disable[LOC]."""\n'),
        ("go", 'package x\n\nvar y = "// codebeat:disable[LOC]"\n'),
    ],
)
def test_text_that_is_no_comment_suppresses_nothing(language, source):
    assert in_language(language, source) == []
    assert in_language(language, source + ("# " if language == "python" else "// ") + "codebeat:disable[LOC]\n")


@pytest.mark.parametrize(
    "text", ["# see `codebeat:disable[LOC]`", "# 'codebeat:disable[LOC]'", "# xcodebeat:disable[A]"]
)
def test_a_quoted_suppression_is_only_talked_about(text):
    assert read(text) == []


def test_a_line_of_a_long_comment_is_its_own():
    assert in_language("go", "/*\n\n  sealbeat:disable[LOC]\n*/\npackage x\n") == [(3, "disable", ("LOC",))]


def test_reason_and_last_day_are_read():
    [mark] = read("# sealbeat:disable[CYCLO] until 2027-01-31: generated parser, see #12")
    assert (mark.until, mark.reason, mark.problem) == ("2027-01-31", "generated parser, see #12", "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("// sealbeat:disable[LOC]", ""),
        ("// sealbeat:disable[LOC] because", "because"),
        ("// sealbeat:disable[LOC] - because", "because"),
        ("/* sealbeat:disable[LOC]: because */", "because"),
        ("<!-- sealbeat:disable[LOC]: because -->", "because"),
        ("// sealbeat:disable[LOC]: because\n// of that", "because"),
        ("// sealbeat:disable[LOC]: until the rewrite", "until the rewrite"),
    ],
)
def test_what_follows_on_the_line_is_the_reason(text, reason):
    assert [(mark.reason, mark.problem) for mark in read(text)] == [(reason, "")]


def test_two_suppressions_may_share_a_line():
    first, second = read("// sealbeat:disable[LOC]: long codebeat:disable[ABC]: wide")
    assert (first.keys, first.reason) == (("LOC",), "long")
    assert (second.keys, second.reason) == (("ABC",), "wide")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("# codebeat:disable", NO_KEYS),
        ("# codebeat:disable[]", NO_KEYS),
        ("# codebeat:disable[LOC", OPEN),
        ("# codebeat:disable[LOC\n# ABC]", OPEN),
        ("# codebeat:disable[LOC] until tomorrow", NO_DAY),
        ("# codebeat:disable[LOC] until 2027-02-31", NO_DAY),
        ("# codebeat:disable[LOC] until 20270131", NO_DAY),
        (f"# codebeat:disable[{'LOC,' * (MAX_KEYS + 1)}]", LONG),
        ("# codebeat:enable", ""),
        ("# codebeat:disable[LOC] until 2027-02-28", ""),
    ],
)
def test_what_is_not_understood_is_named(text, problem):
    assert [mark.problem for mark in read(text)] == [problem]


def test_a_suppression_of_one_line_is_about_that_line():
    [mark] = Measurer(LANGUAGES["python"]).measure(b"\nx = 1  # sealbeat:disable-line[LOC]\n", 10.0).marks
    assert (mark.line, mark.first, mark.last) == (2, 2, 2)


@pytest.mark.parametrize(
    ("between", "first", "last"),
    [("", 2, 2), ("\n# about it\n", 4, 4), ("@cache\n", 2, 3), ("@a\n\n@b\n", 2, 5)],
)
def test_the_next_line_is_the_next_with_code_and_its_decorators(between, first, last):
    source = f"# sealbeat:disable-next-line[LOC]\n{between}def f(): pass\n"
    [mark] = Measurer(LANGUAGES["python"]).measure(source.encode(), 10.0).marks
    assert (mark.first, mark.last) == (first, last)


def test_only_so_many_are_read_and_that_is_said():
    found = read("# codebeat:disable[LOC]\n" * (MAX_MARKS + 5))
    assert len(found) == MAX_MARKS + 1
    assert found[-1].problem == MANY


@given(
    st.lists(st.sampled_from(["sealbeat:", "disable", "-next-line", "[", "]", "LOC", ",", " until ", "\n", "é", "*/"]))
)
def test_no_comment_makes_it_fail(parts):
    assert len(read("".join(parts))) <= MAX_MARKS + 1


@pytest.mark.parametrize(
    "piece", ["codebeat:disable[", "codebeat:", "codebeat:disable[A", "sealbeat:disable-next-line[A]\n\n"]
)
def test_a_megabyte_of_beginnings_comes_to_an_end(piece):
    assert len(read(piece * (1_000_000 // len(piece)))) <= MAX_MARKS + 1
