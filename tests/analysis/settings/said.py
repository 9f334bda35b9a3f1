"""Settings of text, for tests: what holds, and what was remarked."""

from __future__ import annotations

from bot.analysis.settings.load import load
from bot.analysis.settings.model import PathSettings, RepoSettings
from bot.analysis.thresholds import DEFAULT_FILE
from bot.analysis.thresholds import load as thresholds

DEFAULTS = RepoSettings(PathSettings(thresholds(DEFAULT_FILE)))


def settings(text: str = "", **others: str) -> RepoSettings:
    """Of `.sealbeat.toml`, and of `codebeatsettings` and `codebeatignore` where they are given."""
    files = {".sealbeat.toml": text, **{f".{name}": other for name, other in others.items()}}
    return load({name: text.encode() for name, text in files.items() if text}, DEFAULTS)


def remarks(found: RepoSettings) -> list[tuple[int, str]]:
    return [(remark.line, remark.text) for remark in found.remarks]
