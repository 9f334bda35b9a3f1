"""The rules: a file per theme, each with a tuple `RULES`. To add a theme: a file here and a line below."""

from __future__ import annotations

from bot.analysis.rules import (
    branches,
    buffers,
    concurrency,
    conditions,
    credentials,
    crypto,
    exceptions,
    files,
    flow,
    injection,
    leftovers,
    literals,
    members,
    operands,
    python,
    repeats,
    statements,
    transport,
    web,
)
from bot.analysis.rules.rule import Rule

THEMES: tuple[tuple[Rule, ...], ...] = (
    branches.RULES,
    buffers.RULES,
    concurrency.RULES,
    conditions.RULES,
    credentials.RULES,
    crypto.RULES,
    exceptions.RULES,
    files.RULES,
    flow.RULES,
    injection.RULES,
    leftovers.RULES,
    literals.RULES,
    members.RULES,
    operands.RULES,
    python.RULES,
    repeats.RULES,
    statements.RULES,
    transport.RULES,
    web.RULES,
)

RULES: dict[str, Rule] = {rule.id: rule for theme in THEMES for rule in theme}
