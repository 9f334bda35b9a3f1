"""What an analysis says: functions and namespaces with their metrics, findings, reports, deltas and grades.

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

Kind = Literal["function", "namespace", "duplication", "rule", "secret"]
"""What a finding is about: a metric of a function or namespace, a clone, a rule's objection, a secret."""

Letter = Literal["A", "B", "C", "D", "F"]

NOT_ANALYSED = "not analysed: limits"
"""The note of a file whose analysis ran out of time or memory. Whether it holds findings is unknown."""

APPROXIMATE = "approximate: "
"""What the note of a file begins with whose numbers are near the truth: unlike others it is seen, and compared."""

_FORMAT = 2


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
    Lines count from 1, both ends included. `body_hash` survives moves, reformatting and changed comments.
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
    return_values: int
    body_hash: str


@dataclass(frozen=True, slots=True)
class NamespaceMetrics:
    """The metrics of one class, module, struct or receiver, its parts within one file put together.

    `complexity` is the sum of its functions' ABC, `loc` its code lines; nested namespaces count for themselves only.
    """

    name: str = field(repr=False)
    kind: str  # "class", "module", "struct", ...
    path: str = field(repr=False)
    start_line: int
    end_line: int
    methods: int
    ivars: int
    complexity: float
    loc: int


@dataclass(frozen=True, slots=True)
class Original:
    """Where the first of several equal or similar pieces of code lies. Lines count from 1, both ends included."""

    path: str = field(repr=False)
    line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that deserves attention.

    `value` and `limit`: a metric, or a clone's code lines, and the step that it reached; for rules and secrets 1 and 1.
    `symbol` is the qualified name of the function or namespace that it is about or lies in, "" outside of all.
    `fingerprint` depends on the rule and on what is objected to, never on path or lines, so that it survives moves,
    renamed files and reformatting; two places may share one, and `delta.compare` tells them apart.
    `detail` is a name from the source for the message: untrusted text, empty for secrets. `accepted` says why the
    finding does not count (an inline suppression, with its reason); empty: it counts.
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
    kind: Kind = "function"
    detail: str = field(default="", repr=False)
    original: Original | None = None
    accepted: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class FileReport:
    """One analysed file. `lines` are physical lines, `code_lines` those with code; `parse_quality` is the share of
    bytes outside syntax errors.

    `note` is empty, `NOT_ANALYSED`, or says why only lines and duplication are reported, or that numbers are
    approximate.
    """

    path: str = field(repr=False)
    oid: str
    language: str
    lines: int
    code_lines: int = 0
    functions: tuple[FunctionMetrics, ...] = field(default=(), repr=False)
    namespaces: tuple[NamespaceMetrics, ...] = field(default=(), repr=False)
    findings: tuple[Finding, ...] = field(default=(), repr=False)
    parse_quality: float = 1.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that was not looked into, with the reason in words."""

    path: str = field(repr=False)
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to put right that is not about code: a setting that was not understood, a suppression that is stale.
    `text` is Markdown of ours, in which anything from the repository is a code span already; `line` 0: the whole file.
    """

    path: str = field(repr=False)
    line: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Report:
    """An analysis of some files, in the order of their paths: the same input gives the same bytes."""

    files: tuple[FileReport, ...]
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[Remark, ...] = ()

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
            return cls(
                tuple(map(_file, raw["files"])),
                tuple(LeftOut(**entry) for entry in raw["left_out"]),
                tuple(Remark(**entry) for entry in raw["remarks"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError("not a report") from error


def _file(raw: Mapping[str, Any]) -> FileReport:
    functions = tuple(FunctionMetrics(**entry) for entry in raw["functions"])
    namespaces = tuple(NamespaceMetrics(**entry) for entry in raw["namespaces"])
    findings = tuple(map(_finding, raw["findings"]))
    return FileReport(**{**raw, "functions": functions, "namespaces": namespaces, "findings": findings})


def _finding(raw: Mapping[str, Any]) -> Finding:
    original = raw["original"]
    return Finding(**{**raw, "original": None if original is None else Original(**original)})


@dataclass(frozen=True, slots=True)
class Grade:
    """A school grade: `gpa` from 4.0 (best) to 0.0, and its letter. There is no E."""

    letter: Letter
    gpa: float


@dataclass(frozen=True, slots=True)
class Delta:
    """Head against base. `introduced` and `unchanged` hold head's findings, `fixed` base's; accepted findings are in
    none of them.

    `worse` are those of `introduced` whose function or namespace existed before: it crossed a step, or its value rose
    while it was over one already; and clones that grew.
    """

    introduced: tuple[Finding, ...]
    fixed: tuple[Finding, ...]
    unchanged: tuple[Finding, ...]
    worse: tuple[Finding, ...]
    grade_before: Grade
    grade_after: Grade
