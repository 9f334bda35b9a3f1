"""The analyser's version: what was measured by another one is measured anew."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.metadata import distributions
from pathlib import Path

_HOME = Path(__file__).parent


@cache
def analyser_version() -> str:
    """16 hex digits over the analysis' own source and the grammars' releases: nobody can forget to raise it."""
    seen = blake2b(digest_size=8)
    for path in sorted(_HOME.rglob("*.py")):
        seen.update(path.relative_to(_HOME).as_posix().encode())
        seen.update(path.read_bytes())
    names = sorted({(d.name.lower(), d.version) for d in distributions() if d.name.lower().startswith("tree-sitter")})
    seen.update(repr(names).encode())
    return seen.hexdigest()
