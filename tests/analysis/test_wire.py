"""The child's replies: believed only in the promised types."""

import orjson
import pytest

from bot.analysis.wire import Measurement, Row, decode, encode

ROW = Row("f", 1, 2, 1, 0, 1.41, 0, 0, 2, 0, "0" * 16)


def test_a_measurement_survives_the_pipe():
    measurement = Measurement(0.9, "note", [ROW, ROW._replace(abc=2)])
    assert decode(encode(measurement)) == measurement


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"\xff",
        b"null",
        b"[]",
        b'[1.0,"",{}]',
        b'["1","",[]]',
        b"[1.0,2,[]]",
        b"[true,2,[]]",
        b'[1.0,"",[[]]]',
        orjson.dumps([1.0, "", [list(ROW)[:-1]]]),
        orjson.dumps([1.0, "", [[*ROW[:1], "1", *ROW[2:]]]]),
        orjson.dumps([1.0, "", [[*ROW[:1], True, *ROW[2:]]]]),
        orjson.dumps([1.0, "", [[7, *ROW[1:]]]]),
    ],
)
def test_anything_else_is_refused(reply: bytes):
    with pytest.raises(ValueError):  # whatever its text
        decode(reply)
