"""The words of a check: the worst first, nothing hidden, nothing too long, nothing that comes to life."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.messages import TITLES, message
from bot.analysis.model import NOT_ANALYSED, Delta, FileReport, Finding, Grade, LeftOut, Original, Remark, Report
from bot.analysis.rules import RULES as REGISTRY
from bot.analysis.secrets.model import SECRETS
from bot.analysis.settings.model import PathSettings, RepoSettings
from bot.analysis.thresholds import CLONE_RULES, FUNCTION_RULES, NAMESPACE_RULES, load
from bot.errors import UserError
from bot.markdown import code
from bot.services import verdict
from tests.analysis.reports import a_file, a_finding, a_function
from tests.services.rendered import blocks, inline, live, spans

A, F = Grade("A", 4.0), Grade("F", 0.2)
NOTHING = Delta((), (), (), (), A, A)
HEAD = Report(())
SECRET = "secret-private-key"
SETTINGS = RepoSettings(PathSettings(load()))


def finding(severity="error", *, path="src/a.py", line=1, symbol="f", value=25.0, limit=20.0, rule="CYCLO"):
    return Finding(rule, path, line, line + 9, symbol, value, limit, severity, "0" * 16)


def judged(*introduced, fixed=(), head=HEAD, settings=SETTINGS):
    return verdict.of_pull_request(replace(NOTHING, introduced=introduced, fixed=tuple(fixed)), head, settings)


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
    assert judged(finding("error"), settings=replace(SETTINGS, fail_severity="critical")).conclusion == "success"
    assert judged(finding("warning"), settings=replace(SETTINGS, fail_severity="warning")).conclusion == "failure"


def test_where_the_gate_is_off_nothing_fails_and_all_is_shown():
    result = judged(finding("critical"), settings=replace(SETTINGS, gate="off"))
    assert (result.conclusion, result.title) == ("success", "0 fixed, 1 introduced")
    assert result.summary.splitlines()[0] == "**Worth a look, nothing that must be mended.**"


def test_where_the_gate_is_off_the_minimum_alone_says_what_is_shown():
    quiet = replace(SETTINGS, gate="off", minimum_severity="critical")
    assert judged(finding("error"), settings=quiet).title == "0 fixed, 0 introduced"


def test_what_fails_is_shown_even_below_the_minimum():
    result = judged(finding("error"), settings=replace(SETTINGS, minimum_severity="critical", fail_severity="error"))
    assert (result.conclusion, result.title, len(result.annotations)) == ("failure", "0 fixed, 1 introduced", 1)


def test_what_was_there_before_fails_nobody():
    found = replace(NOTHING, unchanged=(finding("critical"),))
    assert verdict.of_pull_request(found, HEAD, SETTINGS).conclusion == "success"


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
    assert "A → F (GPA 4.00 → 0.20)" in verdict.of_pull_request(found, HEAD, SETTINGS).summary


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
    assert remark.message == "pay: ABC size 12.5 (limit 10)."
    assert (remark.start_line, remark.end_line) == (1, 1)


@pytest.mark.parametrize(
    ("kind", "row", "title", "lines"),
    [
        ("namespace", "| `x` | `x`:1 | total lines of code 25 (limit 20) |", "Total lines of code: 25", (1, 1)),
        ("duplication", "| `x` | `x`:1 | 25 lines similar to `x`:3-9 |", "Similar code: 25 lines", (1, 10)),
        ("rule", "| `x` | `x`:1 | Do not run text as code: `x` runs whatever", "Text is evaluated as code", (1, 10)),
        ("secret", "|  | `x`:1 | Private key in the source: revoke it", "Private key", (1, 10)),
    ],
)
def test_each_kind_has_its_words_and_its_lines(kind, row, title, lines):
    result = judged(of_kind(kind))
    assert f"| error {row}" in result.summary
    (remark,) = result.annotations
    assert (remark.title, (remark.start_line, remark.end_line)) == (title, lines)


def test_of_a_secret_nothing_is_told_but_kind_and_place():
    found = replace(of_kind("secret", "canary"), path="p", detail="canary", accepted="")
    result = judged(found)
    assert "canary" not in result.summary
    assert "canary" not in repr(result.annotations) + result.annotations[0].message


def test_every_rule_has_a_title_and_no_text_of_ours_is_markup_by_accident():
    assert {*FUNCTION_RULES, *NAMESPACE_RULES, *CLONE_RULES, *REGISTRY, *SECRETS} == set(TITLES)
    for rule, title in TITLES.items():
        kind = "secret" if rule in SECRETS else "rule"
        told = message(replace(of_kind(kind), rule=rule, detail="x"), code)
        for text in (title, told):
            kinds = {token.type for tokens in inline(text) for token in tokens}
            assert kinds <= {"text", "code_inline"}, rule
            assert blocks(text) == ["paragraph_open", "inline", "paragraph_close"], rule
        assert len(told.encode()) < 600, rule


def test_a_rule_that_is_no_more_is_still_told():
    assert "a rule that is no more" in judged(replace(of_kind("rule"), rule="@gone")).summary


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


def of_kind(kind, text="x", severity="error"):
    """A finding of each kind in which `text` stands wherever something of the repository may."""
    rules = {"namespace": "TOTAL_LOC", "duplication": "SIMILARITY", "rule": "eval-of-text", "secret": SECRET}
    original = Original(text, 3, 9) if kind == "duplication" else None
    made = finding(severity, path=text, symbol=text, rule=rules.get(kind, "CYCLO"))
    return replace(made, kind=kind, detail="" if kind == "secret" else text, original=original)


KINDS = ("function", "namespace", "duplication", "rule", "secret")
TRAPS = [
    "@everyone",
    "&#64;everyone",
    "&commat;x",
    "[a](http://b.c)",
    "![a](http://b.c)",
    "<img src=x>",
    "#1",
    "a/b#1",
    "GH-1",
    "http://b.c",
    "`",
    "``` @x",
    "a`b``c",
    "|",
    "\\|@x",
    "\n\n# x",
    "\u202e@x",
    "https://b.c/`@x`",
]


def summaries(text):
    """Every text for people that can hold something of a repository: of a pull request, its comment and a branch."""
    found = tuple(of_kind(kind, text) for kind in KINDS)
    accepted = replace(of_kind("rule", text), accepted=text)
    head = Report((file(text, findings=(*found, accepted), note="lines only"),), (LeftOut(text, "too large"),))
    delta = replace(NOTHING, introduced=found, fixed=found)
    result = verdict.of_pull_request(delta, head, SETTINGS)
    named = Projects(SETTINGS.base, name=text)
    return [result.summary, verdict.comment(result, delta, SETTINGS), verdict.of_branch(head, named, A).summary]


@dataclass(frozen=True)
class Projects(RepoSettings):
    name: str = ""

    def project(self, path: str) -> str:
        return self.name


@pytest.mark.parametrize("text", TRAPS)
def test_no_trap_comes_to_life(text):
    for harmless, told in zip(summaries("p"), summaries(text), strict=True):
        assert live(told) == live(harmless)
        assert blocks(told) == blocks(harmless)


def test_a_trap_that_is_no_code_span_would_be_seen():
    for harmless, told in zip(summaries("p"), summaries("p"), strict=True):
        assert live(told.replace("`p`", "@p")) != live(harmless)


@given(hostile.filter(bool))
def test_whatever_things_are_called_only_code_spans_hold_it(text):
    for harmless, told in zip(summaries("p"), summaries(text), strict=True):
        assert live(told) == live(harmless)
        assert blocks(told) == blocks(harmless)


@pytest.mark.parametrize("character", ["\U0001f9ad", "`", "|", "\x1b", "汉", "\U000e0041"])
def test_a_summary_of_the_longest_names_fits_what_a_host_takes(character):
    """65,535 of whatever it counts; a cut through a code span would leave its text live."""
    name = character * 5000
    many = [replace(of_kind(kind, name, "critical"), line=10**7 + n) for kind in KINDS for n in range(50)]
    odd = tuple(Remark(name, 10**7, "x" * 900) for _ in range(50))
    head = Report(tuple(file(name, NOT_ANALYSED, many) for _ in range(50)), (), odd)
    found = replace(NOTHING, introduced=tuple(many), fixed=tuple(many))
    result = verdict.of_pull_request(found, head, SETTINGS)
    assert len(result.summary.encode()) < 60_000
    said = verdict.comment(result, found, SETTINGS)
    assert said is not None
    assert len(said.encode()) < 60_000
    branch = verdict.of_branch(head, Projects(SETTINGS.base, name=name), A)
    assert len(branch.summary.encode()) < 60_000
    for summary in (result.summary, said, branch.summary):
        assert live(summary).count("more.") >= 2
        assert name[:9] not in live(summary)


# ---------------------------------------------------------------------------------------- branches, troubles, comments


def test_a_branch_is_graded_and_never_fails():
    result = verdict.of_branch(Report((file(findings=[finding("critical"), finding("warning")]),)))
    assert (result.conclusion, result.title, result.annotations) == ("success", "Grade D (GPA 0.88)", ())
    worst = result.summary.partition("#### Most in need of attention")[2]
    assert worst.count("| critical |") == 1
    assert "| warning |" not in worst


def test_a_branch_tells_quick_wins_and_what_moved():
    head = Report((a_file("a.py", [a_function()], findings=[a_finding("secret", "error", rule=SECRET, line=7)]),))
    result = verdict.of_branch(head, previous=Grade("B", 2.5))
    assert result.title == "Grade B (GPA 3.00, up 0.50)"
    assert result.summary.startswith("**Grade B** (GPA 3.00): 1 files, 1 functions. Up 0.50 since")
    assert "| +1.00 | error |  | `a.py`:7 | " in result.summary
    assert verdict.of_branch(head, previous=Grade("B", 3.0)).title == "Grade B (GPA 3.00, as before)"
    assert verdict.of_branch(head, previous=Grade("B", 3.1)).title == "Grade B (GPA 3.00, down 0.10)"


def test_both_numbers_are_told_where_accepted_findings_would_change_the_grade():
    bad = a_finding("secret", "critical", rule=SECRET, accepted="an example")
    head = Report((a_file("a.py", [a_function()], findings=[bad]),))
    branch = verdict.of_branch(head)
    assert "**Grade A** (GPA 4.00; C, 2.00 if accepted findings counted)" in branch.summary
    assert "Quick wins" not in branch.summary
    assert "attention" not in branch.summary
    assert "(GPA 4.00 → 4.00; C, 2.00 if accepted findings counted)" in judged(head=head).summary
    assert "accepted" not in verdict.of_branch(Report((a_file("a.py", [a_function()]),))).summary


def test_sub_projects_are_graded_where_there_are_some():
    class Settings(RepoSettings):
        def project(self, path: str) -> str:
            return "app" if path.startswith("app/") else ""

    head = Report((a_file("app/a.py", [a_function()]), a_file("b.py", [a_function()])))
    summary = verdict.of_branch(head, Settings(SETTINGS.base)).summary
    assert "| the rest | A | 4.00 |\n| `app` | A | 4.00 |" in summary
    assert "Sub-projects" not in verdict.of_branch(head, SETTINGS).summary


def test_trouble_is_explained_with_what_to_do():
    result = verdict.explained(UserError("Too large.", cure="Make it smaller."))
    assert (result.conclusion, result.title) == ("neutral", "Not reviewed")
    assert result.summary == "**Too large.**\n\n**What to do:** Make it smaller."


def test_a_comment_is_the_check_in_short():
    found = replace(NOTHING, introduced=(finding(),))
    result = verdict.of_pull_request(found, HEAD, SETTINGS)
    assert verdict.comment(result, found, SETTINGS) == f"### {result.title}\n\n{result.summary}"


@pytest.mark.parametrize("found", [NOTHING, replace(NOTHING, introduced=(finding("info"),), fixed=(finding("info"),))])
def test_there_is_no_comment_where_there_is_nothing_worth_telling(found):
    assert verdict.comment(verdict.of_pull_request(found, HEAD, SETTINGS), found, SETTINGS) is None
