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

from bot.analysis.languages import LANGUAGES
from bot.analysis.measure import Measurer

_WORDS = rb"^[ \t]*(?:[@\w]+[ \t]+)*"
_KOTLIN = _WORDS + rb"fun[ \t][^={}\n]*[={][ \t]*$"
_SWIFT = _WORDS + rb"func[ \t][^{}\n]*\{[ \t]*$"
HEADS: dict[str, tuple[str, re.Pattern[bytes]]] = {
    ".kt": ("kotlin", re.compile(_KOTLIN, re.MULTILINE)),
    ".swift": ("swift", re.compile(_SWIFT, re.MULTILINE)),
    ".m": ("objc", re.compile(rb"^[-+][ \t]*\([^)\n]*\)[^;{}\n]*\n?\{", re.MULTILINE)),
    ".mm": ("objc", re.compile(rb"^[-+][ \t]*\([^)\n]*\)[^;{}\n]*\n?\{", re.MULTILINE)),
    ".ex": ("elixir", re.compile(rb"^[ \t]*(?:def|defp|defmacro|defmacrop)[ \t][^\n]*\bdo[ \t]*$", re.MULTILINE)),
}


def files(folders: list[Path], suffix: str) -> Iterator[bytes]:
    for folder in folders:
        for path in sorted(folder.rglob(f"*{suffix}")):
            if path.is_file() and path.stat().st_size < 1 << 20:
                yield path.read_bytes()


def recall(suffix: str, folders: list[Path]) -> str:
    """One line of figures: files, bytes outside errors, and heads found in all and in those of files that parse."""
    language, head = HEADS[suffix]
    measurer = Measurer(LANGUAGES[language])
    count = parsed = heads = hits = good = good_hits = 0
    quality = size = 0.0
    for data in files(folders, suffix):
        count += 1
        found = measurer.measure(data, 10.0)
        size += len(data)
        quality += found.quality * len(data)
        parsed += found.quality == 1.0
        text = bytearray(data)
        for start, end in [*measurer._walker.comments, *measurer._walker.literals] if found.rows else ():
            text[start:end] = re.sub(rb"[^\n]", b" ", data[start:end])
        spans = {line for row in found.rows for line in range(row.start_line, row.start_line + 12)}
        for match in head.finditer(bytes(text)):
            hit = data.count(b"\n", 0, match.end()) + 1 in spans
            heads += 1
            hits += hit
            good += found.quality == 1.0
            good_hits += hit and found.quality == 1.0
    if not heads:
        return f"{suffix:6} none"
    return (
        f"{suffix:6} {count:5} files, {parsed / count:.1%} without errors, {quality / size:.1%} of bytes outside them; "
        f"{hits / heads:6.2%} of {heads} functions, {good_hits / max(1, good):6.2%} of {good} where the file parses"
    )


def main(arguments: list[str]) -> None:
    for suffix in HEADS:
        print(recall(suffix, [Path(argument) for argument in arguments]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
