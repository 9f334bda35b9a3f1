"""A round repairs what it can; what fails is tried in the next one and keeps nothing else waiting."""

from dataclasses import replace

import pytest

from bot.errors import Gone, Retryable, UserError
from bot.model import FailedDelivery, RepositoryId, Sha, Table
from bot.services import onboard, publish, reconcile, wipe
from bot.vault.envelope import NOWHERE

ONE, TWO = RepositoryId(10), RepositoryId(20)
HEAD = Sha("a" * 40)


async def test_an_installation_whose_event_was_lost_is_taken_on(services, host):
    host.install(1, ONE)
    await reconcile.once(services)
    assert len(host.deploy_keys[ONE]) == 1


async def test_an_uninstall_whose_event_was_lost_is_wiped(services, host):
    it = host.install(1, ONE)
    await reconcile.once(services)
    host.uninstall(1)
    await reconcile.once(services)
    assert await services.records.store.remaining(it) == {}
    assert len(await wipe.receipts(services)) == 1


async def test_one_that_a_list_forgot_is_asked_for_before_it_is_wiped(services, host):
    it = host.install(1, ONE)
    await onboard.sync(services, it)
    host.lags = True
    await reconcile.once(services)
    assert await services.records.key(ONE) is not None


@pytest.mark.parametrize("trouble", [Retryable("busy"), UserError("no permission", cure="accept it"), Gone("gone")])
async def test_trouble_with_one_installation_keeps_no_other_waiting(services, host, trouble):
    host.install(1, ONE)
    host.install(2, TWO)
    host.trouble["ensure"] = [trouble]
    host.trouble["repositories of 1"] = [trouble]
    await reconcile.once(services)
    await reconcile.once(services)
    assert len(host.deploy_keys[TWO]) == 1
    assert len(host.deploy_keys[ONE]) == 1


async def test_a_step_that_fails_keeps_no_other_waiting(services, host, clock):
    host.trouble["installations"] = [Retryable("busy")]
    host.failed = [FailedDelivery(1, "lost", clock.now() - 5)]
    await reconcile.once(services)
    assert host.redelivered == ["lost"]


async def test_deliveries_are_asked_for_since_the_last_round(services, host, clock):
    old = FailedDelivery(1, "old", clock.now() - 4 * 86400)
    host.failed = [old, FailedDelivery(2, "lost", clock.now() - 5)]
    await reconcile.once(services)
    assert host.redelivered == ["lost"]  # the host has forgotten what is older than three days
    clock.seconds += 700
    host.failed.append(FailedDelivery(3, "later", clock.now() - 5))
    await reconcile.once(services)
    assert host.redelivered == ["lost", "later"]


async def test_a_delivery_that_the_host_does_not_send_keeps_no_other_waiting_and_is_asked_for_again(
    services, host, clock
):
    host.failed = [FailedDelivery(n, name, clock.now() - 5) for n, name in enumerate(("stuck", "lost", "gone"))]
    host.trouble["redeliver stuck"] = [Retryable("busy")]
    host.trouble["redeliver gone"] = [Gone("gone")]
    await reconcile.once(services)
    assert host.redelivered == ["lost"]
    clock.seconds += 3600
    host.failed = [it for it in host.failed if it.guid == "stuck"]
    await reconcile.once(services)
    assert host.redelivered == ["lost", "stuck"]


async def test_a_wipe_that_was_cut_short_is_finished(services, host):
    it = host.install(1, ONE)
    await onboard.sync(services, it)
    await wipe._draft(services, it, NOWHERE, "uninstalled", [])
    host.uninstall(1)
    await reconcile.once(services)
    assert await services.records.store.remaining(it) == {}
    assert len(await wipe.receipts(services)) == 1


async def open_check(services, host, installation=1, repository=ONE):
    host.install(installation, repository)
    at, _ = await onboard.ready(services, host.move(repository, installation).installation, repository)
    await publish.begin(services, at, 7, HEAD, publish.external_id(repository, "pull", 7))


async def test_a_check_over_its_deadline_steps_aside(services, host, clock):
    await open_check(services, host)
    await reconcile.once(services)
    assert [check.result for check in host.checks] == [None]
    clock.seconds += 601
    await reconcile.once(services)
    assert [check.result for check in host.checks] == [publish.OVERDUE]


async def test_a_check_that_cannot_be_ended_keeps_no_other_installation_s_pending(services, host, clock):
    await open_check(services, host, 1, ONE)
    await open_check(services, host, 2, TWO)
    clock.seconds += 601
    host.trouble["finish"] = [Retryable("busy")]
    await reconcile.once(services)
    assert [check.result for check in host.checks] == [None, publish.OVERDUE]
    await reconcile.once(services)
    assert [check.result for check in host.checks] == [publish.OVERDUE, publish.OVERDUE]


async def test_a_suspended_installation_s_checks_wait(services, host, clock):
    await open_check(services, host)
    it = next(iter(host.covered))
    host.covered[it] = replace(host.covered[it], suspended=True)
    clock.seconds += 601
    await reconcile.once(services)
    assert [check.result for check in host.checks] == [None]


async def test_the_timer_goes_on_for_ever(services, host, clock):
    class Enough(BaseException):
        pass

    slept = []

    async def sleep(seconds):
        slept.append(seconds)
        if len(slept) == 3:
            raise Enough

    clock.sleep = sleep
    with pytest.raises(Enough):
        await reconcile.for_ever(services, 300)
    assert slept == [300, 300, 300]
    assert await services.records.note(Table.CURSOR, reconcile.CURSOR) is not None
