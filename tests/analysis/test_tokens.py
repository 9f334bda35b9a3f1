"""Tokens: what counts as one, what is left out, and streams from a child that lies."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.duplication.tokens import IGNORED, LITERAL, NAME, Tokeniser, comment_lines, unpack
from bot.analysis.languages import LANGUAGES
from bot.analysis.lines import count_lines
from bot.analysis.measure import Measurer

PLAIN = Tokeniser(("if", "while"), ("import", "export {"))


def classes(source: str, comments=(), literals=()) -> list[int]:
    data = source.encode()
    packed = np.frombuffer(PLAIN.tokenise(data, comments, literals), "<u4")
    return [int(word) & 3 for word in packed[count_lines(data) :]]


def measured(language: str, source: str):
    data = source.encode()
    return unpack(Measurer(LANGUAGES[language], ()).measure(data, 3.0).tokens, count_lines(data))


def test_words_numbers_strings_and_signs_are_tokens():
    assert classes("if a_1 >= 12: 'b c'", literals=[(14, 19)]) == [0, NAME, 0, 0, LITERAL, 0, LITERAL]


def test_comments_are_no_tokens():
    assert classes("a # b c\nd", comments=[(2, 7)]) == [NAME, NAME]


def test_of_nested_ranges_the_outermost_counts():
    assert classes("'a{'b'}c' + d", literals=[(3, 6), (0, 9)]) == [LITERAL, 0, NAME]
    assert classes("'a /* b */' c", comments=[(3, 10)], literals=[(0, 11)]) == [LITERAL, NAME]


def test_equal_texts_are_equal_and_others_are_not():
    tokens = unpack(PLAIN.tokenise(b"abc abd abc ab c", (), ()), 1)
    first, second, third, *rest = tokens.exact.tolist()
    assert first == third
    assert len({first, second, *rest}) == 4
    assert len(set(tokens.normalised.tolist())) == 1


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("import a.b.c\nx", 1),
        ("import {\n  a,\n  b\n} from c\nx", 1),
        ("export {a} from b\nx", 1),
        ("export a\nx", 3),
        ("x\nimport (", 1),
        ("x import a", 3),
    ],
)
def test_imports_are_ignored_to_their_end(source: str, kept: int):
    assert sum(each != IGNORED for each in classes(source)) == kept


def test_a_long_table_is_ignored_and_a_short_one_is_not():
    assert set(classes("x" + "1, " * 20)[1:]) == {IGNORED}
    assert IGNORED not in classes("1, " * 10)
    assert IGNORED not in classes("f(1), " * 20)
    assert IGNORED not in classes("[]" * 40)


def test_code_lines_and_line_ends_know_strings_over_several_lines():
    source = "a = '''x\n\n y\n''' + b\n# c\n\nd"
    tokens = unpack(PLAIN.tokenise(source.encode(), [(21, 24)], [(4, 16)]), 7)
    assert tokens.code.tolist() == [1, 2, 3, 4, 4, 4, 5]
    assert tokens.ends.tolist() == [3, 3, 3, 5, 5, 5, 6]
    assert tokens.reach.tolist() == [3, 3, 3, 3, 4, 5, 6]


def test_docstrings_are_comments_and_strings_one_token():
    with_it, without = (
        measured("python", f"def f():\n{text}    return 'a b c d'\n") for text in ("    '''x y z'''\n", "")
    )
    assert with_it.words.tolist() == without.words.tolist()
    assert len(without.words) == 7
    assert len(measured("python", "def f():\n    pass\n").words) == 6


def test_a_file_that_cannot_be_parsed_has_tokens_all_the_same():
    broken = "}} (( x ]] :: 1 1 1\n" * 5
    tokens = measured("python", broken + "# not one of them\n")
    assert len(tokens.words) == 5 * 12
    assert comment_lines(b"x // y\n  // y\n/* z */\n# a\n#define b\n") == [(7, 13), (14, 21), (22, 25)]


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_language_has_reserved_words_and_takes_any_bytes(name: str):
    measurer = Measurer(LANGUAGES[name], ())
    assert len(measurer._tables.keywords) >= 5
    for data in (b"", b"\xff\xfe\n\x00", b"'", b'"""', b"\r\n\r\n", b"`${", "é = 1\n".encode("utf-16")):
        unpack(measurer.measure(data, 3.0).tokens, count_lines(data))


@given(st.text(alphabet="ab1'\"#\n ({=,.})", max_size=200), st.data())
def test_any_ranges_are_endured(source: str, data: st.DataObject):
    spans = st.lists(st.tuples(st.integers(0, 220), st.integers(0, 220)), max_size=8)
    text = source.encode()
    lines = count_lines(text)
    tokens = unpack(PLAIN.tokenise(text, data.draw(spans), data.draw(spans)), lines)
    assert len(tokens.code) == len(tokens.ends) == len(tokens.reach) == lines
    assert all(place <= reach < lines for place, reach in enumerate(tokens.reach.tolist()))


@given(st.binary(max_size=120), st.integers(0, 20))
def test_a_child_that_lies_is_found_out_or_does_no_harm(packed: bytes, lines: int):
    try:
        tokens = unpack(packed, lines)
    except ValueError:
        return
    assert not lines or int(tokens.ends[-1]) == len(tokens.words)


@pytest.mark.parametrize(
    ("packed", "lines"),
    [
        (b"abc", 0),
        (b"", 1),
        (b"\1\0\0\0", 1),
        (b"\xff\xff\xff\x7f" * 2, 2),
        (b"\0\0\0\x80", 1),
        (b"\0\0\0\0" * 3, 2),
    ],
)
def test_lengths_that_do_not_add_up_are_refused(packed: bytes, lines: int):
    with pytest.raises(ValueError, match="token stream"):
        unpack(packed, lines)
