"""What is kept of a repository's measurements between two analyses, sealed under its key; wiped with it."""

from __future__ import annotations

import secrets

import msgspec

from bot.analysis.duplication.index import Index
from bot.analysis.model import Grade, Letter
from bot.analysis.survey import Survey
from bot.model import Repository, Sha
from bot.services.context import Services
from bot.services.records import Records

_SALT_BYTES = 32
_HISTORY = 200


class _Graded(msgspec.Struct, frozen=True, array_like=True):
    """A commit of the default branch, and its grade."""

    head: str
    letter: Letter
    gpa: float


class _Kept(msgspec.Struct, frozen=True):
    """A document with the terms that it was made on."""

    terms: str
    body: bytes


async def survey(records: Records, repository: Repository, terms: str) -> Survey:
    """The last survey of the default branch; an empty one where there is none on these terms."""
    body = await _load(records, f"survey:{repository.id}", terms)
    try:
        return Survey() if body is None else Survey.from_bytes(body)
    except ValueError:
        return Survey()


async def save_survey(records: Records, repository: Repository, terms: str, survey: Survey) -> None:
    await _save(records, repository, f"survey:{repository.id}", terms, survey.to_bytes())


async def index(records: Records, repository: Repository, terms: str) -> Index:
    """The index of the blobs that were measured last; an empty one where there is none on these terms."""
    body = await _load(records, f"index:{repository.id}", terms)
    try:
        return Index() if body is None else Index.from_bytes(body)
    except ValueError:
        return Index()


async def save_index(records: Records, repository: Repository, terms: str, index: Index) -> None:
    await _save(records, repository, f"index:{repository.id}", terms, index.to_bytes())


async def note_grade(records: Records, repository: Repository, head: Sha, grade: Grade) -> Grade | None:
    """Write a commit's grade into the history of the default branch; the one before it, if there is one."""
    id = f"grades:{repository.id}"
    document = await records.result(id)
    history = msgspec.msgpack.decode(document, type=list[_Graded]) if document is not None else []
    before = [entry for entry in history if entry.head != head]
    entry = _Graded(head, grade.letter, grade.gpa)
    await records.save_result(repository, id, msgspec.msgpack.encode([*before[-_HISTORY:], entry]))
    return Grade(before[-1].letter, before[-1].gpa) if before else None


async def salt(services: Services, repository: Repository) -> bytes:
    """What keys the hashes of this repository's secrets: made once."""
    id = f"salt:{repository.id}"
    async with services.locks.hold(id):
        known = await services.records.result(id)
        if known is None:
            known = secrets.token_bytes(_SALT_BYTES)
            await services.records.save_result(repository, id, known)
        return known


async def _load(records: Records, id: str, terms: str) -> bytes | None:
    document = await records.result(id)
    if document is None:
        return None
    try:
        kept = msgspec.msgpack.decode(document, type=_Kept)
    except msgspec.MsgspecError:
        return None
    return kept.body if kept.terms == terms else None


async def _save(records: Records, repository: Repository, id: str, terms: str, body: bytes) -> None:
    await records.save_result(repository, id, msgspec.msgpack.encode(_Kept(terms, body)))
