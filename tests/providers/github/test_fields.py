from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.errors import Malformed, Retryable
from bot.providers.github.fields import Fields

READS: dict[str, tuple[Callable[[Fields, str], Any], object, list[object]]] = {
    "id": (Fields.id, 7, [0, -7, 2**63, 7.0, "7", True, None, [7]]),
    "count": (Fields.count, 0, [-1, 2**63, 0.0, "0", False, None]),
    "text": (Fields.text, "", [0, None, [], {}, True]),
    "flag": (Fields.flag, False, [0, 1, None, "false", []]),
    "sha": (Fields.sha, "a" * 40, ["A" * 40, "a" * 39, "a" * 63, "a" * 40 + "\n", "", None, 7]),
}
CASES = [(read, wrong) for read, _, wrongs in READS.values() for wrong in wrongs]


@pytest.mark.parametrize("name", READS)
def test_a_field_of_the_documented_form_is_read(name: str) -> None:
    read, right, _ = READS[name]
    assert read(Fields({"field": right}, Malformed), "field") == right


@pytest.mark.parametrize(("read", "wrong"), CASES)
def test_a_field_of_another_form_is_the_readers_own_fault(read: Callable[[Fields, str], Any], wrong: object) -> None:
    for fault in (Malformed, Retryable):
        with pytest.raises(fault, match=r"^field: expected "):
            read(Fields({"field": wrong}, fault), "field")
        with pytest.raises(fault, match=r"^field: expected "):
            read(Fields({}, fault), "field")


def test_a_flag_may_have_a_default_and_is_still_a_flag() -> None:
    assert Fields({}, Malformed).flag("field", True)
    with pytest.raises(Malformed):
        Fields({"field": 1}, Malformed).flag("field", True)


@pytest.mark.parametrize("wrong", [None, {}, "[]", [1], [None], [{}, []]])
def test_a_list_of_objects_holds_objects_only(wrong: object) -> None:
    assert Fields({"field": [{}, {}]}, Malformed).objects("field")[1].has("x") is False
    with pytest.raises(Malformed):
        Fields({"field": wrong}, Malformed).objects("field")


@pytest.mark.parametrize("wrong", [None, [], "{}", 1])
def test_an_object_is_an_object(wrong: object) -> None:
    with pytest.raises(Malformed):
        Fields(wrong, Malformed)
    with pytest.raises(Malformed):
        Fields({"field": wrong}, Malformed).object("field")
    assert Fields({"field": None}, Malformed).maybe("field") is None
