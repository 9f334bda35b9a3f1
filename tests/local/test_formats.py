"""What the formats say, of answers made by hand."""

import re

import orjson
import pytest

from bot.analysis import delta
from bot.analysis.model import LeftOut, Original, Remark, Report
from bot.analysis.settings.model import PathSettings, RepoSettings
from bot.analysis.thresholds import load
from bot.local.analyze import Answer
from bot.local.formats import FORMATS, View, render
from bot.local.formats.hotspots import bar
from tests.analysis.reports import a_file, a_finding, a_function

SETTINGS = RepoSettings(PathSettings(load()))
EVIL = "a\x1b]0;title\x07\x1b[2J\u202egnp.js\n\r\x9bx"


def finding(rule="CYCLO", path="a.py", line=3, **how):
    made = {"end_line": line + 2, "symbol": "f", "value": 12, "limit": 10, "fingerprint": "0123456789abcdef"}
    return a_finding(rule=rule, path=path, line=line, **(made | how))


def report(*findings, path="a.py", **how):
    file = a_file(path, (a_function("f", path),), findings=findings, code_lines=20)
    return Report((file,), **how)


def of_tree(*findings, **how):
    return Answer(report(*findings, **how), SETTINGS)


def of_change(before, after):
    return Answer(after, SETTINGS, delta.compare(before, after))


def text(answer, **how):
    return render("text", answer, View(**how))


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_of_the_source_reaches_a_terminal_as_a_command(form):
    bad = finding(path=EVIL, symbol=EVIL)
    rule = finding("eval-of-text", path=EVIL, kind="rule", detail=EVIL)
    copy = finding("IDENTITY", path=EVIL, kind="duplication", original=Original(EVIL, 1, 9))
    answer = of_tree(
        bad, rule, copy, path=EVIL, left_out=(LeftOut(EVIL, "too large"),), remarks=(Remark(EVIL, 1, "wrong"),)
    )
    for said in (render(form, answer, View()), render(form, of_change(report(), answer.report), View())):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said)


def test_colours_are_ours_alone():
    said = text(of_tree(finding(path=EVIL, symbol="[red]x[/red]"), path=EVIL), colour=True)
    assert "[red]x[/red]" in said
    assert set(re.findall("\x1b.", said)) == {"\x1b["}
    assert not re.search("\x1b\\[(?![0-9;]*m)", said)


def test_the_verdict_comes_first():
    assert text(of_tree(finding())).startswith("Grade ")
    assert text(of_change(report(), report(finding(severity="error")))).startswith("1 finding of this pull request")


def test_findings_stand_by_file_the_gravest_file_first_and_in_the_order_of_lines():
    one = a_file("a.py", findings=(finding(line=1), finding(line=9)))
    two = a_file("b.py", findings=(finding(path="b.py", severity="critical"),))
    said = text(Answer(Report((one, two)), SETTINGS)).split("\nComplexity, size, copies\n")[1]
    assert re.findall(r"^  (\S+:\d+)", said, re.MULTILINE) == ["b.py:3", "a.py:1", "a.py:9"]


def test_a_win_that_is_too_small_for_two_digits_is_not_called_nothing():
    small = of_tree(*(finding(severity="info", line=line) for line in (1, 2)))
    assert "+0." in text(small)
    files = tuple(a_file(f"{n}.py", (a_function("f", f"{n}.py"),), code_lines=900) for n in range(90))
    much = Answer(Report((*files, *small.report.files)), SETTINGS)
    assert "<0.01" in text(much)
    assert "+0.00" not in text(much)


def test_mistakes_are_not_lost_among_long_functions():
    long = [finding(line=line, severity="critical") for line in range(1, 81)]
    said = text(of_tree(*long, finding("eval-of-text", kind="rule", line=99)))
    assert (
        said.index("Likely mistakes, security")
        < said.index("a.py:99  warning")
        < said.index("Complexity, size, copies")
    )


def test_only_the_worst_are_shown_unless_all_are_asked_for():
    many = of_tree(*(finding(line=line) for line in range(1, 81)))
    assert "the worst 50 of 80; --all shows every one" in text(many)
    assert len(re.findall(r"^  a\.py:\d+  warning", text(many, everything=True), re.MULTILINE)) == 80


def test_what_was_left_out_is_told_by_reason():
    answer = of_tree(left_out=tuple(LeftOut(f"v/{n}.js", "vendored") for n in range(9)))
    assert "vendored: v/0.js, v/1.js, v/2.js and 6 more" in text(answer)


def test_an_accepted_finding_is_counted_and_not_shown():
    said = text(of_tree(finding(accepted="as agreed")))
    assert "0 warning, 0 info, 1 accepted" in said
    assert "a.py:3" not in said.split("Findings: ")[1]


def test_a_bar_is_never_nothing_for_something():
    assert bar(0).strip() == ""
    assert bar(1e-9).strip() == "▏"
    assert bar(0.5) == "█" * 10 + " " * 10
    assert bar(1) == "█" * 20
    assert {len(bar(n / 97)) for n in range(98)} == {20}


def document(answer):
    return orjson.loads(render("json", answer, View()))


def test_json_tells_what_became_of_each_finding():
    before = report(
        finding("eval-of-text", kind="rule", fingerprint="a"), finding("self-assignment", kind="rule", fingerprint="b")
    )
    after = report(
        finding("eval-of-text", kind="rule", fingerprint="a"), finding("weak-hash", kind="rule", fingerprint="c")
    )
    said = document(of_change(before, after))
    assert [(it["rule"], it["state"]) for it in said["findings"]] == [
        ("eval-of-text", "unchanged"),
        ("weak-hash", "introduced"),
        ("self-assignment", "fixed"),
    ]
    assert said["kind"] == "change"
    assert said["counts"]["warning"] == 2


def test_json_names_quick_wins_by_their_place_among_the_findings():
    said = document(of_tree(finding(severity="info", line=1), finding(severity="critical", line=2)))
    assert said["findings"][said["quick_wins"][0]["finding"]]["severity"] == "critical"


def test_no_two_findings_share_a_fingerprint():
    said = document(of_tree(finding(line=1), finding(line=2)))
    assert [it["fingerprint"] for it in said["findings"]] == ["0123456789abcdef:1", "0123456789abcdef:2"]


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_the_hash_of_a_secret_is_told_to_nobody(form):
    said = render(form, of_tree(finding("secret-github-token", kind="secret", severity="critical")), View())
    assert "secret-github-token" in said
    assert "0123456789abcdef" not in said
    assert "0123456789abcdef" in render(form, of_tree(finding()), View())
