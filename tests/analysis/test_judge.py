"""The judge: which numbers, clones, hits and secrets are worth a finding, and where they are told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.duplication.model import Clone
from bot.analysis.findings import of_hits
from bot.analysis.judge import judge
from bot.analysis.measured import Measured
from bot.analysis.model import LeftOut, Remark, Report
from bot.analysis.settings.globs import Globs, glob
from bot.analysis.settings.model import PathSettings, RepoSettings
from bot.analysis.thresholds import parse
from bot.analysis.wire import Hit, Mark, Measurement, NamespaceRow, Row
from tests.analysis.reports import SETTINGS, measured

STEPS: dict[str, object] = dict.fromkeys(SETTINGS.base.thresholds.default, False)
KNOWN = {"empty-catch": ("rule", "warning"), "secret-aws": ("secret", "critical")}


def settings(rules=(), **steps):
    return RepoSettings(PathSettings(parse({"default": {**STEPS, **steps}}), dict(rules)))


def function(name="f", line=1, **metrics):
    zeros = {
        "cyclomatic": 0,
        "cognitive": 0,
        "abc": 0.0,
        "arity": 0,
        "nesting": 0,
        "loc": 0,
        "returns": 0,
        "return_values": 0,
    }
    return Row(name, line, line + 4, **{**zeros, **metrics}, body_hash="b" * 16)


def namespace(name="A", line=1, **metrics):
    return NamespaceRow(
        name, "class", line, line + 9, **{**{"methods": 0, "ivars": 0, "complexity": 0.0, "loc": 0}, **metrics}
    )


def file(path="a.py", rows=(), namespaces=(), hits=(), marks=()):
    measurement = Measurement(1.0, "", 90, list(rows), list(namespaces), list(hits), list(marks))
    return Measured(path, "0" * 40, "python", 100, measurement)


def clone(file, original, *, kind="IDENTITY", lines=30):
    return Clone(kind, file, 11, 11 + lines, original, 51, 51 + lines, lines, 200, "c" * 16)


def told(report: Report):
    return [(f.path, f.rule, f.symbol, f.value, f.limit, f.severity) for f in report.findings]


# ---------------------------------------------------------------------------------------------------------- metrics


@pytest.mark.parametrize(
    ("rule", "attribute"),
    [("TOO_MANY_FUNCTIONS", "methods"), ("TOO_MANY_IVARS", "ivars"), ("TOTAL_COMPLEXITY", "complexity"),
     ("TOTAL_LOC", "loc")],
)  # fmt: skip
def test_a_namespace_over_a_step_is_a_finding_at_it(rule, attribute):
    at = settings(**{rule: [2, 4, 6, 8]})
    report = judge([file(namespaces=[namespace("Shop", 7, **{attribute: 6}), namespace(**{attribute: 1})])], (), at)
    assert told(report) == [("a.py", rule, "Shop", 6, 6, "error")]
    (finding,) = report.findings
    assert (finding.kind, finding.line, finding.end_line) == ("namespace", 7, 16)


def test_several_return_values_are_a_finding():
    report = judge([file(rows=[function(return_values=5), function("g")])], (), settings(RETURN_VALUES=[3, 4, 5, 6]))
    assert told(report) == [("a.py", "RETURN_VALUES", "f", 5, 5, "error")]


def test_a_metric_may_be_off_or_of_another_severity_at_a_path():
    rows = [function(cyclomatic=25)]
    assert told(judge([file(rows=rows)], (), settings())) == []
    assert told(judge([file(rows=rows)], (), settings({"CYCLO": None}, CYCLO=[6, 10, 15, 25]))) == []
    milder = judge([file(rows=rows)], (), settings({"CYCLO": "info"}, CYCLO=[6, 10, 15, 25]))
    assert told(milder) == [("a.py", "CYCLO", "f", 25, 25, "info")]


def test_findings_come_in_the_order_of_the_source_and_owners_first():
    at = settings(CYCLO=[1, 2, 3, 4], TOTAL_LOC=[1, 2, 3, 4])
    rows = [function("A.f", 3, cyclomatic=1), function("g", 1, cyclomatic=1)]
    report = judge([file(rows=rows, namespaces=[namespace(loc=1)])], (), at)
    assert [f.symbol for f in report.findings] == ["A", "g", "A.f"]


@given(st.permutations(["x", "y", "z"]))
def test_a_namespace_keeps_its_fingerprint_wherever_it_stands(names):
    at = settings(TOTAL_LOC=[1, 2, 3, 4])
    rows = [namespace(name, 10 * n, loc=1 + n) for n, name in enumerate(names)]
    moved = judge([file("other.py", namespaces=rows)], (), at).findings
    there = judge([file("a.py", namespaces=[namespace(n, 1, loc=4) for n in "xyz"])], (), at).findings
    assert {f.symbol: f.fingerprint for f in moved} == {f.symbol: f.fingerprint for f in there}
    assert len({f.fingerprint for f in there}) == 3


# ----------------------------------------------------------------------------------------------------------- clones


def test_only_the_copy_is_told_of_a_clone_and_where_the_original_lies():
    report = judge([file("a.py"), file("b.py")], [clone(1, 0)], settings(IDENTITY=[5, 10, 25, 50]))
    assert told(report) == [("b.py", "IDENTITY", "", 30, 25, "error")]
    (finding,) = report.findings
    assert finding.kind == "duplication"
    assert finding.original is not None
    assert (finding.original.path, finding.original.line, finding.original.end_line) == ("a.py", 51, 81)


def test_short_clones_and_clones_of_a_kind_that_is_off_are_no_findings():
    clones = [clone(1, 0, lines=4), clone(1, 0, kind="SIMILARITY")]
    assert told(judge([file("a.py"), file("b.py")], clones, settings(IDENTITY=[5, 10, 25, 50]))) == []


def test_what_the_settings_exclude_is_left_out_with_its_clones():
    class Excluding(RepoSettings):
        def excluded(self, path: str) -> str | None:
            return "excluded by .sealbeat.toml" if path == "b.py" else None

    at = Excluding(settings(IDENTITY=[1, 2, 3, 4]).base)
    files = [file("a.py"), file("b.py"), file("c.py")]
    report = judge(files, [clone(1, 0), clone(2, 1), clone(2, 0)], at, left_out=[LeftOut("z.py", "too large")])
    assert [entry.path for entry in report.files] == ["a.py", "c.py"]
    assert [(entry.path, entry.reason) for entry in report.left_out] == [
        ("b.py", "excluded by .sealbeat.toml"),
        ("z.py", "too large"),
    ]
    assert [(f.path, f.original.path) for f in report.findings if f.original] == [("c.py", "a.py")]


# ------------------------------------------------------------------------------------------------- rules and secrets


def hits(*found, at=None):
    return list(of_hits(file(hits=found), KNOWN, (at or settings()).base))  # type: ignore[arg-type]


def test_a_hit_has_its_rules_severity_and_the_settings_may_change_it():
    hit = Hit("empty-catch", 3, 4, "Shop.pay", "err", "1" * 16)
    (finding,) = hits(hit)
    assert (finding.kind, finding.severity, finding.symbol, finding.detail) == ("rule", "warning", "Shop.pay", "err")
    assert (finding.line, finding.end_line, finding.value, finding.limit) == (3, 4, 1, 1)
    assert hits(hit, at=settings({"empty-catch": None})) == []
    assert [f.severity for f in hits(hit, at=settings({"empty-catch": "critical"}))] == ["critical"]


@pytest.mark.parametrize(
    ("path", "severities"),
    [
        ("src/a.py", ["error", "warning", "error", "warning", "critical"]),
        ("latest/contest.py", ["error", "warning", "error", "warning", "critical"]),
        ("tests/a.py", ["info", "warning", "warning", "info", "critical"]),
        ("net/a_test.go", ["info", "warning", "warning", "info", "critical"]),
        ("src/AppTests.swift", ["info", "warning", "warning", "info", "critical"]),
        ("web/a.spec.ts", ["info", "warning", "warning", "info", "critical"]),
    ],
)
def test_in_tests_only_what_opens_something_is_as_grave_as_elsewhere(path, severities):
    rules = ("tls-verification-off", "empty-catch", "secret-private-key", "secret-generic", "secret-stripe-key")
    hits = [Hit(rule, number, number, "", "", "h") for number, rule in enumerate(rules, 1)]
    report = judge([file(path, hits=hits)], [], settings())
    assert [finding.severity for finding in report.findings] == severities
    wanted = settings({"tls-verification-off": "critical"})
    assert judge([file(path, hits=hits)], [], wanted).findings[0].severity == "critical"


def test_a_hit_by_a_name_that_we_do_not_know_is_dropped():
    assert hits(Hit("made-up", 3, 4, "", "", ""), Hit("CYCLO", 1, 1, "", "", "")) == []


def test_nothing_of_a_secret_is_carried_on_but_kind_and_place():
    (finding,) = hits(Hit("secret-aws", 3, 3, "connect", "AKIA-the-value", "2" * 16))
    assert (finding.kind, finding.severity, finding.detail) == ("secret", "critical", "")


@given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**63), 2**63 - 1))
def test_lines_that_the_file_does_not_have_are_not_told(line, end_line):
    (finding,) = hits(Hit("empty-catch", line, end_line, "", "", ""))
    assert 1 <= finding.line <= finding.end_line <= 100


def test_a_hit_keeps_its_fingerprint_in_a_renamed_function_on_another_line():
    one, two = hits(Hit("empty-catch", 3, 4, "f", "", "1" * 16), Hit("empty-catch", 33, 39, "g", "", "1" * 16))
    other, secret = hits(Hit("empty-catch", 3, 4, "f", "", "2" * 16), Hit("secret-aws", 3, 4, "f", "", "1" * 16))
    assert one.fingerprint == two.fingerprint
    assert len({one.fingerprint, other.fingerprint, secret.fingerprint}) == 3


# ------------------------------------------------------------------------------------------------------ suppressions


def test_a_finding_that_a_suppression_reaches_is_accepted_with_its_reason():
    rows = [function(line=10, cyclomatic=25), function("g", 50, cyclomatic=25)]
    marks = [Mark(9, "disable", ("CYCLO",), "a table in code"), Mark(40, "enable", ("CYCLO",))]
    report = judge([file(rows=rows, marks=marks)], (), settings(CYCLO=[6, 10, 15, 25]))
    assert [(f.symbol, f.accepted) for f in report.findings] == [
        ("f", "suppressed in line 9: a table in code"),
        ("g", ""),
    ]
    assert report.remarks == ()


def test_a_suppression_that_has_ended_or_meets_nothing_is_remarked_on_after_the_settings():
    at = replace(settings(CYCLO=[6, 10, 15, 25]), remarks=(Remark(".sealbeat.toml", 1, "odd"),))
    ended = Mark(9, "disable", ("CYCLO",), "", "2026-01-31")
    files = [file(rows=[function(line=10, cyclomatic=25)], marks=[ended]), file("b.py", marks=[ended])]
    report = judge(files, (), at, today="2026-02-01")
    assert [f.accepted for f in report.findings] == [""]
    assert [(remark.path, remark.line) for remark in report.remarks] == [
        (".sealbeat.toml", 1),
        ("a.py", 9),
        ("b.py", 9),
    ]
    before = judge(files, (), at, today="2026-01-31")
    assert [bool(f.accepted) for f in before.findings] == [True]
    assert [(remark.path, remark.line) for remark in before.remarks] == [(".sealbeat.toml", 1), ("b.py", 9)]


def test_secrets_are_accepted_where_the_settings_allow_them_and_nothing_else_is():
    allowed = replace(settings(CYCLO=[6, 10, 15, 25]), secrets_allowed=Globs([glob("tests/**")]))
    hits, rows = [Hit("secret-generic", 3, 3, "", "", "2" * 16)], [function(line=10, cyclomatic=25)]
    report = judge([file("a.py", rows, hits=hits), file("tests/a.py", rows, hits=hits)], (), allowed)
    assert [(f.path, f.kind, f.accepted) for f in report.findings] == [
        ("a.py", "secret", ""),
        ("a.py", "function", ""),
        ("tests/a.py", "secret", "allowed for this path in .sealbeat.toml"),
        ("tests/a.py", "function", ""),
    ]


# ------------------------------------------------------------------------------------------------------------ report


def test_the_settings_remarks_are_the_reports():
    remark = Remark(".sealbeat.toml", 3, "`gate` must be new or off.")
    assert judge([], (), replace(SETTINGS, remarks=(remark,))).remarks == (remark,)


def test_the_same_input_gives_the_same_bytes_and_they_can_be_read_again():
    at = settings(IDENTITY=[1, 2, 3, 4], CYCLO=[1, 2, 3, 4])
    files = [file("a.py", rows=[function(cyclomatic=3)]), file("b.py")]
    first, second = (judge(files, [clone(1, 0)], at).to_bytes() for _ in range(2))
    assert first == second
    assert Report.from_bytes(first).to_bytes() == first


@pytest.mark.parametrize(
    "reformatted",
    [
        'def f(a):\n    return eval(\n        a + "x",\n    )\n',
        "def f(a):\n    # why\n    return eval(a  # what\n        + 'x')\n",
        "class C:\n\tdef g(self, a):\n\t\treturn eval(a+'x')\n",
    ],
)
def test_a_hit_in_reformatted_code_keeps_its_fingerprint(reformatted):
    before, after, other = (
        {f.fingerprint for f in judge([measured("a.py", text)], (), SETTINGS).findings if f.rule == "eval-of-text"}
        for text in ("def f(a):\n    return eval(a + 'x')\n", reformatted, "def f(a):\n    return eval(a + 'y')\n")
    )
    assert len(before) == len(other) == 1
    assert before == after != other


@pytest.mark.parametrize(
    ("path", "note"), [("a.m", ""), ("a.mm", "approximate: Objective-C++ has no grammar of its own")]
)
def test_objective_cpp_is_marked_as_approximate(path, note):
    measurement = Measurement(1.0, "", 90, [function()])
    report = judge([Measured(path, "0" * 40, "objc", 100, measurement)], [], settings())
    assert [entry.note for entry in report.files] == [note]


def test_lines_only_says_more_than_approximate():
    measurement = Measurement(0.5, "lines only: 50% of the file reads as objc", 0, [])
    report = judge([Measured("a.mm", "0" * 40, "objc", 100, measurement)], [], settings())
    assert report.files[0].note.startswith("lines only")
