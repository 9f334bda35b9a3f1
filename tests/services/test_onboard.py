"""What we keep becomes what the host says, whatever happened on the way."""

from dataclasses import replace

import asyncssh
import pytest

from bot.errors import Gone, KeyInUse, KeyRefused, Retryable, UserError
from bot.model import DeployKey, RepositoryId
from bot.services import onboard, wipe
from bot.services.source import key_of
from bot.vault.receipt import verify

ONE, TWO = RepositoryId(10), RepositoryId(20)
FORBIDDEN = UserError("The organisation forbids deploy keys.", cure="Allow them.")


async def receipts(services):
    return [verify(document) for document in await wipe.receipts(services)]


async def test_each_repository_gets_one_key_and_a_second_look_changes_nothing(services, host):
    it = host.install(1, ONE, TWO)
    await onboard.sync(services, it)
    await onboard.sync(services, it)
    assert host.calls["ensure"] == 2
    (first,), (second,) = host.deploy_keys[ONE], host.deploy_keys[TWO]
    assert first.public != second.public
    assert (await services.records.key(ONE)).host_id == first.id


async def test_the_kept_private_half_belongs_to_the_public_one(services, host):
    await onboard.sync(services, host.install(1, ONE))
    kept = await services.records.key(ONE)
    private = asyncssh.import_private_key(key_of(kept).reveal())
    assert private.export_public_key("openssh").decode().strip() == host.deploy_keys[ONE][0].public
    assert private.get_fingerprint() == kept.fingerprint


async def test_a_key_s_title_says_whose_it_is(services, host):
    await onboard.sync(services, host.install(1, ONE))
    assert host.deploy_keys[ONE][0].title == "sealbeat/1a2b3c4d/10/1"


async def test_an_installation_that_the_host_does_not_know_leaves_nothing(services, host):
    it = host.install(1, ONE)
    await onboard.sync(services, it)
    host.uninstall(1)
    await onboard.sync(services, it)
    assert await services.records.store.remaining(it) == {}
    assert [receipt["reason"] for receipt in await receipts(services)] == ["gone at the host"]


async def test_a_repository_that_left_is_wiped_and_its_neighbour_stays(services, host):
    it = host.install(1, ONE, TWO)
    await onboard.sync(services, it)
    host.move(ONE, 2)
    await onboard.sync(services, it)
    assert await services.records.repository(ONE) is None
    assert await services.records.key(ONE) is None
    assert await services.records.key(TWO) is not None
    assert [receipt["repository"] for receipt in await receipts(services)] == [ONE]


async def test_a_suspended_installation_is_kept_and_its_repositories_are_not_asked_for(services, host):
    it = host.install(1, ONE, suspended=True)
    await onboard.sync(services, it)
    assert (await services.records.installation(it)).installation.suspended
    assert host.calls["repositories of 1"] == 0
    assert host.deploy_keys == {}


async def test_a_suspension_keeps_the_data(services, host):
    it = host.install(1, ONE)
    await onboard.sync(services, it)
    await onboard.suspend(services, it)
    assert (await services.records.installation(it)).installation.suspended
    assert await services.records.key(ONE) is not None


async def test_a_suspension_of_somebody_unknown_is_no_trouble(services, host):
    await onboard.suspend(services, host.install(1))
    assert await services.records.installations() == []


# ------------------------------------------------------------------------------------------------------------- keys


async def test_a_key_in_use_is_replaced_by_the_next_generation(services, host):
    host.trouble["ensure"] = [KeyInUse("in use", cure="another")]
    await onboard.sync(services, host.install(1, ONE))
    kept = await services.records.key(ONE)
    assert (kept.generation, kept.trouble) == (2, None)
    assert [key.title for key in host.deploy_keys[ONE]] == ["sealbeat/1a2b3c4d/10/2"]


async def test_a_host_that_takes_no_key_at_all_is_not_asked_for_ever(services, host):
    it = host.install(1, ONE)
    host.trouble["ensure"] = [KeyInUse("in use", cure="another") for _ in range(3)]
    await onboard.sync(services, it)
    kept = await services.records.key(ONE)
    assert (host.calls["ensure"], kept.host_id, kept.trouble) == (3, None, onboard.IN_USE)
    with pytest.raises(UserError, match="already in use"):
        key_of(kept)
    await onboard.sync(services, it)
    assert (await services.records.key(ONE)).host_id is not None


async def test_a_policy_is_told_to_people_until_it_is_lifted(services, host):
    it = host.install(1, ONE)
    host.trouble["ensure"] = [FORBIDDEN]
    await onboard.sync(services, it)
    key = await services.records.key(ONE)
    with pytest.raises(UserError, match="forbids deploy keys") as told:
        key_of(key)
    assert told.value.cure == "Allow them."
    _, again = await onboard.ready(services, it, ONE)
    assert (again.trouble, again.public) == (None, key.public)
    assert again.host_id == host.deploy_keys[ONE][0].id


async def test_an_answer_that_got_lost_makes_no_second_key(services, host, start):
    it = host.install(1, ONE)
    host.trouble["ensure"] = [Retryable("the answer got lost")]
    with pytest.raises(Retryable):
        await onboard.sync(services, it)
    written = await services.records.key(ONE)
    host.deploy_keys[ONE].append(DeployKey(77, written.public))  # it had arrived
    after_a_crash = start()
    await onboard.sync(after_a_crash, it)
    assert (await after_a_crash.records.key(ONE)).host_id == 77
    assert len(host.deploy_keys[ONE]) == 1


async def test_a_key_that_a_person_removed_is_put_back_and_the_work_is_tried_once_more(services, host):
    repository, key = await onboard.ready(services, host.install(1, ONE), ONE)
    host.deploy_keys[ONE].clear()
    used = []

    async def work(with_which):
        used.append(with_which.host_id)
        if not host.deploy_keys[ONE]:
            raise KeyRefused("refused", cure="look")
        return "done"

    assert await onboard.with_key(services, repository, key, work) == "done"
    assert used == [key.host_id, host.deploy_keys[ONE][0].id]
    assert host.deploy_keys[ONE][0].public == key.public


async def test_a_key_that_is_refused_again_is_told_to_people(services, host):
    repository, key = await onboard.ready(services, host.install(1, ONE), ONE)
    tries = []

    async def work(_):
        tries.append(1)
        raise KeyRefused("refused", cure="look")

    with pytest.raises(KeyRefused):
        await onboard.with_key(services, repository, key, work)
    assert len(tries) == 2


# -------------------------------------------------------------------------------------------------------- transfers


@pytest.mark.parametrize("trouble", [None, Gone("gone"), UserError("archived", cure="wait")])
async def test_after_a_transfer_the_old_key_is_left_behind(services, host, trouble):
    seller, buyer = host.install(1, ONE), host.install(2)
    await onboard.sync(services, seller)
    old = host.deploy_keys[ONE][0]
    host.move(ONE, 2)
    host.trouble["ensure_absent"] = (
        [trouble, trouble] if trouble else []
    )  # the buyer's token is tried, and the seller's
    repository, key = await onboard.ready(services, buyer, ONE)
    assert repository.installation == buyer
    assert key.public != old.public
    assert [at_host.public for at_host in host.deploy_keys[ONE]][-1] == key.public
    assert (old in host.deploy_keys[ONE]) == (trouble is not None)
    assert await services.records.store.remaining(seller, ONE) == {}
    assert [receipt["reason"] for receipt in await receipts(services)] == ["transferred to another account"]


async def test_a_transfer_that_the_host_is_too_busy_for_is_tried_again_before_anything_is_lost(services, host):
    await onboard.sync(services, host.install(1, ONE))
    buyer = host.install(2)
    host.move(ONE, 2)
    host.trouble["ensure_absent"] = [Retryable("busy")]
    with pytest.raises(Retryable):
        await onboard.ready(services, buyer, ONE)
    _, key = await onboard.ready(services, buyer, ONE)
    assert [at_host.public for at_host in host.deploy_keys[ONE]] == [key.public]


# ------------------------------------------------------------------------------------------------------------ ready


async def test_an_event_that_overtook_its_installation_takes_it_on(services, host):
    repository, key = await onboard.ready(services, host.install(1, ONE), ONE)
    assert repository.id == ONE
    assert key.host_id is not None


async def test_an_event_that_overtook_the_end_of_a_suspension_is_worked_on(services, host):
    it = host.install(1, ONE, suspended=True)
    await onboard.sync(services, it)
    host.install(1, ONE)
    assert (await onboard.ready(services, it, ONE))[1].host_id is not None


async def test_nothing_is_done_for_a_suspended_one(services, host):
    with pytest.raises(Gone):
        await onboard.ready(services, host.install(1, ONE, suspended=True), ONE)


async def test_nothing_is_done_for_one_that_is_unknown_and_no_trace_of_it_is_kept(services, host):
    it = host.install(1, ONE)
    host.uninstall(1)
    with pytest.raises(Gone):
        await onboard.ready(services, it, ONE)
    assert await services.records.store.remaining(it) == {}
    assert await receipts(services) == []


async def test_nothing_is_done_for_one_that_is_being_wiped(services, host):
    it = host.install(1, ONE)
    await onboard.sync(services, it)
    kept = await services.records.installation(it)
    await services.records.save_installation(replace(kept, wiping=True))
    with pytest.raises(Gone):
        await onboard.ready(services, it, ONE)
