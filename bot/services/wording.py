"""Findings, grades and remarks as rows of Markdown and as annotations. Text from a repository is neutralised here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.analysis.messages import headline, message
from bot.analysis.model import Finding, Grade, Remark, Report
from bot.analysis.quick_wins import QuickWin
from bot.markdown import code, plain
from bot.model import Annotation, Level

LEVELS: dict[str, Level] = {"info": "notice", "warning": "warning", "error": "failure", "critical": "failure"}
ROWS = 20
# In characters of up to four bytes each.
SYMBOL, PATH = 80, 150

# Bytes for each section's rows: all that one summary may hold stay together under the 65,535 that a host takes. It must
# never be cut by the host or on the way there: a cut through a code span would leave its text live.
FINDINGS, MORE_FINDINGS, WINS, PROJECTS, REMARKS, NOTES = 20_000, 10_000, 8_000, 5_000, 7_000, 9_000


def table(title: str, findings: Sequence[Finding], budget: int = FINDINGS) -> list[str]:
    """A heading and a row for each, as far as there is room; nothing where there are none."""
    rows = (f"| {finding.severity} | {_cells(finding)} |" for finding in findings)
    return _section(title, ["| severity | in | where | what |", "|---|---|---|---|"], rows, len(findings), budget)


def wins(found: Sequence[QuickWin]) -> list[str]:
    """What would lift the grade most."""
    rows = (f"| +{win.gain:.2f} | {win.finding.severity} | {_cells(win.finding)} |" for win in found)
    head = ["| points | severity | in | where | what |", "|---|---|---|---|---|"]
    return _section("Quick wins", head, rows, len(found), WINS)


def projects(grades: Mapping[str, Grade]) -> list[str]:
    """A grade for each sub-project; "" is what belongs to none."""
    rows = (
        f"| {_escaped(code(name, SYMBOL)) if name else 'the rest'} | {grade.letter} | {grade.gpa:.2f} |"
        for name, grade in grades.items()
    )
    return _section("Sub-projects", ["| project | grade | GPA |", "|---|---|---|"], rows, len(grades), PROJECTS)


def remarks(report: Report) -> list[str]:
    """What there is to put right in settings and suppressions."""
    rows = (f"- {_remark(remark)}" for remark in report.remarks)
    return _section("Settings and suppressions", [], rows, len(report.remarks), REMARKS)


def left_out(report: Report) -> list[str]:
    """What was not looked into is said, not passed over."""
    said = [(file.path, file.note) for file in report.files if file.note]
    said += [(entry.path, entry.reason) for entry in report.left_out]
    rows = (f"- {code(path, PATH)}: {reason}" for path, reason in said)
    return _section("Not looked into, and notes", [], rows, len(said), NOTES)


def annotation(finding: Finding) -> Annotation:
    """The finding at its lines; that of a function or namespace at its first, since nobody wants all of it marked."""
    said = message(finding, plain)
    about = f"{plain(finding.symbol)}: {said}." if finding.kind in ("function", "namespace") else said
    return Annotation(
        path=finding.path,
        start_line=finding.line,
        end_line=finding.line if finding.kind in ("function", "namespace") else finding.end_line,
        level=LEVELS[finding.severity],
        title=headline(finding),
        message=about,
    )


def _cells(finding: Finding) -> str:
    """In, where, what. Of a secret only kind and place are told."""
    symbol = finding.symbol if finding.kind != "secret" else ""
    where = f"{code(finding.path, PATH)}:{finding.line}"
    quoted = PATH if finding.kind == "duplication" else SYMBOL
    what = message(finding, lambda text: code(text, quoted))
    return " | ".join(map(_escaped, (code(symbol, SYMBOL) if symbol else "", where, what)))


def _escaped(cell: str) -> str:
    """A pipe would end a table's cell even inside a code span."""
    return cell.replace("|", "\\|")


def _remark(remark: Remark) -> str:
    place = plain(remark.path, PATH)
    return f"{code(f'{place}:{remark.line}' if remark.line else place, PATH + 10)}: {remark.text}"


def _section(title: str, head: list[str], rows: Iterable[str], count: int, budget: int) -> list[str]:
    """As many whole rows as there is room for, and how many more there are."""
    if not count:
        return []
    shown: list[str] = []
    for row in rows:
        budget -= len(row.encode("utf-8", "replace")) + 1
        if budget < 0 or len(shown) == ROWS:
            break
        shown.append(row)
    more = count - len(shown)
    rest = [f"\n… and {more} more." if head else f"- … and {more} more."] if more else []
    return ["", f"#### {title}", "", *(head if shown else []), *shown, *rest]
