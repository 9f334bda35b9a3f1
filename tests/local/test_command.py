"""`sealbeat analyze`, as somebody at a terminal meets it: a process of its own."""

import contextlib
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import orjson
import pytest

from tests.journeys.shop import MESSY, TIDY
from tests.local.repo import Repo

BOT = [sys.executable, "-m", "bot", "analyze"]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "COLUMNS": "80"}


def analyze(*arguments, cwd, **environment):
    return subprocess.run(
        [*BOT, *map(str, arguments)],
        env=ENVIRONMENT | environment,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def repo(tmp_path):
    it = Repo(tmp_path / "shop")
    it.commit({"price.py": TIDY})
    it.git("checkout", "-q", "-b", "worse")
    it.commit({"price.py": MESSY})
    return it


def test_a_change_that_would_fail_its_check_ends_with_1(repo):
    done = analyze("main..worse", cwd=repo.root)
    assert (done.returncode, done.stderr) == (1, "")
    assert "should be mended before it is merged." in done.stdout.splitlines()[0]
    assert analyze("worse..main", cwd=repo.root).returncode == 0


def test_a_repository_may_switch_its_gate_off(repo):
    repo.git("checkout", "-q", "main")
    repo.commit({".sealbeat.toml": 'gate = "off"\n'})
    assert analyze("main..worse", cwd=repo.root).returncode == 0
    assert analyze("main..worse", "--fail-on", "warning", cwd=repo.root).returncode == 1


def test_a_tree_fails_only_where_a_severity_is_named(repo):
    assert analyze(cwd=repo.root).returncode == 0
    assert analyze("--fail-on", "error", cwd=repo.root).returncode == 1
    repo.git("checkout", "-q", "main")
    assert analyze("--fail-on", "info", cwd=repo.root).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [("nowhere",), ("--format", "xml"), ("main..nowhere",), ("--metrics", "none.toml"), ("--output", "no/such/file")],
)
def test_what_cannot_be_done_ends_with_2_and_says_why(repo, arguments):
    done = analyze(*arguments, cwd=repo.root)
    assert (done.returncode, done.stdout) == (2, "")
    assert "sealbeat" in done.stderr
    assert "Traceback" not in done.stderr


def test_thresholds_may_be_ones_own(repo, tmp_path):
    own = (Path(__file__).parents[2] / "config/metrics.toml").read_text()
    own = re.sub(r"^(CYCLO|COGNITIVE|ABC|ARITY|BLOCK_NESTING|LOC) = \[.*?\]", r"\1 = false", own, flags=re.MULTILINE)
    (tmp_path / "own.toml").write_text(own)
    assert "CYCLO" in analyze("main..worse", cwd=repo.root).stdout
    done = analyze("main..worse", "--metrics", tmp_path / "own.toml", cwd=repo.root)
    assert (done.returncode, "CYCLO" in done.stdout) == (0, False)


@pytest.mark.parametrize("form", ["text", "json", "sarif", "markdown"])
def test_the_same_input_gives_the_same_bytes(repo, form):
    repo.write({"more.py": MESSY, "keys.py": b'TOKEN = "ghp_' + b"9fK2mQ7xZ1vB4nL8sD3wR6tY0uI5oP7aJ2hG" + b'"\n'})
    one, other = (analyze("--format", form, "--all", cwd=repo.root, PYTHONHASHSEED=seed).stdout for seed in ("1", "2"))
    assert one
    assert one == other


def test_a_secret_is_told_by_kind_and_place_only(repo):
    secret = "ghp_" + "9fK2mQ7xZ1vB4nL8sD3wR6tY0uI5oP7aJ2hG"
    repo.write({"keys.py": f'TOKEN = "{secret}"\n'})
    for form in ("text", "json", "sarif", "markdown"):
        said = analyze("--format", form, "--all", cwd=repo.root).stdout
        assert "secret-github" in said or "GitHub" in said
        assert secret[4:] not in said


def test_paths_lead_to_the_files_from_where_one_stands(repo, tmp_path):
    assert "\n  shop/price.py:1  " in analyze("shop", cwd=tmp_path).stdout
    (repo.root / "deep").mkdir()
    assert "\n  ../price.py:1  " in analyze("main..worse", cwd=repo.root / "deep").stdout


def test_output_goes_whole_into_a_file(repo, tmp_path):
    place = tmp_path / "report.json"
    done = analyze("--format", "json", "--output", place, cwd=repo.root)
    assert (done.returncode, done.stdout) == (0, "")
    assert orjson.loads(place.read_bytes())["kind"] == "tree"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.json", "shop"]


def test_a_reader_who_leaves_early_is_no_error(repo):
    with subprocess.Popen(
        [*BOT, "--format", "json"], env=ENVIRONMENT, cwd=repo.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def on_a_terminal(*arguments, cwd, **environment):
    """(what a terminal shows of standard output and error, the exit status)."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*BOT, *arguments], env=ENVIRONMENT | {"TERM": "xterm"} | environment, cwd=cwd, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said = b""
    try:
        while part := os.read(ours, 65536):
            said += part
    except OSError:  # the other side has closed
        pass
    os.close(ours)
    return said, process.wait(60)


def test_a_terminal_gets_colours_and_a_bar_unless_it_wants_none(repo):
    said, status = on_a_terminal("main..worse", cwd=repo.root)
    assert status == 1
    assert b"\x1b[31m" in said or b"\x1b[1;31m" in said
    assert "━".encode() in said  # the bar
    for how in ({"NO_COLOR": "1"}, {}):
        plain, _ = on_a_terminal("main..worse", *([] if how else ["--no-color"]), cwd=repo.root, **how)
        assert b"should be mended" in plain
        assert not re.search(rb"\x1b\[[0-9;]*3[0-7]m", plain)


def test_a_pipe_gets_neither_colours_nor_a_bar(repo):
    done = analyze("main..worse", cwd=repo.root, TERM="xterm", FORCE_COLOR="1")
    assert "\x1b" not in done.stdout + done.stderr


def test_ctrl_c_ends_it_and_leaves_nothing(tmp_path):
    (tmp_path / "code").mkdir()
    for number in range(300):
        (tmp_path / "code" / f"{number}.py").write_bytes(MESSY * 40)
    place = tmp_path / "report.json"
    process = subprocess.Popen(
        [*BOT, "code", "--format", "json", "--output", str(place)],
        env=ENVIRONMENT,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    children = children_of(process.pid)
    end = time.monotonic() + 30
    while not children and time.monotonic() < end:
        time.sleep(0.05)
        children = children_of(process.pid)
    assert children
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert not [child for child in children if Path(f"/proc/{child}").exists()]
    assert [path.name for path in tmp_path.iterdir()] == ["code"]


def children_of(pid):
    """Of all its threads: whichever starts a process is its parent here."""
    found = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += listed.read_text().split()
    return found
