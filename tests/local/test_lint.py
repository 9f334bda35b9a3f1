"""What a check would say about the settings is said at home first."""

import subprocess

import pytest

from bot.analysis.settings import loose
from bot.errors import ConfigError
from bot.local import lint

SLIP = "comments = true\nfail_severity = 'bad'\n"
SAID = (
    '.sealbeat.toml:2: `fail_severity` must be `"info"`, `"warning"`, `"error"` or `"critical"`; assumed: `"error"`.',
    "1 problem in .sealbeat.toml.",
)


def test_a_slip_is_told_with_file_and_line(tmp_path):
    (tmp_path / ".sealbeat.toml").write_text(SLIP)
    assert lint.look(tmp_path) == lint.Found(SAID, 1)


def test_all_three_files_are_looked_at(tmp_path):
    (tmp_path / ".sealbeat.toml").write_text("comments = true\n")
    (tmp_path / ".codebeatsettings").write_text('{"GOLAN": {}}')
    (tmp_path / ".codebeatignore").write_text("ok/**\na[b\n")
    assert lint.look(tmp_path).lines == (
        ".codebeatsettings:1: `GOLAN` is no language that is measured, and was ignored; did you mean `golang`?",
        ".codebeatignore:2: the pattern `a[b` has a `[` without its `]`; it was ignored.",
        "2 problems in .codebeatsettings, .codebeatignore, .sealbeat.toml.",
    )


def test_right_settings_are_said_to_be_right(tmp_path):
    (tmp_path / ".sealbeat.toml").write_text("comments = true\n")
    assert lint.look(tmp_path) == lint.Found(("No problems in .sealbeat.toml.",), 0)


def test_without_settings_the_defaults_hold(tmp_path):
    found = lint.look(tmp_path)
    assert found.problems == 0
    assert found.lines[0].startswith("There are no settings in ")


def test_from_within_a_work_tree_its_root_is_looked_at(tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".sealbeat.toml").write_text(SLIP)
    (tmp_path / "src/deep").mkdir(parents=True)
    assert lint.look(tmp_path / "src/deep").lines == SAID


def test_a_file_that_is_too_large_is_told(tmp_path):
    (tmp_path / ".codebeatsettings").write_bytes(b" " * (loose.MAX_BYTES + 1))
    assert lint.look(tmp_path).lines[0] == ".codebeatsettings: the file is over 16 KiB: nothing of it is used."


def test_what_is_no_folder_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="is not a folder"):
        lint.look(tmp_path / "nowhere")
