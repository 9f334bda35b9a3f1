"""How many of the functions that a plain search finds, the walk reports: `python -m tests.bench.bench_recall FOLDER...`

A regular expression per language finds the heads of functions in a file's text, comments and strings blanked; a head
counts as found if a function (or for a bodiless one its declaration) is reported at its line. Also says how well the
files parse. The search is no truth either: its misses are worth a look before they are blamed on the grammar.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.analysis.languages import LANGUAGES
from bot.analysis.measure import GOOD_ENOUGH, Measurer

_WORDS = rb"^[ \t]*(?:[@\w]+[ \t]+)*"
_KOTLIN = _WORDS + rb"fun[ \t](?!interface\b)[^={}\n]*[={][ \t]*$"
_SWIFT = _WORDS + rb"func[ \t][^{}\n]*\{[ \t]*$"
HEADS: dict[str, tuple[str, re.Pattern[bytes]]] = {
    ".kt": ("kotlin", re.compile(_KOTLIN, re.MULTILINE)),
    ".swift": ("swift", re.compile(_SWIFT, re.MULTILINE)),
    ".m": ("objc", re.compile(rb"^[-+][ \t]*\([^)\n]*\)[^;{}\n]*\n?\{", re.MULTILINE)),
    ".mm": ("objc", re.compile(rb"^[-+][ \t]*\([^)\n]*\)[^;{}\n]*\n?\{", re.MULTILINE)),
    ".ex": ("elixir", re.compile(rb"^[ \t]*(?:def|defp|defmacro|defmacrop)[ \t][^\n]*\bdo[ \t]*$", re.MULTILINE)),
}

_HEAD = 12  # lines that annotations and parameters may take


def files(folders: list[Path], suffix: str) -> Iterator[bytes]:
    for folder in folders:
        for path in sorted(folder.rglob(f"*{suffix}")):
            if path.is_file() and path.stat().st_size < 1 << 20:
                yield path.read_bytes()


class Tally(NamedTuple):
    """Of one file: the heads that the search finds, and how many of them are reported."""

    heads: int
    hits: int
    quality: float


def tally(data: bytes, suffix: str, measurer: Measurer) -> Tally:
    found = measurer.measure(data, 10.0)
    text = bytearray(data)
    for start, end in [*measurer._walker.comments, *measurer._walker.literals] if found.rows else ():
        text[start:end] = re.sub(rb"[^\n]", b" ", data[start:end])
    starts = {line for row in found.rows for line in range(row.start_line, row.start_line + _HEAD)}
    hits = [data.count(b"\n", 0, match.end()) + 1 in starts for match in HEADS[suffix][1].finditer(bytes(text))]
    return Tally(len(hits), sum(hits), found.quality)


def recall(suffix: str, folders: list[Path]) -> str:
    """One line of figures, over all files and over those that are good enough to be measured."""
    language = HEADS[suffix][0]
    measurer = Measurer(LANGUAGES[language])
    tallies = [tally(data, suffix, measurer) for data in files(folders, suffix)]
    good = [each for each in tallies if each.quality >= GOOD_ENOUGH]
    heads, hits = sum(each.heads for each in tallies), sum(each.hits for each in tallies)
    if not heads:
        return f"{suffix:6} none"
    clean = sum(each.quality == 1.0 for each in tallies) / len(tallies)
    inside = sum(each.hits for each in good) / max(1, sum(each.heads for each in good))
    return (
        f"{suffix:6} {len(tallies):5} files, {clean:.1%} without errors, {len(good) / len(tallies):.1%} measured; "
        f"{hits / heads:.2%} of {heads} functions reported, {inside:.2%} of those in files that are measured"
    )


def main(arguments: list[str]) -> None:
    for suffix in HEADS:
        print(recall(suffix, [Path(argument) for argument in arguments]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
