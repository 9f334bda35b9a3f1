"""The meaning of codebeat's two files, `.codebeatsettings` and `.codebeatignore`, for repositories that have them.

Where codebeat fell back to its defaults without a word, what the author evidently meant holds, or there is a remark.
"""

from __future__ import annotations

import re
from functools import partial

from bot.analysis import keys
from bot.analysis.notes import Notes
from bot.analysis.settings import names, values
from bot.analysis.settings.globs import Globs
from bot.analysis.settings.loose import Node
from bot.analysis.settings.model import Layer
from bot.analysis.thresholds import Steps

SETTINGS = ".codebeatsettings"
IGNORE = ".codebeatignore"
MAX_IGNORE_BYTES = 32 * 1024

_NUMBER = re.compile(r"\d{1,9}(\.\d{1,3})?")


def thresholds(node: Node, notes: Notes) -> Layer:
    """{language: {key: four steps}}. A key without a language is for all of them; `false` or `null` switch off."""
    if node.kind != "object":
        notes.add(node.line, "the file must hold an object with a language or more: nothing of it is used.")
        return Layer()
    general: dict[str, Steps | None] = {}
    tables: dict[str, dict[str, Steps | None]] = {}
    for name, value in node.members:
        if value.kind == "object":
            if language := names.language(name):
                if language in tables:
                    notes.add(value.line, f"{keys.shown(name)} is here twice; of a key, the later one is used.")
                table = tables.setdefault(language, {})
                for key, steps in value.members:
                    _steps(key, steps, table, notes)
            else:
                notes.add(value.line, partial(values.unknown_language, name))
        elif values.metric(name):
            notes.add(value.line, f"{keys.shown(name)} stands outside of any language; assumed: for all languages.")
            _steps(name, value, general, notes)
        elif names.language(name):
            notes.add(value.line, f"{keys.shown(name)} must hold an object of keys; it was ignored.")
        else:
            notes.add(value.line, partial(values.unknown_metric, name))
    return Layer(general, values.by_language(tables))


def _steps(name: str, node: Node, into: dict[str, Steps | None], notes: Notes) -> None:
    key = values.metric(name)
    if key is None:
        notes.add(node.line, partial(values.unknown_metric, name))
        return
    value = node.plain()
    if isinstance(value, list) and any(isinstance(part, str) and _NUMBER.fullmatch(part) for part in value):
        notes.add(node.line, f"the numbers of `{key}` stand in quotes; they were read as numbers.")
        value = [float(part) if isinstance(part, str) and _NUMBER.fullmatch(part) else part for part in value]
    if key in into:
        notes.add(node.line, f"`{key}` is here twice; the later one is used.")
    try:
        into[key] = values.steps(value)
    except values.NotSteps as error:
        notes.add(node.line, f"`{key}` {error}; it was ignored.")


def ignored(data: bytes, notes: Notes) -> Globs:
    """The patterns of a `.codebeatignore`, one per line; `#` begins a comment. Bytes that are not UTF-8 fit nothing."""
    lines: list[tuple[str, int]] = []
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        try:
            text = raw.decode().strip()
        except UnicodeDecodeError:
            notes.add(number, "this line is not UTF-8; it was ignored.")
            continue
        if text and not text.startswith("#"):
            lines.append((text, number))
    return values.globs(lines, notes)
