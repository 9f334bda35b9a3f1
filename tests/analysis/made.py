"""Reports for property tests, made by hypothesis: every kind of finding, in namespaces and outside of all."""

from hypothesis import strategies as st

from bot.analysis.model import SEVERITIES, Finding, Original, Report
from tests.analysis.reports import a_file, a_finding, a_function, a_namespace

NAMES = ("A", "A.B", "C")
PATHS = ("a.py", "b.py", "c/d.py")
SYMBOLS = ("", "f", "A", "A.f", "A.B.g", "A.B.g#2", "C.h")


@st.composite
def findings(draw, path):
    kind = draw(st.sampled_from(("function", "namespace", "duplication", "rule", "secret")))
    return a_finding(
        kind,
        draw(st.sampled_from(SEVERITIES)),
        draw(st.sampled_from((1.0, 1.5, 2.5))),
        path=path,
        line=draw(st.integers(1, 20)),
        symbol=draw(st.sampled_from(SYMBOLS)),
        fingerprint=draw(st.sampled_from(("1" * 16, "2" * 16, "3" * 16))),
        accepted=draw(st.sampled_from(("", "", "it is meant so"))),
        original=Original(draw(st.sampled_from(PATHS)), 30, 40) if kind == "duplication" else None,
    )


@st.composite
def reports(draw):
    files = []
    for path in draw(st.lists(st.sampled_from(PATHS), unique=True, max_size=3)):
        functions = [
            a_function(name, path, body_hash=f"{path} {name}")
            for name in draw(st.lists(st.sampled_from(SYMBOLS[1:]), unique=True))
        ]
        namespaces = [a_namespace(name, path) for name in draw(st.lists(st.sampled_from(NAMES), unique=True))]
        names = {"function": {f.name for f in functions}, "namespace": {n.name for n in namespaces}}
        found = _possible(draw(st.lists(findings(path), max_size=8)), names)
        files.append(a_file(path, functions, namespaces, found, draw(st.integers(0, 200)), oid=path))
    return Report(tuple(sorted(files, key=lambda file: file.path)))


def _possible(found: list[Finding], names: dict[str, set[str]]) -> list[Finding]:
    """A metric has one finding for each function or namespace that is there."""
    kept = []
    for finding in found:
        free = names.get(finding.kind)
        if free is not None:
            if finding.symbol not in free:
                continue
            free.remove(finding.symbol)
        kept.append(finding)
    return kept
