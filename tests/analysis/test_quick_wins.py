"""Quick wins: exactly what grading without each finding would say, found in one pass."""

from dataclasses import replace

from hypothesis import given

from bot.analysis.grade import points, weight
from bot.analysis.ledger import ledger
from bot.analysis.model import Report
from bot.analysis.quick_wins import quick_wins
from tests.analysis.made import reports
from tests.analysis.reports import a_file, a_finding, a_function


def exact(report: Report) -> float:
    """The report's points, not rounded."""
    accounts = ledger(report)[0]
    total = sum(map(weight, accounts))
    return sum(points(account) * weight(account) for account in accounts) / total if total else 4.0


def without(report: Report, number: int, place: int) -> Report:
    files = list(report.files)
    found = files[number].findings
    files[number] = replace(files[number], findings=found[:place] + found[place + 1 :])
    return Report(tuple(files))


@given(reports())
def test_the_quick_wins_are_those_that_grading_without_each_finding_tells(report):
    gains = [
        (round(exact(without(report, number, place)) - exact(report), 9), finding)
        for number, file in enumerate(report.files)
        for place, finding in enumerate(file.findings)
        if not finding.accepted
    ]
    best = sorted((gain for gain, _ in gains if gain > 0), reverse=True)[:5]
    told = quick_wins(report)
    assert [round(win.gain, 6) for win in told] == [round(gain, 6) for gain in best]
    assert all(any(finding == win.finding and abs(gain - win.gain) < 1e-6 for gain, finding in gains) for win in told)


@given(reports())
def test_the_quick_wins_come_in_the_same_order_whatever_the_order_of_the_findings(report):
    turned = Report(tuple(replace(file, findings=file.findings[::-1]) for file in report.files[::-1]))
    assert quick_wins(report) == quick_wins(turned)


def test_no_more_than_asked_for_are_told_and_accepted_ones_never():
    found = [a_finding("secret", "error", line=n) for n in range(1, 4)]
    report = Report((a_file(functions=[a_function()], findings=found),))
    assert [win.finding.line for win in quick_wins(report, 2)] == [1, 2]
    muted = Report((a_file(functions=[a_function()], findings=[replace(f, accepted="no") for f in found]),))
    assert quick_wins(muted) == []


def test_what_lifts_nothing_is_no_quick_win():
    hopeless = [a_finding("secret", "critical", line=n) for n in range(1, 9)]
    assert quick_wins(Report((a_file(functions=[a_function()], findings=hopeless),))) == []
    assert quick_wins(Report(())) == []


def test_the_last_finding_of_a_file_without_functions_takes_the_file_along():
    bad, good = a_file("a.py", findings=[a_finding("secret", "error")]), a_file("b.py", [a_function()], code_lines=100)
    [win] = quick_wins(Report((replace(bad, code_lines=100), good)))
    assert win.gain == 0.5
