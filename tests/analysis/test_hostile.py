"""Input made to hurt: no crash, bounded, and always a word about it."""

import random
from collections.abc import Sequence

import pytest

from bot.analysis.duplication.clones import find
from bot.analysis.duplication.model import Clone
from bot.analysis.duplication.tokens import unpack
from bot.analysis.engine import AnalysisLimits, measure
from bot.analysis.judge import judge
from bot.analysis.languages import LANGUAGES
from bot.analysis.measure import Measurer
from bot.analysis.measured import Measured
from bot.analysis.model import NOT_ANALYSED, Report, SourceFile
from bot.analysis.settings.model import PathSettings, RepoSettings
from bot.analysis.thresholds import load
from bot.analysis.wire import CUT, MAX_FUNCTIONS, MAX_HITS, TOO_MANY, believe, encode
from tests.analysis.hostile import ENCODINGS, SHAPES, SMALL, encoded
from tests.analysis.reports import analyse

SIZE = 4_000
"""Bytes of each shape, so that the suite stays quick. tests/bench/bench_hostile.py has them as large as is accepted."""

SLOW = {"open_comments_", "random_", "soup_"}
"""On these some parsers need time that grows with the square of the size, or more: they may run into the deadline."""

SETTINGS = RepoSettings(PathSettings(load()))


def named(language: str, files: dict[str, bytes]) -> list[SourceFile]:
    suffix = LANGUAGES[language].suffixes[0]
    return [SourceFile(f"{name}{suffix}", "0" * 40, data) for name, data in files.items()]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_locked_child_measures_every_hostile_file(language: str):
    files = named(language, {**SMALL, **{f"{name}_": make(SIZE) for name, make in SHAPES.items()}})
    measured, left_out = await measure(files, limits=AnalysisLimits(parse_seconds=1.0))
    assert {file.path for file in measured} | {file.path for file in left_out} == {file.path for file in files}
    assert {entry.reason.partition(":")[0] for entry in left_out} <= {"minified"}
    late = {file.path.partition(".")[0] for file in measured if file.measurement.note == NOT_ANALYSED}
    assert late <= SLOW
    report = judge(measured, clones_in(measured), SETTINGS)
    assert all(file.note or file.parse_quality >= 0.8 for file in report.files)
    assert Report.from_bytes(report.to_bytes()) == report
    empty = next(file for file in report.files if file.path.startswith("empty"))
    assert (empty.lines, empty.note, empty.parse_quality) == (0, "", 1.0)


@pytest.mark.parametrize(
    ("language", "shape"),
    [
        ("python", "self_assignments"),
        ("python", "self_assignments_within"),
        ("python", "prints_within"),
        ("javascript", "labels"),
        ("javascript", "elifs"),
    ],
)
async def test_no_rule_looks_again_at_all_the_file_for_each_of_many_places(language: str, shape: str):
    """With the CPU time of a child for a bound: each of these has taken half a minute, and takes a second."""
    [file] = named(language, {shape: SHAPES[shape](500_000)})
    [measured], _ = await measure([file], limits=AnalysisLimits(batch_cpu_seconds=10))
    assert measured.measurement.note != NOT_ANALYSED


def clones_in(measured: Sequence[Measured]) -> list[Clone]:
    return find([unpack(file.measurement.tokens, file.lines) for file in measured], exact=50, similar=80)


@pytest.mark.parametrize("language", ["python", "javascript", "php", "c"])
async def test_source_in_any_encoding_is_measured_or_said_to_be_no_text(language: str):
    files = named(language, {encoding: encoded(encoding) for encoding in ENCODINGS})
    assert len(files) >= 30
    report = await analyse(files, settings=SETTINGS)
    assert {entry.path.partition(".")[0] for entry in report.left_out} == {
        encoding for encoding in ENCODINGS if b"\0" in encoded(encoding)
    }
    assert {entry.reason for entry in report.left_out} == {"not text: it holds NUL bytes"}
    assert len(report.files) + len(report.left_out) == len(files)
    assert all(file.note != NOT_ANALYSED for file in report.files)


async def test_what_looks_like_one_thing_to_people_and_is_another_is_measured_and_shown_spelt_out():
    source = (
        "def check(user):\n    if user.admin:\u202e # \u2066:)\u2069\u2066\n        pass\ndef \u202eevil(a, a):\n  1\n"
    )
    [measured], _ = await measure([SourceFile("a.py", "0" * 40, source.encode())])
    names = [row.name for row in measured.measurement.rows]
    assert names[0] == "check"
    assert all(name.isprintable() for name in names)


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
        settings=SETTINGS,
        limits=AnalysisLimits(parse_seconds=20),
    )
    assert report.left_out == ()
    assert report.files[0].note == "" or report.files[0].note.startswith("lines only")


async def test_ten_megabytes_of_minified_source_never_reach_a_child():
    data = b"function a(b,c){if(b&&c||d){return e(f,g[1])}};" * 220_000
    report = await analyse([SourceFile("app.js", "0" * 40, data)], settings=SETTINGS)
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
