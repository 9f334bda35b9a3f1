"""Input made to hurt: no crash, bounded, and always a word about it."""

import random

import pytest

from bot.analysis.engine import AnalysisLimits, analyse
from bot.analysis.languages import LANGUAGES
from bot.analysis.measure import Measurer
from bot.analysis.model import SourceFile
from bot.analysis.settings.model import PathSettings, RepoSettings
from bot.analysis.thresholds import load
from bot.analysis.wire import CUT, MAX_FUNCTIONS, MAX_HITS, TOO_MANY, believe, encode

SUFFIX = {name: language.suffixes[0] for name, language in LANGUAGES.items()}
RANDOM = random.Random(20).randbytes(20_000).replace(b"\0", b"\n")  # NUL bytes would be left out at the door

HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "only_newlines": b"\n" * 10_000,
    "random": RANDOM,
    "invalid_utf8": b"def f\xff\xfe(a):\n  '\xed\xa0\x80'\n" * 50,
    "unfinished": b"def f(",
    "parens": b"(\n" * 30_000,
    "braces": b"{\n" * 30_000,
    "balanced": b"x = " + b"(\n" * 10_000 + b"1" + b")" * 10_000 + b"\n",
    "nested_lists": b"x = " + b"[\n" * 20_000 + b"1" + b"]\n" * 20_000,
    "minuses": b"x = " + b"-\n" * 20_000 + b"1\n",
    "operators": b"x = a" + b" && a\n" * 10_000 + b";",
    "words": b"x = a" + b" and a \\\n" * 5_000 + b" and a\n",
    "ternaries": b"x = " + b"a ? b :\n" * 10_000 + b"c;",
    "else_ifs": b"if (a) { b }\n" + b"else if (a) { b }\n" * 2_000,
    "go_else_ifs": b"package a\nfunc f() { if a { b() }" + b" else if a {\n b() }" * 2_000 + b"}\n",
    "arrows": b"(a=>\n" * 5_000,
    "nested_functions": b"function f(){\n" * 2_000 + b"}\n" * 2_000,
    "nested_classes": b"class A{\n" * 3_000 + b"}\n" * 3_000,
    "templates": b"`${\n" * 10_000,
    "deep_indent": b"".join(b" " * level + b"if x:\n" for level in range(800)),
    "many_functions": b"function f(){}\n" * 4_000,
    "long_names": b"function " + b"f" * 20_000 + b"(){\n}\n" * 2,
    "crlf": b"def f(a):\r\n    if a:\r\n        return 1\r\n",
    "carriage_returns": b"def f(a):\r    return 1\r" * 1_000,
}


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "typescript"])
async def test_a_locked_child_survives_every_hostile_file(language: str):
    files = [SourceFile(f"{name}{SUFFIX[language]}", "0" * 40, data) for name, data in HOSTILE.items()]
    limits = AnalysisLimits(parse_seconds=1.0)
    report = await analyse(files, settings=RepoSettings(PathSettings(load())), limits=limits)
    assert {file.path for file in report.files} | {file.path for file in report.left_out} == {f.path for f in files}
    assert all(file.note or file.parse_quality >= 0.8 for file in report.files)
    assert report.to_bytes()
    empty = next(file for file in report.files if file.path.startswith("empty"))
    assert (empty.lines, empty.note, empty.parse_quality) == (0, "", 1.0)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.js", b"x = " + b"[\n" * 200_000 + b"]\n" * 200_000),
        ("a.js", b"function f(){\n" * 20_000 + b"}\n" * 20_000),
        ("a.py", b"x = " + b"-\n" * 200_000 + b"1\n"),
        ("a.go", b"package a\nfunc f() { if a { b() }" + b" else if a {\n b() }" * 20_000 + b"}\n"),
    ],
)
async def test_depth_of_a_hundred_thousand_is_walked(path: str, data: bytes):
    report = await analyse(
        [SourceFile(path, "0" * 40, data)],
        settings=RepoSettings(PathSettings(load())),
        limits=AnalysisLimits(parse_seconds=20),
    )
    assert report.left_out == ()
    assert report.files[0].note == "" or report.files[0].note.startswith("lines only")


async def test_ten_megabytes_of_minified_source_never_reach_a_child():
    data = b"function a(b,c){if(b&&c||d){return e(f,g[1])}};" * 220_000
    report = await analyse([SourceFile("app.js", "0" * 40, data)], settings=RepoSettings(PathSettings(load())))
    assert [file.reason for file in report.left_out] == ["too large: over 1024 KiB"]


def test_one_language_read_as_another_gives_lines_only():
    source = b"function f(a) { if (a && b) { return c ? 1 : 2; } else { switch (d) { case 1: } } }\n" * 50
    found = Measurer(LANGUAGES["python"]).measure(source, 5.0)
    assert found.rows == []
    assert found.note.startswith("lines only: ")
    assert found.note.endswith("of the file reads as python")


def test_a_small_error_loses_no_other_function():
    source = b"def good(a):\n    return a\n" * 20 + b"x = = $ %%\n" + b"def last(a):\n    return a\n" * 20
    found = Measurer(LANGUAGES["python"]).measure(source, 5.0)
    assert 0.8 <= found.quality < 1.0
    assert {"good", "last"} <= {row.name.partition("#")[0] for row in found.rows}


def test_line_feeds_and_carriage_returns_measure_alike():
    lines = ["def f(a):", "    # why", "    if a:", "", "        return 1", ""]
    unix, dos = ("\n".join(lines).encode(), "\r\n".join(lines).encode())
    measurer = Measurer(LANGUAGES["python"])
    assert measurer.measure(unix, 5.0) == measurer.measure(dos, 5.0)


def test_names_are_printable_and_bounded():
    source = 'class A { ["a\u202eb" + `\n`]() { } }\n' + "function nested() {\n" * 100 + "}" * 100
    rows = Measurer(LANGUAGES["javascript"]).measure(source.encode(), 5.0).rows
    assert len(rows) == 101
    assert max(len(row.name) for row in rows) > 100
    assert all(row.name.isprintable() and len(row.name) <= 210 for row in rows)


def test_random_bytes_never_break_the_walk():
    chance = random.Random(7)
    words = [
        b"if",
        b"else",
        b"(",
        b")",
        b"{",
        b"}",
        b"&&",
        b"or",
        b"def f",
        b"=>",
        b"case",
        b":",
        b"\n",
        b"end",
        b"x",
        b"?",
        b"=",
    ]
    measurers = [Measurer(language) for language in LANGUAGES.values()]
    for _ in range(150):
        soup = b" ".join(chance.choices(words, k=chance.randrange(1, 120)))
        for measurer in measurers:
            measurer._walker.walk(measurer._syntax.parse(soup, 5.0), soup)


def test_more_functions_than_anyone_writes_leave_the_lines_and_the_tokens():
    source = b"function f(){}\n" * (MAX_FUNCTIONS + 1)
    found = Measurer(LANGUAGES["javascript"]).measure(source, 9.0)
    assert (found.note, found.rows, found.code_lines) == (TOO_MANY, [], MAX_FUNCTIONS + 1)
    assert found.tokens
    assert believe(encode(found), source) == found


def test_as_many_functions_as_there_may_be_are_all_told():
    source = b"function f(){}\n" * MAX_FUNCTIONS
    found = Measurer(LANGUAGES["javascript"]).measure(source, 9.0)
    assert (found.note, len(found.rows)) == ("", MAX_FUNCTIONS)
    assert believe(encode(found), source) == found


def test_of_more_objections_than_anyone_earns_the_first_are_told():
    source = b"a = a;\n" * (MAX_HITS + 10)
    found = Measurer(LANGUAGES["javascript"]).measure(source, 9.0)
    assert found.note == CUT
    assert [hit.line for hit in found.hits] == list(range(1, MAX_HITS + 1))
    assert believe(encode(found), source) == found
