"""Head against base: what a change is blamed for, and what not."""

from dataclasses import replace

import pytest

from bot.analysis.delta import compare
from bot.analysis.model import APPROXIMATE, NOT_ANALYSED, Delta, Finding, LeftOut, Original, Report
from tests.analysis.reports import a_file, a_finding, a_function, a_namespace, report


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


# -------------------------------------------------------------------------------------------------------- namespaces


def large(name: str, methods: int) -> str:
    return f"class {name}:\n" + "".join(f"    def m{n}(self):\n        return {n}\n\n" for n in range(methods)) + "\n"


def of_rule(findings: tuple[Finding, ...], rule: str) -> set[tuple[str, str]]:
    return {(finding.path, finding.symbol) for finding in findings if finding.rule == rule}


def test_a_class_that_grows_over_a_step_got_worse():
    delta = change({"a.py": large("A", 14)}, {"a.py": large("A", 15)})
    assert of_rule(delta.worse, "TOO_MANY_FUNCTIONS") == {("a.py", "A")}


def test_a_renamed_class_and_a_moved_one_are_what_they_were():
    base = {"a.py": large("A", 20), "b.py": ""}
    for head in ({"a.py": large("B", 20), "b.py": ""}, {"a.py": "", "b.py": large("A", 20)}):
        delta = change(base, head)
        assert delta.introduced == delta.fixed == ()
        assert len(of_rule(delta.unchanged, "TOO_MANY_FUNCTIONS")) == 1


def test_a_class_that_is_split_in_two_introduces_nothing():
    whole = large("A", 40)
    half = whole.index("    def m20")
    delta = change({"a.py": whole}, {"a.py": whole[:half] + "\nclass B:\n" + whole[half:]})
    assert delta.introduced == ()
    assert of_rule(delta.unchanged, "TOO_MANY_FUNCTIONS") == {("a.py", "A"), ("a.py", "B")}


def test_a_copied_class_is_introduced():
    delta = change({"a.py": large("A", 20)}, {"a.py": large("A", 20), "b.py": large("A", 20)})
    assert of_rule(delta.introduced, "TOO_MANY_FUNCTIONS") == {("b.py", "A")}
    assert delta.worse == ()


def test_one_method_moved_into_a_new_large_class_does_not_excuse_it():
    base = large("A", 40)
    moved = base.replace("m39", "gone") + large("B", 15).replace(
        "m0(self):\n        return 0", "m39(self):\n        return 39"
    )
    assert of_rule(change({"a.py": base}, {"a.py": moved}).introduced, "TOO_MANY_FUNCTIONS") == {("a.py", "B")}


def test_a_class_and_a_function_of_one_name_are_told_apart():
    both = (
        a_finding("namespace", symbol="A", value=200.0),
        a_finding("function", symbol="A", value=10.0, rule="TOTAL_LOC"),
    )
    old = Report((a_file("a.py", [a_function("A")], [a_namespace("A")], both),))
    assert compare(old, old).introduced == ()


# --------------------------------------------------------------------------------------------- rules, secrets, clones


def one(*findings, path="a.py", functions=(), oid="0" * 40):
    placed = [replace(finding, path=path) for finding in findings]
    return a_file(path, [a_function(name, path) for name in functions], findings=placed, oid=oid)


def counts(base, head):
    delta = compare(Report(tuple(base)), Report(tuple(head)))
    return len(delta.introduced), len(delta.fixed), len(delta.unchanged), len(delta.worse)


HIT = a_finding("rule", "error", fingerprint="1" * 16, symbol="f", line=5)
KEY = a_finding("secret", "critical", fingerprint="2" * 16)


@pytest.mark.parametrize("finding", [HIT, KEY], ids=["rule", "secret"])
def test_what_moved_to_other_lines_functions_or_files_is_unchanged(finding):
    base = [one(finding)]
    assert counts(base, [one(replace(finding, line=70, end_line=71))]) == (0, 0, 1, 0)
    assert counts(base, [one(replace(finding, symbol="g"))]) == (0, 0, 1, 0)
    assert counts(base, [one(), one(finding, path="b.py")]) == (0, 0, 1, 0)


@pytest.mark.parametrize("finding", [HIT, KEY], ids=["rule", "secret"])
def test_three_where_there_were_two_are_one_introduced(finding):
    more = [replace(finding, line=n) for n in range(3)]
    assert counts([one(*more[:2])], [one(*more)]) == (1, 0, 2, 0)
    assert counts([one(*more)], [one(*more[:2])]) == (0, 1, 2, 0)


def test_the_copy_is_introduced_not_what_it_was_copied_from():
    base, head = Report((one(HIT),)), Report((one(HIT), one(HIT, path="b.py")))
    assert [finding.path for finding in compare(base, head).introduced] == ["b.py"]
    head = Report((one(HIT, path="0.py"), one(HIT)))
    assert [finding.path for finding in compare(base, head).introduced] == ["0.py"]


def test_the_copy_in_another_function_of_the_file_is_introduced():
    other = replace(HIT, line=1, symbol="e")
    base, head = Report((one(HIT, functions="ef"),)), Report((one(other, HIT, functions="ef"),))
    assert [finding.symbol for finding in compare(base, head).introduced] == ["e"]


def test_another_secret_in_the_same_place_is_introduced():
    assert counts([one(KEY)], [one(replace(KEY, fingerprint="3" * 16))]) == (1, 1, 0, 0)


@pytest.mark.parametrize(("severity", "expected"), [("warning", (0, 0, 1, 0)), ("error", (1, 1, 0, 0))])
def test_edited_code_is_what_it_was_unless_it_could_fail_a_check(severity, expected):
    hit = replace(HIT, severity=severity)
    edited = replace(hit, fingerprint="9" * 16)
    assert counts([one(hit, functions="f")], [one(edited, functions="f")]) == expected
    assert counts([one(hit, functions="f")], [one(replace(edited, symbol="g"), functions="fg")])[:2] == (1, 1)


def clone(lines=30.0, *, path="b.py", original="a.py", identity="4", kind="IDENTITY"):
    place = Original(original, 1, 30)
    return a_finding(
        "duplication", "warning", lines, 10.0, path=path, fingerprint=identity * 16, original=place, rule=kind
    )


def test_a_clone_that_moved_or_whose_sides_changed_places_is_unchanged():
    base = [one(), one(clone(), path="b.py")]
    assert counts(base, [one(), one(replace(clone(), line=50), path="b.py")]) == (0, 0, 1, 0)
    assert counts(base, [one(replace(clone(), original=Original("b.py", 1, 30))), one(path="b.py")]) == (0, 0, 1, 0)


def test_a_third_copy_is_introduced():
    base = [one(), one(clone(), path="b.py")]
    assert counts(base, [*base, one(clone(), path="c.py")]) == (1, 0, 1, 0)


def test_what_an_edit_leaves_of_a_clone_is_no_new_one():
    base = [one(), one(clone(30), path="b.py")]
    halves = clone(14, identity="5"), clone(15, identity="6", kind="SIMILARITY")
    assert counts(base, [one(), one(*halves, path="b.py")]) == (0, 0, 2, 0)
    assert counts(base, [one(), one(*halves, clone(9, identity="7"), path="b.py")]) == (1, 0, 2, 1)


def test_a_clone_that_grew_got_worse_and_none_is_fixed():
    assert counts([one(), one(clone(30), path="b.py")], [one(), one(clone(40, identity="5"), path="b.py")]) == (
        1,
        0,
        0,
        1,
    )


def test_of_two_clones_one_left_is_one_fixed():
    base = [one(), one(clone(30), clone(20, identity="5"), path="b.py")]
    assert counts(base, [one(), one(clone(28, identity="6"), path="b.py")]) == (0, 1, 1, 0)


# ------------------------------------------------------------------------------------------------- accepted findings


def test_accepting_is_no_fix_and_no_longer_accepting_introduces_nothing():
    for finding in (HIT, KEY, clone(), a_finding("function", symbol="f", value=20.0, limit=10.0)):
        told, muted = [one(finding, functions="f")], [one(replace(finding, accepted="meant"), functions="f")]
        assert counts(told, muted) == (0, 0, 0, 0)
        assert counts(muted, told) == (0, 0, 1, 0)
        assert counts(muted, [one(functions="f")]) == (0, 0, 0, 0)
        assert counts([one(functions="f")], muted) == (0, 0, 0, 0)


def test_what_was_accepted_and_rose_since_is_introduced_once_it_is_accepted_no_more():
    low, high = (a_finding("function", symbol="f", value=value, limit=10.0) for value in (20.0, 30.0))
    accepted = replace(low, accepted="meant")
    assert counts([one(accepted, functions="f")], [one(high, functions="f")]) == (1, 0, 0, 1)


# ----------------------------------------------------------------------------------------------------- what is unseen


def test_a_base_that_was_left_out_or_read_as_lines_only_is_held_against_nobody():
    head = [one(HIT, functions="f")]
    assert counts([replace(one(), note="lines only")], head) == (0, 0, 1, 0)
    assert len(compare(Report((), (LeftOut("a.py", "too large"),)), Report(tuple(head))).introduced) == 0
    assert counts([], head)[0] == 1


def test_approximate_numbers_are_seen():
    near = replace(one(functions="f"), note=f"{APPROXIMATE}why")
    assert counts([near], [one(HIT, functions="f")]) == (1, 0, 0, 0)
    assert counts([one(HIT, functions="f")], [near]) == (0, 1, 0, 0)
