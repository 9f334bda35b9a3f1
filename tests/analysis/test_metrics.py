"""Hand-counted samples in every language: the metrics of functions and namespaces stand above them."""

import re
from math import sqrt
from pathlib import Path

import pytest

from bot.analysis import languages
from bot.analysis.languages import LANGUAGES
from bot.analysis.measure import Measurer
from bot.analysis.wire import Row

SAMPLES = Path(languages.__file__).parent
EXPECT = re.compile(r"expect: (\S.*?) (\d+) (\d+) (\d+),(\d+),(\d+) (\d+) (\d+) (\d+) (\d+)$", re.MULTILINE)

NAMESPACE = re.compile(r"namespace: (\S+) (\S+) (\d+) (\d+) ([\d.]+) (\d+)$", re.MULTILINE)


def sample(language: str) -> Path:
    """TSX's lies beside TypeScript's, and Python's ends on .txt, for no tool to take it for a module."""
    name = f"sample{LANGUAGES[language].suffixes[0]}"
    (found,) = (path for path in SAMPLES.glob("*/sample.*") if path.name.removesuffix(".txt") == name)
    return found


def measure(language: str, source: str | bytes) -> list[Row]:
    data = source.encode() if isinstance(source, str) else source
    return Measurer(LANGUAGES[language]).measure(data, 5.0).rows


def summary(row: Row) -> tuple[object, ...]:
    return (row.name, row.cyclomatic, row.cognitive, row.abc, row.arity, row.nesting, row.loc, row.returns)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_metrics_of_a_sample_are_those_counted_by_hand(language: str):
    source = sample(language).read_text()
    expected = {}
    for name, *numbers in EXPECT.findall(source):
        cyclomatic, cognitive, a, b, c, arity, nesting, loc, returns = map(int, numbers)
        abc = round(sqrt(a * a + b * b + c * c), 2)
        expected[name] = (name, cyclomatic, cognitive, abc, arity, nesting, loc, returns)
    assert expected
    assert {row.name: summary(row) for row in measure(language, source)} == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_namespaces_of_a_sample_are_those_counted_by_hand(language: str):
    source = sample(language).read_text()
    expected = [
        (name, kind, int(methods), int(ivars), float(complexity), int(loc))
        for name, kind, methods, ivars, complexity, loc in NAMESPACE.findall(source)
    ]
    rows = Measurer(LANGUAGES[language]).measure(source.encode(), 5.0).namespaces
    assert [(row.name, row.kind, row.methods, row.ivars, row.complexity, row.loc) for row in rows] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sample_parses_without_errors(language: str):
    assert Measurer(LANGUAGES[language]).measure(sample(language).read_bytes(), 5.0).quality == 1.0
