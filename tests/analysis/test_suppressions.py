"""What a suppression reaches is accepted with its reason; what it does not, is not; and nothing is silent."""

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.analysis.keys import known
from bot.analysis.marks import MANY, NO_KEYS, marks
from bot.analysis.model import Finding, Kind
from bot.analysis.suppressions import MAX_REMARKS, suppress
from bot.analysis.wire import MAX_MARKS, Mark
from tests.services.rendered import live


def found(line: int, rule: str = "LOC", kind: Kind = "function", end_line: int = 0) -> Finding:
    return Finding(rule, "a.py", line, end_line or line, "f", 30, 20, "warning", "0" * 16, kind)


def judged(text: str, *findings: Finding, today: str = "") -> tuple[list[str], list[tuple[int, str]]]:
    """Why each finding is accepted, and (line, text) of each remark. Every line of the text with a # is a comment."""
    comments, at = [], 0
    for line in text.splitlines(keepends=True):
        if "#" in line:
            comments.append((at + line.index("#"), at + len(line) - 1))
        at += len(line)
    accepted, remarks = suppress("a.py", findings, marks(text.encode(), comments), today)
    assert [finding.line for finding in accepted] == [finding.line for finding in findings]
    return [finding.accepted for finding in accepted], [(remark.line, remark.text) for remark in remarks]


def test_from_disable_to_enable_findings_are_accepted():
    text = "x\n# codebeat:disable[LOC]\nx\n# codebeat:enable[LOC]\nx\n"
    assert judged(text, found(1), found(3), found(5)) == (["", "suppressed in line 2", ""], [])


def test_without_enable_it_holds_to_the_end():
    assert judged("x\n# codebeat:disable[LOC]\nx\n", found(1), found(900)) == (["", "suppressed in line 2"], [])


def test_other_keys_are_not_touched():
    accepted, _ = judged("# codebeat:disable[LOC]\n", found(2), found(2, "ABC"))
    assert accepted == ["suppressed in line 1", ""]


def test_keys_are_read_in_any_case_and_may_end_one_by_one():
    text = "# Sealbeat:disable[loc, Abc]\nx\n# sealbeat:enable[ABC]\nx\n"
    accepted, remarks = judged(text, found(2, "ABC"), found(4), found(4, "ABC"))
    assert accepted == ["suppressed in line 1", "suppressed in line 1", ""]
    assert remarks == []


def test_an_enable_without_keys_ends_all():
    text = "# sealbeat:disable[LOC, ABC]\nx\n# sealbeat:enable\nx\n"
    assert judged(text, found(2), found(2, "ABC"), found(4), found(4, "ABC"))[0][2:] == ["", ""]


def test_a_line_s_suppression_reaches_that_line_alone():
    text = "x # sealbeat:disable-line[LOC]\nx\n"
    assert judged(text, found(1), found(2)) == (["suppressed in line 1", ""], [])


def test_the_next_line_s_reaches_the_function_below_its_decorator():
    text = "# sealbeat:disable-next-line[LOC]\n@cache\ndef f():\nx\n"
    assert judged(text, found(3), found(4)) == (["suppressed in line 1", ""], [])


def test_a_class_is_reached_from_inside_too_but_only_the_inner_one():
    text = "class A\nclass B\n# codebeat:disable[TOO_MANY_IVARS]\nx\n# codebeat:enable[TOO_MANY_IVARS]\n"
    outer, inner = (found(line, "TOO_MANY_IVARS", "namespace", 9) for line in (1, 2))
    assert judged(text, outer, inner) == (["", "suppressed in line 3"], [])


def test_a_function_is_not_reached_from_inside_and_that_is_said():
    text = "def f():\n  # codebeat:disable[LOC]\n  x\n"
    assert judged(text, found(1, end_line=3)) == (
        [""],
        [(2, "nothing here needs the suppression of `LOC`: remove it.")],
    )


def test_reason_and_day_are_kept_with_the_finding():
    accepted, _ = judged("# sealbeat:disable[LOC] until 2027-01-31: a table\n", found(2), today="2027-01-31")
    assert accepted == ["suppressed in line 1 until 2027-01-31: a table"]


def test_after_its_last_day_it_counts_no_more_and_that_is_said():
    assert judged("# sealbeat:disable[LOC] until 2027-01-31\n", found(2), today="2027-02-01") == (
        [""],
        [(1, "this suppression ended on `2027-01-31`: remove it, or give it another day.")],
    )


def test_without_a_date_of_today_nothing_has_ended():
    assert judged("# sealbeat:disable[LOC] until 1999-01-31\n", found(2))[1] == []


def test_a_suppression_that_meets_nothing_is_told_with_those_of_its_keys():
    _, remarks = judged("# codebeat:disable[LOC, ABC, CYCLO]\n", found(2))
    assert remarks == [(1, "nothing here needs the suppression of `ABC`, `CYCLO`: remove it.")]


def test_of_clones_nothing_is_stale_since_a_change_is_searched_for_its_own():
    assert judged("# codebeat:disable[SIMILARITY, IDENTITY]\n") == ([], [])
    assert judged("# codebeat:disable[SIMILARITY]\n", found(2, "SIMILARITY"))[0] == ["suppressed in line 1"]


def test_an_unknown_key_is_told_with_the_nearest():
    _, remarks = judged("# codebeat:disable[BLOK_NESTING, @octocat]\n")
    assert [text for _, text in remarks] == [
        "`BLOK_NESTING` is no metric, rule or secret; did you mean `BLOCK_NESTING`?",
        "`@octocat` is no metric, rule or secret.",
    ]


def test_enable_without_disable_is_told():
    _, remarks = judged("# codebeat:enable[LOC]\n")
    assert remarks == [(1, "`LOC` is enabled here, but was not disabled before: remove this.")]


def test_without_keys_nothing_is_suppressed():
    accepted, remarks = judged("# codebeat:disable\n", found(2))
    assert accepted == [""]
    assert remarks[0][1].startswith("this suppression names no keys")


def test_what_was_accepted_before_keeps_its_reason():
    before = Finding("LOC", "a.py", 2, 2, "f", 30, 20, "warning", "0" * 16, accepted="muted")
    assert judged("# codebeat:disable[LOC]\n", before) == (["muted"], [])


def test_remarks_are_in_the_order_of_lines_and_not_too_many():
    _, remarks = judged("# codebeat:disable[LOC]\n" * 50)
    assert len(remarks) == MAX_REMARKS + 1
    assert [line for line, _ in remarks[:-1]] == sorted(line for line, _ in remarks[:-1])
    assert remarks[-1] == (0, "… and 30 more.")


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=3))
def test_a_key_never_comes_to_life(names):
    assume(not any(name.upper() in known() for name in names))
    for remark in suppress("a.py", [], [Mark(1, "disable", tuple(names))])[1]:
        assert live(remark.text).split()[:5] == ["is", "no", "metric,", "rule", "or"]


@given(
    st.lists(
        st.builds(
            Mark,
            st.integers(-5, 60),
            st.sampled_from(["disable", "enable", "disable-line", "disable-next-line", "?", ""]),
            st.lists(st.sampled_from(["LOC", "abc", "TOTAL_LOC", "?"]), max_size=3).map(tuple),
            st.just(""),
            st.sampled_from(["", "2027-01-31", "?"]),
            st.sampled_from(["", NO_KEYS, MANY, "?"]),
            st.integers(-5, 60),
            st.integers(-5, 1 << 70),
        ),
        max_size=12,
    ),
    st.lists(st.builds(found, st.integers(1, 60), st.sampled_from(["LOC", "ABC"])), max_size=8),
)
def test_whatever_the_child_says_findings_stay_and_remarks_are_few(given_marks, findings):
    accepted, remarks = suppress("a.py", findings, given_marks, "2027-06-01")
    assert [finding.line for finding in accepted] == [finding.line for finding in findings]
    assert len(remarks) <= MAX_REMARKS + 1
    if not any(mark.verb.startswith("disable") for mark in given_marks):
        assert accepted == findings


def test_more_marks_than_a_child_may_send_are_not_looked_at():
    many = [Mark(1, "enable", ())] * (MAX_MARKS + 1) + [Mark(1, "disable", ("LOC",))]
    assert suppress("a.py", [found(2)], many)[0] == [found(2)]
