"""Which value of which metric, and which size of clone, is worth a finding, per language, from config/metrics.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path

from bot.analysis.languages import LANGUAGES
from bot.analysis.model import SEVERITIES, Severity
from bot.errors import ConfigError

FUNCTION_RULES: dict[str, str] = {
    "CYCLO": "cyclomatic",
    "COGNITIVE": "cognitive",
    "ABC": "abc",
    "ARITY": "arity",
    "BLOCK_NESTING": "nesting",
    "LOC": "loc",
    "RETURNS": "returns",
    "RETURN_VALUES": "return_values",
}
"""Metric key -> attribute of FunctionMetrics. The keys are codebeat's where it had one."""

NAMESPACE_RULES: dict[str, str] = {
    "TOO_MANY_FUNCTIONS": "methods",
    "TOO_MANY_IVARS": "ivars",
    "TOTAL_COMPLEXITY": "complexity",
    "TOTAL_LOC": "loc",
}
"""Metric key -> attribute of NamespaceMetrics. All keys are codebeat's."""

CLONE_RULES: dict[str, str] = {"IDENTITY": "lines", "SIMILARITY": "lines"}
"""Kind of clone -> attribute of Clone. The second key is codebeat's."""

RULES: dict[str, str] = {**FUNCTION_RULES, **NAMESPACE_RULES, **CLONE_RULES}
"""Every key that has steps."""

DEFAULT_FILE = Path(__file__).parents[2] / "config" / "metrics.toml"

Steps = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Steps per rule: `default` for every language, overridden line by line. None means the rule is off."""

    default: Mapping[str, Steps | None]
    overrides: Mapping[str, Mapping[str, Steps | None]] = field(default_factory=dict)

    def steps(self, language: str, rule: str) -> Steps | None:
        own = self.overrides.get(language, {})
        return own[rule] if rule in own else self.default.get(rule)

    def judge(self, language: str, rule: str, value: float) -> tuple[Severity, float] | None:
        """The gravest step that `value` reaches, as (severity, limit); None under the first step."""
        reached = [pair for pair in zip(SEVERITIES, self.steps(language, rule) or (), strict=False) if value >= pair[1]]
        return reached[-1] if reached else None


def load(path: Path = DEFAULT_FILE) -> Thresholds:
    """Read a thresholds file. Raises ConfigError with the place, the fault and the cure."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"cannot read the thresholds file {path}: {error.strerror}") from None
    except ValueError as error:
        raise ConfigError(f"{path.name} is not TOML: {error}") from None
    return parse(raw, path.name)


def parse(raw: Mapping[str, object], where: str = "thresholds") -> Thresholds:
    """Thresholds from a mapping table -> metric -> steps or false. Raises ConfigError as `load` does."""
    for name in raw:
        _known(name, ["default", *LANGUAGES], where)
    tables = {name: _table(body, f"{where} [{name}]") for name, body in raw.items()}
    default = tables.pop("default", {})
    if missing := [rule for rule in RULES if rule not in default]:
        raise ConfigError(f"{where} [default] lacks {', '.join(missing)}: give four steps or false")
    return Thresholds(default, tables)


def _table(body: object, where: str) -> dict[str, Steps | None]:
    if not isinstance(body, Mapping):
        raise ConfigError(f"{where} must be a table of metrics")
    for rule in body:
        _known(rule, RULES, where)
    return {rule: _steps(value, f"{where} {rule}") for rule, value in body.items()}


def _steps(value: object, where: str) -> Steps | None:
    if value is False:
        return None
    numbers = [float(n) for n in value if type(n) in (int, float)] if isinstance(value, list) else []
    if not isinstance(value, list) or len(value) != len(SEVERITIES) or len(numbers) != len(value):
        raise ConfigError(f"{where} must be four numbers [info, warning, error, critical], or false")
    info, warning, error, critical = numbers
    if not info > 0 or not all(low <= high < float("inf") for low, high in pairwise(numbers)):
        raise ConfigError(f"{where} must rise from info to critical and start over 0")
    return info, warning, error, critical


def _known(name: str, names: Iterable[str], where: str) -> None:
    known = list(names)
    if name in known:
        return
    near = get_close_matches(name, known, 1, 0.0)[0]
    raise ConfigError(f"{where}: unknown key {name!r}; did you mean {near!r}?")
