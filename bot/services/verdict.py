"""The words of a check and a comment: one line of verdict first, then what to look at. Texts for people live here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.analysis.grade import grade
from bot.analysis.model import NOT_ANALYSED, SEVERITIES, Delta, Finding, Remark, Report
from bot.analysis.settings.model import Gate
from bot.errors import UserError
from bot.markdown import cell, code, is_known, plain
from bot.model import Annotation, CheckResult, Level
from bot.services.context import Options

LEVELS: dict[str, Level] = {"info": "notice", "warning": "warning", "error": "failure", "critical": "failure"}
RULES = {
    "CYCLO": "cyclomatic complexity",
    "COGNITIVE": "cognitive complexity",
    "ABC": "ABC size",
    "ARITY": "number of parameters",
    "BLOCK_NESTING": "nesting depth",
    "LOC": "lines of code",
    "RETURNS": "number of returns",
}
MAX_ANNOTATIONS = 1000
ROWS = 20
# In characters of up to four bytes each: with these, a summary stays within what a host takes. It must never be cut by
# the host or on the way there: a cut through a code span would leave its text live.
SYMBOL, PATH = 80, 150


def of_pull_request(found: Delta, head: Report, options: Options, gate: Gate = "new") -> CheckResult:
    """What the pull request changed: it fails only by what it introduced, and not at all where the gate is off."""
    shown = worst_first(_worth_telling(found.introduced, options))
    failing = at_least(options.fail_severity, found.introduced) if gate == "new" else []
    fixed = _worth_telling(found.fixed, options)
    unknown = sum(file.note == NOT_ANALYSED for file in head.files)
    lines = [
        f"**{_sentence(shown, fixed, failing)}**",
        "",
        f"Grade of the changed files: {found.grade_before.letter} → {found.grade_after.letter}"
        f" (GPA {found.grade_before.gpa:.2f} → {found.grade_after.gpa:.2f}).",
        *_table("Introduced or made worse", shown),
        *_table("Fixed", worst_first(fixed)),
        *_notes(head),
    ]
    # "Success" would say more than we know where a file could not be analysed.
    return CheckResult(
        "failure" if failing else "neutral" if unknown else "success",
        f"{_count(fixed, 'fixed')}, {_count(shown, 'introduced')}" + (f", {unknown} not analysed" if unknown else ""),
        "\n".join(lines),
        # A path with characters that we had to escape is not one that the host knows.
        annotations=tuple(_annotation(f) for f in shown if is_known(f.path))[:MAX_ANNOTATIONS],
    )


def of_branch(report: Report) -> CheckResult:
    """The state of a branch. It never fails: nobody can mend history by being told off."""
    result = grade(report)
    worst = worst_first(at_least("error", report.findings))
    functions = sum(len(file.functions) for file in report.files)
    lines = [
        f"**Grade {result.letter}** (GPA {result.gpa:.2f}): {len(report.files)} files, {functions} functions.",
        *_table("Most in need of attention", worst),
        *_notes(report),
    ]
    return CheckResult("success", f"Grade {result.letter} (GPA {result.gpa:.2f})", "\n".join(lines))


def explained(error: UserError) -> CheckResult:
    """A review that could not be done, and what to do about it."""
    return CheckResult("neutral", "Not reviewed", f"**{error}**\n\n**What to do:** {error.cure}")


def comment(result: CheckResult, found: Delta, options: Options) -> str | None:
    """The comment's Markdown; None where there is nothing to say."""
    if not _worth_telling((*found.introduced, *found.fixed), options):
        return None
    return f"### {result.title}\n\n{result.summary}"


def at_least(severity: str, findings: Iterable[Finding]) -> list[Finding]:
    floor = _order(severity)
    return [finding for finding in findings if _order(finding.severity) >= floor]


def _worth_telling(findings: Iterable[Finding], options: Options) -> list[Finding]:
    """From the minimum severity on; and what makes a check fail is told in any case."""
    return at_least(min(options.minimum_severity, options.fail_severity, key=_order), findings)


def _order(severity: str) -> int:
    return SEVERITIES.index(severity)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (-_order(f.severity), -f.value / (f.limit or 1), f.path, f.line, f.rule))


def _sentence(shown: Sequence[Finding], fixed: Sequence[Finding], failing: Sequence[Finding]) -> str:
    if failing:
        return f"{_count(failing, 'finding')} of this pull request should be mended before it is merged."
    if shown:
        return "Worth a look, nothing that must be mended."
    if fixed:
        return "This pull request makes the code better."
    return "Nothing introduced, nothing fixed."


def _count(findings: Sequence[Finding], word: str) -> str:
    plural = "s" if word == "finding" and len(findings) != 1 else ""
    return f"{len(findings)} {word}{plural}"


def _table(title: str, findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return []
    rows = [
        f"| {f.severity} | {cell(f.symbol, SYMBOL)} | {cell(f.path, PATH)}:{f.line} | {RULES.get(f.rule, f.rule)} "
        f"{_number(f.value)} (limit {_number(f.limit)}) |"
        for f in findings[:ROWS]
    ]
    more = [f"\n… and {len(findings) - ROWS} more."] if len(findings) > ROWS else []
    return ["", f"#### {title}", "", "| severity | function | where | what |", "|---|---|---|---|", *rows, *more]


def _notes(report: Report) -> list[str]:
    """What was not looked into is said, not passed over."""
    limits = [f"{code(file.path, PATH)}: {file.note}" for file in report.files if file.note]
    left = [f"{code(entry.path, PATH)}: {entry.reason}" for entry in report.left_out]
    said = [*map(_remark, report.remarks), *limits, *left]
    more = [f"- … and {len(said) - ROWS} more."] if len(said) > ROWS else []
    return ["", "#### Not looked into, and notes", "", *(f"- {note}" for note in said[:ROWS]), *more] if said else []


def _remark(remark: Remark) -> str:
    place = plain(remark.path, PATH)
    return f"{code(f'{place}:{remark.line}' if remark.line else place, PATH)}: {remark.text}"


def _annotation(finding: Finding) -> Annotation:
    what = RULES.get(finding.rule, finding.rule)
    return Annotation(
        path=finding.path,
        start_line=finding.line,
        end_line=finding.line,
        level=LEVELS[finding.severity],
        title=f"{what[0].upper()}{what[1:]}: {_number(finding.value)}",
        message=f"{plain(finding.symbol)}: {what} {_number(finding.value)};"
        f" {finding.severity} starts at {_number(finding.limit)}.",
    )


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
