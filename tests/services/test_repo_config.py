"""`.sealbeat.toml` is written by people, some of whom mean harm: it is understood, or it is noted."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.repo_config import MAX_BYTES, RepoConfig, parse, too_large
from tests.services.rendered import live

NOT_TOML = ("`.sealbeat.toml` is not TOML in UTF-8: the defaults were used.",)


@pytest.mark.parametrize("default", [True, False])
def test_without_the_file_the_default_holds(default):
    assert parse(None, comments_default=default) == parse(b"", comments_default=default) == RepoConfig(default)


@pytest.mark.parametrize(("text", "comments"), [(b"comments = true", True), (b"comments = false", False)])
@pytest.mark.parametrize("default", [True, False])
def test_the_file_decides(text, comments, default):
    assert parse(text, comments_default=default) == RepoConfig(comments)


@pytest.mark.parametrize(
    "text",
    [
        b"comments =",
        b"comments = true\xff",
        b"\xff\xfec\0o\0",
        b"a = " + b"[" * 4000,
        b"a = " + b"{a=" * 1300,
        b"a = 1\na = 2",
        b'"\\ud800" = 1',
        b"a = 2024-99-99",
    ],
)
def test_what_is_not_toml_is_noted_and_the_default_holds(text):
    assert parse(text, comments_default=True) == RepoConfig(True, NOT_TOML)


@pytest.mark.parametrize("value", [b'"yes"', b"1", b"[]", b"{}", b"2024-01-01", b"nan", b'"true"'])
def test_a_value_of_another_type_is_noted_and_the_default_holds(value):
    found = parse(b"comments = " + value, comments_default=True)
    assert found.comments
    assert found.notes == ("`.sealbeat.toml`: `comments` must be `true` or `false`; the default was used.",)


def test_a_setting_that_is_none_is_named_and_the_others_hold():
    found = parse(b"comment = true\ncomments = true\n[rules]\n", comments_default=False)
    assert found.comments
    assert found.notes == (
        "`.sealbeat.toml`: `comment` is not a setting; known: `comments`.",
        "`.sealbeat.toml`: `rules` is not a setting; known: `comments`.",
    )


def test_many_slips_are_not_all_told():
    assert len(parse(b"\n".join(b"a%d = 1" % n for n in range(100)), comments_default=False).notes) == 10


@given(st.text(min_size=1, max_size=100))
def test_a_setting_s_name_never_comes_to_life(name):
    quoted = "".join(f"\\U{ord(c):08x}" for c in name if not 0xD800 <= ord(c) < 0xE000)
    (note,) = parse(f'"{quoted}" = 1'.encode(), comments_default=False).notes
    said = live(f"- {note}\n").split()
    assert said == [":", "is", "not", "a", "setting;", "known:", "."]


@given(st.binary(max_size=300) | st.text("abc.=\"'[]{}\n\\#1tre-:T ", max_size=300).map(str.encode))
def test_no_bytes_make_it_fail(data):
    parse(data, comments_default=False)


def test_a_file_over_the_limit_is_not_read_at_all():
    padded = b"comments = true\n" + b"#" * MAX_BYTES
    found = parse(padded, comments_default=False)
    assert found == too_large(comments_default=False)
    assert found.notes == ("`.sealbeat.toml` is over 4096 bytes: the defaults were used.",)
    assert parse(padded[:MAX_BYTES], comments_default=False) == RepoConfig(True)


def test_a_number_that_python_does_not_convert_is_no_crash():
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(640)  # an operator may set PYTHONINTMAXSTRDIGITS
    try:
        assert parse(b"a = " + b"1" * 1000, comments_default=True) == RepoConfig(True, NOT_TOML)
    finally:
        sys.set_int_max_str_digits(before)
