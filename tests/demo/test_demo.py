"""The demo is a claim to a stranger: it must be true, say so by its exit code, and leave nothing behind."""

import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console

from bot.demo.screen import Screen

ROOT = Path(__file__).parents[2]

DOUBTER = """
import asyncio, sys
from bot.demo import story
from bot.demo.screen import Screen

class Doubter(Screen):
    def verify(self, claim, true):
        super().verify(claim, true and "read-only" not in claim)

sys.exit(asyncio.run(story.tell(keep=False, screen=Doubter())))
"""


def run(folder, *arguments):
    """The demo, with a temporary folder of its own."""
    environment = os.environ | {"TMPDIR": str(folder), "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    return subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False)


def test_every_claim_is_verified_and_nothing_stays(tmp_path):
    done = run(tmp_path, "-m", "bot", "demo")
    assert done.returncode == 0, done.stdout + done.stderr
    marks = done.stdout.count("✓")
    assert marks >= 15
    assert "✗" not in done.stdout
    assert f"All {marks} claims verified." in done.stdout
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_a_claim_that_is_not_true_ends_it_with_1(tmp_path):
    done = run(tmp_path, "-c", DOUBTER)
    assert done.returncode == 1, done.stderr
    assert done.stdout.count("✗") == 2
    assert "Not true: one key, read-only; one key, read-only" in done.stdout
    assert "claims verified" not in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_screen_counts_what_is_true_and_keeps_what_is_not():
    screen = Screen(Console(quiet=True))
    screen.verify("one", True)
    screen.verify("two", False)
    assert (screen.verified, screen.failures) == (1, ["two"])


def test_claims_and_titles_are_text_and_no_markup(capsys):
    screen = Screen(Console(width=200))
    screen.verify("[bold]a claim[/bold]", True)
    screen.say("[red]said")
    assert "✓ [bold]a claim[/bold]" in (out := capsys.readouterr().out)
    assert "[red]said" in out
