"""Our counts against ruff's, function by function, on Python's own library."""

import sysconfig
from pathlib import Path

import pytest

from bot.analysis.language import Language
from tests.analysis.oracles import ours, tools
from tests.analysis.oracles.constructs import holding, misnamed_first
from tests.analysis.oracles.ours import Place
from tests.analysis.oracles.rules import MCCABE, PYTHON, blind

pytestmark = pytest.mark.timeout(600)

LIBRARY = Path(sysconfig.get_path("stdlib"))
FILES = sorted(path for pattern in ("[a-h]*.py", "json/*.py", "asyncio/*.py") for path in LIBRARY.glob(pattern))


@pytest.fixture(scope="module")
def mccabe() -> dict[Place, int]:
    return tools.ruff("C901", "mccabe.max-complexity", FILES)


def test_under_mccabes_rules_the_walk_agrees(mccabe: dict[Place, int]):
    apart = holding(FILES, "try-else", "match")
    compared, share = ours.agreement(ours.with_nested(MCCABE, FILES), mccabe, apart)
    assert compared > 2_000
    assert share >= 0.995


def test_the_shipped_rules_agree_where_the_rules_do(mccabe: dict[Place, int]):
    apart = holding(FILES, "try-else", "match", "logic", "ternary", "comprehension")
    compared, share = ours.agreement(ours.with_nested(PYTHON, FILES), mccabe, apart)
    assert compared > 1_500
    assert share >= 0.995


def test_the_comparison_can_fail(mccabe: dict[Place, int]):
    assert ours.agreement(ours.with_nested(blind(MCCABE), FILES), mccabe).share < 0.9


def own(language: Language, count: str) -> dict[Place, int]:
    return {place: getattr(counts, count) for place, counts in ours.by_line(language, FILES).items()}


def test_returns_are_those_of_ruff():
    theirs = tools.ruff("PLR0911", "pylint.max-returns", FILES)
    mine = own(PYTHON, "returns")
    assert ours.agreement(mine, {place: theirs.get(place, 0) for place in mine}).share >= 0.995


def test_parameters_are_those_of_ruff_which_leaves_out_stars_and_what_begins_with_an_underscore():
    theirs = tools.ruff("PLR0913", "pylint.max-args", FILES)
    mine = own(PYTHON, "arity")
    apart = holding(FILES, "stars", "underscored") | misnamed_first(FILES)
    compared, share = ours.agreement(mine, {place: theirs.get(place, 0) for place in mine}, apart)
    assert compared > 2_000
    assert share >= 0.995
