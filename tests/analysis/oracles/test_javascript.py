"""Our counts against ESLint's and SonarJS's, function by function, on ESLint's own sources."""

from pathlib import Path

import pytest

from bot.analysis.language import Language
from bot.analysis.languages import LANGUAGES
from tests.analysis.oracles import ours, tools
from tests.analysis.oracles.ours import Agreement, Place
from tests.analysis.oracles.rules import ESLINT, JAVASCRIPT, blind

pytestmark = [tools.needs_node, pytest.mark.timeout(600)]

Told = dict[Place, dict[str, int]]


@pytest.fixture(scope="module")
def files() -> list[Path]:
    return sorted((tools.folder() / "node_modules" / "eslint" / "lib" / "rules").glob("*.js"))


@pytest.fixture(scope="module")
def told(files: list[Path]) -> Told:
    return tools.javascript(files)


def compare(language: Language, files: list[Path], told: Told, count: str, word: str) -> Agreement:
    """Our count of that name against the one that they call by this word; they do not tell of a count of 0."""
    functions = ours.by_byte(language, files)
    mine = {place: getattr(counts, count) for place, counts in functions.items()}
    return ours.agreement(mine, {place: counts.get(word, 0) for place, counts in told.items()})


def test_every_function_that_eslint_knows_is_found_and_no_other(files: list[Path], told: Told):
    assert len(told) > 2_500
    assert ours.by_byte(JAVASCRIPT, files).keys() == told.keys()


def test_under_eslints_rules_the_walk_agrees_with_its_complexity(files: list[Path], told: Told):
    assert compare(ESLINT, files, told, "cyclomatic", "complexity").share >= 0.995


def test_the_shipped_rules_agree_where_no_default_or_optional_chain_counts_for_eslint(files: list[Path], told: Told):
    assert compare(JAVASCRIPT, files, told, "cyclomatic", "complexity").share >= 0.97


def test_the_cognitive_complexity_as_shipped_is_that_of_sonarjs(files: list[Path], told: Told):
    assert compare(JAVASCRIPT, files, told, "cognitive", "cognitive").share >= 0.995


@pytest.mark.parametrize(("count", "word"), [("arity", "max-params"), ("lines", "max-lines-per-function")])
def test_parameters_and_lines_are_those_of_eslint(files: list[Path], told: Told, count: str, word: str):
    assert compare(JAVASCRIPT, files, told, count, word).share == 1.0


def test_the_depth_of_blocks_is_that_of_eslint(files: list[Path], told: Told):
    assert compare(JAVASCRIPT, files, told, "nesting", "max-depth").share >= 0.995


@pytest.mark.parametrize("language", ["typescript", "tsx"])
def test_typescripts_tables_give_the_same_numbers_for_plain_javascript(files: list[Path], language: str):
    some = files[:100]
    assert ours.by_byte(LANGUAGES[language], some) == ours.by_byte(JAVASCRIPT, some)


@pytest.mark.parametrize(("count", "word"), [("cyclomatic", "complexity"), ("cognitive", "cognitive")])
def test_the_comparison_can_fail(files: list[Path], told: Told, count: str, word: str):
    assert compare(blind(ESLINT), files, told, count, word).share < 0.7
