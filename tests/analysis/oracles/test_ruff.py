"""Our cyclomatic complexity against ruff's mccabe (C901), function by function, on Python's own library.

The rules differ on purpose: mccabe adds a nested function's count (and one for it) to its owner's, counts `else` of a
try, and does not count boolean operators, ternaries, comprehensions and guards, all of which we do. So one test gives
our walk mccabe's rules and compares every function without a try-else; the other compares the shipped rules wherever
both agree.
"""

import ast
import json
import re
import subprocess
import sys
import sysconfig
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from bot.analysis.language import Language
from bot.analysis.languages import LANGUAGES
from bot.analysis.measure import Measurer

LIBRARY = Path(sysconfig.get_path("stdlib"))
FILES = sorted(path for pattern in ("[a-h]*.py", "json/*.py", "asyncio/*.py") for path in LIBRARY.glob(pattern))

OURS = LANGUAGES["python"]
MCCABE = replace(
    OURS,
    decisions=OURS.decisions - {"conditional_expression", "for_in_clause", "if_clause"},
    junctions={},
    logic=frozenset(),
)

Place = tuple[str, int]


@pytest.fixture(scope="module")
def ruff() -> dict[Place, int]:
    """File and line of every function -> C901."""
    settings = ["--isolated", "--no-cache", "--select=C901", "--config=lint.mccabe.max-complexity=0", "--ignore-noqa"]
    command = [sys.executable, "-m", "ruff", "check", *settings, "--output-format=json", *map(str, FILES)]
    done = subprocess.run(command, capture_output=True, check=False)
    counts = {}
    for found in json.loads(done.stdout):
        if number := re.search(r"\((\d+) > 0\)", found["message"]):
            counts[found["filename"], found["location"]["row"]] = int(number[1])
    return counts


def totals(language: Language) -> dict[Place, int]:
    """File and line of every function -> its count with those of the functions nested in it, as mccabe tells it."""
    measurer = Measurer(language)
    counts: dict[Place, int] = defaultdict(int)
    for path in FILES:
        rows = measurer.measure(path.read_bytes(), 60.0).rows
        for row in rows:
            inner = (other for other in rows if row.start_line <= other.start_line and other.end_line <= row.end_line)
            counts[str(path), row.start_line] = sum(other.cyclomatic for other in inner)
    return counts


def constructs(*kinds: type[ast.AST]) -> set[Place]:
    """Places of functions that hold a construct."""
    found = set()
    for path in FILES:
        for function in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and any(
                isinstance(node, kinds) and not (isinstance(node, ast.Try) and not node.orelse)
                for node in ast.walk(function)
            ):
                found.add((str(path), function.lineno))
    return found


def share_equal(ours: dict[Place, int], theirs: dict[Place, int], without: set[Place]) -> tuple[int, float]:
    common = (ours.keys() & theirs.keys()) - without
    return len(common), sum(ours[place] == theirs[place] for place in common) / len(common)


def test_under_mccabes_rules_the_walk_agrees_with_ruff(ruff: dict[Place, int]):
    compared, share = share_equal(totals(MCCABE), ruff, constructs(ast.Try, ast.Match))
    assert compared > 2_000
    assert share >= 0.995


def test_the_shipped_rules_agree_with_ruff_where_the_rules_do(ruff: dict[Place, int]):
    ours_only = constructs(ast.Try, ast.BoolOp, ast.IfExp, ast.comprehension, ast.Match)
    compared, share = share_equal(totals(OURS), ruff, ours_only)
    assert compared > 1_500
    assert share >= 0.995


def test_the_comparison_can_fail(ruff: dict[Place, int]):
    blind = replace(MCCABE, decisions=MCCABE.decisions - {"if_statement"})
    _, share = share_equal(totals(blind), ruff, set())
    assert share < 0.9
