"""One file's bytes in, its functions' metrics out. Runs in the locked child, and touches nothing but memory."""

from __future__ import annotations

from collections import Counter
from math import sqrt

from bot.analysis.language import Language
from bot.analysis.lines import CodeLines
from bot.analysis.metrics import Frame, Walker, in_order
from bot.analysis.model import NOT_ANALYSED
from bot.analysis.syntax import OutOfTime, Syntax, error_bytes
from bot.analysis.tables import Tables
from bot.analysis.wire import Measurement, Row

GOOD_ENOUGH = 0.8
"""Below this share of bytes outside syntax errors, numbers would be guesses: only the lines are reported."""


class Measurer:
    """Measures files of one language."""

    def __init__(self, language: Language) -> None:
        self._name = language.name
        self._syntax = Syntax(*language.grammar)
        self._tables = Tables(language, self._syntax)
        self._walker = Walker(self._tables)

    def measure(self, data: bytes, seconds: float) -> Measurement:
        """Never raises for any bytes; `seconds` of CPU time are given to the parse."""
        try:
            tree = self._syntax.parse(data, seconds)
        except OutOfTime:
            return Measurement(0.0, NOT_ANALYSED, [])
        quality = round(1.0 - error_bytes(tree) / max(1, len(data)), 4)
        if quality < GOOD_ENOUGH:
            note = f"lines only: {quality:.0%} of the file reads as {self._name}"
            return Measurement(quality, note, [])
        self._walker.walk(tree, data)
        return Measurement(quality, "", self._rows(data))

    def _rows(self, data: bytes) -> list[Row]:
        frames = in_order(self._walker.frames)
        if not frames:
            return []
        code = CodeLines(data, self._walker.comments)
        loc = _own_lines(frames, code)
        met: Counter[str] = Counter()
        rows = []
        for frame in frames:
            met[frame.name] += 1
            name = frame.name if met[frame.name] == 1 else f"{frame.name}#{met[frame.name]}"
            rows.append(self._row(frame, name, loc[frame], code))
        return rows

    def _row(self, frame: Frame, name: str, loc: int, code: CodeLines) -> Row:
        node = frame.node
        assert node is not None
        first, last = node.start_point.row, node.end_point.row
        body = node.child_by_field_id(self._tables.body) or node
        return Row(
            name=name,
            start_line=first + 1,
            end_line=last + 1,
            cyclomatic=frame.cyclomatic,
            cognitive=frame.cognitive,
            abc=round(sqrt(frame.assignments**2 + frame.calls**2 + frame.conditions**2), 2),
            arity=frame.arity,
            nesting=frame.nesting,
            loc=loc,
            returns=frame.returns,
            body_hash=code.hash(first + 1, last + 1) if last > first else code.hash_bytes(*body.byte_range),
        )


def _own_lines(frames: list[Frame], code: CodeLines) -> dict[Frame, int]:
    """Code lines per function; a nested function's, after its first, are not its owner's."""
    own: dict[Frame, int] = {}
    for frame in frames:  # owners come before what is nested in them
        assert frame.node is not None
        first, end = frame.node.start_point.row, frame.node.end_point.row + 1
        own[frame] = code.count(first, end)
        if frame.owner is not None:
            own[frame.owner] -= code.count(first + 1, end)
    return own
