"""jscpd, the clone finder that people know, as an oracle: its findings and ours on the same files, as sets of lines.

It runs outside of any jail, on files that the tests chose, and reads no configuration from them. SEALBEAT_TOOLS names
a folder whose node_modules/ holds `jscpd` 5.3.2 (Rust) and, for the bench, `jscpd4`, which is jscpd 4.3.0 (JavaScript).
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.analysis.duplication.clones import find
from bot.analysis.duplication.model import Clone
from bot.analysis.duplication.tokens import FIXED, IGNORED, Tokens, unpack
from bot.analysis.languages import LANGUAGES
from bot.analysis.lines import count_lines
from bot.analysis.measure import Measurer

Line = tuple[int, int]  # number of the file, number of the line from 1
SCRIPTS = {"jscpd": "run-jscpd.js", "jscpd4": "bin/jscpd"}


def script(tool: str) -> Path | None:
    """The tool's program, or None where it is not installed."""
    folder = os.environ.get("SEALBEAT_TOOLS")
    path = Path(folder or "/nonexistent") / "node_modules" / tool / SCRIPTS[tool]
    return path if folder and path.exists() and shutil.which("node") else None


class Told(NamedTuple):
    """What a tool found: the lines of both sides of every clone, and what it cost in seconds of CPU time."""

    lines: set[Line]
    seconds: float


def run(tool: str, root: Path, files: Sequence[Path], tokens: int) -> Told:
    program = script(tool)
    assert program is not None
    with tempfile.TemporaryDirectory() as folder:
        options = ["--min-tokens", str(tokens), "--min-lines", "1", "--max-lines", "1000000", "--max-size", "2mb"]
        options += ["--mode", "weak", "--reporters", "json", "--output", folder, "--silent", "--absolute"]
        options += ["--workers", "1", "--no-gitignore"] if tool == "jscpd" else []
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(["node", program, *options, root], cwd=folder, capture_output=True, check=True, timeout=600)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        report = json.loads((Path(folder) / "jscpd-report.json").read_bytes())
    numbers = {str(path.resolve()): number for number, path in enumerate(files)}
    lines = set()
    for clone in report["duplicates"]:
        for side in (clone["firstFile"], clone["secondFile"]):
            number = numbers.get(str(Path(side["name"]).resolve()))
            if number is not None:
                lines |= {(number, line) for line in range(side["start"], side["end"] + 1)}
    return Told(lines, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def streams(language: str, files: Sequence[Path], *, everything: bool) -> list[Tokens]:
    """Our tokens of these files; with imports and tables of data if `everything` is wanted, as jscpd compares them."""
    measurer = Measurer(LANGUAGES[language], ())
    return [_stream(measurer.measure(data, 60.0).tokens, count_lines(data), everything) for data in _contents(files)]


def _contents(files: Sequence[Path]) -> list[bytes]:
    return [path.read_bytes() for path in files]


def _stream(packed: bytes, lines: int, everything: bool) -> Tokens:
    numbers = np.frombuffer(packed, "<u4").copy()
    if everything:
        numbers[lines:][numbers[lines:] & 3 == IGNORED] ^= IGNORED ^ FIXED
    return unpack(numbers.tobytes(), lines)


def lines_of(clones: Sequence[Clone]) -> set[Line]:
    """The lines of both sides of every clone."""
    found = {(clone.file, line) for clone in clones for line in range(clone.line, clone.end_line + 1)}
    originals = ((c.original_file, range(c.original_line, c.original_end_line + 1)) for c in clones)
    return found | {(file, line) for file, span in originals for line in span}


def code_lines(tokens: Sequence[Tokens]) -> set[Line]:
    """All lines that hold code."""
    steps = ((number, np.diff(stream.code, prepend=0)) for number, stream in enumerate(tokens))
    return {(number, int(line) + 1) for number, step in steps for line in np.flatnonzero(step)}


class Agreement(NamedTuple):
    """Shares of their lines that we found, and of ours that they did, among lines that hold code."""

    found: float
    confirmed: float
    ours: int
    theirs: int


def agreement(tokens: Sequence[Tokens], theirs: set[Line], size: int) -> Agreement:
    code = code_lines(tokens)
    ours = lines_of(find(tokens, exact=size, similar=None)) & code
    theirs = theirs & code
    both = len(ours & theirs)
    return Agreement(both / max(1, len(theirs)), both / max(1, len(ours)), len(ours), len(theirs))
