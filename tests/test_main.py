"""The command line, as an operator meets it: each command a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot import __version__
from tests.journeys.bot_process import PRIVATE_PEM

CURES = {
    "SEALBEAT_GITHUB__APP_ID": "the App ID on the page of your GitHub App",
    "SEALBEAT_GITHUB__PRIVATE_KEY": "private_key_file",
    "SEALBEAT_GITHUB__WEBHOOK_SECRET": "webhook_secret_file",
}


@pytest.fixture
def settings(tmp_path):
    return {
        "SEALBEAT_GITHUB__APP_ID": "7",
        "SEALBEAT_GITHUB__PRIVATE_KEY": PRIVATE_PEM.decode(),
        "SEALBEAT_GITHUB__WEBHOOK_SECRET": "a-webhook-secret-to-be-kept",
        "SEALBEAT_DATA__DIRECTORY": str(tmp_path / "data"),
        "SEALBEAT_DATA__WORKSPACE": str(tmp_path / "workspace"),
    }


def sealbeat(*arguments, settings=None, cwd=None):
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])} | (settings or {})
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(command, env=environment, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


def test_it_tells_its_version():
    done = sealbeat("--version")
    assert (done.returncode, done.stdout) == (0, f"sealbeat {__version__}\n")


def test_help_names_every_command():
    done = sealbeat("--help")
    assert done.returncode == 0
    for command in ("serve", "demo", "check-config", "lint-config", "analyze", "dead", "receipts"):
        assert f"\n    {command}" in done.stdout


@pytest.mark.parametrize("arguments", [(), ("sevre",), ("dead", "--replay", "x"), ("serve", "--port", "1")])
def test_a_command_that_is_none_ends_with_2_and_says_which_there_are(arguments):
    done = sealbeat(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: sealbeat")
    assert "Traceback" not in done.stderr


def test_right_settings_are_called_right(settings, tmp_path):
    done = sealbeat("check-config", settings=settings, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "The settings are right.\n", "")
    assert not (tmp_path / "data").exists()  # looking makes nothing


@pytest.mark.parametrize("command", ["check-config", "serve", "dead", "receipts"])
def test_wrong_settings_end_every_command_with_2_and_every_cure_at_once(command, tmp_path):
    done = sealbeat(command, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("sealbeat: the settings are not right:")
    assert all(cure in done.stderr for cure in CURES.values())
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_named(settings, tmp_path):
    done = sealbeat("check-config", "--config", "nowhere.toml", settings=settings, cwd=tmp_path)
    assert done.returncode == 2
    assert (
        done.stderr
        == "sealbeat: nowhere.toml: cannot be read (No such file or directory); give its path with --config\n"
    )


def test_a_misspelt_setting_is_told_with_its_nearest_and_no_value_is_shown(settings, tmp_path):
    done = sealbeat("check-config", settings=settings | {"SEALBEAT_SERVER__PROT": "sesame-open"}, cwd=tmp_path)
    assert done.returncode == 2
    assert "SEALBEAT_SERVER__PROT is not a setting; nearest: SEALBEAT_SERVER__PORT" in done.stderr
    assert not [secret for secret in (*settings.values(), "sesame-open") if secret != "7" and secret in done.stderr]


def test_without_receipts_standard_output_stays_empty(settings, tmp_path):
    done = sealbeat("receipts", settings=settings, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("No receipts: nothing has been wiped")


def test_without_dead_jobs_it_says_so(settings, tmp_path):
    done = sealbeat("dead", settings=settings, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Nothing lies in the dead letter.\n", "")


def test_a_dead_job_that_is_none_cannot_be_replayed(settings, tmp_path):
    done = sealbeat("dead", "--replay", "5", settings=settings, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "There is no dead job 5; list them with: sealbeat dead\n"


def test_a_port_that_is_taken_is_told_with_its_cure(settings, tmp_path):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = sealbeat("serve", settings=settings | {"SEALBEAT_SERVER__PORT": port,
            "SEALBEAT_GITHUB__API_URL": "http://127.0.0.1:9"}, cwd=tmp_path)  # fmt: skip
    assert done.returncode == 2
    assert f"cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "[server] port" in done.stderr


def test_lint_config_fails_where_there_is_something_to_put_right(tmp_path):
    (tmp_path / ".sealbeat.toml").write_text("coments = true\n")
    done = sealbeat("lint-config", str(tmp_path), cwd=tmp_path)
    assert done.returncode == 1
    assert ".sealbeat.toml:1: `coments` is not a setting, and was ignored; did you mean `comments`?" in done.stdout
    (tmp_path / ".sealbeat.toml").write_text("comments = true\n")
    assert sealbeat("lint-config", cwd=tmp_path).returncode == 0
    assert sealbeat("lint-config", "nowhere", cwd=tmp_path).returncode == 2
