"""The languages' data against their grammars."""

from dataclasses import replace

import pytest

from bot.analysis.languages import LANGUAGES, SUFFIXES
from bot.analysis.syntax import Syntax
from bot.analysis.tables import Tables


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_kind_and_field_is_known_to_the_grammar(name: str):
    assert LANGUAGES[name].name == name
    Tables(LANGUAGES[name], Syntax(*LANGUAGES[name].grammar))


def test_a_kind_that_the_grammar_does_not_know_is_a_slip_that_shows():
    python = LANGUAGES["python"]
    with pytest.raises(LookupError):
        Tables(replace(python, calls=frozenset({"call_expression"})), Syntax(*python.grammar))
    with pytest.raises(LookupError):
        Tables(replace(python, initialisers={"assignment": "value_of"}), Syntax(*python.grammar))


def test_no_suffix_belongs_to_two_languages():
    assert len(SUFFIXES) == sum(len(language.suffixes) for language in LANGUAGES.values())
