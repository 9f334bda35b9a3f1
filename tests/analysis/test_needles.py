"""Words that are looked for all at once."""

from bot.analysis.needles import Needles


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
