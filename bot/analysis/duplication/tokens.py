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
from bot.analysis.duplication.hashing import Ints, Words, hashes_of, places, text_hash
from bot.analysis.lines import count_lines

FIXED, NAME, LITERAL, IGNORED = range(4)
"""Classes: keyword, operator or bracket; identifier; literal; part of an import or a data table."""

_CONTINUED = 1 << 31
_LINE_FEED = np.uint8(0x0A)
_SPACE, _WORD, _SIGN, _STRING = range(4)
_CONSTANTS = ("true", "false", "null", "nil", "none", "None", "True", "False", "undefined", "nullptr", "YES", "NO")

_FAR = (1 << 31) - 1

Span = tuple[int, int]

_COMMENT_LINE = re.compile(rb"^[ \t]*(?://|/\*|\*[ */]|#[ #!]|--)[^\n]*", re.MULTILINE)


def _byte_classes() -> bytes:
    def one(byte: int) -> int:
        char = chr(byte)
        if byte >= 0x80 or char.isalnum() or char == "_":
            return _WORD
        return _SPACE if byte <= 0x20 or byte == 0x7F else _SIGN

    return bytes(map(one, range(256)))


_CLASS_OF_BYTE = _byte_classes()


class Tokeniser:
    """Tokenises files of one language: `keywords` are its reserved words, `imports` the beginnings of statements that
    only name other files (see `dull.Imports`)."""

    def __init__(self, keywords: Iterable[str], imports: Iterable[str] = ()) -> None:
        words = {text_hash(word.encode()): FIXED for word in keywords}
        words.update((text_hash(word.encode()), LITERAL) for word in _CONSTANTS)
        self._known = np.array(sorted(words), np.uint64)
        self._class = np.array([words[number] for number in sorted(words)] + [NAME], np.uint32)
        self._imports = Imports(imports)

    def tokenise(self, data: bytes, comments: Sequence[Span], literals: Sequence[Span]) -> bytes:
        """The packed stream of a file. `comments` and `literals` are byte ranges in any order; of two that overlap the
        one that starts first counts, and of two that start together the longer."""
        strings, blank = _outermost(comments, literals, len(data))
        start, end, kind = _bounds(data, strings, blank)
        lines = count_lines(data)
        breaks = (np.frombuffer(data, np.uint8) == _LINE_FEED).nonzero()[0]
        upto = np.full(lines, len(start))  # tokens that start on the lines up to each
        upto[: len(breaks)] = start.searchsorted(breaks)
        per_line = upto.copy()
        per_line[1:] -= upto[:-1]
        text = hashes_of(data, start, end)
        klass = self._classes(data, text, start, kind)
        dull = [*data_tables(text, klass == LITERAL, klass == NAME), *self._imports.find(text, upto, per_line)]
        for first, last in dull:
            klass[first:last] = IGNORED
        counts = per_line.astype("<u4")
        for first, last in _crossed(strings, breaks):
            counts[first:last] |= _CONTINUED
        text >>= np.uint64(34)
        klass |= text.astype(np.uint32) << 2
        return counts.tobytes() + klass.astype("<u4", copy=False).tobytes()

    def _classes(self, data: bytes, text: Words, start: Ints, kind: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint32]:
        klass = np.zeros(len(start), np.uint32)
        klass[kind == _STRING] = LITERAL
        words = (kind == _WORD).nonzero()[0]
        klass[words] = self._class[places(text[words], self._known)]
        initial = np.frombuffer(data, np.uint8)[start[words]]
        klass[words[(initial >= 0x30) & (initial <= 0x39)]] = LITERAL
        return klass


def comment_lines(data: bytes) -> list[Span]:
    """Lines that look like comments in any language: all that is known of a file that could not be parsed."""
    return [match.span() for match in _COMMENT_LINE.finditer(data)]


def _outermost(comments: Sequence[Span], literals: Sequence[Span], size: int) -> tuple[Ints, Ints]:
    """Strings and comments as two arrays of (start, end), sorted and disjoint."""
    literal, comment = (
        np.fromiter(chain.from_iterable(each), np.int64, 2 * len(each)) for each in (literals, comments)
    )
    # One number each: by start, then the longer first, of equal ones the comment. Files end before 2^31.
    keys = np.concatenate((_keys(literal) | 1, _keys(comment)))
    keys.sort()
    start, end = keys >> 32, _FAR - (keys >> 1 & _FAR)
    outer = start < end
    outer &= end <= size
    outer[1:] &= start[1:] >= np.maximum.accumulate(end)[:-1]
    spans = np.stack((start, end), axis=1)
    string = keys & 1 == 1
    return spans[outer & string], spans[outer & ~string]


def _keys(bounds: Ints) -> Ints:
    return bounds[::2] << 32 | (_FAR - bounds[1::2]) << 1


def _bounds(data: bytes, strings: Ints, blank: Ints) -> tuple[Ints, Ints, npt.NDArray[np.uint8]]:
    """Start, end and kind of every token."""
    kinds = np.frombuffer(data.translate(_CLASS_OF_BYTE), np.uint8)
    if len(strings) or len(blank):
        edges = np.zeros(len(data) + 1, np.int8)
        for spans in (strings, blank):
            edges[spans[:, 0]] += 1
        for spans in (strings, blank):
            edges[spans[:, 1]] -= 1
        kinds = np.where(np.cumsum(edges[:-1], dtype=np.int8) > 0, np.uint8(_SPACE), kinds)
        kinds[strings[:, 0]] = _STRING
    word = kinds == _WORD
    first, last = word.copy(), word.copy()
    first[1:] &= ~word[:-1]
    last[:-1] &= ~word[1:]
    first |= kinds >= _SIGN
    start = first.nonzero()[0]
    kind = kinds[start]
    end = start + 1
    end[kind == _WORD] = last.nonzero()[0] + 1
    end[kind == _STRING] = strings[:, 1]
    return start, end, kind


def _crossed(strings: Ints, breaks: Ints) -> list[tuple[int, int]]:
    """Ranges of lines that begin within a string."""
    first, last = breaks.searchsorted(strings[:, 0]), breaks.searchsorted(strings[:, 1] - 1)
    crossing = (first < last).nonzero()[0]
    return list(zip((first[crossing] + 1).tolist(), (last[crossing] + 1).tolist(), strict=True))


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
