"""Source as a stream of tokens for the clone search: made in the child by whole-array arithmetic, read in the parent.

A token is a word, a string (whatever lies in it), or one other character; comments are none. Packed, a stream is one
32-bit number per line, then one per token, all little-endian: a line's is how many tokens start on it, with the
highest bit set where a token of an earlier line goes on; a token's is a hash of its text with its class in the two
lowest bits. So both streams can be had from it: the exact one, and the one in which all names are equal and all
literals are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import numpy.typing as npt

from bot.analysis.duplication.dull import Imports, data_tables
from bot.analysis.duplication.hashing import Ints, Table, Words, hashes_of, text_hash
from bot.analysis.lines import count_lines

FIXED, NAME, LITERAL, IGNORED = range(4)
"""Classes: keyword, operator or bracket; identifier; literal; part of an import or a data table."""

_CONTINUED = 1 << 31
_LINE_FEED = np.uint8(0x0A)
_SPACE, _WORD, _SIGN, _STRING = range(4)
_UPPER = np.uint64(34)
_CONSTANTS = ("true", "false", "null", "nil", "none", "None", "True", "False", "undefined", "nullptr", "YES", "NO")

Span = tuple[int, int]
Bytes = npt.NDArray[np.uint8]

_COMMENT_LINE = re.compile(rb"^[ \t]*(?://|/\*|\*[ */]|#[ #!]|--)[^\n]*", re.MULTILINE)


def _byte_kinds() -> bytes:
    def one(byte: int) -> int:
        char = chr(byte)
        if byte >= 0x80 or char.isalnum() or char == "_":
            return _WORD
        return _SPACE if byte <= 0x20 or byte == 0x7F else _SIGN

    return bytes(map(one, range(256)))


_KIND_OF_BYTE = _byte_kinds()
_CLASS_OF_KIND = np.array([IGNORED, NAME, FIXED, LITERAL, LITERAL], np.uint32)
_DIGITS = np.zeros(256, np.bool_)
_DIGITS[0x30:0x3A] = True


class Tokeniser:
    """Tokenises files of one language: `keywords` are its reserved words, `imports` the beginnings of statements that
    only name other files (see `dull.Imports`)."""

    def __init__(self, keywords: Iterable[str], imports: Iterable[str] = ()) -> None:
        words = {text_hash(word.encode()): FIXED for word in keywords}
        words.update((text_hash(word.encode()), LITERAL) for word in _CONSTANTS)
        self._words = Table(words, NAME, np.uint32)
        self._imports = Imports(imports)

    def tokenise(self, data: bytes, comments: Iterable[Span], literals: Iterable[Span]) -> bytes:
        """The packed stream of a file. `comments` and `literals` are byte ranges in any order; of two that overlap the
        one that starts first counts, and of two that start together the longer."""
        kinds, strings = _painted(data, comments, literals)
        start, end, kind = _bounds(kinds)
        source = np.frombuffer(data, np.uint8)
        first = source.take(start)
        breaks = (source == _LINE_FEED).nonzero()[0]
        upto = np.full(count_lines(data), len(start))  # tokens that start on the lines up to each
        upto[: len(breaks)] = start.searchsorted(breaks)
        per_line = upto.copy()
        per_line[1:] -= upto[:-1]
        text = hashes_of(data, start, end)
        klass = self._classes(text, first, kind)
        sign = first * (kind == _SIGN)
        dull = [*data_tables(sign, klass == LITERAL, klass == NAME), *self._imports.find(text, sign, upto, per_line)]
        for begin, last in dull:
            klass[begin:last] = IGNORED
        counts = per_line.astype("<u4")
        for begin, last in _crossed(strings, breaks):
            counts[begin:last] |= _CONTINUED
        text >>= _UPPER
        packed = text.astype(np.uint32)
        packed <<= 2
        packed |= klass
        return counts.tobytes() + packed.astype("<u4", copy=False).tobytes()

    def _classes(self, text: Words, first: Bytes, kind: Bytes) -> npt.NDArray[np.uint32]:
        klass = _CLASS_OF_KIND.take(kind)
        words = (kind == _WORD).nonzero()[0]
        found = self._words.of(text.take(words))
        found[_DIGITS.take(first.take(words))] = LITERAL
        klass[words] = found
        return klass


def comment_lines(data: bytes) -> list[Span]:
    """Lines that look like comments in any language: all that is known of a file that could not be parsed."""
    return [match.span() for match in _COMMENT_LINE.finditer(data)]


def _painted(data: bytes, comments: Iterable[Span], literals: Iterable[Span]) -> tuple[bytearray, list[Span]]:
    """The kind of every byte, with one of space before and after them, and the strings in their order. Comments are
    space, neighbouring strings are painted with two numbers."""
    kinds = bytearray(b"\0%b\0" % data.translate(_KIND_OF_BYTE))
    spans = [(start, end, True) for start, end in literals]
    spans += [(start, end, False) for start, end in comments]
    spans.sort()
    strings: list[Span] = []
    begun = done = 0
    for start, end, string in spans:
        if start < done:
            if start > begun or end == done:
                continue
            if strings and strings[-1][0] == start:
                strings.pop()
        if start < end <= len(data):
            kind = 0
            if string:
                kind = _STRING + len(strings) % 2
                strings.append((start, end))
            kinds[start + 1 : end + 1] = bytes((kind,)) * (end - start)
            begun, done = start, end
    return kinds, strings


def _bounds(painted: bytearray) -> tuple[Ints, Ints, Bytes]:
    """Start, end and kind of every token."""
    kinds = np.frombuffer(painted, np.uint8)
    here = kinds[1:]
    edges = here != kinds[:-1]
    edges |= here == _SIGN
    at = edges.nonzero()[0]  # where a token or a space begins
    kind = here.take(at)
    tokens = kind.nonzero()[0]
    return at.take(tokens), at.take(tokens + 1), kind.take(tokens)


def _crossed(strings: Sequence[Span], breaks: Ints) -> list[tuple[int, int]]:
    """Ranges of lines that begin within a string."""
    bounds = np.fromiter(chain.from_iterable(strings), np.int64, 2 * len(strings))
    bounds[1::2] -= 1
    lines = breaks.searchsorted(bounds).tolist()
    return [(first + 1, last + 1) for first, last in zip(lines[::2], lines[1::2], strict=True) if first < last]


@dataclass(frozen=True, slots=True)
class Tokens:
    """A file's tokens, those ignored left out. `words` are the packed ones. `ends[i]` is how many tokens start on the
    lines up to line i, `code[i]` how many of these lines hold code (both from 0), `reach[i]` the last line on which
    the tokens of line i end (from 0)."""

    words: npt.NDArray[np.uint32] = field(repr=False)
    ends: Ints = field(repr=False)
    code: Ints = field(repr=False)
    reach: Ints = field(repr=False)

    @property
    def exact(self) -> npt.NDArray[np.uint32]:
        """Equal where the text is."""
        return self.words

    @property
    def normalised(self) -> npt.NDArray[np.uint32]:
        """Equal where the text is, or both are names, or both are literals."""
        klass = self.words & 3
        return np.where(klass == FIXED, self.words, klass)


def unpack(packed: bytes, lines: int) -> Tokens:
    """The inverse of `Tokeniser.tokenise` for a file of so many lines. Raises ValueError for anything that cannot come
    from it: the child is not believed."""
    if len(packed) % 4 or len(packed) < 4 * lines:
        raise ValueError("not a token stream")
    numbers = np.frombuffer(packed, "<u4").astype(np.uint32, copy=False)
    per_line = (numbers[:lines] & (_CONTINUED - 1)).astype(np.int64)
    continued = numbers[:lines] >= _CONTINUED
    words = numbers[lines:]
    ends = np.cumsum(per_line)
    if (int(ends[-1]) if lines else 0) != len(words) or (lines and continued[0]):
        raise ValueError("not a token stream")
    kept = words & 3 != IGNORED
    code = np.cumsum((per_line > 0) | continued, dtype=np.int64)
    total = np.concatenate(([0], np.cumsum(kept)))
    return Tokens(words[kept], total[ends], code, _reach(per_line > 0, continued))


def _reach(starts: npt.NDArray[np.bool_], continued: npt.NDArray[np.bool_]) -> Ints:
    """For each line the last line of the token that goes on from it; the line itself where none does."""
    place = np.arange(len(starts))
    goes_on = np.append(continued[1:], False)[: len(starts)]
    stops = np.where(starts | ~goes_on, place, len(starts))  # the token ends here at the latest
    following = np.minimum.accumulate(stops[::-1])[::-1]
    return np.where(goes_on, np.append(following[1:], 0)[: len(starts)], place)
