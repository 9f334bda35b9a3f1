"""The languages' data against their grammars."""

from dataclasses import replace

import pytest

from bot.analysis.duplication.tokens import Tokeniser, unpack
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


@pytest.mark.parametrize(
    ("name", "lines", "kept"),
    [
        ("c", ["#include <stdio.h>", "# include <stdio.h>"], "#if A"),
        ("cpp", ["#include <vector>", "using namespace std;"], "using Whole = Part;"),
        ("csharp", ["using System.Text;", "global using System;", "using static System.Math;"], "using (Open()) { }"),
        ("php", ["use Shop\\{Cart, Base};", "require_once 'cart.php';"], "namespace Shop { f(); }"),
        ("rust", ["use std::io;", "pub use self::cart::*;", "extern crate cart;"], "mod tests { fn f() {} }"),
        ("scala", ["import scala.util.{Failure, Try}"], "package object shop { def f = 1 }"),
    ],
)
def test_only_statements_that_name_other_files_are_imports(name: str, lines: list[str], kept: str):
    tokeniser = Tokeniser((), LANGUAGES[name].imports)
    for line in lines:
        assert not len(unpack(tokeniser.tokenise(f"{line}\n".encode(), [], []), 1).words)
    alone = unpack(Tokeniser(()).tokenise(f"{kept}\n".encode(), [], []), 1).words
    assert len(unpack(tokeniser.tokenise(f"{kept}\n".encode(), [], []), 1).words) == len(alone) > 2
