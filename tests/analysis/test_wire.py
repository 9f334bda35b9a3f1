"""The child's replies: believed only in the promised types."""

import msgspec
import pytest

from bot.analysis.wire import Hit, Mark, Measurement, NamespaceRow, Row, decode, encode

ROW = Row("f", 1, 2, 1, 0, 1.41, 0, 0, 2, 0, 1, "0" * 16)


def test_a_measurement_survives_the_pipe():
    namespace = NamespaceRow("A", "class", 1, 9, 2, 1, 3.5, 8)
    hit = Hit("empty-catch", 3, 3, "A.f", "", "0" * 16)
    mark = Mark(4, "disable", ("CYCLO",), "legacy", "2027-01-01")
    measurement = Measurement(0.9, "note", 7, [ROW], [namespace], [hit], [mark], b"tokens")
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
