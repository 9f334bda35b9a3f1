"""The languages' data against their grammars."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.analysis import languages
from bot.analysis.duplication.tokens import Tokeniser, unpack
from bot.analysis.languages import LANGUAGES, SUFFIXES
from bot.analysis.syntax import Syntax
from bot.analysis.tables import LEAF, PLAIN, Tables


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


def within_plain(name: str, source: bytes, more: int = 0) -> list[str]:
    """What lies in plain nodes of the source and counts; `more`: had they so many nodes more."""
    syntax = Syntax(*LANGUAGES[name].grammar)
    tables = Tables(LANGUAGES[name], syntax)
    found = []
    stack = [(syntax.parse(source, 5.0).root_node, False)]
    while stack:
        node, inside = stack.pop()
        if inside and tables.actions[node.kind_id] not in (0, LEAF, PLAIN):
            found.append(node.type)
        inside = inside or node.descendant_count <= tables.plain.get(node.kind_id, -more) + more
        stack += [(child, inside) for child in node.named_children]
    return found


def sources(name: str) -> list[bytes]:
    folder = Path(languages.__file__).parent
    whole = [path.read_bytes() for suffix in LANGUAGES[name].suffixes for path in folder.rglob(f"sample{suffix}*")]
    cut = [data[:end] for data in whole for end in range(0, len(data), 211)]
    holed = [data[:at] + b"/*" + data[at + 3 :] for data in whole for at in range(0, len(data), 211)]
    return whole + cut + holed


PLAIN_ONES = sorted(name for name in LANGUAGES if LANGUAGES[name].plain)


@pytest.mark.parametrize("name", PLAIN_ONES)
def test_what_the_walk_does_not_enter_holds_nothing_that_counts_even_where_the_source_is_broken(name: str):
    assert not [kind for source in sources(name) for kind in within_plain(name, source)]


@pytest.mark.parametrize("name", ["go", "java", "javascript", "python"])
def test_larger_ones_hold_what_counts(name: str):
    assert [kind for source in sources(name) for kind in within_plain(name, source, more=8)]
