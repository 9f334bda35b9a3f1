"""docs/repository-settings.md is complete and right: its examples are read without a remark, and hold every setting."""

import re
import tomllib
from pathlib import Path

from bot.analysis.marks import marks
from bot.analysis.settings import codebeat, globs, loose, sealbeat, toml
from bot.analysis.wire import MAX_KEYS, MAX_MARKS
from tests.analysis.settings.said import DEFAULTS, settings

PAGE = (Path(__file__).parents[3] / "docs/repository-settings.md").read_text()
EXAMPLE, EXCLUDES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def test_the_examples_are_read_without_a_remark():
    assert settings(EXAMPLE).remarks == ()
    assert settings(EXCLUDES).remarks == ()


def test_the_example_holds_every_setting_and_says_what_each_does():
    example = tomllib.loads(EXAMPLE)
    assert set(example) == set(sealbeat.TOP)
    assert set(example["duplication"]) == set(sealbeat.DUPLICATION)
    assert set(example["secrets"]) == set(sealbeat.SECRETS)
    assert set(example["paths"][0]) == set(sealbeat.PATHS)
    assert set(example["projects"][0]) == set(sealbeat.PROJECTS)
    for name in sealbeat.TOP:
        before = re.split(rf"^(?:\[+{name}|{name} =)", EXAMPLE, maxsplit=1, flags=re.MULTILINE)[0]
        assert before.rstrip().rpartition("\n")[2].startswith(("#", "fail_severity")), name


def test_single_values_in_the_example_are_the_defaults():
    found = settings(EXAMPLE)
    names = ("comments", "gate", "fail_severity", "minimum_severity", "exact_tokens", "similar_tokens")
    assert [getattr(found, name) for name in names] == [getattr(DEFAULTS, name) for name in names]


def test_the_example_does_what_it_says():
    found = settings(EXAMPLE)
    assert found.excluded("generated/a.py")
    assert found.excluded("generated/keep.py") is None
    assert found.at("a.go").steps("go", "RETURNS") is None
    assert found.at("tests/a.py").steps("python", "ABC") == (20, 40, 60, 80)
    assert found.at("tests/a.py").severity("empty-catch", "error") is None
    assert found.at("apps/shop/a.tsx").steps("tsx", "LOC") == (40, 80, 120, 160)
    assert found.project("apps/shop/a.tsx") == "shop"
    assert found.excluded("apps/shop/db/migrations/a.py")
    assert found.allows_secrets("tests/fixtures/key.pem")


def test_codebeat_s_view_leaves_tests_out():
    found = settings(EXCLUDES)
    left = ["a/test/x.py", "Tests/x.swift", "a_test.go", "src/CartTest.java", "spec/cart_spec.rb", "a/cart.spec.ts"]
    assert [path for path in left if found.excluded(path) is None] == []
    assert found.excluded("src/cart.py") is None


def test_the_limits_are_those_of_the_page():
    said = " ".join(PAGE.split())
    assert f"Limits: {toml.MAX_BYTES // 1024} KiB; {sealbeat.MAX_SECTIONS} `[[paths]]`" in said
    assert (
        f"{globs.MAX_GLOBS} patterns in a list, each of up to {globs.MAX_LENGTH} characters and {globs.MAX_STARS}"
        in said
    )
    assert f"keys of up to {toml.MAX_PARTS} parts" in said
    assert f"Up to {loose.MAX_BYTES // 1024} KiB" in said
    assert f"up to {codebeat.MAX_IGNORE_BYTES // 1024} KiB" in said
    assert f"At most {MAX_MARKS} per file and {MAX_KEYS} keys each" in said


def test_the_comments_on_the_page_are_read():
    [text] = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    data = text.encode()
    found = marks(data, [(0, len(data))])
    assert [mark.verb for mark in found] == ["disable", "enable", "disable-line", "disable-next-line", "disable"]
    assert all(mark.keys and not mark.problem for mark in found)
    assert (found[-1].until, found[-1].reason) == ("2027-01-31", "a generated parser, replaced in spring")
