"""The keys of everything that can be found: what settings and suppressions may name, and what they meant to name."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from bot.analysis.rules import RULES
from bot.analysis.secrets.model import SECRETS
from bot.analysis.thresholds import CLONE_RULES
from bot.analysis.thresholds import RULES as STEPPED
from bot.markdown import code

METRICS: tuple[str, ...] = tuple(STEPPED)
"""What has four steps: metrics of functions and namespaces, and the size of clones."""

CLONES: tuple[str, ...] = tuple(CLONE_RULES)

_SHOWN = 60
_LONGEST = 60  # characters of a name that is looked for among the known ones


@cache
def known() -> dict[str, str]:
    """Every key of a finding, by its name in capitals: people may write it as they like."""
    return {key.upper(): key for key in (*METRICS, *rules())}


def rules() -> tuple[str, ...]:
    """What has one severity: rules and kinds of secrets."""
    return (*RULES, *SECRETS)


def find(name: str) -> str | None:
    """The key by its name in any case; None: there is none."""
    return known().get(name[:_LONGEST].upper())


def meant(name: str, names: Iterable[str]) -> str:
    """The rest of a sentence about a name that is none of `names`, in Markdown: what it may have meant."""
    by_capitals = {known.upper(): known for known in names}
    near = get_close_matches(name[:_LONGEST].upper(), by_capitals, 1, 0.6)
    return f"; did you mean {code(by_capitals[near[0]])}?" if near else "."


def shown(name: str) -> str:
    """A name from a repository as a code span."""
    return code(name, _SHOWN)
