"""Path patterns mean what they mean in a `.gitignore`, and cost what a path costs."""

import subprocess
from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.analysis.settings.globs import MAX_LENGTH, BadGlob, Globs, glob


def fits(pattern: str, path: str, under: str = "") -> bool:
    return Globs([glob(pattern, 1, under)]).last(path) is not None


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("static/**", ["static/a.js", "static/b/c.js"], ["a/static/a.js", "statics/a.js", "static"]),
        ("Sources/Parser/*", ["Sources/Parser/a.swift", "Sources/Parser/b/c.swift"], ["Sources/a.swift"]),
        ("gen", ["gen", "gen/a.py", "a/gen/b.py", "a/gen"], ["regen/a.py", "gen.py"]),
        ("gen/", ["gen/a.py", "a/gen/b.py"], ["gen", "a/gen"]),
        ("/gen", ["gen", "gen/a.py"], ["a/gen/b.py"]),
        ("*.min.js", ["x.min.js", "a/b/x.min.js"], ["x.min.jsx", "xmin.js"]),
        ("**/fixtures/**", ["fixtures/a.py", "a/b/fixtures/c/d.py"], ["fixtures", "a/fixture/b.py"]),
        ("a/**/b.py", ["a/b.py", "a/x/y/b.py"], ["a/xb.py", "b.py"]),
        ("./src/x.py", ["src/x.py"], ["a/src/x.py"]),
        ("src/?.py", ["src/a.py"], ["src/ab.py", "src//.py"]),
        ("src/[a-c].py", ["src/b.py"], ["src/d.py"]),
        ("src/[!a-c].py", ["src/d.py"], ["src/b.py", "src//.py"]),
        ("*.{js,tsx}", ["a.js", "b/c.tsx"], ["a.ts", "a.js,tsx"]),
        ("{{x}}/a.py", ["{{x}}/a.py"], ["x/a.py"]),
        ("a+b(c).py", ["a+b(c).py"], ["aab(c).py"]),
        (r"\!x.py", ["!x.py"], ["x.py"]),
        (r"a\*.py", ["a*.py"], ["ab.py"]),
        ("é*/汉.py", ["éa/汉.py"], ["ea/汉.py"]),
    ],
)
def test_a_pattern_fits_what_it_should(pattern, yes, no):
    assert [path for path in yes if not fits(pattern, path)] == []
    assert [path for path in no if fits(pattern, path)] == []


PATHS = ["/".join(parts) for depth in (1, 2, 3) for parts in product(("a", "b", "ab"), repeat=depth)]


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("repository")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return folder


@settings(max_examples=30, deadline=None)
@given(
    pieces=st.lists(st.sampled_from(["a", "b", "*", "?", "/", "**/", "/**", "[ab]", "[!a]"]), min_size=1, max_size=6)
)
def test_a_pattern_that_git_knows_fits_as_in_git(pieces, repository):
    pattern = "".join(pieces)
    inner = pattern.strip("/")
    # `**` beside other characters is a pair of `*` to git, and leads into folders here.
    assume(inner and "//" not in pattern and not any(part.strip("*") and "**" in part for part in inner.split("/")))
    assume("***" not in pattern)
    (repository / "patterns").write_text(pattern + "\n")
    command = ["git", "-c", f"core.excludesFile={repository}/patterns", "check-ignore", "--no-index", "--stdin"]
    done = subprocess.run(command, cwd=repository, input="\n".join(PATHS), text=True, capture_output=True, check=False)
    globs = Globs([glob(pattern)])
    assert [path for path in PATHS if globs.match(path)] == done.stdout.split()


def test_the_last_one_that_fits_decides():
    globs = Globs([glob("gen/**", 1), glob("!gen/keep.py", 2), glob("*.py", 3), glob("!a.py", 4)])
    assert [(globs.match(path)) for path in ("gen/x.go", "gen/keep.py", "a.py", "b/a.py", "b.py")] == [
        True, True, False, False, True,
    ]  # fmt: skip
    last = globs.last("gen/keep.py")
    assert last is not None
    assert last.line == 3


def test_a_pattern_may_be_tied_to_a_folder():
    assert fits("gen", "packages/x+y/a/gen/b.py", under="packages/x+y")
    assert not fits("gen", "gen/b.py", under="packages/x+y")
    assert not fits("/gen", "packages/x+y/a/gen/b.py", under="packages/x+y")


@pytest.mark.parametrize(
    "pattern", ["", "/", "!", "./", ".", "..", "a/../b", "a[b", "[z-a]", r"src\a.py", "a" * (MAX_LENGTH + 1), "a*" * 9]
)
def test_what_can_fit_nothing_is_refused(pattern):
    with pytest.raises(BadGlob):
        glob(pattern)


def test_without_patterns_nothing_fits():
    assert not Globs([]).match("a")
    assert len(Globs([])) == 0


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_makes_it_fail(pattern, path):
    try:
        made = glob(pattern)
    except BadGlob:
        return
    Globs([made]).match(path)


@pytest.mark.parametrize("path", ["a\ud800b", "a\nb", "a\0b"])
def test_odd_paths_are_paths(path):
    assert fits("a*", path)
    assert not fits("b*", path)


@pytest.mark.parametrize("pattern", ["*a" * 7 + "*b", "**/" * 8 + "b", "{a,aa}" * 40 + "b", "[a-z]" * 40 + "!"])
def test_a_pattern_that_others_choke_on_comes_to_an_end(pattern):
    globs = Globs([glob(pattern + "b" * number) for number in range(50)])
    for length in range(200, 210):
        assert not globs.match("a" * length)
