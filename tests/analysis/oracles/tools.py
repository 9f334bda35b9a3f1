"""Other tools' counts of every function of some files. Each tool runs as a process of its own and reads no
configuration. SEALBEAT_TOOLS names the folder that .ci/install-tools made: node_modules/ and venv/."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.analysis.oracles.ours import Place

COUNTERS = Path(__file__).parents[3] / ".ci" / "tools"
SECONDS = 600

needs_node = pytest.mark.skipif(
    "SEALBEAT_TOOLS" not in os.environ or shutil.which("node") is None, reason="needs node, and SEALBEAT_TOOLS"
)
needs_tools = pytest.mark.skipif("SEALBEAT_TOOLS" not in os.environ, reason="SEALBEAT_TOOLS is not set")


def folder() -> Path:
    return Path(os.environ["SEALBEAT_TOOLS"])


def _told(command: list[str | Path], asked: object) -> dict[str, list[list[object]]]:
    done = subprocess.run(command, input=json.dumps(asked).encode(), capture_output=True, check=True, timeout=SECONDS)
    files = map(json.loads, done.stdout.splitlines())
    return {file["path"]: file["functions"] for file in files}


def javascript(paths: Iterable[Path]) -> dict[Place, dict[str, int]]:
    """File and first byte of every function -> what ESLint and SonarJS count. A count of 0 may be missing."""
    told = _told(["node", COUNTERS / "count-functions.mjs", folder()], [str(path) for path in paths])
    return {(path, start): counts for path, functions in told.items() for start, counts in functions}  # type: ignore[misc]


def counts(tool: str, paths: Iterable[Path]) -> dict[Place, int]:
    """File and line of every function -> what radon, complexipy or lizard counts. Of several
    that begin in one line, the first that it tells."""
    python = folder() / "venv" / "bin" / "python"
    asked = {"tool": tool, "paths": [str(path) for path in paths]}
    found: dict[Place, int] = {}
    for path, functions in _told([python, "-I", COUNTERS / "count_functions.py"], asked).items():
        for line, count in functions:
            found.setdefault((path, line), count)  # type: ignore[arg-type]
    return found


def ruff(rule: str, setting: str, paths: Iterable[Path]) -> dict[Place, int]:
    """File and line of every function -> what a rule of ruff counts, if it is more than its least setting."""
    options = ["--isolated", "--no-cache", f"--select={rule}", f"--config=lint.{setting}=0", "--ignore-noqa"]
    options += ["--preview", "--output-format=json"]
    command = [sys.executable, "-m", "ruff", "check", *options, *map(str, paths)]
    found = {}
    for told in json.loads(subprocess.run(command, capture_output=True, check=False, timeout=SECONDS).stdout):
        if number := re.search(r"\((\d+) > 0\)", told["message"]):
            found[told["filename"], told["location"]["row"]] = int(number[1])
    return found
