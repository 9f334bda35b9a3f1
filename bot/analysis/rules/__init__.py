"""The rules: a file per theme, each with a tuple `RULES`. To add a theme: a file here and a line below."""

from __future__ import annotations

from bot.analysis.rules import branches, exceptions, injection
from bot.analysis.rules.rule import Rule

THEMES: tuple[tuple[Rule, ...], ...] = (
    branches.RULES,
    exceptions.RULES,
    injection.RULES,
)

RULES: dict[str, Rule] = {rule.id: rule for theme in THEMES for rule in theme}
