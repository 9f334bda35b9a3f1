"""A job's way from sealed bytes to its handler, and what happens to checks when it fails for good."""

import pytest

from bot import events
from bot.errors import Gone, Malformed, Tampered
from bot.events import encode
from bot.model import InstallationId, Job, RepositoryId, Sha
from bot.services import inbox, onboard, publish
from bot.services.inbox import delivery_place
from bot.worker import Worker
from tests.services.conftest import *  # noqa: F403 - the fixtures: services over real parts, a host in memory

IT, ONE = InstallationId(1), RepositoryId(10)
A, B = Sha("a" * 40), Sha("b" * 40)


def job(event, delivery="d1"):
    return Job(1, delivery, "x", event.installation, event.repository_id, event.key, event.coalesce)


async def sealed(services, event, delivery="d1"):
    return await services.records.vault.seal(delivery_place(delivery, event.installation), encode(event))


async def test_an_event_reaches_its_handler(services, host):
    event = events.Installed(host.install(1, ONE))
    await Worker(services).handle(job(event), await sealed(services, event))
    assert len(host.deploy_keys[ONE]) == 1


async def test_what_was_taken_in_is_what_is_worked_on(services, host, stores):
    event = events.Installed(host.install(1, ONE))
    assert await inbox.take(services, "d1", "installation", event)
    assert not await inbox.take(services, "d1", "installation", event)
    (kept,) = await stores.inbox.pending(float("inf"))
    started = await stores.inbox.start(kept.seq, 0.0)
    await Worker(services).handle(*started)
    assert len(host.deploy_keys[ONE]) == 1


async def test_an_event_under_a_key_that_was_destroyed_is_moot(services, host):
    event = events.Installed(host.install(1, ONE))
    body = await sealed(services, event)
    await services.records.vault.destroy(IT)
    with pytest.raises(Gone):
        await Worker(services).handle(job(event), body)


async def test_an_event_that_was_moved_from_another_delivery_does_not_open(services, host):
    event = events.Installed(host.install(1, ONE))
    await onboard.sync(services, event.installation)
    with pytest.raises(Tampered):
        await Worker(services).handle(job(event, "another"), await sealed(services, event))


async def test_an_event_of_another_version_is_refused(services, host):
    event = events.Installed(host.install(1))
    body = await services.records.vault.seal(delivery_place("d1", IT), b'[99,"Installed",1]')
    with pytest.raises(Malformed):
        await Worker(services).handle(job(event), body)


async def three_open(services, host):
    """Checks of two pull requests and of the default branch, all in progress."""
    repository, _ = await onboard.ready(services, host.install(1, ONE), ONE)
    for number, head in ((7, A), (8, B), (0, B)):
        await publish.begin(services, repository, number, head, publish.external_id(ONE, number, head))


@pytest.mark.parametrize(
    ("event", "ended"),
    [
        (events.PullRequestChanged(IT, ONE, 7), {(7, A)}),
        (events.PullRequestClosed(IT, ONE, 8), {(8, B)}),
        (events.Pushed(IT, ONE, B), {(8, B), (0, B)}),
        (events.RerunAsked(IT, ONE, A, (7,)), {(7, A)}),
        (events.MergeGroupAsked(IT, ONE, A), {(7, A)}),
        (events.RepositoryChanged(IT, ONE), set()),
        (events.RepositoryTransferred(IT, ONE), set()),
        (events.Installed(IT), set()),
        (events.PullRequestChanged(IT, RepositoryId(11), 7), set()),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_a_job_that_failed_for_good_ends_its_own_checks_and_no_other_s(services, host, event, ended):
    await three_open(services, host)
    await Worker(services).give_up(job(event), await sealed(services, event))
    numbers = dict(enumerate(((7, A), (8, B), (0, B))))
    assert {numbers[at] for at, check in enumerate(host.checks) if check.result == publish.GAVE_UP} == ended
    assert len([check for check in host.checks if check.result is None]) == 3 - len(ended)


async def test_people_are_told_what_to_do_when_a_job_failed_for_good():
    assert "**What to do:** press *Re-run*" in publish.GAVE_UP.summary
