"""Grades: what costs how much."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.grade import LETTERS, by_namespace, by_project, grade, trend
from bot.analysis.ledger import COST, POINT
from bot.analysis.model import SEVERITIES, Grade, Report
from bot.analysis.quick_wins import quick_wins
from tests.analysis.made import reports
from tests.analysis.reports import a_file, a_finding, a_function, a_namespace, report


def branchy(name: str, branches: int) -> str:
    return f"def {name}(a):\n" + "".join(f"    if a == {n}:\n        b = {n}\n" for n in range(branches)) + "\n\n"


def test_nothing_to_complain_about_is_an_a():
    assert grade(report({"a.py": branchy("f", 2)})) == Grade("A", 4.0)


def test_a_report_without_functions_is_an_a():
    assert grade(Report(())) == grade(report({"a.py": "x = 1\n"})) == Grade("A", 4.0)


def test_one_hopeless_function_alone_is_an_f():
    assert grade(report({"a.py": branchy("f", 60)})) == Grade("F", 0.0)


def test_the_same_function_among_many_good_ones_costs_less():
    good = "".join(branchy(f"g{n}", 1) for n in range(20))
    alone, among = grade(report({"a.py": branchy("f", 60)})), grade(report({"a.py": branchy("f", 60) + good}))
    assert alone.gpa < among.gpa < 4.0


def test_the_price_never_falls_while_the_value_rises():
    points = [grade(report({"a.py": branchy("f", branches) + branchy("g", 1) * 4})).gpa for branches in range(40)]
    assert points == sorted(points, reverse=True)
    assert points[0] > points[-1]


def test_large_files_weigh_more():
    bad, good = branchy("f", 12), branchy("g", 2)
    light = grade(report({"a.py": bad, "b.py": good}))
    heavy = grade(report({"a.py": bad, "b.py": "".join(branchy(f"g{n}", 2) for n in range(30))}))
    assert light.gpa < heavy.gpa


def test_every_letter_but_e_can_be_had():
    letters = {grade(report({"a.py": branchy("f", branches)})).letter for branches in range(60)}
    assert letters == {"A", "B", "C", "D", "F"}


# ---------------------------------------------------------------------------------------- the examples in docs/grade.md

DOC = (Path(__file__).parents[2] / "docs/grade.md").read_text()
EXAMPLES = re.findall(r"^\| `(\w+)` \| (\d+) \| (\d+) \| (.*?) \|.* (\d\.\d\d|not counted) \|$", DOC, re.MULTILINE)


def account(name, lines, functions, findings):
    """A file that holds one namespace as an example describes it."""
    path = f"{name}.py"
    found = []
    for kind, severity, value, limit in re.findall(r"(\w+) (\w+) (\d+)/(\d+)", findings):
        found.append(a_finding(kind, severity, float(value), float(limit), path=path, symbol=name))
    members = [a_function(f"{name}.f{n}", path, loc=1) for n in range(int(functions))]
    return a_file(path, members, [a_namespace(name, path, loc=int(lines))], found, code_lines=int(lines))


def test_the_examples_are_read():
    assert len(EXAMPLES) == 7
    assert {re.findall(r"^(\w+)", findings)[0] for *_, findings, _ in EXAMPLES} == {
        "function", "namespace", "duplication", "secret", "none"
    }  # fmt: skip


@pytest.mark.parametrize(("name", "lines", "functions", "findings", "points"), EXAMPLES)
def test_an_example_has_the_points_that_are_told(name, lines, functions, findings, points):
    found = by_namespace(Report((account(name, lines, functions, findings),)))
    told = [(entry.name, entry.lines, entry.functions, f"{entry.grade.gpa:.2f}") for entry in found]
    assert told == ([] if points == "not counted" else [(name, int(lines), int(functions), points)])


def test_the_examples_together_have_the_grade_and_the_quick_wins_that_are_told():
    report = Report(tuple(account(*example[:4]) for example in EXAMPLES))
    result = grade(report)
    assert f"GPA {result.gpa:.2f}, a {result.letter}." in DOC
    first, second, *_ = quick_wins(report)
    assert (first.finding.path, first.finding.value) == ("Hopeless.py", 90)
    assert (second.finding.path, second.finding.kind) == ("Leaky.py", "secret")
    assert f"the whole gains {first.gain:.2f} (" in DOC
    assert f"the whole gains {second.gain:.2f}." in DOC


def test_prices_and_letters_are_those_that_are_told():
    assert f"|---|---|---|---|\n| {' | '.join(f'{COST[severity] / POINT:g}' for severity in SEVERITIES)} |\n" in DOC
    assert f"| {' | '.join(letter for _, letter in LETTERS)} |\n" in DOC
    assert f"| {' | '.join(f'{floor:g}' for floor, _ in LETTERS)} |\n" in DOC


# ---------------------------------------------------------------------------------------------------------- who pays


def letters(*findings, functions=(), namespaces=(), code_lines=100):
    found = by_namespace(Report((a_file("a.py", functions, namespaces, findings, code_lines),)))
    return {entry.name: entry.grade.gpa for entry in found}


def test_the_innermost_namespace_of_a_name_pays():
    functions = [a_function("A.f"), a_function("A.B.g"), a_function("h")]
    bad = a_finding("function", "error", symbol="A.B.g.inner#2")
    assert letters(bad, functions=functions, namespaces=[a_namespace("A"), a_namespace("A.B")]) == {
        "A.B": 3.0,
        "A": 4.0,
        "": 4.0,
    }


def test_a_name_that_only_begins_alike_does_not_pay():
    functions = [a_function("Cart.f"), a_function("Carton.f")]
    bad = a_finding("function", "error", symbol="Carton.f")
    assert letters(bad, functions=functions, namespaces=[a_namespace("Cart")]) == {"Cart": 4.0, "": 3.0}


def test_a_script_without_functions_counts_once_it_has_a_finding():
    assert letters() == {}
    assert letters(a_finding("secret", "critical")) == {"": 2.0}


def test_a_files_own_lines_are_those_outside_its_namespaces():
    file = a_file("a.py", [a_function("f", loc=5)], [a_namespace("A", loc=60)], code_lines=100)
    [entry] = by_namespace(Report((file,)))
    assert (entry.name, entry.lines) == ("", 40)
    odd = replace(file, code_lines=10)  # more lines in namespaces than in the file: at least those of its functions
    assert [entry.lines for entry in by_namespace(Report((odd,)))] == [5]


def test_accepted_findings_count_only_where_asked():
    bad = a_finding("secret", "critical", accepted="an example key")
    report = Report((a_file("a.py", [a_function()], findings=[bad]),))
    assert grade(report) == Grade("A", 4.0)
    assert grade(report, accepted=True) == Grade("C", 2.0)


def test_the_worst_namespace_comes_first_and_of_equals_the_larger():
    files = [
        a_file(path, [a_function(path=path)], findings=found, code_lines=lines)
        for path, lines, found in (("a.py", 10, []), ("b.py", 20, []), ("c.py", 5, [a_finding(path="c.py")]))
    ]
    assert [entry.path for entry in by_namespace(Report(tuple(files)))] == ["c.py", "b.py", "a.py"]


def test_sub_projects_have_grades_of_their_own():
    bad = a_finding("secret", "critical", path="app/a.py")
    files = (
        a_file("app/a.py", [a_function()], findings=[bad]),
        a_file("lib/a.py", [a_function()]),
        a_file("none/a.py"),
    )
    grades = by_project(Report(files), lambda path: path.partition("/")[0])
    assert grades == {"app": Grade("C", 2.0), "lib": Grade("A", 4.0)}


@pytest.mark.parametrize(("before", "now", "direction", "difference"),
                         [(3.1, 3.31, "up", 0.21), (3.31, 3.1, "down", -0.21), (3.1, 3.1, "same", 0.0)])  # fmt: skip
def test_the_trend_is_the_difference_to_the_measurement_before(before, now, direction, difference):
    moved = trend(Grade("B", before), Grade("B", now))
    assert (moved.direction, moved.difference) == (direction, difference)


@pytest.mark.parametrize("value", [float("inf"), 1e300, 0.0])
def test_numbers_that_cannot_be_break_nothing(value):
    bad = a_finding("function", "error", value, 0.0 if not value else 10.0)
    assert 0.0 <= grade(Report((a_file("a.py", [a_function()], findings=[bad]),))).gpa <= 4.0


@given(reports(), st.randoms(use_true_random=False))
def test_no_order_of_files_and_findings_changes_a_digit(report, random):
    files = [replace(file, findings=tuple(random.sample(file.findings, len(file.findings)))) for file in report.files]
    random.shuffle(files)
    for accepted in (True, False):
        assert grade(Report(tuple(files)), accepted=accepted) == grade(report, accepted=accepted)


@given(reports())
def test_accepted_findings_never_lift_a_grade_by_counting(report):
    assert grade(report, accepted=True).gpa <= grade(report).gpa
