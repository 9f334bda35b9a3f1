"""The two repositories of the story: this project's own source, and a small shop in six languages."""

from __future__ import annotations

import secrets
import string
from pathlib import Path

SAMPLE = Path(__file__).parent / "sample"
ROOT = Path(__file__).parents[2]
CANARY = "canary-4b1d-source-must-stay-sealed"
MARKED = f"\n# {CANARY}\ndef marked_by_the_demo():\n    return None\n"


def sample(name: str) -> dict[str, bytes]:
    """Files of the bundled shop: "base", and what "worse" and "better" change in it."""
    return {f"src/{path.name}": path.read_bytes() for path in sorted((SAMPLE / name).iterdir()) if path.is_file()}


def base() -> dict[str, bytes]:
    """The shop, with a mark in its source that must be found nowhere on disk."""
    files = sample("base")
    files["src/shipping.py"] += MARKED.encode()
    return files


def worse(token: str) -> dict[str, bytes]:
    """Tangled functions, a copied one, an error that is swallowed, and a token in a settings file."""
    return sample("worse") | {"shop.env": f"GITHUB_TOKEN={token}\n".encode()}


def token() -> str:
    """In the shape of a real one, made up anew each time: none lies in this project's source."""
    return "gh" + "p_" + "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(36))


def better() -> dict[str, bytes]:
    files = sample("better")
    files["src/shipping.py"] += MARKED.encode()
    return files


def own_source() -> list[tuple[str, dict[str, bytes]]]:
    """(message, files) of a short history made from this project's own source."""
    files = {path.relative_to(ROOT).as_posix(): path for path in sorted((ROOT / "bot").rglob("*.py"))}
    values = {name: path for name, path in files.items() if name.count("/") == 1}
    steps = [("Begin with the values and ports", values), ("Add the rooms", files)]
    return [(message, {name: path.read_bytes() for name, path in chosen.items()}) for message, chosen in steps]
