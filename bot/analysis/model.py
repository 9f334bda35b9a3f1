"""What an analysis says: functions with their metrics, findings over the thresholds, reports, deltas and grades.

Paths and names come from the analysed repository, so no `repr` shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import orjson

Severity = Literal["info", "warning", "error", "critical"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error", "critical")
"""From the mildest to the gravest, the order of the four steps in config/metrics.toml."""

Letter = Literal["A", "B", "C", "D", "F"]

NOT_ANALYSED = "not analysed: limits"
"""The note of a file whose analysis ran out of time or memory. Whether it holds findings is unknown."""

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file to analyse. `path` is for people; characters that are not Unicode are replaced in the report."""

    path: str = field(repr=False)
    oid: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class FunctionMetrics:
    """The metrics of one function, nested functions left out. docs/metrics.md defines each number.

    `name` is qualified ("Class.method") and unique within its file: a second one of the same name ends on "#2".
    Lines count from 1, both ends included. `body_hash` survives moves, re-indentation and changed comments.
    """

    name: str = field(repr=False)
    path: str = field(repr=False)
    start_line: int
    end_line: int
    cyclomatic: int
    cognitive: int
    abc: float
    arity: int
    nesting: int
    loc: int
    returns: int
    body_hash: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One metric of one function at or over a threshold.

    `limit` is the step that was reached, `severity` its name. `fingerprint` depends on rule and qualified name (for
    an anonymous function: on its body), never on path or lines, so that it survives moves and renamed files; two
    files that each hold a `main` therefore share it, and `delta.compare` tells them apart.
    """

    rule: str
    path: str = field(repr=False)
    line: int
    end_line: int
    symbol: str = field(repr=False)
    value: float
    limit: float
    severity: Severity
    fingerprint: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """One analysed file. `lines` are physical lines; `parse_quality` is the share of bytes outside syntax errors.

    `note` is empty, `NOT_ANALYSED`, or says why only the lines are reported.
    """

    path: str = field(repr=False)
    oid: str
    language: str
    lines: int
    functions: tuple[FunctionMetrics, ...] = field(repr=False)
    findings: tuple[Finding, ...] = field(repr=False)
    parse_quality: float = 1.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that was not looked into, with the reason in words."""

    path: str = field(repr=False)
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """An analysis of some files, in the order of their paths: the same input gives the same bytes."""

    files: tuple[FileReport, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for file in self.files for finding in file.findings)

    def to_bytes(self) -> bytes:
        return orjson.dumps({"format": _FORMAT, **asdict(self)})

    @classmethod
    def from_bytes(cls, data: bytes) -> Report:
        """The inverse of `to_bytes`. Raises ValueError on anything else."""
        try:
            raw = orjson.loads(data)
            if raw["format"] != _FORMAT:
                raise ValueError("unknown report format")
            return cls(tuple(map(_file, raw["files"])), tuple(LeftOut(**entry) for entry in raw["left_out"]))
        except (KeyError, TypeError) as error:
            raise ValueError("not a report") from error


def _file(raw: Mapping[str, Any]) -> FileReport:
    functions = tuple(FunctionMetrics(**entry) for entry in raw["functions"])
    findings = tuple(Finding(**entry) for entry in raw["findings"])
    return FileReport(**{**raw, "functions": functions, "findings": findings})


@dataclass(frozen=True, slots=True)
class Grade:
    """A school grade: `gpa` from 4.0 (best) to 0.0, and its letter. There is no E."""

    letter: Letter
    gpa: float


@dataclass(frozen=True, slots=True)
class Delta:
    """Head against base. `introduced` and `unchanged` hold head's findings, `fixed` base's.

    `worse` are those of `introduced` whose function existed before: it crossed a step, or its value rose while it
    was over one already.
    """

    introduced: tuple[Finding, ...]
    fixed: tuple[Finding, ...]
    unchanged: tuple[Finding, ...]
    worse: tuple[Finding, ...]
    grade_before: Grade
    grade_after: Grade
