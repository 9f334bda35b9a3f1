"""How many of the functions that a pattern finds in real source have a node in the tree, and how well the files parse:
`python -m tests.bench.bench_recall FOLDER...`. Arguments: languages to look at (else all that have a pattern), folders.

A match counts unless it lies in a comment or a string. What is missed is mostly source in the arguments of macros.
Goals: 99 %, Rust and Objective-C 96 %.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.analysis.languages import LANGUAGES, SUFFIXES
from bot.analysis.limits import DEFAULT
from bot.analysis.measure import GOOD_ENOUGH
from bot.analysis.syntax import Syntax, Tree, error_bytes

BYTES = 30_000_000


class Search(NamedTuple):
    """A pattern that ends where a function's name begins, and the kinds of node that stand for one."""

    pattern: bytes
    kinds: tuple[str, ...]


def words(*modifiers: str) -> bytes:
    return rb"^[ \t]*(?:(?:" + "|".join(modifiers).encode() + rb")[ \t]+)*"


SEARCHES: dict[str, Search] = {
    "c": Search(rb"^[a-z][\w \t*]*?[ \t*]\w+\([^;{}()]*\)\s*\{", ("function_definition",)),
    "cpp": Search(
        rb"^[a-z][\w \t*&:<>,]*?[ \t*&][\w:~]+\([^;{}()]*\)[ \t]*(?:const[ \t]*)?\s*\{", ("function_definition",)
    ),
    "csharp": Search(
        words("public", "private", "protected", "internal", "static", "virtual", "override", "async", "sealed", "new")
        + rb"(?<=[a-z][ \t])[\w.<>\[\],?]+[ \t]+\w+(?:<[\w, ]+>)?\([^;{}()]*\)[ \t]*\s*(?:\{|=>)",
        ("method_declaration", "local_function_statement"),
    ),
    "go": Search(rb"^func[ \t(]", ("function_declaration", "method_declaration")),
    "php": Search(
        words("public", "private", "protected", "static", "final", "abstract") + rb"function[ \t]+&?\w",
        ("function_definition", "method_declaration"),
    ),
    "ruby": Search(words("private", "protected", "public") + rb"def[ \t]", ("method", "singleton_method")),
    "rust": Search(
        words(r"pub(?:\([^)]*\))?", "const", "unsafe", "async", r'extern(?:[ \t]+"[^"]*")?', "default") + rb"fn[ \t]",
        ("function_item", "function_signature_item"),
    ),
    "scala": Search(
        words(r"@\w+(?:\([^)]*\))?", "override", r"(?:private|protected)(?:\[\w+\])?", "final", "implicit", "inline")
        + rb"def[ \t]",
        ("function_definition", "function_declaration"),
    ),
}


def files(language: str, roots: list[Path]) -> Iterator[bytes]:
    size = 0
    for root in roots:
        for path in sorted(root.rglob("*")):
            if SUFFIXES.get(path.suffix.lower()) != language or not path.is_file() or size > BYTES:
                continue
            data = path.read_bytes()
            if len(data) <= DEFAULT.file_bytes and b"\0" not in data:
                size += len(data)
                yield data


def spans(tree: Tree, functions: frozenset[str], text: frozenset[str]) -> tuple[list[int], list[tuple[int, int]]]:
    """Where functions begin, and where comments and strings lie, both in order."""
    begins: list[int] = []
    quoted: list[tuple[int, int]] = []
    stack = [tree.root_node]
    while stack:
        for child in stack.pop().children:
            if child.type in text:
                quoted.append(child.byte_range)
            elif child.type in functions:
                begins.append(child.start_byte)
            stack.append(child)
    return sorted(begins), sorted(quoted)


def missing(data: bytes, tree: Tree, language: str) -> tuple[int, list[int]]:
    """How many functions the pattern finds, and where those lie that have no node."""
    search, known = SEARCHES[language], LANGUAGES[language]
    begins, quoted = spans(tree, frozenset(search.kinds), known.comments | known.literals)
    starts = [start for start, _ in quoted]
    found, lost = 0, []
    for match in re.finditer(search.pattern, data, re.MULTILINE):
        first = match.start() + len(match.group()) - len(match.group().lstrip())
        before = bisect_right(starts, first)
        if any(start <= first < end for start, end in quoted[max(0, before - 3) : before]):
            continue
        found += 1
        at = bisect_right(begins, match.end())
        if not at or begins[at - 1] < first - 400:
            lost.append(first)
    return found, lost


def main(arguments: list[str]) -> None:
    roots = [Path(argument) for argument in arguments if argument not in LANGUAGES]
    for name in [argument for argument in arguments if argument in SEARCHES] or SEARCHES:
        syntax = Syntax(*LANGUAGES[name].grammar)
        count = faulty = poor = size = errors = found = lost = 0
        for data in files(name, roots):
            tree = syntax.parse(data, 60.0)
            bad = error_bytes(tree)
            count, size, errors = count + 1, size + len(data), errors + bad
            faulty += tree.root_node.has_error
            poor += 1 - bad / max(1, len(data)) < GOOD_ENOUGH
            there, gone = missing(data, tree, name)
            found, lost = found + there, lost + len(gone)
        if count:
            print(
                f"{name:8} {count:5} files, {size / 1e6:5.1f} MB: {faulty / count:6.1%} with errors, "
                f"{errors / size:6.2%} of bytes in them, {poor / count:6.1%} lines only; "
                f"{1 - lost / max(1, found):7.2%} of {found} functions"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
