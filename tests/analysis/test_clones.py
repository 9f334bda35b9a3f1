"""The clone search: what is copied is found on exact lines, what is not is not, whatever the source."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.duplication.clones import find
from bot.analysis.duplication.model import Clone
from bot.analysis.duplication.tokens import Tokeniser, Tokens, unpack
from bot.analysis.lines import count_lines

TOKENISER = Tokeniser(("if", "return"), ("import",))


def stream(source: str) -> Tokens:
    data = source.encode()
    return unpack(TOKENISER.tokenise(data, [], []), count_lines(data))


def search(*sources: str, exact: int | None = 50, similar: int | None = None) -> list[Clone]:
    return find([stream(source) for source in sources], exact=exact, similar=similar)


def statements(seed: int, count: int = 20) -> list[str]:
    """Lines of seven tokens that no other seed gives."""
    dice = random.Random(seed)
    number, sign = (lambda: dice.randrange(10**9)), (lambda: dice.choice("<>%+-*/"))
    return [f"a{seed}_{number()} = b{number()} {sign()} c . d{seed}_{number()}" for _ in range(count)]


def text(*parts: list[str]) -> str:
    return "".join(line + "\n" for part in parts for line in part)


def test_a_copy_is_found_on_its_exact_lines():
    copied = statements(1)
    clones = search(text(statements(2), copied), text(statements(3, 5), copied, statements(4)))
    assert [(c.kind, c.file, c.line, c.end_line, c.lines, c.tokens) for c in clones] == [
        ("IDENTITY", 1, 6, 25, 20, 140)
    ]
    assert [(c.original_file, c.original_line, c.original_end_line) for c in clones] == [(0, 21, 40)]


def test_code_that_occurs_once_is_no_copy():
    assert search(text(statements(1)), text(statements(2)), text(statements(3)), exact=10) == []


def test_a_copy_shorter_than_the_limit_is_none():
    copied = text(statements(1, 7))
    assert search(copied, copied, exact=50) == []
    assert len(search(copied, copied, exact=49)) == 1


def test_every_copy_points_at_the_first():
    copied = statements(1)
    clones = search(text(statements(2, 3), copied), text(copied), text(copied))
    assert [(c.file, c.original_file, c.original_line) for c in clones] == [(1, 0, 4), (2, 0, 4)]


def test_a_copy_within_one_file_is_found():
    copied = statements(1)
    (clone,) = search(text(copied, statements(2), copied))
    assert (clone.line, clone.end_line, clone.original_line, clone.original_end_line) == (41, 60, 1, 20)


def test_a_window_does_not_cross_files():
    halves = statements(1, 6), statements(2, 6)
    assert search(text(*halves), text(halves[0]), text(halves[1]), exact=50) == []
    assert len(search(text(*halves), text(*halves), exact=50)) == 1


def test_layout_and_renaming_do_not_hide_a_similar_copy():
    source = text(statements(1))
    renamed = source.replace("a1_", "  other_").replace(" . ", " .\n\n  ")
    (clone,) = search(source, renamed, similar=80)
    assert (clone.kind, clone.tokens) == ("SIMILARITY", 140)
    assert search(source, renamed) == []


def test_a_copy_is_not_told_both_as_equal_and_as_similar():
    copied = text(statements(1))
    assert [clone.kind for clone in search(copied, copied, similar=50)] == ["IDENTITY"]


def test_a_copy_with_one_change_is_told_once():
    lines = statements(1, 40)
    changed = [*lines[:12], lines[12].replace("a1_", "b1_"), *lines[13:]]
    (clone,) = search(text(lines), text(changed, statements(2)), similar=80, exact=200)
    assert (clone.kind, clone.lines) == ("SIMILARITY", 40)


def test_a_text_that_repeats_itself_ten_thousand_times_makes_a_few_clones():
    clones = search(text(statements(1, 10)) * 1_000)
    assert 1 <= len(clones) <= 20
    assert sum(clone.lines for clone in clones) >= 9_900


def test_ten_thousand_times_the_same_line_is_no_copy():
    assert search("x = f(y, z)\n" * 10_000, similar=80) == []


def test_rows_that_look_like_any_others_are_not_similar():
    rows = ["".join(f"this.{name}{number} = {name}{number};\n" for number in range(40)) for name in "ab"]
    assert search(*rows, similar=80) == []
    assert [clone.kind for clone in search(rows[0], rows[0], similar=80)] == ["IDENTITY"]


def test_rows_of_a_test_s_data_are_not_similar():
    def cases(seed: int, row: str) -> str:
        dice = random.Random(seed)
        return "".join(row.format(*[dice.randrange(10**6) for _ in range(6)]) for _ in range(12))

    table = "case(open({}), [{}, p({})], at({}, {}), q = {}, k = {{v: w | u}} ^ r)\n"
    code = "case(open(a{}), [b{}, p(c{})], at(d{}, e{}), q = f{}, k = {{v: w | u}} ^ r)\n"
    assert search(cases(1, table) + text(statements(1, 4)), cases(2, table), similar=50) == []
    assert search(cases(1, code), cases(2, code), similar=50)


def test_one_file_a_thousand_times_costs_one_clone_each():
    clones = search(*[text(statements(1, 50))] * 1_000)
    assert [(c.file, c.original_file) for c in clones] == [(number, 0) for number in range(1, 1_000)]


def test_the_identity_of_a_copy_survives_moves_and_layout():
    copied = statements(1)
    (here,) = search(text(copied), text(copied))
    (there,) = search(text(statements(2), copied), text(statements(3), copied).replace(" = ", "\n  = "))
    (other,) = search(text(statements(4)), text(statements(4)))
    assert here.identity == there.identity != other.identity


def test_imports_are_no_copy():
    imports = "".join(f"import alpha.beta.{name}\n" for name in "abcdefghijklmn")
    assert search(imports, imports) == []
    assert len(search(imports.replace("import", "report"), imports.replace("import", "report"))) == 1


def test_a_table_of_data_is_no_copy():
    table = "x = [\n" + "  [1, 2, 3, 4],\n" * 20 + "]\n"
    calls = "".join(f"f({number}, 2, 3, 4)\n" for number in range(20))
    assert search(table, table) == []
    assert search(calls, calls)


def test_nothing_in_nothing_out():
    assert search() == search("") == search("", "\n") == search("x") == []


def test_a_clone_has_at_least_one_token():
    with pytest.raises(ValueError, match="at least one"):
        search("x", exact=0)


@given(st.lists(st.lists(st.sampled_from("abcdef+(=\n"), max_size=120).map(" ".join), max_size=6), st.integers(1, 12))
def test_what_is_called_a_copy_is_one(sources: list[str], size: int):
    streams = [stream(source) for source in sources]
    clones = find(streams, exact=size, similar=size)
    assert clones == find(streams, exact=size, similar=size)
    taken: set[tuple[int, int]] = set()
    for clone in clones:
        assert clone.tokens >= size
        copy = words(sources[clone.file], clone.line, clone.end_line)
        original = words(sources[clone.original_file], clone.original_line, clone.original_end_line)
        assert common(copy, original) >= clone.tokens or clone.kind == "SIMILARITY"
        assert (clone.original_file, clone.original_line) <= (clone.file, clone.line)
        assert taken.isdisjoint({(clone.file, line) for line in range(clone.line + 1, clone.end_line)})
        taken |= {(clone.file, line) for line in range(clone.line + 1, clone.end_line)}


def words(source: str, first: int, last: int) -> list[str]:
    return " ".join(source.split("\n")[first - 1 : last]).split()


def common(one: list[str], other: list[str]) -> int:
    """The length of the longest run that both hold."""
    best = 0
    lengths = [0] * (len(other) + 1)
    for word in one:
        lengths = [0] + [lengths[at] + 1 if word == theirs else 0 for at, theirs in enumerate(other)]
        best = max(best, *lengths)
    return best


@given(st.integers(8, 30), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_a_planted_copy_is_found_wherever_it_stands(size: int, before: int, between: int, after: int):
    copied = statements(1, size)
    source = text(statements(2, before), copied, statements(3, between), copied, statements(4, after))
    (clone,) = search(source, text(statements(5)))
    first = before + size + between + 1
    assert (clone.line, clone.end_line, clone.lines, clone.tokens) == (first, first + size - 1, size, size * 7)
    assert (clone.original_line, clone.original_end_line) == (before + 1, before + size)
