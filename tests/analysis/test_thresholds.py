"""The thresholds file: what it says, and what it refuses."""

import re
from pathlib import Path

import pytest

from bot.analysis.duplication.model import Clone
from bot.analysis.languages import LANGUAGES
from bot.analysis.model import FunctionMetrics, NamespaceMetrics
from bot.analysis.thresholds import CLONE_RULES, DEFAULT_FILE, FUNCTION_RULES, NAMESPACE_RULES, RULES, load, parse
from bot.errors import ConfigError

WHOLE: dict[str, object] = {rule: [1, 2, 3, 4] for rule in RULES}


def test_the_shipped_file_loads_and_knows_every_rule_for_every_language():
    thresholds = load()
    for language in LANGUAGES:
        for rule in RULES:
            assert thresholds.steps(language, rule) is not None


def test_every_line_of_the_shipped_file_says_where_its_numbers_come_from():
    lines = [line for line in DEFAULT_FILE.read_text().splitlines() if " = [" in line]
    assert lines
    assert all(re.search(r"# (ours|codebeat)\b", line) for line in lines)


def test_every_rule_names_a_number_of_what_it_is_about():
    assert set(FUNCTION_RULES.values()) <= set(FunctionMetrics.__slots__)
    assert set(NAMESPACE_RULES.values()) <= set(NamespaceMetrics.__slots__)
    assert set(CLONE_RULES.values()) <= set(Clone.__slots__)
    assert set(RULES) == {*FUNCTION_RULES, *NAMESPACE_RULES, *CLONE_RULES}


def test_a_value_has_the_gravest_step_that_it_reaches():
    thresholds = parse({"default": {**WHOLE, "ABC": [8, 10, 14, 20]}})
    judged = {value: thresholds.judge("go", "ABC", value) for value in (7.99, 8, 9, 10, 14, 19.99, 20, 99)}
    assert judged == {
        7.99: None,
        8: ("info", 8),
        9: ("info", 8),
        10: ("warning", 10),
        14: ("error", 14),
        19.99: ("error", 14),
        20: ("critical", 20),
        99: ("critical", 20),
    }


def test_a_language_overrides_single_rules():
    thresholds = parse({"default": WHOLE, "go": {"LOC": [5, 6, 7, 8]}})
    assert thresholds.steps("go", "LOC") == (5, 6, 7, 8)
    assert thresholds.steps("go", "ABC") == thresholds.steps("ruby", "LOC") == (1, 2, 3, 4)


def test_false_switches_a_rule_off():
    thresholds = parse({"default": {**WHOLE, "LOC": False}, "go": {"ABC": False}})
    assert thresholds.judge("java", "LOC", 1e9) is None
    assert thresholds.judge("go", "ABC", 1e9) is None
    assert thresholds.judge("java", "ABC", 1e9) is not None


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"default": {**WHOLE, "CYCLOMATIC": [1, 2, 3, 4]}}, "did you mean 'CYCLO'"),
        ({"default": WHOLE, "pyton": {}}, "did you mean 'python'"),
        ({"default": {**WHOLE, "LOC": [1, 2, 3]}}, "four numbers"),
        ({"default": {**WHOLE, "LOC": [1, 3, 2, 4]}}, "must rise"),
        ({"default": {**WHOLE, "LOC": [0, 1, 2, 3]}}, "start over 0"),
        ({"default": {**WHOLE, "LOC": [1, 2, 3, float("inf")]}}, "must rise"),
        ({"default": {**WHOLE, "LOC": [1, 2, 3, float("nan")]}}, "must rise"),
        ({"default": {**WHOLE, "LOC": [1, 2, 3, "4"]}}, "four numbers"),
        ({"default": {**WHOLE, "LOC": [1, 2, 3, True]}}, "four numbers"),
        ({"default": {**WHOLE, "LOC": True}}, "four numbers"),
        ({"default": [1]}, "must be a table"),
        ({"default": {"LOC": [1, 2, 3, 4]}}, "lacks CYCLO"),
        ({}, "lacks CYCLO"),
    ],
)
def test_what_is_wrong_is_refused_with_the_cure(raw: dict[str, object], said: str):
    with pytest.raises(ConfigError, match=re.escape(said)):
        parse(raw)


def test_a_file_that_is_not_there_or_not_toml_is_refused(tmp_path: Path):
    with pytest.raises(ConfigError, match="cannot read"):
        load(tmp_path / "none.toml")
    broken = tmp_path / "metrics.toml"
    broken.write_text("[default")
    with pytest.raises(ConfigError, match="not TOML"):
        load(broken)
