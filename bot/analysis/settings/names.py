"""How people call languages: in `.codebeatsettings`, and in the settings of their own."""

from __future__ import annotations

from functools import cache

from bot.analysis.languages import LANGUAGES

_ALIASES = {
    "golang": "go",
    "js": "javascript",
    "jsx": "javascript",
    "ecmascript": "javascript",
    "ts": "typescript",
    "py": "python",
    "rb": "ruby",
    "kt": "kotlin",
    "ex": "elixir",
    "rs": "rust",
    "objectivec": "objc",
    "objectivecpp": "objc",
    "objcpp": "objc",
    "cplusplus": "cpp",
    "c++": "cpp",
    "cc": "cpp",
    "c#": "csharp",
    "cs": "csharp",
}


def _plain(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum() or char in "+#")


@cache
def _by_name() -> dict[str, str]:
    return {_plain(known): known for known in LANGUAGES}


def language(name: str) -> str | None:
    """The language by any of its names, in any case; None: it is not one that is measured."""
    by_name = _by_name()
    plain = _plain(name[:40])
    known = by_name.get(plain)
    if known is None and plain in _ALIASES:
        wanted = _ALIASES[plain]
        same = {wanted, *(alias for alias, target in _ALIASES.items() if target == wanted)}
        known = next((by_name[alias] for alias in sorted(same) if alias in by_name), None)
    return known


@cache
def spellings() -> tuple[str, ...]:
    """What a language may be called."""
    return (*LANGUAGES, *(alias for alias in _ALIASES if language(alias)))


def implied(known: str) -> tuple[str, ...]:
    """Languages for which the settings of this one hold too, unless they have their own."""
    return ("tsx",) if known == "typescript" else ()
