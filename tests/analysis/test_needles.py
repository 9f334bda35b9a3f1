"""Words that are looked for all at once."""

from bot.analysis.needles import Needles, Spots


def needles(*words: bytes) -> Needles:
    return Needles([Needles.literal(word) for word in words])


def test_the_words_that_are_there_are_named_and_no_others():
    some = needles(b"eval", b"a.b", b"\xff\n", b"val")
    assert some.within(b"x = eval(y)") == {0, 3}
    assert some.within(b"a.b") == {1}
    assert some.within(b"axb") == set()
    assert some.within(b"\xff\n") == {2}
    assert some.within(b"") == set()


def test_without_words_nothing_is_found():
    assert needles().within(b"text") == set()


def test_thousands_of_words_and_a_text_that_holds_most_of_them():
    words = [f"word{number}x".encode() for number in range(2000)]
    assert needles(*words).within(b" ".join(words[:1500])) == set(range(1500))


def test_spots_are_the_last_bytes_of_what_is_found_in_order():
    assert Spots([rb"\beval\(", b"(?i)a.b"]).within(b"eval(x) axB evaluate(") == [4, 10]
    assert Spots([b"(?i)a", b"b"]).within(b"ABb") == [0, 2], "a flag holds for its own pattern alone"
    assert Spots([Spots.literal(b"\xff.")]).within(b"\xff. \xffx") == [1]
    assert Spots([]).within(b"text") == []


def test_spots_in_a_long_text_take_time_in_line_with_its_length():
    deep = Spots([rb"if\s*\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)\s*;", rb"def \w+\([^)]*=\s*\["])
    assert deep.within(b"if (" * 100_000) == []
    assert deep.within(b"def f(" * 100_000) == []
