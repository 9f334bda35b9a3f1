"""A measured file, not judged yet: what the child said about the bytes, put together with where they lie."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.analysis.wire import Measurement


@dataclass(frozen=True, slots=True)
class Measured:
    """One file. `path` is presentable; `lines` are physical."""

    path: str = field(repr=False)
    oid: str
    language: str
    lines: int
    measurement: Measurement = field(repr=False)
