"""House rules are tests: who may import what, how large a room may grow, and what must not be in one at all.

A rule is a function from sources to complaints; each has a planted sample that it must complain about.
"""

from __future__ import annotations

import ast
import os
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BOT = ROOT / "bot"
MIB = 1024 * 1024

FILE_LINES = 300
FUNCTION_LINES = 100
FUNCTION_LINES_P95 = 50
README_LINES = 150
ADR_LINES = range(4, 13)  # with its title, at up to two lines a sentence

# Some libraries have one room each, so that they can be replaced, and their traps closed, in one place.
LIBRARY_ROOMS = {
    "gidgethub": ("bot/providers/github/",),
    "sqlite3": ("bot/vault/stores/sqlite/",),
    "tree_sitter": ("bot/analysis/",),
    "numpy": ("bot/analysis/",),
    "re2": ("bot/analysis/",),
    "pyseccomp": ("bot/analysis/",),
    "ctypes": ("bot/analysis/",),
    "zstandard": ("bot/vault/",),
    "rich": ("bot/demo/", "bot/local/", "bot/__main__.py"),
    "pydantic": ("bot/config/",),
}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "yaml.load", "marshal.loads"}
FORBIDDEN_IMPORTS = {"pickle", "shelve", "marshal", "yaml", "telnetlib", "xmlrpc"}
SHELLS = {"asyncio.create_subprocess_shell", "subprocess.getoutput", "subprocess.getstatusoutput"}
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|farm|root|home/\w+|Users/\w+)/|(?<![\w.])/tmp/[a-z]+-")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b|\bNotImplementedError\b")


def tracked(*patterns: str) -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z", "--", *patterns], cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name.decode() for name in done.stdout.split(b"\0") if name]
    return [path for path in paths if path.is_file()]


def rooms() -> list[Path]:
    """Every module; what the demo reviews is data."""
    return sorted(path for path in BOT.rglob("*.py") if BOT / "demo/sample" not in path.parents)


def functions(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def long_files(paths: Iterable[Path]) -> list[str]:
    counted = ((path, len(path.read_text().splitlines())) for path in paths)
    return [f"{path}: {lines} lines" for path, lines in counted if lines > FILE_LINES]


def long_functions(paths: Iterable[Path]) -> list[str]:
    lengths = [(f"{path}: {name}", lines) for path in paths for name, lines in functions(ast.parse(path.read_text()))]
    found = [f"{where}: {lines} lines" for where, lines in lengths if lines > FUNCTION_LINES]
    if len(lengths) > 1:
        p95 = statistics.quantiles([lines for _, lines in lengths], n=20)[-1]
        found += [f"95 % of functions are within {p95:.0f} lines"] if p95 > FUNCTION_LINES_P95 else []
    return found


def dangerous(paths: Iterable[Path]) -> list[str]:
    """Nothing that turns text into code or into a shell's command line, and commands as lists only."""
    found = []
    for path in paths:
        tree = ast.parse(path.read_text())
        found += [f"{path}: import {name}" for name in imports(tree) if name.partition(".")[0] in FORBIDDEN_IMPORTS]
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                found += [f"{path}:{node.lineno}: {reason}" for reason in _dangerous_call(node)]
    return found


def _dangerous_call(call: ast.Call) -> Iterator[str]:
    name = ast.unparse(call.func)
    if name in FORBIDDEN_CALLS | SHELLS:
        yield name
    if any(keyword.arg == "shell" for keyword in call.keywords):
        yield "shell="
    if (
        name.startswith("subprocess.")
        and call.args
        and isinstance(call.args[0], ast.JoinedStr | ast.BinOp | ast.Constant)
    ):
        yield "a command that is text"


def library_strays(paths: Iterable[Path], root: Path) -> list[str]:
    found = []
    for path in paths:
        place = path.relative_to(root).as_posix()
        for name in imports(ast.parse(path.read_text())):
            library = name.partition(".")[0]
            allowed = LIBRARY_ROOMS.get("tree_sitter" if library.startswith("tree_sitter_") else library)
            if allowed and not place.startswith(allowed):
                found.append(f"{place}: import {name}")
    return found


def unfinished(paths: Iterable[Path]) -> list[str]:
    return [f"{path}: {match[0]}" for path in paths for match in UNFINISHED.finditer(path.read_text())]


def machine_paths(paths: Iterable[Path]) -> list[str]:
    texts = ((path, path.read_bytes().decode("utf-8", "replace")) for path in paths)
    return [f"{path}: {match[0]}" for path, text in texts for match in MACHINE_PATHS.finditer(text)]


def without_purpose(paths: Iterable[Path]) -> list[str]:
    return [str(path) for path in paths if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text()))]


def heavy(paths: Iterable[Path]) -> list[str]:
    return [f"{path}: {path.stat().st_size} bytes" for path in paths if path.stat().st_size > MIB]


def wordy_decisions(paths: Iterable[Path]) -> list[str]:
    """A decision is a page that one reads: a title, and about five lines."""
    found = []
    for path in paths:
        lines = [line for line in path.read_text().splitlines() if line.strip()]
        if not lines or not lines[0].startswith("# ") or len(lines) not in ADR_LINES:
            found.append(f"{path}: {len(lines)} lines")
    return found


# --------------------------------------------------------------- held against the house


def test_files_are_small():
    assert long_files(rooms()) == []


def test_functions_are_small():
    assert long_functions(rooms()) == []


def test_nothing_turns_text_into_code_or_commands():
    assert dangerous(rooms()) == []


def test_libraries_stay_in_their_rooms():
    assert library_strays(rooms(), ROOT) == []


def test_every_room_says_what_it_is_for():
    assert without_purpose(rooms()) == []


def test_nothing_is_left_unfinished():
    assert unfinished([path for path in tracked("*.py", "*.toml", "*.md", "sealbeat") if path != Path(__file__)]) == []


def test_no_path_of_one_machine_is_in_the_project():
    assert machine_paths([path for path in tracked() if path != Path(__file__)]) == []


def test_no_file_is_heavy():
    assert heavy(tracked()) == []


def test_decisions_are_short():
    decisions = sorted((ROOT / "docs/adr").glob("*.md"))
    assert decisions
    assert wordy_decisions(decisions) == []


def test_the_readme_is_short_and_names_what_one_needs_first():
    lines = (ROOT / "README.md").read_text().splitlines()
    assert len(lines) <= README_LINES
    assert "Python >= 3.11" in lines[0]
    assert "git" in lines[0]


def test_links_of_the_papers_lead_somewhere():
    papers = tracked("*.md")
    links = [(paper, link) for paper in papers for link in re.findall(r"\]\(([^)#:]+)\)", paper.read_text())]
    assert links
    assert [f"{paper}: {link}" for paper, link in links if not (paper.parent / link).exists()] == []


def test_the_tests_install_what_the_bot_runs_on():
    run, dev = (pins(ROOT / name) for name in ("requirements.lock", "requirements-dev.lock"))
    assert run.items() <= dev.items()
    named = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert {re.split(r"[^\w.-]", name)[0] for name in named} <= run.keys()


def pins(lock: Path) -> dict[str, str]:
    text = lock.read_text()
    found = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", text, re.MULTILINE)  # one may have a pin per Python version
    assert found
    assert len(re.findall(r"^[A-Za-z0-9._-]+==.*\\\n    --hash=sha256:", text, re.MULTILINE)) == len(found)
    return dict(found)


# ------------------------------------------------------- planted samples: each is caught

PLANTED: list[tuple[Callable[[list[Path]], list[str]], str]] = [
    (long_files, "x = 1\n" * (FILE_LINES + 1)),
    (long_functions, "def f():\n" + "    x = 1\n" * FUNCTION_LINES),
    (long_functions, "".join(f"def f{i}():\n" + "    x = 1\n" * FUNCTION_LINES_P95 for i in range(9))),
    (dangerous, "eval('1')\n"),
    (dangerous, "import os\nos.system('ls')\n"),
    (dangerous, "from pickle import loads\n"),
    (dangerous, "import yaml.loader\n"),
    (dangerous, "import subprocess\nsubprocess.run(['ls'], shell=True)\n"),
    (dangerous, "import subprocess\nsubprocess.run(f'ls {1}')\n"),
    (dangerous, "import asyncio\nasyncio.create_subprocess_shell('ls')\n"),
    (unfinished, "# TODO: later\n"),
    (unfinished, "raise NotImplementedError\n"),
    (machine_paths, "x = '/home/somebody/x'\n"),
    (machine_paths, "see /root/x\n"),
    (without_purpose, "x = 1\n"),
    (heavy, "#" * (MIB + 1)),
    (wordy_decisions, "# A title\n" + "A line.\n" * 20),
    (wordy_decisions, "A line.\n" * 5),
    (lambda paths: library_strays(paths, paths[0].parent), "from gidgethub import sansio\n"),
    (lambda paths: library_strays(paths, paths[0].parent), "import tree_sitter_python\n"),
]


@pytest.mark.parametrize(("rule", "sample"), PLANTED, ids=range(len(PLANTED)))
def test_a_planted_sample_is_caught(rule: Callable[[list[Path]], list[str]], sample: str, tmp_path: Path):
    path = tmp_path / "planted.py"
    path.write_text(sample)
    assert rule([path])


def test_what_only_looks_bad_is_let_through(tmp_path: Path):
    path = tmp_path / "fine.py"
    path.write_text('"""A room."""\nimport re, subprocess\nre.compile("eval")\nsubprocess.run(["git", "gc"])\n')
    rules = (long_files, long_functions, dangerous, unfinished, machine_paths, without_purpose, heavy)
    assert [complaint for rule in rules for complaint in rule([path])] == []


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"
    environ = os.environ | {"PYTHONPATH": str(folder)}
    command = [sys.executable, "-c", program, "--no-cache"]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


def test_imports_flow_one_way():
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Contracts: 5 kept, 0 broken." in done.stdout


def skeleton(folder: Path) -> None:
    """The house without its furniture: every package and module, empty, under the same contracts."""
    for room in rooms():
        copy = folder / room.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text("")
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())


def test_each_import_contract_catches_a_planted_import(tmp_path: Path):
    skeleton(tmp_path)
    assert "5 kept, 0 broken" in lint_imports(tmp_path).stdout
    planted = {
        "bot/model.py": "import bot.errors, bot.services",
        "bot/services/__init__.py": "import bot.fetch",
        "bot/queue/__init__.py": "import bot.config",
        "bot/providers/local/__init__.py": "import bot.providers.github",
        "bot/handlers/push.py": "import bot.handlers.check",
    }
    for place, line in planted.items():
        assert (tmp_path / place).exists()
        (tmp_path / place).write_text(line + "\n")
    assert "0 kept, 5 broken" in lint_imports(tmp_path).stdout
