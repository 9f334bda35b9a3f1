"""How many functions have the same numbers from us and from the tools that people know, on any folders:
`python -m tests.bench.bench_oracles FOLDER...`, with SEALBEAT_TOOLS as .ci/install-tools made it.

A line tells the tool, whose rules our walk followed ("ours" are the shipped ones), how many functions both tell of, and
the share with equal counts: of all, and of those without the constructs that the two count differently on purpose.
docs/metrics.md explains the rest. Goals: cyclomatic 99.5 %, cognitive 98 %.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.analysis.language import Language
from bot.analysis.languages import LANGUAGES, SUFFIXES
from bot.analysis.limits import DEFAULT
from tests.analysis.oracles import ours, tools
from tests.analysis.oracles.constructs import holding, parse
from tests.analysis.oracles.ours import Counts, Place
from tests.analysis.oracles.rules import COMPLEXIPY, ESLINT, JAVASCRIPT, MCCABE, PYTHON, RADON

LIZARD = ("c", "cpp", "csharp", "go", "java", "kotlin", "objc", "php", "ruby", "rust", "scala", "swift", "typescript")
DIFFERENCES = "-v"


class Row(NamedTuple):
    """One comparison."""

    name: str
    language: Language
    metric: str
    apart: tuple[str, ...] = ()


ELSES = ("try-else", "loop-else")
RADONS = (
    Row("radon by its rules", RADON, "cyclomatic", (*ELSES, "logic in assert")),
    Row("radon by ours", PYTHON, "cyclomatic", (*ELSES, "assert")),
)
PECULIAR = ("nested", "recursion", "unseen by complexipy")
COMPLEXIPYS = (
    Row("complexipy by its rules", COMPLEXIPY, "cognitive", (*ELSES, *PECULIAR)),
    Row("complexipy by ours", PYTHON, "cognitive", (*ELSES, *PECULIAR, "comprehension")),
)
MCCABES = (
    Row("ruff C901 by its rules", MCCABE, "", ("try-else", "match")),
    Row("ruff C901 by ours", PYTHON, "", ("try-else", "match", "logic", "ternary", "comprehension")),
)
NODE = (
    ("complexity", Row("ESLint complexity by its rules", ESLINT, "cyclomatic")),
    ("complexity", Row("ESLint complexity by ours", JAVASCRIPT, "cyclomatic")),
    ("cognitive", Row("SonarJS S3776 by ours", JAVASCRIPT, "cognitive")),
    ("max-params", Row("ESLint max-params", JAVASCRIPT, "arity")),
    ("max-depth", Row("ESLint max-depth", JAVASCRIPT, "nesting")),
    ("max-lines-per-function", Row("ESLint max-lines-per-function", JAVASCRIPT, "lines")),
)


def files(roots: list[Path], language: str) -> Iterator[Path]:
    for root in roots:
        for path in [root] if root.is_file() else sorted(root.rglob("*")):
            fits = SUFFIXES.get(path.suffix.lower()) == language and path.is_file() and not path.is_symlink()
            if fits and path.stat().st_size <= DEFAULT.file_bytes and ".min." not in path.name:
                yield path


def tell(name: str, mine: dict[Place, int], theirs: dict[Place, int], apart: set[Place], *, verbose: bool) -> None:
    every, alike = ours.agreement(mine, theirs), ours.agreement(mine, theirs, apart)
    where = f", {alike.share:7.2%} of the {alike.compared} that both count alike" if apart else ""
    lost = len(theirs.keys() - mine.keys())
    print(
        f"{name:32} {every.compared:6} functions: {every.share:7.2%} equal{where}; {lost} found by it alone", flush=True
    )
    if not verbose:
        return
    unlike = [place for place in mine.keys() & theirs.keys() - apart if mine[place] != theirs[place]]
    print("   ", Counter(mine[place] - theirs[place] for place in unlike).most_common(6))
    for place in sorted(unlike)[:: max(1, len(unlike) // 12)]:
        print(f"    {place[0]} {place[1]}: {mine[place]}, not {theirs[place]}")


def python(paths: list[Path], *, verbose: bool) -> None:
    paths = [path for path in paths if parse(path) is not None]
    ruff = tools.ruff("C901", "mccabe.max-complexity", paths)
    for row in MCCABES:
        tell(row.name, ours.with_nested(row.language, paths), ruff, holding(paths, *row.apart), verbose=verbose)
    for tool, rows in (("radon", RADONS), ("complexipy", COMPLEXIPYS)):
        theirs = tools.counts(tool, paths)
        for row in rows:
            mine = picked(ours.by_line(row.language, paths), row.metric)
            tell(row.name, mine, theirs, holding(paths, *row.apart), verbose=verbose)


def javascript(paths: list[Path], *, verbose: bool) -> None:
    told = tools.javascript(paths)
    read = {path for path, _ in told}
    paths = [path for path in paths if str(path) in read]
    for word, row in NODE:
        mine = picked(ours.by_byte(row.language, paths), row.metric)
        tell(row.name, mine, {place: counts.get(word, 0) for place, counts in told.items()}, set(), verbose=verbose)
    print(f"    {len(mine.keys() - told.keys())} found by us alone")


def picked(functions: dict[Place, Counts], count: str) -> dict[Place, int]:
    return {place: getattr(counts, count) for place, counts in functions.items()}


def main(arguments: list[str]) -> None:
    roots = [Path(argument) for argument in arguments if argument != DIFFERENCES]
    verbose = DIFFERENCES in arguments
    if found := list(files(roots, "python")):
        python(found, verbose=verbose)
    if found := list(files(roots, "javascript")):
        javascript(found, verbose=verbose)
    for name in LIZARD:
        if found := list(files(roots, name)):
            mine = picked(ours.by_line(LANGUAGES[name], found), "cyclomatic")
            tell(f"lizard, {name}, by ours", mine, tools.counts("lizard", found), set(), verbose=verbose)


if __name__ == "__main__":
    main(sys.argv[1:])
