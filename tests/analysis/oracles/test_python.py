"""Our counts against radon's and complexipy's, function by function, on Python's own library."""

import sysconfig
from pathlib import Path

import pytest

from bot.analysis.language import Language
from tests.analysis.oracles import ours, tools
from tests.analysis.oracles.constructs import holding
from tests.analysis.oracles.ours import Agreement, Place
from tests.analysis.oracles.rules import COMPLEXIPY, PYTHON, RADON, blind

pytestmark = [tools.needs_tools, pytest.mark.timeout(600)]

LIBRARY = Path(sysconfig.get_path("stdlib"))
FILES = sorted(path for pattern in ("[a-h]*.py", "json/*.py", "asyncio/*.py") for path in LIBRARY.glob(pattern))

PECULIAR = ("try-else", "loop-else", "nested", "recursion", "unseen by complexipy")


@pytest.fixture(scope="module")
def radon() -> dict[Place, int]:
    return tools.counts("radon", FILES)


@pytest.fixture(scope="module")
def complexipy() -> dict[Place, int]:
    return tools.counts("complexipy", FILES)


def compare(language: Language, count: str, theirs: dict[Place, int], *apart: str) -> Agreement:
    mine = {place: getattr(counts, count) for place, counts in ours.by_line(language, FILES).items()}
    return ours.agreement(mine, theirs, holding(FILES, *apart))


def test_every_function_of_pythons_own_parser_is_found_and_no_other():
    found = ours.by_line(PYTHON, FILES).keys()
    assert len(found) > 2_500
    assert found == holding(FILES, "function")


def test_under_radons_rules_the_walk_agrees(radon: dict[Place, int]):
    compared, share = compare(RADON, "cyclomatic", radon, "try-else", "loop-else", "logic in assert")
    assert compared > 2_000
    assert share >= 0.995


def test_the_shipped_rules_agree_with_radon_where_the_rules_do(radon: dict[Place, int]):
    compared, share = compare(PYTHON, "cyclomatic", radon, "try-else", "loop-else", "assert")
    assert compared > 2_000
    assert share >= 0.995


def test_under_complexipys_rules_the_walk_agrees(complexipy: dict[Place, int]):
    compared, share = compare(COMPLEXIPY, "cognitive", complexipy, *PECULIAR)
    assert compared > 2_000
    assert share >= 0.99


def test_the_shipped_rules_agree_with_complexipy_where_the_rules_do(complexipy: dict[Place, int]):
    compared, share = compare(PYTHON, "cognitive", complexipy, *PECULIAR, "comprehension")
    assert compared > 2_000
    assert share >= 0.99


def test_the_comparison_can_fail(radon: dict[Place, int], complexipy: dict[Place, int]):
    assert compare(blind(PYTHON), "cyclomatic", radon, "assert").share < 0.8
    assert compare(blind(PYTHON), "cognitive", complexipy).share < 0.8
