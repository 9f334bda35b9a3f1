"""Every rule against its samples: reject/ holds code that it must object to, accept/ code that it must let through.

A sample is `tests/analysis/rules/RULE/{reject,accept}/NAME.SUFFIX` (Python's end on .py.txt, for no tool to take them
for modules). In reject/, each line that must be found, and no other, holds the word HERE in a comment or near it. A
sample in JavaScript is one in TypeScript too, and one in C is one in C++ and Objective-C.
"""

import re
from pathlib import Path

import pytest

from bot.analysis.intake import language_of
from bot.analysis.languages import LANGUAGES
from bot.analysis.measure import Measurer
from bot.analysis.rules import RULES, THEMES

HOME = Path(__file__).parent
PAGES = HOME.parents[2] / "docs" / "rules"
SAMPLES = sorted(path for kind in ("reject", "accept") for path in HOME.glob(f"*/{kind}/*") if path.is_file())
EXTENSIONS = {"javascript": ("typescript", "tsx"), "c": ("cpp", "objc")}


def languages(path: Path) -> list[str]:
    """Those that a sample speaks for."""
    found = language_of(path.name.removesuffix(".txt"))
    assert found is not None, path
    return [found, *(name for name in EXTENSIONS.get(found, ()) if name in RULES[path.parts[-3]].sites)]


def found_lines(path: Path, language: str) -> set[int]:
    rule = path.parts[-3]
    measurement = Measurer(LANGUAGES[language], [RULES[rule]]).measure(path.read_bytes(), 10.0)
    assert measurement.quality == 1.0, "a sample must parse"
    return {hit.line for hit in measurement.hits}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_rule_finds_what_is_marked_and_nothing_else(path: Path):
    marked = {number for number, line in enumerate(path.read_text().splitlines(), 1) if re.search(r"\bHERE\b", line)}
    assert bool(marked) == (path.parts[-2] == "reject")
    assert {name: found_lines(path, name) for name in languages(path)} == dict.fromkeys(languages(path), marked)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_samples_of_both_kinds_in_each_language_and_a_page(rule: str):
    for kind in ("reject", "accept"):
        there = {name for path in (HOME / rule / kind).iterdir() for name in languages(path)}
        missing = RULES[rule].sites.keys() - there
        assert not missing, f"{rule} has no {kind} sample in {', '.join(sorted(missing))}"
    page = (PAGES / f"{rule}.md").read_text()
    assert page.startswith(f"# {RULES[rule].title}\n")


def test_no_two_rules_share_a_name():
    assert len(RULES) == sum(map(len, THEMES))


def test_no_samples_or_pages_are_left_of_rules_that_are_gone():
    assert {path.parts[-3] for path in SAMPLES} <= RULES.keys()
    assert {page.stem for page in PAGES.glob("*.md")} - {"README"} <= RULES.keys()


def test_the_index_names_each_rule_with_its_title():
    index = (PAGES / "README.md").read_text()
    for rule in RULES.values():
        assert f"[{rule.id}]({rule.id}.md): {rule.title}\n" in index


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_speaks_in_plain_sentences(rule: str):
    known = RULES[rule]
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", known.id)
    assert not known.title.endswith(".")
    assert known.message.endswith(".")
    assert known.sites.keys() <= LANGUAGES.keys()
