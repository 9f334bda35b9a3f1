"""The table is whole: every event has its handler, and every delivery that we ask for has its reader."""

import ast
import inspect
from pathlib import Path

import pytest

import bot.handlers
from bot.events import KINDS
from bot.handlers import TABLE
from bot.providers.github.events import READERS

ROOT = Path(bot.handlers.__file__).parents[2]
ROOMS = sorted(Path(bot.handlers.__file__).parent.glob("[!_]*.py"))

# Delivered to every app without being asked for, and nothing to us. Why:
IGNORED = {
    "github_app_authorization": "nobody signs in with GitHub here, so there is no authorization to drop",
    "installation_target": "a renamed account: ids key everything, and its name is read again with its repositories",
    "ping": "sent when the webhook is set up, to see an answer",
}
ALWAYS = {"installation", "installation_repositories", "github_app_authorization", "installation_target", "ping"}


def default_events():
    lines = (ROOT / "app.yaml").read_text().splitlines()
    start = lines.index("default_events:") + 1
    asked = []
    for line in lines[start:]:
        if not line.startswith("  - "):
            break
        asked.append(line.removeprefix("  - ").strip())
    return asked


def test_every_kind_of_event_has_a_handler():
    assert set(TABLE) == set(KINDS.values())


def test_no_two_kinds_share_a_handler():
    assert len(set(TABLE.values())) == len(TABLE)


def test_every_handler_is_in_the_table():
    rooms = {inspect.getmodule(handler) for handler in TABLE.values()}
    public = {
        function
        for room in rooms
        for name, function in inspect.getmembers(room, inspect.iscoroutinefunction)
        if not name.startswith("_") and inspect.getmodule(function) is room
    }
    assert public == set(TABLE.values())
    assert {Path(inspect.getfile(handler)) for handler in TABLE.values()} == set(ROOMS)


def test_every_delivery_that_the_manifest_asks_for_is_read():
    asked = default_events()
    assert len(asked) == len(set(asked)) > 3
    assert set(asked) | ALWAYS == set(READERS) | set(IGNORED)
    assert set(READERS).isdisjoint(IGNORED)


def test_every_kind_of_event_can_be_told_by_a_delivery():
    source = (ROOT / "bot/providers/github/events.py").read_text()
    assert [name for name in KINDS if f"events.{name}" not in source] == []


def functions():
    for room in ROOMS:
        for node in ast.walk(ast.parse(room.read_text())):
            if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef):
                yield pytest.param(node, id=f"{room.stem}.{node.name}")


@pytest.mark.parametrize("function", list(functions()))
def test_a_handler_is_short_and_only_passes_on(function):
    assert (function.end_lineno or 0) - function.lineno < 20
    assert not [node for node in ast.walk(function) if isinstance(node, ast.Try | ast.For | ast.While)]
