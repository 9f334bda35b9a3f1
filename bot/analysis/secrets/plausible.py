"""Whether a text can be a secret: how random it is, and whether it is one of the ways to write "put yours here"."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from math import log2

_PLACEHOLDER = re.compile(
    rb"(?i)example|placeholder|sample|dummy|change.?me|replace|redact|insert|your[_-]?|my[_-]?(?:secret|token|key|pass)"
    rb"|x{4}|\*{3}|\.{3}|0{8}|1{6}|fake|mock|todo|foo_?bar|hunter2|lorem|deadbeef|(?:abc){2}|test[_-]?(?:key|token|secret)"
    rb"|not[_-]?(?:a[_-]?)?(?:real|secret)|undefined|abc123|123abc|xyz123|<|\$\{|\{\{|%\(|%s|\$\(|#\{"
)
_RUNS = (b"abcdefghij", b"0123456789", b"1234567890", b"9876543210", b"qwertyuiop", b"ABCDEFGHIJ", b"fedcba98")
_UUID = re.compile(rb"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


_CAPITALISED = (2, 3)  # as at the beginning of each word in camel case


def entropy(value: bytes) -> float:
    """Shannon's, in bits per byte; 0.0 of nothing."""
    size = len(value)
    return -sum(count / size * log2(count / size) for count in Counter(value).values()) if size else 0.0


def is_placeholder(value: bytes) -> bool:
    """Whether a value says that it is none: an example, a template, a run of the keyboard, one letter many times."""
    return _PLACEHOLDER.search(value) is not None or any(run in value for run in _RUNS) or len(set(value)) < 5


def is_mixed(value: bytes) -> bool:
    """Whether letters and digits are both there, as in nearly every token and in few names."""
    return any(48 <= byte <= 57 for byte in value) and any(65 <= byte & 0xDF <= 90 for byte in value)


def looks_random(value: bytes) -> bool:
    """Whether a value of no known format looks as if a machine had drawn it: its kinds of letters change all the time,
    as they don't in words, paths, versions and dates. An UUID does not: most are no secrets."""
    if not is_mixed(value) or _UUID.match(value):
        return False
    kinds = [_kind(byte) for byte in value if _kind(byte)]
    changes = sum(one != other and (one, other) != _CAPITALISED for one, other in pairwise(kinds))
    return len(kinds) >= 0.85 * len(value) and changes >= 0.25 * len(kinds) and entropy(value) >= 3.5


def _kind(byte: int) -> int:
    """1 a digit, 2 a capital, 3 a small letter, 0 neither."""
    if 48 <= byte <= 57:
        return 1
    if 65 <= byte <= 90:
        return 2
    return 3 if 97 <= byte <= 122 else 0
