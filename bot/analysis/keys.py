"""The keys of everything that can be found: what settings and suppressions may name, and what they meant to name."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from typing import get_args

from bot.analysis.duplication.model import CloneKind
from bot.analysis.rules import RULES
from bot.analysis.thresholds import RULES as FUNCTION_METRICS
from bot.markdown import code

METRICS: tuple[str, ...] = tuple(
    dict.fromkeys(
        (*FUNCTION_METRICS, "RETURN_VALUES", "TOTAL_COMPLEXITY", "TOTAL_LOC", "TOO_MANY_FUNCTIONS", "TOO_MANY_IVARS")
    )
)
"""What has four steps."""

CLONES: tuple[str, ...] = get_args(CloneKind)

_SHOWN = 60
_LONGEST = 60  # characters of a name that is looked for among the known ones


@cache
def known() -> dict[str, str]:
    """Every key of a finding, by its name in capitals: people may write it as they like."""
    return {key.upper(): key for key in (*METRICS, *CLONES, *RULES)}


def meant(name: str, names: Iterable[str]) -> str:
    """The rest of a sentence about a name that is none of `names`, in Markdown: what it may have meant."""
    near = get_close_matches(name[:_LONGEST].upper(), {known.upper(): known for known in names}, 1, 0.6)
    by_capitals = {known.upper(): known for known in names}
    return f"; did you mean {code(by_capitals[near[0]])}?" if near else "."


def shown(name: str) -> str:
    """A name from a repository as a code span."""
    return code(name, _SHOWN)
