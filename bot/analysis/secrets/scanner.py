"""Looks for secrets in any bytes whatever, in time linear in their number. Says what kind is where; never what it is.

All keywords are looked for at once; only the kinds whose words are there have their pattern run. A value must then be
random enough and no placeholder, and of several kinds that claim one place the most specific is told.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from bot.analysis.needles import Needles
from bot.analysis.secrets.model import SECRETS, SecretRule
from bot.analysis.secrets.plausible import entropy, is_mixed, is_placeholder, looks_random
from bot.analysis.wire import HASH, MAX_SECRETS, Hit

_KEY_BYTES = 8192  # of a key in a file, for its identity
_WORD = frozenset(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
_QUOTES = frozenset(b"\"'`")
_ESCAPED = (b"\\n", b"\\r", b"\\t")
_NO_SECRET_NAME = re.compile(
    rb"(?i)(?:hash|digest|checksum|sha\d*|id|ids|url|uri|path|file|name|type|version|integrity|arn|index|prefix"
    rb"|public_?key|pub_?key|salt|etag|cursor|page_?token|next_?token|endpoint)\W*\Z"
)
_NO_HOST = re.compile(
    rb"(?i)@(?:[\w.-]{0,40}\b)?(?:example|localhost|127\.|0\.0\.|host\b|[\w-]{1,40}\.(?:test|local|invalid)\b)"
)
_NAME = re.compile(rb"[\w.-]+(?=[^\w.-]*\Z)")
_OPEN_LINE = re.compile(rb"[ \t]*(?:export[ \t]+|-[ \t]+|set[ \t]+|ENV[ \t]+)?[\w.-]{1,80}[ \t]*[=:][ \t]*\Z")
_JWT_OF_THE_MANUAL = b"eyJzdWIiOiIxMjM0NTY3ODkw"  # {"sub":"1234567890: the first example that everybody meets

_Candidate = tuple[int, int, int, SecretRule]  # rank, start, end


class Scanner:
    """Finds secrets, and names them by hashes that only holders of `salt` can compare."""

    def __init__(self, salt: bytes, rules: Iterable[SecretRule] = SECRETS.values()) -> None:
        self.key(salt)
        self._by_word = [rule for rule in rules for _ in rule.quick]
        self._words = Needles([word for rule in dict.fromkeys(self._by_word) for word in rule.quick])

    def key(self, salt: bytes) -> None:
        """Name secrets under this salt from now on."""
        self._key = blake2b(salt, digest_size=32, person=b"secret-identity").digest()

    def scan(self, data: bytes) -> list[Hit]:
        """The secrets in the order of the file, each with `symbol` and `detail` empty. Never raises for any bytes."""
        there = {rule.rank: rule for rule in map(self._by_word.__getitem__, self._words.within(data))}
        candidates: list[_Candidate] = []
        for rule in there.values():
            candidates.extend(_candidates(rule, data))
        return self._hits(_told(candidates), data)

    def _hits(self, told: list[_Candidate], data: bytes) -> list[Hit]:
        hits = []
        line, at = 1, 0
        for _, start, end, rule in sorted(told, key=lambda each: each[1])[:MAX_SECRETS]:
            line += data.count(b"\n", at, start)
            at = start
            hits.append(Hit(rule.id, line, line, "", "", self._identity(data, start, end)))
        return hits

    def _identity(self, data: bytes, start: int, end: int) -> str:
        value = data[start:end]
        if value.startswith(b"-----BEGIN"):  # keys of one kind begin alike: take the whole of it
            close = data.find(b"-----END", start, start + _KEY_BYTES)
            value = b"".join(data[start : close if close > 0 else start + _KEY_BYTES].split())
        return blake2b(value, key=self._key, digest_size=HASH // 2).hexdigest()


def _candidates(rule: SecretRule, data: bytes) -> Iterator[_Candidate]:
    plausible = _BY_KIND.get(rule.id, _named if rule.named else _plain)
    for match in rule.pattern.finditer(data):
        start, end = match.span(rule.pattern.groups)
        if plausible(rule, data, match.start(), start, end):
            yield rule.rank, start, end, rule


def _plain(rule: SecretRule, data: bytes, _name: int, start: int, end: int) -> bool:
    value = data[start:end]
    if value[0] in _WORD and start and data[start - 1] in _WORD and data[start - 2 : start] not in _ESCAPED:
        return False
    if value[-1] in _WORD and end < len(data) and data[end] in _WORD:
        return False
    return entropy(value) >= rule.entropy and not is_placeholder(value) and _JWT_OF_THE_MANUAL not in value


def _named(rule: SecretRule, data: bytes, name: int, start: int, end: int) -> bool:
    return is_mixed(data[start:end]) and _plain(rule, data, name, start, end)


def _generic(rule: SecretRule, data: bytes, name: int, start: int, end: int) -> bool:
    """Quoted, or alone behind a name on its line as settings have it; drawn by a machine; and not named as something
    that is no secret."""
    value = data[start:end]
    if not looks_random(value) or is_placeholder(value) or entropy(value) < rule.entropy:
        return False
    after = data[end : end + 1]
    if data[start - 1] in _QUOTES:
        closed = after == data[start - 1 : start]
    else:
        line = data.rfind(b"\n", max(0, start - 200), start) + 1
        closed = after in (b"", b"\n", b"\r") and _OPEN_LINE.match(data[line:start]) is not None
    named = _NAME.search(data[max(0, name - 40) : name] + data[name:start])
    return closed and named is not None and _NO_SECRET_NAME.search(named[0]) is None


def _in_url(rule: SecretRule, data: bytes, name: int, start: int, end: int) -> bool:
    """Not that of a machine which is only there for tests or in manuals."""
    return _NO_HOST.match(data[end : end + 80]) is None and _plain(rule, data, name, start, end)


_BY_KIND = {"secret-generic": _generic, "secret-url-password": _in_url}


def _told(candidates: list[_Candidate]) -> list[_Candidate]:
    """Those that no more specific one overlaps. A later one of the same rank never overlaps an earlier."""
    kept: list[tuple[int, int]] = []
    told = []
    for candidate in sorted(candidates, key=lambda each: each[:3]):
        _, start, end, _ = candidate
        place = bisect_left(kept, (start, end))
        before = kept[place - 1][1] > start if place else False
        behind = kept[place][0] < end if place < len(kept) else False
        if not before and not behind:
            insort(kept, (start, end))
            told.append(candidate)
    return told
