"""A repository's settings, understood: what the judge asks of them. Reading the files is the rooms' beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.analysis.model import Remark, Severity
from bot.analysis.settings.globs import Globs
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
class Layer:
    """What is said beyond that: steps for all languages and for some, and rules (True: its own severity again)."""

    steps: Mapping[str, Steps | None] = field(default_factory=dict)
    by_language: Mapping[str, Mapping[str, Steps | None]] = field(default_factory=dict)
    rules: Mapping[str, Severity | bool] = field(default_factory=dict)

    def over(self, base: PathSettings) -> PathSettings:
        """The layer laid over `base`: what it says for all languages is stronger than what `base` says for one."""
        old = base.thresholds
        languages = {
            name: {rule: steps for rule, steps in table.items() if rule not in self.steps}
            for name, table in old.overrides.items()
        }
        for name, table in self.by_language.items():
            languages[name] = {**languages.get(name, {}), **table}
        rules = {rule: severity for rule, severity in base.rules.items() if rule not in self.rules}
        for rule, wanted in self.rules.items():
            if not isinstance(wanted, bool):
                rules[rule] = wanted
            elif not wanted:
                rules[rule] = None
        return PathSettings(Thresholds({**old.default, **self.steps}, languages), rules)


@dataclass(frozen=True, slots=True)
class Section:
    """What holds for the files that the patterns fit."""

    match: Globs
    layer: Layer


@dataclass(frozen=True, slots=True)
class Project:
    """A sub-project: a folder of a monorepo with a name of its own (untrusted text)."""

    name: str = field(repr=False)
    root: str = field(repr=False)
    layer: Layer = field(default_factory=Layer)

    def holds(self, path: str) -> bool:
        return path.startswith(f"{self.root}/")


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A list of patterns, and the file of settings that it stands in."""

    source: str
    globs: Globs


@dataclass(frozen=True, slots=True)
class RepoSettings:
    """Everything a repository can say. `remarks` hold what was not understood, with file and line, and what was assumed
    instead. `exact_tokens` and `similar_tokens` are the shortest clones that are told; None: not looked for.

    `projects` are in the order of their depth, `sections` and `exclusions` in that of their strength, the weaker first.
    """

    base: PathSettings
    comments: bool = False
    gate: Gate = "new"
    fail_severity: Severity = "error"
    minimum_severity: Severity = "warning"
    exact_tokens: int | None = 50
    similar_tokens: int | None = 80
    remarks: tuple[Remark, ...] = ()
    projects: tuple[Project, ...] = ()
    sections: tuple[Section, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    secrets_allowed: Globs | None = None
    _made: dict[tuple[int, ...], PathSettings] = field(default_factory=dict, init=False, compare=False, repr=False)

    def at(self, path: str) -> PathSettings:
        """What holds for the file: its projects' settings over all, the inner over the outer, and over them those of
        paths, the later over the earlier."""
        layers = [
            *((p.holds(path), p.layer) for p in self.projects),
            *((s.match.match(path), s.layer) for s in self.sections),
        ]
        chosen = tuple(number for number, (fits, _) in enumerate(layers) if fits)
        made = self._made.get(chosen)
        if made is None:
            made = self.base
            for number in chosen:
                made = layers[number][1].over(made)
            self._made[chosen] = made
        return made

    def excluded(self, path: str) -> str | None:
        """Why the repository wants this file left out, in words for people; None: it does not."""
        for exclusion in reversed(self.exclusions):
            glob = exclusion.globs.last(path)
            if glob is not None:
                return None if glob.negated else f"excluded: {exclusion.source}, line {glob.line}"
        return None

    def allows_secrets(self, path: str) -> bool:
        """Whether secrets in this file are accepted: they are listed, and do not count."""
        return self.secrets_allowed is not None and self.secrets_allowed.match(path)

    def project(self, path: str) -> str:
        """The sub-project that the file belongs to, the innermost; "" where there are none."""
        return next((project.name for project in reversed(self.projects) if project.holds(path)), "")
