"""The meaning of `.sealbeat.toml`. docs/repository-settings.md tells it to people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from bot.analysis import keys
from bot.analysis.model import Severity
from bot.analysis.notes import Notes
from bot.analysis.settings import names, values
from bot.analysis.settings.globs import Globs
from bot.analysis.settings.model import Exclusion, Layer, Project, RepoSettings, Section
from bot.analysis.settings.toml import Document
from bot.analysis.thresholds import Steps

FILE = ".sealbeat.toml"
MAX_SECTIONS = 50
"""Of [[paths]], and of [[projects]]."""

TOKENS = range(20, 10_001)
"""What the shortest clone may be set to."""

TOP = (
    "comments", "gate", "fail_severity", "minimum_severity", "exclude",
    "thresholds", "rules", "duplication", "secrets", "paths", "projects",
)  # fmt: skip
DUPLICATION = ("exact", "similar")
SECRETS = ("allow",)
PATHS = ("match", "thresholds", "rules")
PROJECTS = ("name", "root", "thresholds", "rules", "exclude")


def understand(document: Document, defaults: RepoSettings, notes: Notes) -> RepoSettings:
    """`defaults` with what the document says over them. Never raises: what is not understood is noted."""
    return _Reader(document, notes).settings(defaults)


class _Reader:
    def __init__(self, document: Document, notes: Notes) -> None:
        self._document = document
        self._notes = notes

    def _note(self, text: str | Callable[[], str], *place: str | int) -> None:
        self._notes.add(self._document.line(*place), text)

    def settings(self, defaults: RepoSettings) -> RepoSettings:
        root = self._document.root
        self._known(root, TOP)
        layer = self._layer(root)
        projects, exclusions = self._projects(root)
        own = self._globs(root, "exclude")
        duplication = self._table(root, "duplication")
        self._known(duplication, DUPLICATION, "duplication")
        secrets = self._table(root, "secrets")
        self._known(secrets, SECRETS, "secrets")
        return replace(
            defaults,
            base=layer.over(defaults.base),
            comments=self._flag(root, "comments", default=defaults.comments),
            gate="new" if self._gate(root, on=defaults.gate == "new") else "off",
            fail_severity=self._severity(root, "fail_severity", defaults.fail_severity),
            minimum_severity=self._severity(root, "minimum_severity", defaults.minimum_severity),
            exact_tokens=self._tokens(duplication, "exact", defaults.exact_tokens),
            similar_tokens=self._tokens(duplication, "similar", defaults.similar_tokens),
            projects=projects,
            sections=self._sections(root),
            exclusions=(*defaults.exclusions, *([Exclusion(FILE, own)] if len(own) else ()), *exclusions),
            secrets_allowed=self._globs(secrets, "allow", "secrets") if "allow" in secrets else None,
        )

    # ------------------------------------------------------------------------------- single values

    def _known(self, table: Mapping[str, Any], known: Iterable[str], *place: str | int) -> None:
        for name in table:
            if name not in known:
                self._note(partial(_unknown, name, "a setting", known), *place, name)

    def _flag(self, table: Mapping[str, Any], name: str, *, default: bool) -> bool:
        value = table.get(name, default)
        if isinstance(value, bool):
            return value
        self._note(f"`{name}` must be `true` or `false`; assumed: `{str(default).lower()}`.", name)
        return default

    def _gate(self, table: Mapping[str, Any], *, on: bool) -> bool:
        value = table.get("gate", "new" if on else "off")
        if value in ("new", "off"):
            return bool(value == "new")
        meant = False if value is False else on
        self._note(f'`gate` must be `"new"` or `"off"`; assumed: `"{"new" if meant else "off"}"`.', "gate")
        return meant

    def _severity(self, table: Mapping[str, Any], name: str, default: Severity) -> Severity:
        found = values.severity(table.get(name, default))
        if found is None:
            self._note(
                f'`{name}` must be `"info"`, `"warning"`, `"error"` or `"critical"`; assumed: `"{default}"`.', name
            )
        return found or default

    def _tokens(self, table: Mapping[str, Any], name: str, default: int | None) -> int | None:
        value = table.get(name, False if default is None else default)
        if value is False:
            return None
        if type(value) is int and value in TOKENS:
            return value
        assumed = "false" if default is None else str(default)
        text = (
            f"`{name}` must be a number of tokens from {TOKENS[0]} to {TOKENS[-1]}, or `false`; assumed: `{assumed}`."
        )
        self._note(text, "duplication", name)
        return default

    def _table(self, table: Mapping[str, Any], name: str, *place: str | int) -> Mapping[str, Any]:
        value = table.get(name, {})
        if isinstance(value, dict):
            return value
        self._note(f"`{name}` must be a table, not {values.kind(value)}; it was ignored.", *place, name)
        return {}

    def _tables(self, table: Mapping[str, Any], name: str) -> list[tuple[int, Mapping[str, Any]]]:
        """The tables of an array of tables with their numbers."""
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self._note(f"`{name}` must be written as `[[{name}]]`; it was ignored.", name)
            return []
        if len(value) > MAX_SECTIONS:
            self._note(f"only the first {MAX_SECTIONS} `[[{name}]]` are used.", name, MAX_SECTIONS)
        return list(enumerate(value[:MAX_SECTIONS]))

    def _globs(self, table: Mapping[str, Any], name: str, *place: str | int, under: str = "") -> Globs:
        value = table.get(name, [])
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            self._note(f"`{name}` must be a list of patterns in quotes; it was ignored.", *place, name)
            return Globs(())
        lines = self._document.lines_of(texts, *place, name)
        return values.globs(zip(texts, lines, strict=True), self._notes, under)

    # ------------------------------------------------------------------------------- thresholds and rules

    def _layer(self, table: Mapping[str, Any], *place: str | int) -> Layer:
        thresholds = self._table(table, "thresholds", *place)
        general: dict[str, Steps | None] = {}
        own: dict[str, dict[str, Steps | None]] = {}
        for name, value in thresholds.items():
            if not isinstance(value, dict):
                self._steps(name, value, general, *place, "thresholds", name)
            elif language := names.language(name):
                for key, numbers in value.items():
                    self._steps(key, numbers, own.setdefault(language, {}), *place, "thresholds", name, key)
            else:
                self._note(partial(values.unknown_language, name), *place, "thresholds", name)
        return Layer(general, values.by_language(own), self._rules(table, *place))

    def _steps(self, name: str, value: object, into: dict[str, Steps | None], *place: str | int) -> None:
        key = values.metric(name)
        if key is None:
            self._note(partial(values.unknown_metric, name), *place)
            return
        try:
            into[key] = values.steps(value)
        except values.NotSteps as error:
            self._note(f"`{key}` {error}; it was ignored.", *place)

    def _rules(self, table: Mapping[str, Any], *place: str | int) -> dict[str, Severity | bool]:
        rules: dict[str, Severity | bool] = {}
        for name, value in self._table(table, "rules", *place).items():
            key = keys.find(name)
            wanted = value if isinstance(value, bool) else values.severity(value)
            if key is None:
                self._note(partial(_unknown, name, "a rule", keys.rules()), *place, "rules", name)
                continue
            if key in keys.METRICS:
                text = f"`{key}` is a metric: it belongs under `[thresholds]`; it was ignored."
            elif wanted is None:
                text = f"`{key}` must be `false`, `true` or a severity; it was ignored."
            else:
                rules[key] = wanted
                continue
            self._note(text, *place, "rules", name)
        return rules

    # ------------------------------------------------------------------------------- paths and projects

    def _sections(self, root: Mapping[str, Any]) -> tuple[Section, ...]:
        sections = []
        for number, table in self._tables(root, "paths"):
            self._known(table, PATHS, "paths", number)
            layer = self._layer(table, "paths", number)
            match = self._globs(table, "match", "paths", number)
            if len(match):
                sections.append(Section(match, layer))
            else:
                self._note("these `[[paths]]` have no pattern in `match`; they were ignored.", "paths", number)
        return tuple(sections)

    def _projects(self, root: Mapping[str, Any]) -> tuple[tuple[Project, ...], list[Exclusion]]:
        found: dict[str, tuple[Project, Globs]] = {}
        for number, table in self._tables(root, "projects"):
            self._known(table, PROJECTS, "projects", number)
            folder = table.get("root")
            plain = _folder(folder) if isinstance(folder, str) else ""
            if not plain:
                self._note("this project has no folder in `root`; it was ignored.", "projects", number)
                continue
            if plain in found:
                self._note(f"{keys.shown(plain)} is a project already; this one was ignored.", "projects", number)
                continue
            name = table.get("name", plain)
            if not isinstance(name, str) or not name.strip():
                self._note(f"`name` must be text; assumed: {keys.shown(plain)}.", "projects", number, "name")
                name = plain
            layer = self._layer(table, "projects", number)
            exclude = self._globs(table, "exclude", "projects", number, under=plain)
            found[plain] = (Project(name.strip()[:100], plain, layer), exclude)
        ordered = [found[plain] for plain in sorted(found, key=lambda plain: (plain.count("/"), plain))]
        return tuple(project for project, _ in ordered), [Exclusion(FILE, globs) for _, globs in ordered if len(globs)]


def _unknown(name: str, what: str, known: Iterable[str]) -> str:
    return f"{keys.shown(name)} is not {what}, and was ignored{keys.meant(name, known)}"


def _folder(text: str) -> str:
    """A folder relative to the root, without what says the same twice; "" for none, or one that leads out."""
    parts = [part for part in text.split("/") if part not in ("", ".")]
    return "" if ".." in parts or len(text) > 300 else "/".join(parts)
