"""app.yaml against the code: what is asked for is used, what is called is listed."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from bot.providers import PROVIDERS, github
from bot.providers.github import auth
from bot.providers.github.events import READERS
from tests.providers.github.manifest import asked_permissions, is_listed, listed_calls, section
from tests.providers.github.parts import INSTALLATION, REPOSITORY

ROOM = Path(github.__file__).parent

# Delivered to every app; asking for them is an error.
ALWAYS = {"installation", "installation_repositories"}


def called_paths() -> set[str]:
    """Every path in the room's source, from its constants, with constants that are made of others put together."""
    found: set[str] = set()
    for file in ROOM.glob("*.py"):
        known: dict[str, str] = {}
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
                known[node.target.id] = text_of(node.value, known)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                known[f"{node.lineno}:{node.col_offset}"] = node.value
        found |= {
            value.partition("?")[0] for value in known.values() if re.match(r"/(app|repos|repositories|inst)", value)
        }
    return found


def text_of(node: ast.expr, known: dict[str, str]) -> str:
    if isinstance(node, ast.BinOp):
        return text_of(node.left, known) + text_of(node.right, known)
    if isinstance(node, ast.Name):
        return known.get(node.id, "")
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_the_events_that_are_asked_for_are_those_that_are_read() -> None:
    assert {line.removeprefix("- ") for line in section("default_events")} == READERS.keys() - ALWAYS


def test_the_permissions_that_are_asked_for_are_those_of_the_tokens_and_events() -> None:
    scopes = [auth.for_keys(REPOSITORY), auth.for_review(INSTALLATION, REPOSITORY.id), auth.for_listing(INSTALLATION)]
    needed = dict(permission for scope in scopes for permission in scope.permissions)
    assert asked_permissions() == needed | {"merge_queues": "read"}


def test_each_permission_has_its_reason() -> None:
    reasons = section("reasons")
    for name in [*asked_permissions(), "app"]:
        position = reasons.index(f"{name}:")
        assert re.fullmatch(r"why: .{40,}", reasons[position + 1])
        assert reasons[position + 2].startswith("calls:")


def test_the_code_calls_what_is_listed_and_nothing_else() -> None:
    assert called_paths() == {call.partition(" ")[2] for call in listed_calls()}


def test_the_room_is_registered() -> None:
    assert PROVIDERS["github"] is github.build


def test_a_call_that_is_not_listed_is_noticed() -> None:
    assert is_listed("PATCH", "/repos/octo-org/hello.world/check-runs/5")
    assert is_listed("GET", "/repositories/77/pulls/5")
    assert is_listed("GET", f"/repos/octo-org/hello.world/compare/{'a' * 40}...{'b' * 40}")
    assert not is_listed("DELETE", "/repos/octo-org/hello.world")
    assert not is_listed("PATCH", "/repos/octo-org/hello.world/keys/5")
