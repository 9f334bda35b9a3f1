"""`.sealbeat.toml` is written by people: it is understood, or it is said what was not, where, and what was assumed."""

# ruff: noqa: E501 - what is said stands in tables, a line each

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.notes import MAX_REMARKS
from bot.analysis.rules import RULES
from bot.analysis.settings import toml
from bot.analysis.settings.load import load
from bot.analysis.settings.sealbeat import MAX_SECTIONS
from tests.analysis.settings.said import DEFAULTS, remarks, settings
from tests.services.rendered import live

RULE = next(iter(RULES))


def test_an_empty_file_changes_nothing():
    assert settings("# nothing\n") == DEFAULTS


def test_single_values_are_taken():
    found = settings(
        'comments = true\ngate = "off"\nfail_severity = "critical"\nminimum_severity = "Info"\n'
        "[duplication]\nexact = 100\nsimilar = false\n"
    )
    assert (found.comments, found.gate, found.fail_severity, found.minimum_severity) == (
        True,
        "off",
        "critical",
        "info",
    )
    assert (found.exact_tokens, found.similar_tokens, found.remarks) == (100, None, ())


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("comments = 1", 1, "`comments` must be `true` or `false`; assumed: `false`."),
        ("gate = false", 1, '`gate` must be `"new"` or `"off"`; assumed: `"off"`.'),
        ("gate = 'old'", 1, '`gate` must be `"new"` or `"off"`; assumed: `"new"`.'),
        ("\nfail_severity = 'bad'", 2, '`fail_severity` must be `"info"`, `"warning"`, `"error"` or `"critical"`; assumed: `"error"`.'),
        ("coments = true", 1, "`coments` is not a setting, and was ignored; did you mean `comments`?"),
        ("[duplication]\nexact = 3", 2, "`exact` must be a number of tokens from 20 to 10000, or `false`; assumed: `50`."),
        ("[duplication]\nexakt = 30", 2, "`exakt` is not a setting, and was ignored; did you mean `exact`?"),
        ("duplication = 3", 1, "`duplication` must be a table, not a number; it was ignored."),
        ("[thresholds]\n\nLCO = false", 3, "`LCO` is no metric, and was ignored; did you mean `LOC`?"),
        (f"[thresholds]\n{RULE} = false", 2, f"`{RULE}` is no metric but a rule: it belongs under `[rules]`; it was ignored."),
        ("[thresholds]\nLOC = [1, 2, 3]", 2, "`LOC` wants four numbers `[info, warning, error, critical]`, and has 3; it was ignored."),
        ("[thresholds]\nLOC = [4, 3, 2, 1]", 2, "`LOC` must not fall from info to critical; it was ignored."),
        ("[thresholds]\nLOC = [0, 3, 4, 5]", 2, "`LOC` wants numbers over 0 and up to 1,000,000,000; it was ignored."),
        ("[thresholds]\nLOC = [1, nan, 4, 5]", 2, "`LOC` wants numbers over 0 and up to 1,000,000,000; it was ignored."),
        ("[thresholds]\nLOC = [1, 2, 4, 1e999]", 2, "`LOC` wants numbers over 0 and up to 1,000,000,000; it was ignored."),
        ("[thresholds]\nLOC = [1, 2, 3, '4']", 2, "`LOC` wants four numbers, and holds something else; it was ignored."),
        ("[thresholds]\nLOC = 7", 2, "`LOC` wants four numbers `[info, warning, error, critical]`, or `false`; it was ignored."),
        ("[thresholds.pyton]", 1, "`pyton` is no language that is measured, and was ignored; did you mean `python`?"),
        ("[rules]\nnosuchrule = false", 2, "`nosuchrule` is not a rule, and was ignored."),
        ("[rules]\nLOC = false", 2, "`LOC` is a metric: it belongs under `[thresholds]`; it was ignored."),
        (f"[rules]\n{RULE} = 'of'", 2, f"`{RULE}` must be `false`, `true` or a severity; it was ignored."),
        ("exclude = 7", 1, "`exclude` must be a list of patterns in quotes; it was ignored."),
        ("exclude = [\n'a',\n'b[',\n]", 3, "the pattern `b[` has a `[` without its `]`; it was ignored."),
        ("[[paths]]\nmatch = 'a'\n[[paths]]\nLOC = 1", 3, "these `[[paths]]` have no pattern in `match`; they were ignored."),
        ("[paths]\nmatch = 'a'", 1, "`paths` must be written as `[[paths]]`; it was ignored."),
        ("[[paths]]\nmatch = 'a'\n[paths.thresholds]\nLCO = 1", 4, "`LCO` is no metric, and was ignored; did you mean `LOC`?"),
        ("[[projects]]\nname = 'x'", 1, "this project has no folder in `root`; it was ignored."),
        ("[[projects]]\nroot = '../x'", 1, "this project has no folder in `root`; it was ignored."),
        ("[[projects]]\nroot = 'x'\n[[projects]]\nroot = 'x/'", 3, "`x` is a project already; this one was ignored."),
        ("[[projects]]\nroot = 'x'\nname = 7", 3, "`name` must be text; assumed: `x`."),
        ("[secrets]\ndeny = []", 2, "`deny` is not a setting, and was ignored."),
    ],
)  # fmt: skip
def test_a_slip_is_said_with_its_line_and_what_was_assumed(text, line, said):
    assert (line, said) in remarks(settings(text))


def test_the_rest_of_a_file_with_a_slip_holds():
    found = settings("coments = true\n[thresholds]\nLOC = [9, 10, 11, 12]\nABC = 7\n")
    assert found.base.steps("python", "LOC") == (9, 10, 11, 12)
    assert found.base.steps("python", "ABC") == DEFAULTS.base.steps("python", "ABC")


def test_steps_for_all_languages_are_stronger_than_the_operator_s_for_one():
    assert DEFAULTS.base.steps("go", "LOC") != DEFAULTS.base.steps("python", "LOC")
    found = settings("[thresholds]\nLOC = [9, 10, 11, 12]\n")
    assert found.base.steps("go", "LOC") == found.base.steps("python", "LOC") == (9, 10, 11, 12)


def test_steps_for_a_language_are_for_that_one():
    found = settings("[thresholds]\nLOC = [9, 10, 11, 12]\n[thresholds.Golang]\nloc = false\n")
    assert found.base.steps("go", "LOC") is None
    assert found.base.steps("python", "LOC") == (9, 10, 11, 12)
    assert found.remarks == ()


def test_typescript_s_steps_hold_for_tsx_unless_it_has_its_own():
    found = settings("[thresholds.tsx]\nLOC = [1, 2, 3, 4]\n[thresholds.typescript]\nLOC = [5, 6, 7, 8]\nABC = false\n")
    assert found.base.steps("tsx", "LOC") == (1, 2, 3, 4)
    assert found.base.steps("typescript", "LOC") == (5, 6, 7, 8)
    assert found.base.steps("tsx", "ABC") is None


def test_rules_are_switched_off_made_milder_and_on_again_for_paths():
    found = settings(f"[rules]\n{RULE} = false\n[[paths]]\nmatch = ['src', 'lib/*.py']\nrules = {{ {RULE} = true }}\n")
    assert found.at("a.py").severity(RULE, "error") is None
    assert found.at("src/a.py").severity(RULE, "error") == "error"
    assert settings(f"[rules]\n{RULE} = 'info'\n").at("a.py").severity(RULE, "error") == "info"
    assert found.at("a.py").severity("another", "error") == "error"


def test_the_later_of_two_paths_that_fit_wins():
    found = settings(
        "[[paths]]\nmatch = 'tests/**'\nthresholds = { LOC = false, ABC = false }\n"
        "[[paths]]\nmatch = '*.py'\nthresholds = { LOC = [1, 2, 3, 4] }\n"
    )
    assert found.at("tests/a.py").steps("python", "LOC") == (1, 2, 3, 4)
    assert found.at("tests/a.py").steps("python", "ABC") is None
    assert found.at("tests/a.go").steps("go", "LOC") is None
    assert found.at("a.go") == found.base


def test_projects_have_settings_of_their_own_and_the_inner_one_wins():
    found = settings(
        "[[projects]]\nname = 'inner'\nroot = 'apps/shop/core'\nthresholds = { LOC = [1, 2, 3, 4] }\n"
        "[[projects]]\nroot = './apps/shop/'\nexclude = ['/gen', '*.md']\nthresholds = { LOC = false, ABC = false }\n"
    )
    assert found.remarks == ()
    places = ["apps/shop/core/a.py", "apps/shop/a.py", "apps/shopping/a.py", "a.py"]
    assert [found.project(path) for path in places] == ["inner", "apps/shop", "", ""]
    assert [found.at(path).steps("python", "LOC") for path in places[:2]] == [(1, 2, 3, 4), None]
    assert found.at("apps/shop/core/a.py").steps("python", "ABC") is None
    assert found.at("a.py") == found.base
    assert found.excluded("apps/shop/gen/a.py") == "excluded: .sealbeat.toml, line 7"
    assert found.excluded("gen/a.py") is None


def test_what_is_excluded_says_by_what():
    found = settings("exclude = [\n  'gen/**',\n  '!gen/keep.py',\n]\n")
    assert found.excluded("gen/a.py") == "excluded: .sealbeat.toml, line 2"
    assert found.excluded("gen/keep.py") is found.excluded("a.py") is None


def test_secrets_are_allowed_for_paths_only():
    found = settings("[secrets]\nallow = ['tests/**']\n")
    assert found.allows_secrets("tests/a.py")
    assert not found.allows_secrets("a.py")
    assert not DEFAULTS.allows_secrets("tests/a.py")


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"comments =", 1, "this is not TOML"),
        (b"\ncomments = true\xff", 2, "this is not UTF-8"),
        (b"\xff\xfec\0o\0", 1, "this is not UTF-8"),
        (b"a = " + b"[" * 4000, 0, "values are nested too deeply"),
        (b"a = " + b"{a=" * 1300, 0, "values are nested too deeply"),
        (b"a = 1\n\na = 2", 3, "this is not TOML"),
        (b'"\\ud800" = 1', 1, "this is not TOML"),
        (b"a = 2024-99-99", 1, "this is not TOML"),
        (b"a = 1" + b"1" * 5000, 0, "this is not TOML"),
        (b"b = 1\n" + b".".join([b"a"] * 8000) + b" = 1", 2, "a key has more than 16 parts"),
        (b"[" + b" . ".join([b'"a"'] * 4000) + b"]", 1, "a key has more than 16 parts"),
        (b"a = {" + b".".join([b"'a'"] * 4000) + b" = 1}", 1, "a key has more than 16 parts"),
        (b"#" * (toml.MAX_BYTES + 1), 0, "the file is over 32 KiB"),
        (None, 0, "the file is over 32 KiB"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_and_the_defaults_hold(data, line, said):
    found = load({".sealbeat.toml": data}, DEFAULTS)
    [(place, text)] = remarks(found)
    assert (place, text[: len(said)]) == (line, said)
    assert text.endswith("nothing of the file is used.") or text.endswith("nothing of it is used.")
    assert found.base == DEFAULTS.base


def test_a_byte_order_mark_and_windows_line_ends_are_no_trouble():
    found = load({".sealbeat.toml": b"\xef\xbb\xbfcomments = true\r\n[thresholds]\r\nLCO = 1\r\n"}, DEFAULTS)
    assert found.comments
    assert [line for line, _ in remarks(found)] == [3]


def test_many_slips_are_not_all_told():
    found = remarks(settings("\n".join(f"a{n} = 1" for n in range(100))))
    assert len(found) == MAX_REMARKS + 1
    assert found[-1] == (0, "… and 50 more.")


def test_many_sections_are_not_all_used():
    found = settings("[[paths]]\nmatch = 'a'\nthresholds = { LOC = false }\n" * (MAX_SECTIONS + 1))
    assert len(found.sections) == MAX_SECTIONS
    assert remarks(found) == [(3 * MAX_SECTIONS + 1, f"only the first {MAX_SECTIONS} `[[paths]]` are used.")]


def test_many_patterns_are_not_all_used():
    found = settings("exclude = [" + "'a',\n" * 600 + "]")
    assert remarks(found) == [(501, "only the first 500 patterns of a list are used.")]


@given(st.text(min_size=1, max_size=100).filter(lambda name: name not in ("exclude", "rules", "thresholds")))
def test_a_setting_s_name_never_comes_to_life(name):
    quoted = '"' + "".join(f"\\U{ord(c):08x}" for c in name if not 0xD800 <= ord(c) < 0xE000) + '"'
    text = f"{quoted} = 1\nexclude = [{quoted}]\n[rules]\n{quoted} = 1\n[thresholds]\n{quoted} = 1\n"
    for _, said in remarks(settings(text)):
        assert set(live(said).split()) <= WORDS


WORDS = set(
    re.findall(
        r"\S+",
        "is not a setting, and was ignored ignored; ignored. did you mean . ? ; no rule, metric, the pattern names nothing; it "
        "has without its leads out of repository; backslash; write between folders; longer than 300 characters; rule: but "
        "metric belongs under : metric: more 8 stars;",
    )
)

TEXTS = st.lists(
    st.sampled_from([*"[]{}=.,\n\"'#", "paths", "projects", "thresholds", "python", "LOC", "match", "root", "exclude", "1", "[1, 2, 3, 4]",
                     "false", "rules", "'a/**'", " = ", "[[paths]]\n", "[[projects]]\n", "1e999", "é", "\\"]),
    max_size=40,
).map("".join)  # fmt: skip


@given(st.binary(max_size=300) | TEXTS.map(str.encode))
def test_no_bytes_make_it_fail(data):
    found = load({".sealbeat.toml": data}, DEFAULTS)
    for path in ("a.py", "a/b.py"):
        found.at(path), found.excluded(path), found.project(path), found.allows_secrets(path)
    assert len(found.remarks) <= MAX_REMARKS + 1
