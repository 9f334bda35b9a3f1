"""The child's replies: believed only in the promised types."""

import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.model import NOT_ANALYSED
from bot.analysis.wire import (
    CUT,
    MAX_FUNCTIONS,
    MAX_HITS,
    MAX_MARKS,
    MAX_SECRETS,
    TOO_MANY,
    Hit,
    Mark,
    Measurement,
    NamespaceRow,
    Row,
    believe,
    decode,
    encode,
)

ROW = Row("f", 1, 2, 1, 0, 1.41, 0, 0, 2, 0, 1, "0" * 16)


def test_a_measurement_survives_the_pipe():
    namespace = NamespaceRow("A", "class", 1, 9, 2, 1, 3.5, 8)
    hit = Hit("empty-catch", 3, 3, "A.f", "", "0" * 16)
    mark = Mark(4, "disable", ("CYCLO",), "legacy", "2027-01-01")
    measurement = Measurement(0.9, CUT, 7, [ROW], [namespace], [hit], [mark], b"tokens")
    assert decode(encode(measurement)) == measurement


ROW_VALUES = list(msgspec.structs.astuple(ROW))


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"\xff",
        *map(
            msgspec.msgpack.encode,
            [
                None,
                [],
                [1.0, "", 0, {}],
                ["1", "", 0, []],
                [1.0, 2, 0, []],
                [True, "", 0, []],
                [1.0, "", 0, [[]]],
                [1.0, "", 0, [ROW_VALUES[:-1]]],
                [1.0, "", 0, [[*ROW_VALUES[:1], "1", *ROW_VALUES[2:]]]],
                [1.0, "", 0, [[*ROW_VALUES[:1], True, *ROW_VALUES[2:]]]],
                [1.0, "", 0, [[7, *ROW_VALUES[1:]]]],
            ],
        ),
    ],
)
def test_anything_else_is_refused(reply: bytes):
    with pytest.raises(ValueError):  # whatever its text
        decode(reply)


GOOD = Measurement(
    1.0,
    "",
    2,
    [ROW],
    [NamespaceRow("A", "class", 1, 2, 2, 1, 3.5, 2)],
    [Hit("empty-catch", 2, 2, "A.f", "", "0" * 16)],
    [Mark(1, "disable", ("CYCLO",), "legacy", "2027-01-01")],
    b"1234",
)
DATA = b"a b c\nd e f\n"


def changed(**fields):
    return msgspec.structs.replace(GOOD, **fields)


def within(field, **fields):
    """The good measurement with its one row, namespace, hit or mark changed."""
    (good,) = getattr(GOOD, field)
    return changed(**{field: [msgspec.structs.replace(good, **fields)]})


def test_a_reply_that_fits_its_file_is_believed():
    assert believe(encode(GOOD), DATA) == GOOD


NUMBERS = [(-1, math.nan), (1 << 33, math.inf), (1 << 63, -math.inf)]


@pytest.mark.parametrize(
    "lie",
    [
        changed(quality=math.nan),
        changed(quality=1.1),
        changed(quality=-0.1),
        changed(code_lines=-1),
        changed(code_lines=1 << 63),
        *(within("rows", **{name: whole}) for whole, _ in NUMBERS for name in ("cyclomatic", "arity", "loc")),
        *(within("rows", start_line=whole, end_line=whole) for whole, _ in NUMBERS),
        *(within("rows", abc=broken) for _, broken in NUMBERS),
        *(within("namespaces", methods=whole) for whole, _ in NUMBERS),
        *(within("namespaces", complexity=broken) for _, broken in NUMBERS),
        *(within("hits", line=whole) for whole, _ in NUMBERS),
        *(within("marks", line=whole) for whole, _ in NUMBERS),
        *(within("marks", last=whole) for whole, _ in NUMBERS),
        within("rows", name="f" * 257),
        within("rows", body_hash="0" * 17),
        within("namespaces", kind="k" * 41),
        within("hits", detail="d" * 257),
        within("hits", symbol="s" * 257),
        within("hits", identity="0" * 17),
        within("marks", keys=("K",) * 21),
        within("marks", keys=("K" * 257,)),
        within("marks", reason="r" * 257),
        changed(rows=[ROW] * (MAX_FUNCTIONS + 1)),
        changed(namespaces=GOOD.namespaces * (MAX_FUNCTIONS + 1)),
        changed(hits=GOOD.hits * (MAX_HITS + MAX_SECRETS + 1)),
        changed(marks=GOOD.marks * (MAX_MARKS + 2)),
    ],
)
def test_a_number_or_a_text_out_of_all_bounds_is_refused(lie):
    with pytest.raises(ValueError, match="not a measurement"):
        decode(encode(lie))


@pytest.mark.parametrize("head", [b"\xdd\x7f\xff\xff\xff", b"\xc6\x7f\xff\xff\xff", b"\xdb\x7f\xff\xff\xff"])
@pytest.mark.parametrize("before", [b"", b"\x94\xcb" + b"\0" * 8, b"\x94\xcb" + b"\0" * 8 + b"\xa0\x00"])
def test_a_length_that_is_not_there_takes_no_memory(before, head):
    with pytest.raises(ValueError, match="not a measurement"):
        decode(before + head)


def test_nesting_without_end_is_refused():
    with pytest.raises(ValueError, match="not a measurement"):
        decode(b"\x91" * 1_000_000)


@pytest.mark.parametrize(
    "note",
    ["@octocat", "lines only: ![x](https://x.example)", "lines only: 3% of the file reads as go\n# x", CUT[:-1],
     "lines only: 3% of the file reads as @org", f"{NOT_ANALYSED}\n", f" {NOT_ANALYSED}"],
)  # fmt: skip
def test_a_note_that_is_not_ours_is_refused(note):
    with pytest.raises(ValueError, match="not a measurement"):
        decode(encode(changed(note=note)))


@pytest.mark.parametrize("note", ["", NOT_ANALYSED, CUT, TOO_MANY, "lines only: 3% of the file reads as go"])
def test_our_own_notes_pass(note):
    assert decode(encode(changed(note=note))).note == note


@pytest.mark.parametrize("until", ["tomorrow", "2027-01-01\n", "2027-1-1", "`@x`"])
def test_a_day_that_is_none_is_refused(until):
    with pytest.raises(ValueError, match="not a measurement"):
        decode(encode(within("marks", until=until)))


@pytest.mark.parametrize(
    "lie",
    [
        changed(code_lines=3),
        within("rows", end_line=3),
        within("rows", start_line=3, end_line=2),
        within("namespaces", start_line=3, end_line=3),
        within("hits", line=2, end_line=1),
        within("hits", end_line=3),
        within("marks", line=3),
        changed(tokens=b"\0" * (4 * (2 + len(DATA)) + 1)),
    ],
)
def test_what_does_not_fit_the_file_is_refused_although_it_is_in_bounds(lie):
    assert decode(encode(lie)) == lie
    with pytest.raises(ValueError, match="of this file"):
        believe(encode(lie), DATA)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_measurement_or_refused(reply):
    try:
        decode(reply)
    except ValueError as error:
        assert str(error) == "not a measurement"
