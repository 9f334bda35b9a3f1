"""Grades: what costs how much."""

from bot.analysis.grade import grade
from bot.analysis.model import Grade, Report
from tests.analysis.reports import report


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
