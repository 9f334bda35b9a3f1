"""JSON from outside, read field by field: what is not of the documented form raises the reader's own fault."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from bot.model import Sha

Fault = Callable[[str], Exception]
"""Makes the error of this reader: Malformed for deliveries, Retryable for answers. Its text names fields, no values."""

_SHA: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}", re.ASCII)
_LARGEST_ID: Final = 2**63 - 1


class Fields:
    """One JSON object. Every accessor names the field that it wants and what it must be."""

    __slots__ = ("_fault", "_values")

    def __init__(self, value: object, fault: Fault) -> None:
        if not isinstance(value, dict):
            raise fault("expected a JSON object")
        self._values = value
        self._fault = fault

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self._values.get(name) is not None

    def object(self, name: str) -> Fields:
        value = self._values.get(name)
        if not isinstance(value, dict):
            raise self._wrong(name, "an object")
        return Fields(value, self._fault)

    def maybe(self, name: str) -> Fields | None:
        return self.object(name) if self.has(name) else None

    def objects(self, name: str) -> list[Fields]:
        value = self._values.get(name)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self._wrong(name, "a list of objects")
        return [Fields(item, self._fault) for item in value]

    def text(self, name: str) -> str:
        value = self._values.get(name)
        if not isinstance(value, str):
            raise self._wrong(name, "text")
        return value

    def flag(self, name: str, default: bool | None = None) -> bool:
        value = self._values.get(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, bool):
            raise self._wrong(name, "true or false")
        return value

    def id(self, name: str) -> int:
        """A positive integer: an id of the host, or the number of a pull request."""
        value = self._values.get(name)
        if type(value) is not int or not 0 < value <= _LARGEST_ID:
            raise self._wrong(name, "a positive integer")
        return value

    def count(self, name: str) -> int:
        value = self._values.get(name)
        if type(value) is not int or not 0 <= value <= _LARGEST_ID:
            raise self._wrong(name, "a count")
        return value

    def sha(self, name: str) -> Sha:
        value = self._values.get(name)
        if not isinstance(value, str) or not _SHA.fullmatch(value):
            raise self._wrong(name, "a commit id")
        return Sha(value)

    def _wrong(self, name: str, expected: str) -> Exception:
        return self._fault(f"{name}: expected {expected}")
