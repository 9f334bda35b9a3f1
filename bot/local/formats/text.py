"""An answer for people at a terminal: the verdict first, then what to look at. Anything from the source is harmless."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from io import StringIO

from rich.console import Console
from rich.text import Text

from bot.analysis.grade import by_project, grade
from bot.analysis.messages import message
from bot.analysis.model import NOT_ANALYSED, SEVERITIES, Delta, Finding, Grade, Report
from bot.analysis.quick_wins import quick_wins
from bot.local.analyze import Answer
from bot.local.formats import View, hotspots
from bot.markdown import LONGEST_PATH, plain
from bot.services import verdict

SHOWN = 50
"""Findings under each heading that are told unless all are asked for."""

_OBJECTIONS = ("rule", "secret")  # to what code does; the rest is about how much of it there is

_FEW = 3  # paths that stand for all that were left out for the same reason
_COLOURS = {"critical": "bold red", "error": "red", "warning": "yellow", "info": "cyan"}
_LETTERS = {"A": "bold green", "B": "green", "C": "yellow", "D": "red", "F": "bold red"}
_LINE = "bold cyan"


def render(answer: Answer, view: View) -> str:
    change = answer.change
    lines = _tree(answer, view) if change is None else _change(answer, change, view)
    lines += _remarks(answer.report, view)
    lines += _left_out(answer.report, view)
    out = StringIO()
    console = Console(
        file=out, force_terminal=view.colour, color_system="standard" if view.colour else None, no_color=not view.colour
    )
    for line in lines:
        console.print(line, soft_wrap=True, highlight=False)
    return out.getvalue()


def _tree(answer: Answer, view: View) -> list[Text]:
    report = answer.report
    files = [file for file in report.files if file.language != "text"]
    functions = sum(len(file.functions) for file in files)
    code = sum(file.code_lines for file in files)
    lines = [
        _graded("Grade ", grade(report)).append(
            f"{verdict.with_accepted(report)}: {_count(len(files), 'file')}, {_count(functions, 'function')},"
            f" {_count(code, 'line')} of code"
        ),
        _severities(report.findings),
    ]
    if answer.settings.projects:
        lines += _heading("Sub-projects")
        parts = by_project(report, answer.settings.project)
        lines += [_graded(f"  {plain(name) or 'the rest'}: ", it) for name, it in parts.items()]
    if not report.files:
        lines.append(Text("Nothing here is in a language that is measured.", "yellow"))
    lines += hotspots.lines(report, view, _LETTERS)
    if wins := quick_wins(report):
        lines += _heading("Quick wins", "what would lift the grade most")
        lines += [Text(f"  {_gain(win.gain)}  ", "green").append(_finding(win.finding, view)) for win in wins]
    counting = _counting(answer)
    lines += _findings("Likely mistakes, security", [it for it in counting if it.kind in _OBJECTIONS], view)
    return lines + _findings("Complexity, size, copies", [it for it in counting if it.kind not in _OBJECTIONS], view)


def _change(answer: Answer, change: Delta, view: View) -> list[Text]:
    result = verdict.of_pull_request(change, answer.report, answer.settings)
    style = {"failure": "bold red", "success": "bold green"}.get(result.conclusion, "bold")
    before, after = change.grade_before, change.grade_after
    return [
        Text(verdict.sentence(change, answer.settings), style),
        Text(f"{result.title}. ").append(_graded("Grade of the changed files: ", before)).append(_graded(" → ", after)),
        *_findings("Introduced or made worse", verdict.worth_telling(change.introduced, answer.settings), view),
        *_findings("Fixed", verdict.worth_telling(change.fixed, answer.settings), view),
    ]


def _counting(answer: Answer) -> list[Finding]:
    counting = (finding for finding in answer.report.findings if not finding.accepted)
    return verdict.at_least(answer.settings.minimum_severity, counting)


def _findings(title: str, findings: Sequence[Finding], view: View) -> list[Text]:
    """The worst, file by file: the file with the gravest first, each in the order of its lines."""
    if not findings:
        return []
    worst = verdict.worst_first(findings)
    chosen = worst if view.everything else worst[:SHOWN]
    more = f"the worst {len(chosen)} of {len(worst):,}; --all shows every one" if len(chosen) < len(worst) else ""
    lines = _heading(title, more)
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in chosen:
        by_path[finding.path].append(finding)
    alone = True
    for number, found in enumerate(by_path.values()):
        if number and not (alone and len(found) == 1):  # files with one finding each stand together
            lines.append(Text())
        alone = len(found) == 1
        lines += [
            Text("  ").append(_finding(it, view)) for it in sorted(found, key=lambda it: (it.line, it.rule, it.symbol))
        ]
    return lines


def _finding(finding: Finding, view: View) -> Text:
    symbol = finding.symbol if finding.kind != "secret" else ""
    said = Text(f"{_path(finding.path, view)}:{finding.line}", _LINE)
    said.append(f"  {finding.severity:8}", _COLOURS[finding.severity]).append(f"  {finding.rule}  ", "dim")
    said.append(f"{plain(symbol)}: " if symbol else "", "bold")
    copied = finding.kind == "duplication"
    return said.append(message(finding, lambda text: _path(text, view) if copied else plain(text)))


def _severities(findings: Iterable[Finding]) -> Text:
    counts = dict.fromkeys((*reversed(SEVERITIES), "accepted"), 0)
    for finding in findings:
        counts["accepted" if finding.accepted else finding.severity] += 1
    said = Text("Findings: ")
    for number, (name, count) in enumerate(counts.items()):
        said.append(", " if number else "").append(f"{count:,} {name}", _COLOURS.get(name, "") if count else "dim")
    return said


def _remarks(report: Report, view: View) -> list[Text]:
    if not report.remarks:
        return []
    lines = _heading("Settings and suppressions")
    for remark in report.remarks:
        place = _path(remark.path, view) if remark.path else ""
        where = f"{place}:{remark.line}" if remark.line else place
        lines.append(Text("  ").append(where, _LINE).append(f"{': ' if where else ''}{remark.text}"))
    return lines


def _left_out(report: Report, view: View) -> list[Text]:
    """What was not looked into, reason by reason: one folder can hold thousands for the same."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for file in report.files:
        if file.note:
            reasons[file.note].append(file.path)
    for entry in report.left_out:
        reasons[entry.reason].append(entry.path)
    if not reasons:
        return []
    lines = _heading("Not looked into, and notes")
    for reason, paths in reasons.items():
        shown = paths if view.everything else paths[:_FEW]
        rest = f" and {len(paths) - len(shown):,} more" if len(paths) > len(shown) else ""
        style = "yellow" if reason == NOT_ANALYSED else ""
        lines.append(Text(f"  {reason}: ", style).append(", ".join(_path(path, view) for path in shown) + rest, "dim"))
    return lines


def _heading(title: str, more: str = "") -> list[Text]:
    return [Text(), Text(title, "bold underline").append(Text(f"  ({more})" if more else "", "not bold not underline"))]


def _graded(before: str, it: Grade) -> Text:
    return Text(before).append(it.letter, _LETTERS[it.letter]).append(f" (GPA {it.gpa:.2f})")


def _gain(points: float) -> str:
    return f"+{points:.2f}" if points >= 0.005 else "<0.01"


def _path(path: str, view: View) -> str:
    return plain(view.before_path + path, LONGEST_PATH)


def _count(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
