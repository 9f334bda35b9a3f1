"""One file's bytes in, its functions' metrics out. Runs in the locked child, and touches nothing but memory."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b

from bot.analysis.duplication.tokens import Tokeniser, comment_lines
from bot.analysis.frame import Frame
from bot.analysis.language import Language
from bot.analysis.lines import CodeLines
from bot.analysis.marks import marks
from bot.analysis.metrics import Walker
from bot.analysis.model import NOT_ANALYSED
from bot.analysis.naming import printable
from bot.analysis.rules import RULES
from bot.analysis.rules.rule import Rule
from bot.analysis.syntax import OutOfTime, Syntax, error_bytes
from bot.analysis.tables import Tables
from bot.analysis.wire import CUT, MAX_FUNCTIONS, MAX_HITS, TOO_MANY, Hit, Measurement, Row

GOOD_ENOUGH = 0.8
"""Below this share of bytes outside syntax errors, numbers would be guesses: only the lines are reported."""

# Of the code that a rule objects to: bytes that are looked at, and those that its identity holds after squeezing.
# Bounded, since places that lie within each other would otherwise cost the square of their depth.
_LOOK, _TOLD = 8000, 1000
_TRAILING = re.compile(rb",(?=[)\]}])")


class Measurer:
    """Measures files of one language."""

    def __init__(self, language: Language, rules: Iterable[Rule] = RULES.values()) -> None:
        self._name = language.name
        self._syntax = Syntax(*language.grammar)
        self._tables = Tables(language, self._syntax)
        self._walker = Walker(self._tables, rules)
        self._tokeniser = Tokeniser(self._tables.keywords, language.imports)

    def measure(self, data: bytes, seconds: float) -> Measurement:
        """Never raises for any bytes; `seconds` of CPU time are given to the parse."""
        try:
            tree = self._syntax.parse(data, seconds)
        except OutOfTime:
            return Measurement(0.0, NOT_ANALYSED, 0, [])
        quality = round(1.0 - error_bytes(tree) / max(1, len(data)), 4)
        if quality < GOOD_ENOUGH:
            note = f"lines only: {quality:.0%} of the file reads as {self._name}"
            tokens = self._tokeniser.tokenise(data, comment_lines(data), ())
            return Measurement(quality, note, 0, [], tokens=tokens)
        self._walker.walk(tree, data)
        code = CodeLines(data, self._walker.comments)
        tokens = self._tokeniser.tokenise(data, self._walker.comments, self._walker.literals)
        if max(len(self._walker.frames), len(self._walker.spaces)) > MAX_FUNCTIONS:
            return Measurement(quality, TOO_MANY, code.total, [], tokens=tokens)
        namespaces = self._walker.spaces.rows(self._walker.frames, code)
        note = CUT if len(self._walker.found) > MAX_HITS else ""
        suppressions = marks(data, self._walker.comments)
        return Measurement(
            quality, note, code.total, self._rows(code), namespaces, self._hits(code), suppressions, tokens
        )

    def _hits(self, code: CodeLines) -> list[Hit]:
        """What the rules found, in the order of the source."""
        found = self._walker.found
        if len(found) > MAX_HITS:
            found = sorted(found, key=lambda each: (each[1].node.start_byte, -each[1].node.end_byte, each[0]))
        hits = []
        for rule, (node, detail), symbol in found[:MAX_HITS]:
            identity = _identity(code.text(node.start_byte, min(node.end_byte, node.start_byte + _LOOK)))
            hits.append(Hit(rule, node.start_point[0] + 1, node.end_point[0] + 1, symbol, printable(detail), identity))
        return sorted(hits, key=lambda hit: (hit.line, hit.rule, hit.end_line))

    def _rows(self, code: CodeLines) -> list[Row]:
        frames = sorted(self._walker.frames, key=_in_order)
        loc = _own_lines(frames, code)
        hashes = code.hashes([_body(frame, code) for frame in frames])
        met: dict[str, int] = {}
        rows = []
        for frame, body_hash in zip(frames, hashes, strict=True):
            name = frame.name
            number = met[name] = met.get(name, 0) + 1
            rows.append(
                Row(
                    name if number == 1 else f"{name}#{number}",
                    frame.first + 1,
                    frame.last + 1,
                    frame.cyclomatic,
                    frame.cognitive,
                    frame.abc,
                    frame.arity,
                    frame.nesting,
                    loc[frame],
                    frame.returns,
                    frame.return_values,
                    body_hash,
                )
            )
        return rows


def _body(frame: Frame, code: CodeLines) -> tuple[int, int]:
    """The bytes of a body: without the first line, which holds the name, or in a single line without what precedes
    it."""
    if frame.last > frame.first:
        return code.start(frame.first + 1), frame.end
    return frame.body or frame.start, frame.end


def _identity(code: bytes) -> str:
    """A hash of how code without space begins: without trailing commas and with one kind of quotes, as no formatter
    changes it."""
    squeezed = _TRAILING.sub(b"", code).replace(b"'", b'"')
    return blake2b(squeezed[:_TOLD], digest_size=8).hexdigest()


def _in_order(frame: Frame) -> tuple[int, int]:
    """Of the source; owners come before what is nested in them."""
    return frame.start, -frame.end


def _own_lines(frames: list[Frame], code: CodeLines) -> dict[Frame, int]:
    """Code lines per function; a nested function's, after its first, are not its owner's. Takes owners first."""
    own: dict[Frame, int] = {}
    for frame in frames:
        own[frame] = code.count(frame.first, frame.last + 1)
        if frame.owner is not None:
            own[frame.owner] -= code.count(frame.first + 1, frame.last + 1)
    return own
