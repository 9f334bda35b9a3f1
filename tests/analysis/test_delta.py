"""Head against base: what a change is blamed for, and what not."""

from dataclasses import replace

from bot.analysis.delta import compare
from bot.analysis.model import NOT_ANALYSED, Delta, Finding, LeftOut, Report
from tests.analysis.reports import report


def branchy(name: str, branches: int) -> str:
    return f"def {name}(a):\n" + "".join(f"    if a == {n}:\n        b = {n}\n" for n in range(branches)) + "\n\n"


def change(base: dict[str, str], head: dict[str, str]) -> Delta:
    return compare(report(base), report(head))


def told(findings: tuple[Finding, ...]) -> set[tuple[str, str, str]]:
    return {(finding.path, finding.symbol, finding.rule) for finding in findings}


def cyclo(findings: tuple[Finding, ...]) -> set[tuple[str, str]]:
    return {(finding.path, finding.symbol) for finding in findings if finding.rule == "CYCLO"}


def test_the_same_files_introduce_and_fix_nothing():
    delta = change({"a.py": branchy("f", 9)}, {"a.py": branchy("f", 9)})
    assert delta.introduced == delta.fixed == delta.worse == ()
    assert cyclo(delta.unchanged) == {("a.py", "f")}


def test_a_new_function_is_introduced_but_nothing_that_was_there_got_worse():
    delta = change({"a.py": ""}, {"a.py": branchy("f", 9)})
    assert cyclo(delta.introduced) == {("a.py", "f")}
    assert delta.worse == ()


def test_a_function_that_crosses_a_step_got_worse():
    delta = change({"a.py": branchy("f", 2)}, {"a.py": branchy("f", 9)})
    assert cyclo(delta.introduced) == cyclo(delta.worse) == {("a.py", "f")}


def test_a_value_that_rises_within_its_step_got_worse():
    delta = change({"a.py": branchy("f", 10)}, {"a.py": branchy("f", 11)})
    assert cyclo(delta.worse) == {("a.py", "f")}
    assert ("a.py", "f", "CYCLO") not in told(delta.fixed)


def test_a_value_that_falls_but_stays_over_is_unchanged():
    delta = change({"a.py": branchy("f", 30)}, {"a.py": branchy("f", 9)})
    assert cyclo(delta.unchanged) == {("a.py", "f")}
    assert cyclo(delta.introduced) == cyclo(delta.fixed) == set()


def test_a_function_that_falls_under_the_first_step_is_fixed():
    delta = change({"a.py": branchy("f", 9)}, {"a.py": branchy("f", 2)})
    assert cyclo(delta.fixed) == {("a.py", "f")}


def test_a_function_that_is_gone_is_fixed():
    delta = change({"a.py": branchy("f", 9)}, {"a.py": ""})
    assert cyclo(delta.fixed) == {("a.py", "f")}


def test_moved_lines_change_nothing():
    delta = change({"a.py": branchy("f", 9)}, {"a.py": branchy("other", 1) * 3 + branchy("f", 9)})
    assert delta.introduced == delta.fixed == ()


def test_a_renamed_file_changes_nothing():
    delta = change({"old.py": branchy("f", 9)}, {"new.py": branchy("f", 9)})
    assert delta.introduced == delta.fixed == ()
    assert cyclo(delta.unchanged) == {("new.py", "f")}


def test_a_renamed_and_edited_file_is_still_known_by_its_names():
    delta = change({"old.py": branchy("f", 9)}, {"new.py": branchy("f", 12)})
    assert cyclo(delta.worse) == {("new.py", "f")}
    assert delta.fixed == ()


def test_a_renamed_function_changes_nothing():
    delta = change({"a.py": branchy("f", 9)}, {"a.py": branchy("g", 9)})
    assert delta.introduced == delta.fixed == ()


def test_an_anonymous_function_is_known_by_its_body():
    body = "".join(f"  if (a == {n}) b();\n" for n in range(9))
    base = "run(function () {\n" + body + "});\n"
    delta = change({"a.js": base}, {"a.js": "run(() => {\n  c();\n});\n" + base})
    assert delta.introduced == delta.fixed == ()
    assert len(delta.unchanged) >= 1


def test_equal_names_in_two_files_are_told_apart():
    base = {"a.py": branchy("main", 9), "b.py": branchy("main", 2)}
    delta = change(base, {"a.py": branchy("main", 9), "b.py": branchy("main", 9)})
    assert cyclo(delta.worse) == {("b.py", "main")}
    assert cyclo(delta.unchanged) == {("a.py", "main")}


def test_an_overload_added_above_blames_nobody_else():
    def method(parameter: str, branches: int) -> str:
        return f"void f({parameter}) {{\n" + "".join(f"if (x == {n}) y();\n" for n in range(branches)) + "}\n"

    base = "class A {\n" + method("int a", 9) + "}\n"
    head = "class A {\n" + method("String a", 1) + method("int a", 9) + "}\n"
    delta = change({"A.java": base}, {"A.java": head})
    assert delta.introduced == delta.fixed == ()


def test_a_copied_function_is_introduced_once():
    delta = change({"a.py": branchy("f", 9)}, {"a.py": branchy("f", 9), "b.py": branchy("f", 9)})
    assert cyclo(delta.introduced) == {("b.py", "f")}
    assert delta.worse == ()


def unanalysed(files: dict[str, str]) -> Report:
    whole = report(files)
    return Report(tuple(replace(file, functions=(), findings=(), note=NOT_ANALYSED) for file in whole.files))


def test_a_base_that_ran_out_of_time_is_held_against_nobody():
    delta = compare(unanalysed({"a.py": branchy("f", 9)}), report({"a.py": branchy("f", 9)}))
    assert delta.introduced == ()
    assert cyclo(delta.unchanged) == {("a.py", "f")}


def test_a_head_that_could_not_be_seen_fixes_nothing():
    base = report({"a.py": branchy("f", 9)})
    for head in (unanalysed({"a.py": branchy("f", 9)}), Report((), (LeftOut("a.py", "generated"),))):
        delta = compare(base, head)
        assert delta.fixed == ()


def test_grades_tell_before_and_after():
    delta = change({"a.py": branchy("f", 2)}, {"a.py": branchy("f", 40)})
    assert delta.grade_before.letter == "A"
    assert delta.grade_after.gpa < delta.grade_before.gpa


def test_a_fingerprint_survives_moves_and_renamed_files():
    (first,) = [f for f in report({"a.py": branchy("f", 9)}).findings if f.rule == "CYCLO"]
    (second,) = [f for f in report({"b.py": "x = 1\n" + branchy("f", 12)}).findings if f.rule == "CYCLO"]
    (other,) = [f for f in report({"a.py": branchy("g", 9)}).findings if f.rule == "CYCLO"]
    assert first.fingerprint == second.fingerprint != other.fingerprint
