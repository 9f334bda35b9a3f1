"""What holds of every change, whatever the code: property tests of the delta."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analysis.delta import compare
from bot.analysis.model import Finding, Report
from tests.analysis.made import reports
from tests.analysis.reports import report
from tests.analysis.test_delta import branchy, change


def bag(findings) -> Counter[Finding]:
    return Counter(findings)


@given(reports())
def test_nothing_changed_is_nothing_introduced_and_nothing_fixed(one):
    delta = compare(one, one)
    assert delta.introduced == delta.fixed == delta.worse == ()
    assert delta.unchanged == tuple(finding for finding in one.findings if not finding.accepted)


@given(reports(), reports())
def test_every_finding_that_counts_is_told_once(base, head):
    delta = compare(base, head)
    assert bag((*delta.introduced, *delta.unchanged)) == bag(f for f in head.findings if not f.accepted)
    assert bag(delta.fixed) <= bag(f for f in base.findings if not f.accepted)
    assert bag(delta.worse) <= bag(delta.introduced)


@given(reports(), st.randoms(use_true_random=False))
def test_files_renamed_and_put_in_another_order_introduce_nothing(base, random):
    paths = {file.path: f"new/{n}.py" for n, file in enumerate(random.sample(base.files, len(base.files)))}

    def moved(finding):
        original = finding.original
        there = original and replace(original, path=paths.get(original.path, original.path))
        return replace(finding, path=paths[finding.path], original=there)

    head = [
        replace(
            file,
            path=paths[file.path],
            functions=tuple(replace(f, path=paths[file.path], start_line=f.start_line + 7) for f in file.functions),
            namespaces=tuple(replace(n, path=paths[file.path]) for n in file.namespaces),
            findings=tuple(map(moved, file.findings)),
        )
        for file in base.files
    ]
    delta = compare(base, Report(tuple(sorted(head, key=lambda file: file.path))))
    assert delta.introduced == delta.fixed == ()


UNITS = (
    branchy("{0}", 9),
    "class {0}:\n" + "".join(f"    def m{n}(self, a):\n        return a + {n}\n" for n in range(16)),
    "def {0}(a):\n    return eval(a)\n",
    "def {0}(a):\n    return a\n",
)
codes = st.dictionaries(
    st.sampled_from(("a.py", "b.py")),
    st.lists(st.tuples(st.sampled_from("fghi"), st.sampled_from(UNITS)), max_size=4, unique_by=lambda unit: unit[0]),
)


def source(units) -> str:
    return "".join(f"{text.replace('{0}', name)}\n\n" for name, text in units)


def spaced(text: str) -> str:
    return "# a comment\n\n" + text.replace("\n    ", "  # and another\n\n    ")


@settings(max_examples=30, deadline=None)
@given(codes, st.randoms(use_true_random=False))
def test_moved_split_spaced_and_renamed_code_introduces_nothing(code, random):
    base = {path: source(units) for path, units in code.items()}
    shuffled = {path: random.sample(units, len(units)) for path, units in code.items()}
    split = {f"{half}/{path}": units[half::2] for path, units in code.items() for half in (0, 1)}
    heads = [
        {path: spaced(text) for path, text in base.items()},
        {path: source(units) for path, units in shuffled.items()},
        {f"new/{path}": text for path, text in base.items()},
        {path: source(units) for path, units in split.items()},
    ]
    for head in heads:
        delta = change(base, head)
        assert delta.introduced == delta.fixed == ()


def test_the_units_of_code_hold_findings_of_functions_classes_and_rules():
    found = report({"a.py": source(zip("fghi", UNITS, strict=True))}).findings
    assert {finding.kind for finding in found} == {"function", "namespace", "rule"}
