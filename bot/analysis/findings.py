"""Findings: every metric, clone, rule's hit and secret that is worth one under the settings of its file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from bot.analysis.duplication.model import Clone
from bot.analysis.measured import Measured
from bot.analysis.model import SEVERITIES, Finding, FunctionMetrics, Kind, NamespaceMetrics, Original, Severity
from bot.analysis.settings.model import PathSettings
from bot.analysis.thresholds import FUNCTION_RULES, NAMESPACE_RULES, Steps

Places = Sequence[FunctionMetrics | NamespaceMetrics]

ANONYMOUS = "<anonymous>"
"""The name of a function literal that is not bound to a name."""

_ORDINAL = re.compile(r"#[0-9]+$")
_DEPTH = 100  # of the places around a clone that are looked through


def plain_name(name: str) -> str:
    """Without the number that tells functions of one name apart: an overload added above shifts it."""
    return _ORDINAL.sub("", name)


def innermost(symbol: str, namespaces: Container[str]) -> str:
    """The innermost of the namespaces that a qualified name lies in or is; "" outside of all."""
    name = plain_name(symbol)
    while name and name not in namespaces:
        name = name.rpartition(".")[0]
    return name


def of_functions(functions: Iterable[FunctionMetrics], language: str, at: PathSettings) -> Iterator[Finding]:
    """Findings of all severities, function by function."""
    active = _active(FUNCTION_RULES, language, at)
    for function in functions:
        for rule, attribute, steps in active:
            value: float = getattr(function, attribute)
            if value >= steps[0]:
                identity = function.body_hash if ANONYMOUS in function.name else function.name
                yield from _reached("function", rule, language, function, value, identity, steps, at)


def of_namespaces(namespaces: Iterable[NamespaceMetrics], language: str, at: PathSettings) -> Iterator[Finding]:
    """The same for namespaces. The finding is at the first line: nobody wants a whole class marked."""
    active = _active(NAMESPACE_RULES, language, at)
    for namespace in namespaces:
        for rule, attribute, steps in active:
            value: float = getattr(namespace, attribute)
            if value >= steps[0]:
                yield from _reached("namespace", rule, language, namespace, value, namespace.name, steps, at)


def of_clones(
    clones: Iterable[Clone], paths: Sequence[str], places: Places, language: str, at: PathSettings
) -> Iterator[Finding]:
    """A finding at each copy within one file; the original pays nothing. `paths` are those of the clone search's input,
    `places` the file's functions and namespaces."""
    for clone, symbol in _within(clones, places):
        steps = at.steps(language, clone.kind)
        severity = _severity(clone.kind, clone.lines, steps, at) if steps else None
        if steps is None or severity is None:
            continue
        yield Finding(
            rule=clone.kind,
            path=paths[clone.file],
            line=clone.line,
            end_line=clone.end_line,
            symbol=symbol,
            value=clone.lines,
            limit=_limit(clone.lines, steps),
            severity=severity,
            fingerprint=fingerprint(clone.kind, clone.identity),
            kind="duplication",
            original=Original(paths[clone.original_file], clone.original_line, clone.original_end_line),
        )


def of_hits(file: Measured, known: Mapping[str, tuple[Kind, Severity]], at: PathSettings) -> Iterator[Finding]:
    """What rules objected to, and secrets. `known` is what we look for: the child reads hostile input, so a hit by
    another name is dropped, and its lines are kept within the file."""
    for hit in file.measurement.hits:
        if hit.rule not in known:
            continue
        kind, own = known[hit.rule]
        severity = at.severity(hit.rule, own)
        if severity is None:
            continue
        line = min(max(1, hit.line), max(1, file.lines))
        yield Finding(
            rule=hit.rule,
            path=file.path,
            line=line,
            end_line=min(max(line, hit.end_line), max(1, file.lines)),
            symbol=hit.symbol,
            value=1,
            limit=1,
            severity=severity,
            # Not of the symbol: what stands in a renamed function is what it was.
            fingerprint=fingerprint(hit.rule, hit.identity),
            kind=kind,
            detail="" if kind == "secret" else hit.detail,
        )


def _within(clones: Iterable[Clone], places: Places) -> Iterator[tuple[Clone, str]]:
    """Each clone with the name of the innermost place that holds the whole of it."""
    waiting = sorted(places, key=lambda place: (-place.start_line, place.end_line))  # the last is the first to open
    opened: list[FunctionMetrics | NamespaceMetrics] = []
    for clone in sorted(clones, key=lambda clone: (clone.line, clone.end_line)):
        while waiting and waiting[-1].start_line <= clone.line:
            opened.append(waiting.pop())
        while opened and opened[-1].end_line < clone.line:
            opened.pop()
        around = (place.name for place in opened[: -_DEPTH - 1 : -1] if place.end_line >= clone.end_line)
        yield clone, next(around, "")


def fingerprint(*parts: str) -> str:
    """16 hex digits for what a finding is about."""
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _active(rules: Mapping[str, str], language: str, at: PathSettings) -> list[tuple[str, str, Steps]]:
    """The rules that are on, with their steps, looked up once for all functions of a file."""
    known = ((rule, attribute, at.steps(language, rule)) for rule, attribute in rules.items())
    return [(rule, attribute, steps) for rule, attribute, steps in known if steps is not None]


def _reached(
    kind: Kind,
    rule: str,
    language: str,
    about: FunctionMetrics | NamespaceMetrics,
    value: float,
    identity: str,
    steps: Steps,
    at: PathSettings,
) -> Iterator[Finding]:
    severity = _severity(rule, value, steps, at)
    if severity is not None:
        yield Finding(
            rule=rule,
            path=about.path,
            line=about.start_line,
            end_line=about.end_line,
            symbol=about.name,
            value=value,
            limit=_limit(value, steps),
            severity=severity,
            fingerprint=fingerprint(rule, language, identity),
            kind=kind,
        )


def _severity(rule: str, value: float, steps: Steps, at: PathSettings) -> Severity | None:
    """None: the value is under the first step, or the rule is off here."""
    own = [severity for severity, step in zip(SEVERITIES, steps, strict=True) if value >= step]
    return at.severity(rule, own[-1]) if own else None


def _limit(value: float, steps: Steps) -> float:
    return max(step for step in steps if value >= step)
