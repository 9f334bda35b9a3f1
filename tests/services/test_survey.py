"""Measuring trees: a change costs what changed, and says what measuring everything would say."""

import random
from hashlib import sha1

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.analysis import delta
from bot.analysis.duplication.index import Index
from bot.analysis.engine import AnalysisLimits
from bot.analysis.settings.model import PathSettings, RepoSettings
from bot.analysis.survey import Survey
from bot.analysis.thresholds import load
from bot.model import Blob, Entry, Sha
from bot.services import survey

SETTINGS = RepoSettings(PathSettings(load()))


def function(name, salt=0):
    lines = [f"def {name}(items, total):"]
    lines += [f"    total = total + items[{n + salt}] * {n} - weigh(items, {n * 7 + salt})" for n in range(12)]
    return "\n".join([*lines, "    return total", ""])


def of_its_own(seed):
    """Code that has a shape like no other's."""
    pick = random.Random(seed).choice
    signs = ["+", "-", "*", "/", "%", "//", "@", "|", "&", "^", "<<", ">>", ".a.", "[0]+", "(1)*", "**"]
    return "def own(a):\n" + "".join(f"    a = a {pick(signs)} b {pick(signs)} c {pick(signs)} d\n" for _ in range(30))


PLAIN = "def plain(a):\n    return a\n"


class Shelf:
    """bot.ports.Objects over trees of texts; it counts what is asked of it."""

    received = 0

    def __init__(self):
        self._blobs = {}
        self.asked = []

    def entries(self, files):
        made = []
        for path, text in sorted(files.items()):
            data = text.encode()
            oid = Sha(sha1(data, usedforsecurity=False).hexdigest())
            self._blobs[oid] = data
            made.append(Entry(path.encode(), 0o100644, oid))
        return made

    async def tree(self, commit):
        return []

    async def blobs(self, oids):
        self.asked += oids
        for oid in oids:
            yield Blob(oid, len(self._blobs[oid]), self._blobs[oid])


def bench(shelf):
    return survey.Bench(shelf, SETTINGS, AnalysisLimits(children=1))


async def whole(files, old=None, index=None, shelf=None):
    shelf = shelf or Shelf()
    index = Index() if index is None else index
    report, new = await survey.whole(bench(shelf), shelf.entries(files), old or Survey(), index)
    return report, new, index, shelf


async def review(base, head, index=None):
    shelf = Shelf()
    before, after = shelf.entries(base), shelf.entries(head)
    index = Index() if index is None else index
    await survey.learn(bench(shelf), before, index)
    shelf.asked.clear()
    return delta.compare(*await survey.change(bench(shelf), before, after, index)), shelf


def clones(findings):
    return [(f.path, f.original.path) for f in findings if f.original is not None]


async def test_a_tree_that_did_not_change_is_not_read_again():
    files = {"a.py": function("one"), "b.py": function("two"), "c.py": PLAIN}
    first, kept, index, shelf = await whole(files)
    shelf.asked.clear()
    again, *_ = await whole(files, Survey.from_bytes(kept.to_bytes()), index, shelf)
    assert shelf.asked == []
    assert again == first
    assert clones(again.findings) == [("b.py", "a.py")]


async def test_a_copy_of_code_in_a_file_that_did_not_change_is_told_on_the_copy():
    found, _ = await review({"z.py": function("one")}, {"z.py": function("one"), "a.py": function("two")})
    assert clones(found.introduced) == [("a.py", "z.py")]


async def test_of_two_files_that_change_the_new_one_is_the_copy_whatever_their_names():
    base = {"z.py": function("one")}
    found, _ = await review(base, {"z.py": function("one") + PLAIN, "a.py": function("two")})
    assert clones(found.introduced) == [("a.py", "z.py")]


async def test_a_copy_that_was_there_before_is_not_introduced_by_a_change_beside_it():
    base = {"a.py": function("one"), "b.py": function("two") + PLAIN}
    found, _ = await review(base, {**base, "b.py": function("two") + PLAIN.replace("plain", "simple")})
    assert clones(found.introduced) == []
    assert clones(found.unchanged) == [("b.py", "a.py")]


async def test_a_copy_that_goes_is_fixed():
    base = {"a.py": function("one"), "b.py": function("two")}
    found, _ = await review(base, {**base, "b.py": PLAIN})
    assert clones(found.fixed) == [("b.py", "a.py")]


async def test_a_file_that_only_moves_brings_no_new_copy():
    base = {"a.py": function("one"), "b.py": function("two")}
    found, _ = await review(base, {"a.py": function("one"), "lib/b.py": function("two")})
    assert clones(found.introduced) == []


async def test_a_change_reads_only_what_changed_and_what_shares_code_with_it():
    base = {f"{n:03}.py": of_its_own(n) for n in range(30)}
    head = {**base, "007.py": base["007.py"] + PLAIN, "new.py": PLAIN + of_its_own(12)}
    found, shelf = await review(base, head)
    assert len(shelf.asked) == 4  # both sides of one, a new one, and the one that it repeats
    assert clones(found.introduced) == [("new.py", "012.py")]


NAMES = st.sampled_from(["a.py", "b.py", "c.py", "lib/d.py"])
TEXTS = st.sampled_from(
    [PLAIN, function("one"), function("two"), function("one", 500), function("x") + function("y", 9), of_its_own(1)]
)
TREES = st.dictionaries(NAMES, TEXTS, max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first=TREES, second=TREES)
async def test_going_on_from_a_survey_says_what_starting_afresh_says(first, second):
    _, kept, index, shelf = await whole(first)
    onward, *_ = await whole(second, kept, index, shelf)
    afresh, *_ = await whole(second)
    assert onward == afresh
