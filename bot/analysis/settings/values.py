"""Single values of settings: what each may be, and what is assumed where it is something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from bot.analysis import keys
from bot.analysis.model import SEVERITIES, Severity
from bot.analysis.notes import Notes
from bot.analysis.settings import names
from bot.analysis.settings.globs import MAX_GLOBS, BadGlob, Glob, Globs, glob
from bot.analysis.thresholds import Steps

MAX_STEP = 1e9


class NotSteps(ValueError):
    """What four steps may not be; the text says why, in Markdown of ours."""


def steps(value: object) -> Steps | None:
    """Four steps; None: off. Raises NotSteps."""
    if value is False or value is None:
        return None
    if not isinstance(value, list):
        raise NotSteps("wants four numbers `[info, warning, error, critical]`, or `false`")
    if not all(type(number) in (int, float) for number in value):
        raise NotSteps("wants four numbers, and holds something else")
    if len(value) != len(SEVERITIES):
        raise NotSteps(f"wants four numbers `[info, warning, error, critical]`, and has {len(value)}")
    if not all(0 < number <= MAX_STEP for number in value):
        raise NotSteps(f"wants numbers over 0 and up to {MAX_STEP:,.0f}")
    if not all(low <= high for low, high in pairwise(value)):
        raise NotSteps("must not fall from info to critical")
    info, warning, error, critical = map(float, value)
    return info, warning, error, critical


def metric(name: str) -> str | None:
    """The metric by its key, in any case; None: there is none."""
    key = keys.find(name)
    return key if key in keys.METRICS else None


def unknown_metric(name: str) -> str:
    """What is wrong with the name, as the start of a sentence about it."""
    key = keys.find(name)
    if key is not None:
        return f"{keys.shown(name)} is no metric but a rule: it belongs under `[rules]`; it was ignored."
    return f"{keys.shown(name)} is no metric, and was ignored{keys.meant(name, keys.METRICS)}"


def unknown_language(name: str) -> str:
    return f"{keys.shown(name)} is no language that is measured, and was ignored{keys.meant(name, names.spellings())}"


def by_language(tables: Mapping[str, Mapping[str, Steps | None]]) -> dict[str, dict[str, Steps | None]]:
    """With the languages that others imply: what these say of themselves is stronger."""
    full: dict[str, dict[str, Steps | None]] = {}
    for language, table in tables.items():
        for implied in names.implied(language):
            full[implied] = {**table, **full.get(implied, {})}
    for language, table in tables.items():
        full[language] = {**full.get(language, {}), **table}
    return full


def severity(value: object) -> Severity | None:
    """A severity in any case; None: it is none."""
    return next((known for known in SEVERITIES if isinstance(value, str) and value.lower() == known), None)


def globs(lines: Iterable[tuple[str, int]], notes: Notes, under: str = "") -> Globs:
    """The patterns that are understood, of those given with their lines; remarks on the others."""
    made: list[Glob] = []
    for text, line in lines:
        if len(made) == MAX_GLOBS:
            notes.add(line, f"only the first {MAX_GLOBS} patterns of a list are used.")
            break
        try:
            made.append(glob(text, line, under))
        except BadGlob as error:
            notes.add(line, f"the pattern {keys.shown(text)} {error}; it was ignored.")
    return Globs(made)


def kind(value: Any) -> str:
    """What a value is, in words."""
    kinds = {bool: "a truth value", int: "a number", float: "a number", str: "text", list: "a list", dict: "a table"}
    return kinds.get(type(value), "a date")
