"""The index of fingerprints: whoever shares a clone with a file is a candidate, and hostile bytes are refused."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.duplication.clones import find
from bot.analysis.duplication.index import EXACT, SIMILAR, Index, fingerprints
from bot.analysis.duplication.tokens import Tokens
from tests.analysis.test_clones import statements, stream, text


def oid(number: int) -> str:
    return f"{number:040x}"


def index_of(*sources: str) -> Index:
    index = Index()
    for number, source in enumerate(sources):
        index.add(oid(number), fingerprints(stream(source)))
    return index


def asked(index: Index, source: str, among: range = range(100), limit: int = 10) -> list[int]:
    found = index.candidates(fingerprints(stream(source)), [oid(number) for number in among], limit)
    return [int(entry, 16) for entry in found]


SOURCES = [text(statements(seed, 60)) for seed in range(10)]


def test_whoever_shares_a_clone_is_a_candidate():
    index = index_of(*SOURCES)
    assert asked(index, text(statements(77, 30), statements(4, 60)[20:40], statements(78)))[0] == 4


def test_a_file_that_shares_nothing_has_no_candidates():
    assert asked(index_of(*SOURCES), text(statements(77, 60))) == []


def test_who_shares_most_comes_first_and_only_so_many_come():
    index = index_of(*SOURCES)
    query = text(statements(3, 60)[:12], statements(5, 60)[:50], statements(1, 60)[:30])
    assert asked(index, query) == [5, 1, 3]
    assert asked(index, query, limit=2) == [5, 1]


def test_only_blobs_that_were_asked_about_are_candidates():
    assert asked(index_of(*SOURCES), SOURCES[4], among=range(4)) == []


def test_what_is_in_a_thousand_files_still_has_candidates():
    index = index_of(*[SOURCES[0]] * 1_000)
    assert asked(index, SOURCES[0], limit=5) == [0, 1, 2, 3, 4]
    assert asked(index, SOURCES[0], among=range(90, 95)) == [90, 91, 92, 93, 94]


def test_the_same_contents_give_the_same_bytes():
    forwards, backwards = index_of(*SOURCES), Index()
    for number in reversed(range(10)):
        backwards.add(oid(number), fingerprints(stream(SOURCES[9 - number])))
        backwards.add(oid(number), fingerprints(stream(SOURCES[number])))
    assert forwards.to_bytes() == backwards.to_bytes()
    assert Index.from_bytes(forwards.to_bytes()).to_bytes() == forwards.to_bytes()


def test_what_was_forgotten_is_no_candidate():
    index = index_of(*SOURCES)
    index.keep([oid(number) for number in (*range(10), 99) if number != 4])
    assert asked(index, SOURCES[4]) == []
    assert oid(4) not in index
    assert (oid(3) in index, len(index)) == (True, 9)
    index.keep([oid(3), oid(5)])
    assert (asked(index, SOURCES[5]), asked(index, SOURCES[6]), len(index)) == ([5], [], 2)
    assert index.to_bytes() == Index.from_bytes(index.to_bytes()).to_bytes()


@given(st.integers(EXACT, 90), st.integers(0, 60), st.integers(0, 60), st.integers(0, 10**6))
def test_any_copy_of_the_promised_length_is_met(size: int, before: int, after: int, seed: int):
    dice = np.random.default_rng(seed)
    copied = numbers(dice, size)
    one = tokens(np.concatenate((numbers(dice, before), copied, numbers(dice, 30))))
    other = tokens(np.concatenate((numbers(dice, 40), copied, numbers(dice, after))))
    assert find([one, other], exact=EXACT, similar=None)
    assert np.intersect1d(fingerprints(one), fingerprints(other)).size


def test_a_similar_copy_of_the_promised_length_is_met():
    source = text(statements(1, -(-SIMILAR // 7)))
    renamed = source.replace("a1_", "z1_").replace(" b", " y").replace(" c", " d")
    assert np.intersect1d(fingerprints(stream(source)), fingerprints(stream(renamed))).size


def numbers(dice: np.random.Generator, count: int) -> np.ndarray:
    return dice.integers(0, 1 << 30, count).astype(np.uint32) << 2


def tokens(words: np.ndarray) -> Tokens:
    count = np.array([len(words)])
    return Tokens(words, count, np.array([1]), np.array([0]))


@pytest.mark.parametrize("oids", ["", "x", "../../etc", "A", "a\n"])
def test_an_id_is_hexadecimal(oids: str):
    with pytest.raises(ValueError, match="object id"):
        Index().add(oids, np.zeros(0, np.uint64))


def test_anything_else_is_no_index():
    good = index_of(*SOURCES[:2]).to_bytes()
    assert len(Index.from_bytes(good)) == 2
    assert len(Index.from_bytes(Index().to_bytes())) == 0
    dice = random.Random(1)
    bad = [b"", b"x", good[:-1], good + b"x", b"X" + good[1:], good[:40] + b"z" + good[41:], dice.randbytes(200)]
    bad += [good[:-8] + good[-16:-8], good[:-8] + b"\xff" * 8, good[:8] + b"\xff" * 4 + good[12:]]
    for data in bad:
        with pytest.raises(ValueError, match="not an index"):
            Index.from_bytes(data)


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail_otherwise(data: bytes):
    try:
        Index.from_bytes(data)
    except ValueError:
        return
    assert data == Index().to_bytes()
