"""What is kept of a repository between two analyses."""

import numpy as np

from bot.analysis.duplication.index import Index
from bot.analysis.model import Grade
from bot.analysis.survey import Survey
from bot.model import InstallationId, Repository, RepositoryId, Sha
from bot.services import kept

SHOP = Repository(RepositoryId(7), InstallationId(1), "octo", "shop")


async def test_a_repository_nobody_measured_has_an_empty_survey_and_index(services):
    assert await kept.survey(services.records, SHOP, "terms") == Survey()
    assert len(await kept.index(services.records, SHOP, "terms")) == 0


async def test_what_was_kept_is_read_again_on_the_same_terms_only(services):
    index = Index()
    index.add("a" * 40, np.zeros(0, np.uint64))
    await kept.save_index(services.records, SHOP, "terms", index)
    assert "a" * 40 in await kept.index(services.records, SHOP, "terms")
    assert "a" * 40 not in await kept.index(services.records, SHOP, "others")


async def test_what_an_older_version_kept_otherwise_is_measured_anew(services):
    for id in (f"survey:{SHOP.id}", f"index:{SHOP.id}"):
        await services.records.save_result(SHOP, id, b"\xff other bytes")
    assert await kept.survey(services.records, SHOP, "terms") == Survey()
    assert len(await kept.index(services.records, SHOP, "terms")) == 0


async def test_a_salt_is_made_once(services):
    first = await kept.salt(services, SHOP)
    assert len(first) == 32
    assert await kept.salt(services, SHOP) == first
    assert await kept.salt(services, Repository(RepositoryId(8), InstallationId(1), "octo", "till")) != first


async def test_the_grade_before_is_the_one_of_another_commit(services):
    one, two = Sha("1" * 40), Sha("2" * 40)
    good, bad = Grade("A", 3.9), Grade("C", 2.0)
    assert await kept.note_grade(services.records, SHOP, one, good) is None
    assert await kept.note_grade(services.records, SHOP, one, good) is None
    assert await kept.note_grade(services.records, SHOP, two, bad) == good
    assert await kept.note_grade(services.records, SHOP, two, bad) == good
