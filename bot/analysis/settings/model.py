"""A repository's settings, understood: what the judge asks of them. Reading the files is the rooms' beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.analysis.model import Remark, Severity
from bot.analysis.thresholds import Steps, Thresholds

Gate = Literal["new", "off"]
"""What makes a check fail: findings that the change introduced, or nothing."""


@dataclass(frozen=True, slots=True)
class PathSettings:
    """What holds for one file."""

    thresholds: Thresholds
    rules: Mapping[str, Severity | None] = field(default_factory=dict)
    """Rule id -> another severity, or None: off. Rules that are not named keep their own."""

    def steps(self, language: str, rule: str) -> Steps | None:
        return self.thresholds.steps(language, rule)

    def severity(self, rule: str, own: Severity) -> Severity | None:
        """None: the rule is off here."""
        return self.rules.get(rule, own)


@dataclass(frozen=True, slots=True)
class RepoSettings:
    """Everything a repository can say. `remarks` hold what was not understood, with file and line, and what was assumed
    instead. `exact_tokens` and `similar_tokens` are the shortest clones that are told; None: not looked for."""

    base: PathSettings
    comments: bool = False
    gate: Gate = "new"
    fail_severity: Severity = "error"
    minimum_severity: Severity = "warning"
    exact_tokens: int | None = 50
    similar_tokens: int | None = 80
    remarks: tuple[Remark, ...] = ()

    def at(self, path: str) -> PathSettings:  # noqa: ARG002
        """What holds for the file; of several that fit, the later one in the settings wins."""
        return self.base

    def excluded(self, path: str) -> str | None:  # noqa: ARG002
        """Why the repository wants this file left out, in words for people; None: it does not."""
        return None

    def project(self, path: str) -> str:  # noqa: ARG002
        """The sub-project that the file belongs to; "" where there are none."""
        return ""
