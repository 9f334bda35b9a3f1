"""From a TOML file and an environment to Settings; every mistake of a load is reported at once, none shows a value."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from bot.config.credentials import CREDENTIALS, add_credentials
from bot.config.model import Settings
from bot.errors import ConfigError

PREFIX = "SEALBEAT_"
APP_ID_CURE = "is missing: the App ID on the page of your GitHub App (Settings > Developer settings > GitHub Apps)"

Tables = dict[str, dict[str, Any]]
Where = tuple[str, str]


def load(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings: environment (SEALBEAT_<SECTION>__<KEY>) over file over defaults.

    Relative paths start at the file's folder; without a file, at the current folder. Raises ConfigError that lists
    every mistake with its place and cure, and holds no value of any setting."""
    problems: list[str] = []
    tables: Tables = {name: {} for name in Settings.model_fields}
    places: dict[Where, str] = {}
    if path is not None:
        _take_file(path, tables, places, problems)
    _take_environment(environ, tables, places, problems)
    _anchor(tables, (path.parent if path else Path()).resolve())
    add_credentials(tables["github"], places, problems)
    settings = _validate(tables, places, problems)
    if settings is None or problems:
        raise ConfigError("the settings are not right:\n" + "\n".join(f"  - {line}" for line in problems))
    return settings


def _take_file(path: Path, tables: Tables, places: dict[Where, str], problems: list[str]) -> None:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); give its path with --config") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not TOML: {_without_values(error)}") from None
    for section, content in document.items():
        if section not in tables:
            problems.append(f"{path}: [{section}] is not a section; {_nearest(section, tables)}")
        elif not isinstance(content, dict):
            problems.append(f"{path}: {section} is a section: write [{section}] on a line of its own")
        else:
            _take_section(path, section, content, tables, places, problems)


def _take_section(
    path: Path, section: str, content: dict[str, Any], tables: Tables, places: dict[Where, str], problems: list[str]
) -> None:
    for key, value in content.items():
        place = f"{path}: [{section}] {key}"
        if section == "github" and key in CREDENTIALS:
            problems.append(
                f"{place} is a secret, and a settings file is copied and shown around: put it into a file of its own "
                f"(mode 0400) and name that in {CREDENTIALS[key].file_key}"
            )
        elif key not in _keys(section):
            problems.append(f"{place} is not a setting; {_nearest(key, _keys(section))}")
        else:
            tables[section][key] = value
            places[section, key] = place


def _take_environment(
    environ: Mapping[str, str], tables: Tables, places: dict[Where, str], problems: list[str]
) -> None:
    known = {f"{PREFIX}{section}__{key}".upper(): (section, key) for section in tables for key in _keys(section)}
    known |= {f"{PREFIX}GITHUB__{key}".upper(): ("github", key) for key in CREDENTIALS}
    for name, value in sorted(environ.items()):
        place = f"environment: {name}"
        if name in known:
            section, key = known[name]
            tables[section][key] = value
            places[section, key] = place
        elif _meant_as_setting(name, tables):
            problems.append(f"{place} is not a setting; {_nearest(name, known)}")


def _meant_as_setting(name: str, sections: Iterable[str]) -> bool:
    """SEALBEAT_X__Y always; also SEALBEAT_<SECTION>_Y, the slip of one underscore."""
    own = name.startswith(PREFIX)
    return own and ("__" in name or any(name.startswith(f"{PREFIX}{section}_".upper()) for section in sections))


def _keys(section: str) -> list[str]:
    """The keys of a section that may stand in the file."""
    return [name for name, field in _section(section).model_fields.items() if not field.exclude]


def _section(name: str) -> type[BaseModel]:
    kind = Settings.model_fields[name].annotation
    assert isinstance(kind, type)
    assert issubclass(kind, BaseModel)
    return kind


def _nearest(word: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.0)
    return f"nearest: {close[0]}" if close else "there are none here"


def _anchor(tables: Tables, base: Path) -> None:
    """Make paths absolute, so that the folder in which the bot was started does not matter later."""
    tables["data"].setdefault("directory", "data")
    for section, table in tables.items():
        for key, value in table.items():
            if _is_path(section, key) and isinstance(value, str) and value:
                table[key] = base / Path(value).expanduser()


def _is_path(section: str, key: str) -> bool:
    kind = _section(section).model_fields[key].annotation
    return Path in (kind, *get_args(kind))


def _validate(tables: Tables, places: Mapping[Where, str], problems: list[str]) -> Settings | None:
    try:
        return Settings.model_validate(tables)
    except ValidationError as error:
        for item in error.errors(include_url=False, include_context=False, include_input=False):
            section, key = (*(str(part) for part in item["loc"]), "", "")[:2]
            if item["type"] == "missing":
                if key == "app_id":  # the credentials have told of themselves already
                    problems.append(f"[github] app_id {APP_ID_CURE}")
                continue
            message = item["msg"].removeprefix("Value error, ")
            place = places.get((section, key)) or f"[{section}] {key}".rstrip() if section else ""
            problems.append(f"{place}: {message[:1].lower()}{message[1:]}" if place else message)
        return None


def _without_values(error: tomllib.TOMLDecodeError) -> str:
    """The parser's message names a place; only what it quotes could be a value."""
    text = str(error)
    return text if "'" not in text and '"' not in text else f"a mistake{text[text.rfind(' (at ') :]}"
