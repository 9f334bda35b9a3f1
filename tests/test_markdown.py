"""Whatever a repository calls its things, people are shown it, and nothing of it comes to life."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markdown import cell, code, is_known, path_text, plain
from tests.services.rendered import inline, live, spans

# Text that Markdown means something by is more likely to do harm than any text at all.
NASTY = [
    "`", "``", "|", "\\", "\\|", "\\`", " ", "\n", "\r\n", "\t", "@octocat", "#1", "GH-1", "<img src=x>", "<!--",
    "&amp;",
    "[x](javascript:alert(1))", "![x](https://x.example)", "https://x.example", "www.x.example", "**", "_", "~~", "$x$",
    "- ", "# ", "---", "> ", "1. ", "|---|", "\u202e", "\u200b", "\x1b[31m", "\x00", "\u2028", ":smile:",
    "é", "汉", "🦭",
]  # fmt: skip
texts = st.one_of(st.text(), st.lists(st.sampled_from(NASTY), max_size=12).map("".join))


def in_a_table(made: str) -> str:
    return f"| a | b |\n|---|---|\n| {made} | right |\n| below | right |\n"


@given(texts)
def test_in_a_cell_any_text_is_one_code_span_and_nothing_else(text):
    cells = inline(in_a_table(cell(text)))
    assert [[token.type for token in tokens] for tokens in cells] == [
        ["text"], ["text"], ["code_inline"], ["text"], ["text"], ["text"],
    ]  # fmt: skip


@given(texts)
def test_in_a_list_item_any_text_is_one_code_span_and_nothing_else(text):
    (tokens,) = inline(f"- {code(text)}: why\n")
    assert [token.type for token in tokens] == ["code_inline", "text"]
    assert tokens[1].content == ": why"


@given(texts)
def test_both_show_the_very_text(text):
    shown = plain(text)
    assert spans(f"- {code(text)}: why\n") == [shown or "  "]
    assert spans(in_a_table(cell(text))) == [shown or "  "]


@pytest.mark.parametrize("text", ["a|b", "a\\|b", "|", "\\|", "||", "`|`", "\\"])
def test_no_backslash_shows_that_was_not_there(text):
    assert spans(f"- {code(text)}: why") == [text]
    assert spans(in_a_table(cell(text))) == [text]


@pytest.mark.parametrize("text", ["@octocat", "<img src=x>", "[x](y)", "a | b", "`a` ![b](c)"])
def test_without_the_span_the_same_text_would_live(text):
    assert live(in_a_table(text)) != live(in_a_table(cell(text)))


@given(texts, st.integers(1, 50))
def test_a_long_text_is_cut_within_its_span(text, longest):
    assert spans(f"- {code(text, longest)}: why") == [plain(text, longest) or "  "]
    assert len(plain(text, longest)) <= longest


def test_what_was_cut_says_so():
    assert plain("x" * 300) == "x" * 199 + "…"
    assert plain("x" * 200) == "x" * 200


@given(st.text())
def test_plain_text_is_one_line_that_shows_all_it_holds(text):
    shown = plain(text, 10_000)
    assert len(shown.splitlines()) <= 1
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Zl", "Zp", "Cs"}]


TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN", "B"}


def test_every_character_that_is_unseen_or_turns_text_around_is_spelt_out():
    every = [chr(number) for number in range(0x110000)]
    chosen = [c for c in every if unicodedata.bidirectional(c) in TURNING or unicodedata.category(c) in {"Cc", "Cs"}]
    assert len(chosen) > 2000
    assert [hex(ord(c)) for c in chosen if c in plain(f"a{c}b")] == []


def test_a_spelt_out_character_tells_its_number():
    assert plain("\x1b \u202e \U000e0041") == r"\u001b \u202e \U000e0041"


def test_ordinary_text_of_all_scripts_stays():
    for text in ("naïve.py", "汉字.go", "ファイル.ts", "файл.rb", "ملف.js", "🦭.py", "a b.py"):
        assert plain(text) == text


@given(st.binary())
def test_any_bytes_of_a_path_become_text(path):
    path_text(path).encode()


def test_the_host_knows_a_file_by_its_path():
    assert is_known(path_text("src/naïve file.py".encode()))


@pytest.mark.parametrize("path", [b"\xff.py", b"a\nb.py", "\u202etxt.py".encode(), b"n" * 4097, b"\x1b[31m.py"])
def test_the_host_knows_no_file_by_a_path_that_had_to_be_escaped_or_is_too_long(path):
    assert not is_known(path_text(path))
