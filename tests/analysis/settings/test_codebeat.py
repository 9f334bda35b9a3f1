"""codebeat's two files: what their authors evidently meant holds, or it is said why not. The files marked as real are
those of public repositories, shortened; codebeat took five of sixteen for nothing without a word."""

# ruff: noqa: E501 - what is said stands in tables, a line each

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.notes import MAX_REMARKS
from bot.analysis.settings import loose
from bot.analysis.settings.load import load
from tests.analysis.settings.said import DEFAULTS, remarks, settings
from tests.services.rendered import live


def steps(text: str, language: str, key: str) -> tuple[float, ...] | None:
    return settings(codebeatsettings=text).base.steps(language, key)


REAL = [
    # (file, language, key, steps, remarks)
    (
        '{\n  "GOLANG": {\n    "TOO_MANY_IVARS": [\n      10,\n      12,\n      15,\n      18\n    ],\n    "LOC": [\n      30,\n'
        '      50,\n      80,\n      100\n    ],\n  }\n}',
        "go", "LOC", (30, 50, 80, 100), [],
    ),
    (
        '{\n  "JAVASCRIPT": {\n    "BLOCK_NESTING": [4, 5, 6, 7],\n    "LOC": [30, 45, 70, 100],\n  }\n}\n',
        "javascript", "BLOCK_NESTING", (4, 5, 6, 7), [],
    ),
    (
        '{\n  "PYTHON": {\n    "LOC" : [35, 50, 70, 90].\n    "TOTAL_COMPLEXITY" : [150, 250, 350, 500],\n  }\n}',
        "python", "TOTAL_COMPLEXITY", (150, 250, 350, 500), [(3, "`.` was read as a comma.")],
    ),
    (
        '{\n  "BLOCK_NESTING": [5, 6, 7, 8]\n}\n',
        "ruby", "BLOCK_NESTING", (5, 6, 7, 8),
        [(2, "`BLOCK_NESTING` stands outside of any language; assumed: for all languages.")],
    ),
    ('{"JAVA": {"ABC": [9000, 9001, 9002, 9003]}}', "java", "ABC", (9000, 9001, 9002, 9003), []),
    ('{ "TYPESCRIPT": { "ARITY": [5, 6, 7, 8] }, "GOLANG": { "ABC": [15, 25, 40, 60] } }', "tsx", "ARITY", (5, 6, 7, 8), []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language", "key", "wanted", "said"), REAL)
def test_a_real_file_means_what_its_author_meant(text, language, key, wanted, said):
    found = settings(codebeatsettings=text)
    assert found.base.steps(language, key) == wanted
    assert remarks(found) == said


def test_the_real_file_for_swift_means_what_its_author_meant():
    text = (
        '{\n    "SWIFT": {\n        "ARITY": [8, 10, 14, 20],\n        "TOO_MANY_IVARS": [8, 10, 14, 20],\n    }\n}\n'
    )
    assert steps(text, "swift", "ARITY") == (8, 10, 14, 20)
    assert settings(codebeatsettings=text).remarks == ()


@pytest.mark.parametrize(
    "text",
    [
        '{"GOLANG": {"LOC": [1, 2, 3, 4]}}',
        '\ufeff// ours\n{"GOLANG": { /* all */ "LOC": [1, 2, 3, 4,],},} # end',
        "{golang: {loc: [1, 2, 3, 4]}}",
        "{'Go': {'LOC': [1.0, 2, 3, 4]}}",
        '{"GOLANG"={"LOC"=[1,2,3,4]}}',
    ],
)
def test_what_means_the_same_is_read_without_a_word(text):
    assert steps(text, "go", "LOC") == (1, 2, 3, 4)
    assert settings(codebeatsettings=text).remarks == ()


@pytest.mark.parametrize("off", ["false", "null", "False"])
def test_false_and_null_switch_a_metric_off(off):
    assert steps(f'{{"GOLANG": {{"LOC": {off}}}}}', "go", "LOC") is None
    assert steps(f'{{"GOLANG": {{"LOC": {off}}}}}', "python", "LOC") is not None


@pytest.mark.parametrize(
    ("text", "line", "said", "holds"),
    [
        ('{"GOLANG":\n{"LOC": [1 2, 3, 4]}}', 2, "a comma is missing before `2`; it was assumed.", True),
        ('{"GOLANG": {"LOC" [1, 2, 3, 4]}}', 1, "a `:` is missing after `LOC`; it was assumed.", True),
        ('{"GOLANG": {"LOC": [1, 2, 3, 4}}', 1, "a `]` is missing before `}`; it was assumed.", True),
        ('{"GOLANG": {"LOC": [1, 2, 3, 4]', 1, "the bracket that opens here is never closed; its `}` was assumed at the end.", True),
        ('{"GOLANG": {"LOC": ["1", "2", "3", "4"]}}', 1, "the numbers of `LOC` stand in quotes; they were read as numbers.", True),
        ('{"GOLANG": {"LOC": false, "LOC": [1, 2, 3, 4]}}', 1, "`LOC` is here twice; the later one is used.", True),
        ('{"GOLANG": {"LOC": [1, 2, 3, 4]}} x', 1, "there is more after the closing bracket; it was ignored.", True),
        ('{"GOLANG": {"LOC": [1, 2, 3, 4], "ABC":}}', 1, "`ABC` has no value; it was ignored.", True),
        ('{"GOLANG": {"LOC": [1, 2, 3]}}', 1, "`LOC` wants four numbers `[info, warning, error, critical]`, and has 3; it was ignored.", False),
        ('{"GOLANG": {"LOC": [4, 3, 2, 1]}}', 1, "`LOC` must not fall from info to critical; it was ignored.", False),
        ('{"GOLANG": {"LOC": [1, 2, 3, [4]]}}', 1, "`LOC` wants four numbers, and holds something else; it was ignored.", False),
        ('{"GOLANG": {"LOC": [-1, 2, 3, 4]}}', 1, "`LOC` wants numbers over 0 and up to 1,000,000,000; it was ignored.", False),
        ('{"GOLANG": {"LOC": [1, 2, 3, ' + "9" * 400 + "]}}", 1, "`LOC` wants numbers over 0 and up to 1,000,000,000; it was ignored.", False),
        ('{"GOLANG": {"LCO": [1, 2, 3, 4]}}', 1, "`LCO` is no metric, and was ignored; did you mean `LOC`?", False),
        ('{"GOLAN": {"LOC": [1, 2, 3, 4]}}', 1, "`GOLAN` is no language that is measured, and was ignored; did you mean `golang`?", False),
        ('{"COBOL": {"LOC": [1, 2, 3, 4]}}', 1, "`COBOL` is no language that is measured, and was ignored.", False),
        ('{"GOLANG": [1, 2, 3, 4]}', 1, "`GOLANG` must hold an object of keys; it was ignored.", False),
        ("[1, 2]", 1, "the file must hold an object with a language or more: nothing of it is used.", False),
        ("\n", 0, "the file is empty: nothing of it is used.", False),
        ("[" * 30, 1, "values are nested too deeply; the rest was ignored.", False),
    ],
)  # fmt: skip
def test_a_slip_is_said_with_its_line(text, line, said, holds):
    found = settings(codebeatsettings=text)
    assert (line, said) in remarks(found)
    assert (found.base.steps("go", "LOC") == (1, 2, 3, 4)) == holds


@pytest.mark.parametrize(("data", "line"), [(b'{\n"\xff', 2), (b"#" * (loose.MAX_BYTES + 1), 0), (None, 0)])
def test_what_cannot_be_read_is_said(data, line):
    found = load({".codebeatsettings": data}, DEFAULTS)
    assert [place for place, _ in remarks(found)] == [line]
    assert found.base == DEFAULTS.base


def test_a_real_ignore_file_is_understood():
    text = "Kinvey/KinveyTests/**\nSources/Parser/*\n# ours\n\n  tools/** \r\n*.g.dart\n!tools/keep.py\n"
    found = settings(codebeatignore=text)
    assert found.remarks == ()
    assert found.excluded("Kinvey/KinveyTests/a/b.swift") == "excluded: .codebeatignore, line 1"
    assert found.excluded("Sources/Parser/a.swift") == "excluded: .codebeatignore, line 2"
    assert found.excluded("tools/a.py") == "excluded: .codebeatignore, line 5"
    assert found.excluded("a/b.g.dart") == "excluded: .codebeatignore, line 6"
    assert found.excluded("tools/keep.py") is found.excluded("Kinvey/a.swift") is None


def test_a_pattern_that_cannot_be_is_said_and_the_others_hold():
    found = load({".codebeatignore": b"\xef\xbb\xbfa[b\nsrc\\gen\n\xff\ngen\n"}, DEFAULTS)
    assert remarks(found) == [
        (1, "the pattern `a[b` has a `[` without its `]`; it was ignored."),
        (2, "the pattern `src\\gen` has a backslash; write `/` between folders; it was ignored."),
        (3, "this line is not UTF-8; it was ignored."),
    ]
    assert found.excluded("gen/a.py")


def test_sealbeat_s_file_is_stronger_than_codebeat_s_and_these_than_the_operator_s():
    found = settings(
        "exclude = ['!gen/keep.py']\n[thresholds]\nLOC = [5, 6, 7, 8]\n",
        codebeatsettings='{"GOLANG": {"LOC": [1, 2, 3, 4], "ABC": [1, 2, 3, 4]}}',
        codebeatignore="gen/**\n",
    )
    assert found.base.steps("go", "LOC") == (5, 6, 7, 8)
    assert found.base.steps("go", "ABC") == (1, 2, 3, 4)
    assert found.base.steps("go", "CYCLO") == DEFAULTS.base.steps("go", "CYCLO")
    assert found.excluded("gen/a.py")
    assert found.excluded("gen/keep.py") is None


TOKENS = st.sampled_from(
    [*'{}[]:,.;="', "GOLANG", '"LOC"', "1", "-2", "1e999", "false", "//", "/*", "*/", "\n", "é", "\\", "'"]
)


@given(st.lists(TOKENS, max_size=40).map(" ".join).map(str.encode) | st.binary(max_size=200))
def test_no_bytes_make_it_fail(data):
    found = load({".codebeatsettings": data, ".codebeatignore": data}, DEFAULTS)
    found.excluded("a.py"), found.at("a.py")
    assert len(found.remarks) <= 2 * (MAX_REMARKS + 1)


@pytest.mark.parametrize("piece", ["[", "{", '"', "/*", "{a:", "'\\", "1,", "]"])
def test_a_file_full_of_beginnings_comes_to_an_end(piece):
    found = load({".codebeatsettings": (piece * loose.MAX_BYTES)[: loose.MAX_BYTES].encode()}, DEFAULTS)
    assert 1 <= len(found.remarks) <= MAX_REMARKS + 1


@given(st.text(min_size=1, max_size=50))
def test_a_name_never_comes_to_life(name):
    quoted = "".join(f"\\u{ord(c):04x}" for c in name if ord(c) < 0xD800)
    for _, said in remarks(settings(codebeatsettings=f'{{"{quoted}": {{}}, "GOLANG": {{"{quoted}": 1}}}}')):
        assert live(said).split()[:2] in (["is", "no"], ["has", "no"], ["wants", "four"])
