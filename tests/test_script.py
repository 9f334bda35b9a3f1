"""The script ./sealbeat: what it says, and does, on machines that lack something."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOLS: tuple[str, ...] = ("awk", "cat", "cmp", "cp", "df", "dirname", "env", "git")
TOOLS += ("grep", "mkdir", "readlink", "rm", "sh", "tail", "uname")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the script and the locks alone."""
    folder = tmp_path / "check out"  # a space, as people have them
    folder.mkdir()
    for name in ("sealbeat", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A PATH with the usual tools, without Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        where = shutil.which(tool)
        assert where, f"{tool} is not on this machine"
        (folder / tool).symlink_to(where)
    return folder


def run(script: Path, *arguments: str, path: Path | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
    variables = {"PATH": str(path) if path else os.environ["PATH"], "PIP_CONFIG_FILE": os.devnull} | environ
    command = ["/bin/sh", str(script), *arguments]
    return subprocess.run(command, env=variables, cwd="/", capture_output=True, text=True, check=False)


def python(folder: Path, program: str) -> None:
    (folder / "python3").write_text(f"#!/bin/sh\n{program}\n")
    (folder / "python3").chmod(0o755)


def whole(checkout: Path, where: str | None = None) -> None:
    """An environment as the script leaves it, around a bot that shows what it was started with."""
    subprocess.run([sys.executable, "-I", "-m", "venv", "--without-pip", checkout / ".venv"], check=True)
    site = next((checkout / ".venv/lib").glob("python*/site-packages"))
    (site / "bot.py").write_text("import os, sys\nprint(sys.argv[1:], os.getcwd(), sys.flags.isolated)\n")
    stamp = checkout / ".venv/.sealbeat"
    stamp.mkdir()
    shutil.copy(checkout / "requirements.lock", stamp)
    (stamp / "python").write_text("{}.{}\n".format(*sys.version_info))
    (stamp / "where").write_text((where or str(checkout)) + "\n")


def test_without_python_it_says_what_to_install(checkout: Path, machine: Path):
    done = run(checkout / "sealbeat", path=machine)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; this machine has no python3 that runs" in done.stderr
    assert "apt install python3 python3-venv" in done.stderr


def test_an_old_python_is_named(checkout: Path, machine: Path):
    python(machine, 'case "$1" in -V) echo Python 3.9.2 ;; *) exit 1 ;; esac')
    assert "this machine has Python 3.9.2." in run(checkout / "sealbeat", path=machine).stderr


def test_a_python_that_was_asked_for_must_fit(checkout: Path, machine: Path):
    done = run(checkout / "sealbeat", path=machine, SEALBEAT_PYTHON="/bin/false")
    assert "SEALBEAT_PYTHON (/bin/false) is not a Python of 3.11 or newer." in done.stderr


def test_without_git_it_says_what_to_install(checkout: Path, machine: Path):
    (machine / "git").unlink()
    done = run(checkout / "sealbeat", path=machine)
    assert (done.returncode, "apt install git" in done.stderr) == (1, True)


def test_an_environment_of_somebody_else_is_left_alone(checkout: Path):
    (checkout / ".venv").mkdir()
    (checkout / ".venv/precious").touch()
    done = run(checkout / "sealbeat", SEALBEAT_PYTHON=sys.executable)
    assert "not made by this script" in done.stderr
    assert (checkout / ".venv/precious").exists()


def test_without_a_way_to_the_index_it_says_so_and_starts_over_next_time(checkout: Path):
    (checkout / ".venv/.sealbeat").mkdir(parents=True)  # an installation that was cut short
    (checkout / ".venv/lib").mkdir()
    (checkout / ".venv/lib/half").touch()
    nowhere = "http://127.0.0.1:9/simple"
    done = run(checkout / "sealbeat", SEALBEAT_PYTHON=sys.executable, PIP_INDEX_URL=nowhere, PIP_RETRIES="1")
    assert done.returncode == 1
    assert "no way to the package index" in done.stderr
    assert not (checkout / ".venv/lib/half").exists()
    assert not (checkout / ".venv/.sealbeat/where").exists()


def test_a_whole_environment_runs_the_bot_at_once_from_any_folder_and_through_a_link(checkout: Path, tmp_path: Path):
    whole(checkout)
    link = tmp_path / "link"
    link.symlink_to("check out/sealbeat")
    for script in (checkout / "sealbeat", link):
        done = run(script, "serve", "--config", "a b")
        assert (done.returncode, done.stdout, done.stderr) == (0, "['serve', '--config', 'a b'] / 1\n", "")


@pytest.mark.parametrize("how", ["moved", "lock", "python"])
def test_an_environment_that_no_longer_fits_is_made_anew(checkout: Path, machine: Path, how: str):
    whole(checkout, where="/elsewhere" if how == "moved" else None)
    if how == "lock":
        (checkout / "requirements.lock").write_text("another==1\n")
    if how == "python":
        (checkout / ".venv/.sealbeat/python").write_text("3.10\n")
    python(machine, f'case "$*" in *"-m venv"*) exit 1 ;; *) exec {sys.executable} "$@" ;; esac')
    done = run(checkout / "sealbeat", path=machine)
    assert "making the environment" in done.stderr
    assert "could not make an environment" in done.stderr


def test_a_second_run_waits_while_the_first_one_installs(checkout: Path):
    folder = os.open(checkout, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    variables = os.environ | {"SEALBEAT_PYTHON": sys.executable}
    command, pipe = ["/bin/sh", str(checkout / "sealbeat")], subprocess.PIPE
    with subprocess.Popen(command, env=variables, stdout=pipe, stderr=pipe) as second:
        assert second.stderr
        assert b"waiting for it" in second.stderr.readline()
        whole(checkout)
        os.close(folder)
        out, _ = second.communicate(timeout=60)
    assert out.startswith(b"[] ")
