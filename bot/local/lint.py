"""`sealbeat lint-config`: what a check would say about a repository's settings files, said before they are pushed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.analysis import thresholds
from bot.analysis.model import Remark
from bot.analysis.settings.load import LIMITS, load
from bot.analysis.settings.model import PathSettings, RepoSettings
from bot.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Found:
    """What to print, and how many problems are in it."""

    lines: tuple[str, ...]
    problems: int


def look(path: Path) -> Found:
    """The problems of the settings files in the folder; where it has none, of the git work tree around it. Raises
    ConfigError where it is no folder, or a file cannot be read."""
    folder = _folder(path)
    files = {name: _read(folder / name, limit) for name, limit in LIMITS.items() if (folder / name).is_file()}
    if not files:
        return Found((f"There are no settings in {path} ({', '.join(LIMITS)}): the defaults hold.",), 0)
    defaults = RepoSettings(PathSettings(thresholds.load()))
    remarks = load(files, defaults).remarks
    names = ", ".join(files)
    end = f"{_count(len(remarks))} in {names}." if remarks else f"No problems in {names}."
    return Found((*map(_line, remarks), end), len(remarks))


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise ConfigError(f"{path} is not a folder")
    if any((path / name).is_file() for name in LIMITS):
        return path
    full = path.resolve()
    return next((place for place in (full, *full.parents) if (place / ".git").exists()), path)


def _read(path: Path, limit: int) -> bytes | None:
    """The file's bytes; None where it holds more than the limit."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise ConfigError(f"cannot read {path}: {error.strerror}") from None
    return data if len(data) <= limit else None


def _line(remark: Remark) -> str:
    place = f"{remark.path}:{remark.line}" if remark.line else remark.path
    return f"{place}: {remark.text}"


def _count(problems: int) -> str:
    return "1 problem" if problems == 1 else f"{problems} problems"
