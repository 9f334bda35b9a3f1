"""The words of a check: the worst first, nothing hidden, nothing too long, nothing that comes to life."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.model import NOT_ANALYSED, Delta, FileReport, Finding, Grade, LeftOut, Remark, Report
from bot.errors import UserError
from bot.services import verdict
from tests.services.conftest import OPTIONS
from tests.services.rendered import blocks, live, spans

A, F = Grade("A", 4.0), Grade("F", 0.2)
NOTHING = Delta((), (), (), (), A, A)
HEAD = Report(())


def finding(severity="error", *, path="src/a.py", line=1, symbol="f", value=25.0, limit=20.0, rule="CYCLO"):
    return Finding(rule, path, line, line + 9, symbol, value, limit, severity, "0" * 16)


def judged(*introduced, fixed=(), head=HEAD, options=OPTIONS, gate="new"):
    return verdict.of_pull_request(replace(NOTHING, introduced=introduced, fixed=tuple(fixed)), head, options, gate)


def file(path="a.py", note="", findings=()):
    return FileReport(path, "0" * 40, "python", 10, findings=tuple(findings), note=note)


# ------------------------------------------------------------------------------------------------------- conclusions


@pytest.mark.parametrize(
    ("severity", "conclusion", "shown"),
    [("info", "success", 0), ("warning", "success", 1), ("error", "failure", 1), ("critical", "failure", 1)],
)
def test_what_fails_and_what_is_shown_by_default(severity, conclusion, shown):
    result = judged(finding(severity))
    assert (result.conclusion, len(result.annotations)) == (conclusion, shown)
    assert result.title == f"0 fixed, {shown} introduced"


def test_the_operator_chooses_what_fails():
    assert judged(finding("error"), options=replace(OPTIONS, fail_severity="critical")).conclusion == "success"
    assert judged(finding("warning"), options=replace(OPTIONS, fail_severity="warning")).conclusion == "failure"


def test_where_the_gate_is_off_nothing_fails_and_all_is_shown():
    result = judged(finding("critical"), gate="off")
    assert (result.conclusion, result.title) == ("success", "0 fixed, 1 introduced")


def test_what_fails_is_shown_even_below_the_minimum():
    result = judged(finding("error"), options=replace(OPTIONS, minimum_severity="critical", fail_severity="error"))
    assert (result.conclusion, result.title, len(result.annotations)) == ("failure", "0 fixed, 1 introduced", 1)


def test_what_was_there_before_fails_nobody():
    found = replace(NOTHING, unchanged=(finding("critical"),))
    assert verdict.of_pull_request(found, HEAD, OPTIONS).conclusion == "success"


def test_a_file_that_could_not_be_analysed_makes_it_neutral_and_is_named():
    result = judged(head=Report((file("slow.py", NOT_ANALYSED),)))
    assert (result.conclusion, result.title) == ("neutral", "0 fixed, 0 introduced, 1 not analysed")
    assert "- `slow.py`: not analysed: limits" in result.summary


def test_a_file_that_could_not_be_analysed_does_not_hide_a_failure():
    assert judged(finding("error"), head=Report((file("slow.py", NOT_ANALYSED),))).conclusion == "failure"


@pytest.mark.parametrize(
    ("introduced", "fixed", "sentence"),
    [
        ([finding("error")], [], "1 finding of this pull request should be mended before it is merged."),
        ([finding("error")] * 2, [], "2 findings of this pull request should be mended before it is merged."),
        ([finding("warning")], [finding("error")], "Worth a look, nothing that must be mended."),
        ([], [finding("error")], "This pull request makes the code better."),
        ([], [], "Nothing introduced, nothing fixed."),
    ],
)
def test_the_first_line_is_the_verdict(introduced, fixed, sentence):
    assert judged(*introduced, fixed=fixed).summary.splitlines()[0] == f"**{sentence}**"


def test_the_grades_before_and_after_are_told():
    found = replace(NOTHING, grade_after=F)
    assert "A → F (GPA 4.00 → 0.20)" in verdict.of_pull_request(found, HEAD, OPTIONS).summary


# ------------------------------------------------------------------------------------------------------------ tables


def test_the_worst_come_first():
    mild, bad = finding("warning", path="z.py"), finding("error", path="y.py", value=21.0)
    worse, worst = finding("error", path="x.py", value=40.0), finding("critical", path="w.py")
    result = judged(mild, bad, worst, worse)
    assert [note.path for note in result.annotations] == ["w.py", "x.py", "y.py", "z.py"]
    assert [path for path in spans(result.summary) if path.endswith(".py")] == ["w.py", "x.py", "y.py", "z.py"]


def test_equals_come_in_the_order_of_their_places():
    same = [finding(path=path, line=line) for path, line in (("b.py", 1), ("a.py", 2), ("a.py", 1))]
    assert [(f.path, f.line) for f in verdict.worst_first(same)] == [("a.py", 1), ("a.py", 2), ("b.py", 1)]


def test_a_limit_of_nought_is_no_trouble():
    assert judged(finding(limit=0.0)).conclusion == "failure"


def test_a_row_says_what_where_and_how_much():
    result = judged(finding("critical", path="src/pay.py", line=7, symbol="Shop.pay", value=31.0, limit=30.0))
    assert "| critical | `Shop.pay` | `src/pay.py`:7 | cyclomatic complexity 31 (limit 30) |" in result.summary


def test_long_tables_and_notes_end_in_how_many_more():
    head = Report(tuple(file(f"{n}.py", "parsed in part") for n in range(25)))
    result = judged(*[finding(line=n) for n in range(1, 34)], head=head)
    assert "… and 13 more." in result.summary
    assert "- … and 5 more." in result.summary
    assert result.summary.count("| error |") == 20
    assert result.title == "0 fixed, 33 introduced"


def test_a_table_of_twenty_has_no_more():
    assert "more." not in judged(*[finding(line=n) for n in range(1, 21)]).summary


def test_what_was_not_looked_into_is_said():
    odd = (Remark(".sealbeat.toml", 3, "this is odd."), Remark("a`@b", 0, "so is this."))
    head = Report((file("part.py", "lines only"),), (LeftOut("vendor/x.py", "vendored"),), odd)
    summary = judged(head=head).summary
    assert [line for line in summary.splitlines() if line.startswith("- ")] == [
        "- `.sealbeat.toml:3`: this is odd.",
        "- ``a`@b``: so is this.",
        "- `part.py`: lines only",
        "- `vendor/x.py`: vendored",
    ]


def test_without_findings_and_notes_there_are_no_headings():
    assert "heading_open" not in blocks(judged().summary)


# ------------------------------------------------------------------------------------------------------- annotations


def test_a_remark_says_what_it_is_about():
    (remark,) = judged(finding("warning", symbol="pay", value=12.5, limit=10.0, rule="ABC")).annotations
    assert (remark.level, remark.title) == ("warning", "ABC size: 12.5")
    assert remark.message == "pay: ABC size 12.5; warning starts at 10."


def test_no_remark_is_at_a_path_that_the_host_does_not_know():
    paths = ["a\nb.py", "\u202etxt.py", r"\xff.py", "n" * 4097 + ".py"]
    result = judged(*[finding(path=path) for path in paths], finding(path="known.py"))
    assert [remark.path for remark in result.annotations] == ["known.py"]
    assert result.title == "0 fixed, 5 introduced"


def test_there_are_a_thousand_remarks_at_most_and_they_are_the_worst():
    result = judged(*[finding("warning", line=n) for n in range(1, 1500)], finding("critical", line=9999))
    assert len(result.annotations) == 1000
    assert result.annotations[0].start_line == 9999


@given(st.text(max_size=50), st.text(max_size=50))
def test_a_remark_is_one_line_whatever_the_symbol(symbol, path):
    for remark in judged(finding(symbol=symbol, path=path)).annotations:
        assert len(remark.message.splitlines()) == 1


# -------------------------------------------------------------------------------------------------- hostile and long

hostile = st.text("`|\\@#<>&[]()!*_~ \n\u202eéa汉", max_size=30)


@given(hostile, hostile, hostile)
def test_whatever_things_are_called_only_code_spans_hold_it(path, symbol, left_out):
    head = Report((), (LeftOut(left_out, "too large"),))
    harmless = judged(finding(path="p", symbol="s"), fixed=[finding(path="p", symbol="s")],
                      head=Report((), (LeftOut("l", "too large"),)))  # fmt: skip
    result = judged(finding(path=path, symbol=symbol), fixed=[finding(path=path, symbol=symbol)], head=head)
    assert live(result.summary) == live(harmless.summary)
    assert blocks(result.summary) == blocks(harmless.summary)


@pytest.mark.parametrize("character", ["\U0001f9ad", "`", "|", "\x1b", "汉", "\U000e0041"])
def test_a_summary_of_the_longest_names_fits_what_a_host_takes(character):
    """65,535 of whatever it counts; a cut through a code span would leave its text live."""
    name = character * 5000
    many = [finding("critical", path=name, symbol=name, line=10**7 + n, value=10**6 + n) for n in range(50)]
    head = Report(tuple(file(name, NOT_ANALYSED) for _ in range(50)))
    found = replace(NOTHING, introduced=tuple(many), fixed=tuple(many))
    result = verdict.of_pull_request(found, head, OPTIONS)
    assert len(result.summary.encode()) < 60_000
    said = verdict.comment(result, found, OPTIONS)
    assert said is not None
    assert len(said.encode()) < 60_000


# ---------------------------------------------------------------------------------------- branches, troubles, comments


def test_a_branch_is_graded_and_never_fails():
    result = verdict.of_branch(Report((file(findings=[finding("critical"), finding("warning")]),)))
    assert (result.conclusion, result.title, result.annotations) == ("success", "Grade A (GPA 4.00)", ())
    assert result.summary.count("| critical |") == 1
    assert "| warning |" not in result.summary


def test_trouble_is_explained_with_what_to_do():
    result = verdict.explained(UserError("Too large.", cure="Make it smaller."))
    assert (result.conclusion, result.title) == ("neutral", "Not reviewed")
    assert result.summary == "**Too large.**\n\n**What to do:** Make it smaller."


def test_a_comment_is_the_check_in_short():
    found = replace(NOTHING, introduced=(finding(),))
    result = verdict.of_pull_request(found, HEAD, OPTIONS)
    assert verdict.comment(result, found, OPTIONS) == f"### {result.title}\n\n{result.summary}"


@pytest.mark.parametrize("found", [NOTHING, replace(NOTHING, introduced=(finding("info"),), fixed=(finding("info"),))])
def test_there_is_no_comment_where_there_is_nothing_worth_telling(found):
    assert verdict.comment(verdict.of_pull_request(found, HEAD, OPTIONS), found, OPTIONS) is None
