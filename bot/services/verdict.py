"""The words of a check and a comment: one line of verdict first, then what to look at. Texts for people live here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.analysis.grade import by_project, grade, trend
from bot.analysis.model import NOT_ANALYSED, SEVERITIES, Delta, Finding, Grade, Report
from bot.analysis.quick_wins import quick_wins
from bot.analysis.settings.model import RepoSettings
from bot.errors import UserError
from bot.markdown import is_known
from bot.model import CheckResult
from bot.services import wording

MAX_ANNOTATIONS = 1000


def of_pull_request(found: Delta, head: Report, settings: RepoSettings) -> CheckResult:
    """What the pull request changed: it fails only by what it introduced, and not at all where the gate is off."""
    shown = worst_first(worth_telling(found.introduced, settings))
    fixed = worst_first(worth_telling(found.fixed, settings))
    unknown = sum(file.note == NOT_ANALYSED for file in head.files)
    lines = [
        f"**{sentence(found, settings)}**",
        "",
        f"Grade of the changed files: {found.grade_before.letter} → {found.grade_after.letter}"
        f" (GPA {found.grade_before.gpa:.2f} → {found.grade_after.gpa:.2f}{with_accepted(head)}).",
        *wording.table("Introduced or made worse", shown),
        *wording.table("Fixed", fixed, wording.MORE_FINDINGS),
        *wording.remarks(head),
        *wording.left_out(head),
    ]
    # "Success" would say more than we know where a file could not be analysed.
    return CheckResult(
        "failure" if blocking(found.introduced, settings) else "neutral" if unknown else "success",
        f"{_count(fixed, 'fixed')}, {_count(shown, 'introduced')}" + (f", {unknown} not analysed" if unknown else ""),
        "\n".join(lines),
        # A path with characters that we had to escape is not one that the host knows.
        annotations=tuple(wording.annotation(f) for f in shown if is_known(f.path))[:MAX_ANNOTATIONS],
    )


def of_branch(report: Report, settings: RepoSettings | None = None, previous: Grade | None = None) -> CheckResult:
    """The state of a branch, with the trend since the measurement before. It never fails: nobody can mend history by
    being told off."""
    result = grade(report)
    worst = worst_first(at_least("error", (finding for finding in report.findings if not finding.accepted)))
    functions = sum(len(file.functions) for file in report.files)
    parts = by_project(report, settings.project) if settings else {}
    moved = _moved(previous, result)
    lines = [
        f"**Grade {result.letter}** (GPA {result.gpa:.2f}{with_accepted(report)}):"
        f" {len(report.files)} files, {functions} functions."
        + (f" {moved[0].upper()}{moved[1:]} since the measurement before." if moved else ""),
        *(wording.projects(parts) if any(parts) else []),
        *wording.wins(quick_wins(report)),
        *wording.table("Most in need of attention", worst),
        *wording.remarks(report),
        *wording.left_out(report),
    ]
    title = f"Grade {result.letter} (GPA {result.gpa:.2f}{f', {moved}' if moved else ''})"
    return CheckResult("success", title, "\n".join(lines))


def explained(error: UserError) -> CheckResult:
    """A review that could not be done, and what to do about it."""
    return CheckResult("neutral", "Not reviewed", f"**{error}**\n\n**What to do:** {error.cure}")


def comment(result: CheckResult, found: Delta, settings: RepoSettings) -> str | None:
    """The comment's Markdown; None where there is nothing to say."""
    if not worth_telling((*found.introduced, *found.fixed), settings):
        return None
    return f"### {result.title}\n\n{result.summary}"


def at_least(severity: str, findings: Iterable[Finding]) -> list[Finding]:
    floor = _order(severity)
    return [finding for finding in findings if _order(finding.severity) >= floor]


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (-_order(f.severity), -f.value / (f.limit or 1), f.path, f.line, f.rule))


def blocking(introduced: Iterable[Finding], settings: RepoSettings) -> list[Finding]:
    """What makes the check fail."""
    return at_least(settings.fail_severity, introduced) if settings.gate == "new" else []


def worth_telling(findings: Iterable[Finding], settings: RepoSettings) -> list[Finding]:
    """From the minimum severity on; and what makes a check fail is told in any case."""
    floor = settings.minimum_severity
    if settings.gate == "new":
        floor = min(floor, settings.fail_severity, key=_order)
    return at_least(floor, findings)


def _order(severity: str) -> int:
    return SEVERITIES.index(severity)


def sentence(found: Delta, settings: RepoSettings) -> str:
    """The verdict in one line."""
    if failing := blocking(found.introduced, settings):
        return f"{_count(failing, 'finding')} of this pull request should be mended before it is merged."
    if worth_telling(found.introduced, settings):
        return "Worth a look, nothing that must be mended."
    if worth_telling(found.fixed, settings):
        return "This pull request makes the code better."
    return "Nothing introduced, nothing fixed."


def _count(findings: Sequence[Finding], word: str) -> str:
    plural = "s" if word == "finding" and len(findings) != 1 else ""
    return f"{len(findings)} {word}{plural}"


def with_accepted(report: Report) -> str:
    """The other number, where it is another: what is accepted does not count, and is not hidden."""
    counted = grade(report, accepted=True)
    return f"; {counted.letter}, {counted.gpa:.2f} if accepted findings counted" if counted != grade(report) else ""


def _moved(previous: Grade | None, now: Grade) -> str:
    if previous is None:
        return ""
    moved = trend(previous, now)
    return "as before" if moved.direction == "same" else f"{moved.direction} {abs(moved.difference):.2f}"
