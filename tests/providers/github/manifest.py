"""app.yaml, read by its lines: it is kept simple enough for that."""

from __future__ import annotations

import re
from pathlib import Path

from bot.providers import github

MANIFEST = Path(github.__file__).parents[3] / "app.yaml"


def section(name: str) -> list[str]:
    """The lines of one top-level section."""
    lines = MANIFEST.read_text().splitlines()
    start = lines.index(f"{name}:") + 1
    length = next((i for i, line in enumerate(lines[start:]) if line and not line.startswith(" ")), len(lines))
    return [line.strip() for line in lines[start : start + length] if line.strip() and not line.strip().startswith("#")]


def asked_permissions() -> dict[str, str]:
    return dict(line.split(": ") for line in section("default_permissions"))


def listed_calls() -> set[str]:
    return {line.removeprefix("- ") for line in section("reasons") if line.startswith("- ")}


def is_listed(method: str, path: str) -> bool:
    """Whether that request is one of the listed calls. GitHub redirects to addresses by id, which mean the same."""
    named = re.sub(r"^/repositories/\d+/", "/repos/x/x/", path)
    patterns = (re.sub(r"\\{\w+\\}", "[^/]+", re.escape(call)) for call in listed_calls())
    return any(re.fullmatch(pattern, f"{method} {named}") for pattern in patterns)
