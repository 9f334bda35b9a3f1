"""A wipe can be cut short anywhere and ends all the same: no key, no row, one receipt that says what there was."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.errors import Gone, Retryable, Tampered, UserError
from bot.model import DeployKey, InstallationId, Record, RepositoryId, Table
from bot.ports import Store
from bot.services import onboard, wipe
from bot.vault.receipt import verify

IT, OTHER = InstallationId(1), InstallationId(2)
ONE, TWO = RepositoryId(10), RepositoryId(20)


class Crash(BaseException):
    """The process ends here."""


class Fragile:
    """A store that goes down at its n-th call, before or after that call has had its effect."""

    def __init__(self, inner: Store, calls: int, *, late: bool) -> None:
        self._inner, self._left, self._late = inner, calls, late

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._inner, name)

        async def call(*arguments: Any, **named: Any) -> Any:
            self._left -= 1
            if self._left == 0 and not self._late:
                raise Crash
            answer = await method(*arguments, **named)
            if self._left == 0:
                raise Crash
            return answer

        return call


async def receipts(services):
    return [verify(document) for document in await wipe.receipts(services)]


async def taken_on(services, host):
    host.install(1, ONE, TWO)
    host.install(2, 30)
    for installation in (IT, OTHER):
        await onboard.sync(services, installation)


async def test_of_an_installation_nothing_is_left_and_its_neighbour_stays(services, host):
    await taken_on(services, host)
    record = await services.records.store.get(Table.DEPLOY_KEY, str(ONE))
    await wipe.installation(services, IT, "uninstalled")
    assert await services.records.store.remaining(IT) == {}
    with pytest.raises(Tampered):  # a copy of the row opens no more
        await services.records.store.put(record)
        await services.records.key(ONE)
    await services.records.store.delete(Table.DEPLOY_KEY, str(ONE))
    assert (await services.records.key(RepositoryId(30))).host_id is not None
    assert IT in host.forgotten


async def test_the_receipt_says_what_there_was_and_which_public_keys_stay(services, host):
    await taken_on(services, host)
    keys = {repository: await services.records.key(repository) for repository in (ONE, TWO)}
    await wipe.installation(services, IT, "uninstalled")
    (receipt,) = await receipts(services)
    assert (receipt["installation"], receipt["repository"], receipt["reason"]) == (1, 0, "uninstalled")
    assert receipt["keys_destroyed"] == 3
    assert receipt["rows_deleted"] == {"deploy_key": 2, "installation": 1, "repository": 2}
    assert receipt["remaining"] == {}
    assert receipt["deploy_keys"] == [
        {
            "repository": repository,
            "fingerprint": key.fingerprint,
            "key_id": key.host_id,
            "removed": False,
            "page": f"https://host.example/{repository}/keys",
        }
        for repository, key in keys.items()
    ]


async def test_a_second_wipe_gives_no_second_receipt(services, host):
    await taken_on(services, host)
    await wipe.installation(services, IT, "uninstalled")
    await wipe.installation(services, IT, "uninstalled")
    assert len(await receipts(services)) == 1


async def test_of_one_that_was_never_kept_there_is_no_receipt(services):
    await wipe.installation(services, InstallationId(99), "uninstalled")
    assert await services.records.notes(Table.RECEIPT) == {}


async def test_of_a_repository_the_key_is_removed_at_the_host_too(services, host):
    await taken_on(services, host)
    await wipe.repository(services, IT, ONE, "removed")
    (receipt,) = await receipts(services)
    assert host.deploy_keys[ONE] == []
    assert [(key["removed"], key["page"]) for key in receipt["deploy_keys"]] == [(True, "")]
    assert await services.records.key(TWO) is not None
    assert len(host.deploy_keys[TWO]) == 1


@pytest.mark.parametrize("trouble", [Gone("gone"), UserError("archived", cure="wait"), Retryable("busy")])
async def test_a_key_that_cannot_be_removed_is_named_with_the_page_where_a_person_can(services, host, trouble):
    await taken_on(services, host)
    host.trouble["ensure_absent"] = [trouble]
    await wipe.repository(services, IT, ONE, "removed")
    (receipt,) = await receipts(services)
    assert [(key["removed"], key["page"]) for key in receipt["deploy_keys"]] == [
        (False, "https://host.example/10/keys")
    ]
    assert receipt["remaining"] == {}


async def unanswered(services, host):
    """The host took the key, and its answer got lost."""
    host.install(1, ONE)
    host.trouble["ensure"] = [Retryable("the answer got lost")]
    with pytest.raises(Retryable):
        await onboard.sync(services, IT)
    host.deploy_keys[ONE].append(DeployKey(77, (await services.records.key(ONE)).public))


async def test_a_key_whose_answer_got_lost_is_looked_for_and_removed(services, host):
    await unanswered(services, host)
    await wipe.repository(services, IT, ONE, "removed")
    assert host.deploy_keys[ONE] == []
    (receipt,) = await receipts(services)
    assert [(key["removed"], key["page"]) for key in receipt["deploy_keys"]] == [(True, "")]


async def test_a_key_whose_answer_got_lost_is_not_said_to_be_gone(services, host):
    await unanswered(services, host)
    await wipe.installation(services, IT, "uninstalled")
    (receipt,) = await receipts(services)
    assert [(key["removed"], key["page"]) for key in receipt["deploy_keys"]] == [
        (False, "https://host.example/10/keys")
    ]


async def test_a_key_that_the_host_never_took_is_nowhere(services, host):
    host.install(1, ONE)
    host.trouble["ensure"] = [UserError("forbidden", cure="allow")]
    await onboard.sync(services, IT)
    await wipe.installation(services, IT, "uninstalled")
    (receipt,) = await receipts(services)
    assert [(key["removed"], key["page"]) for key in receipt["deploy_keys"]] == [(True, "")]


async def test_a_repository_of_another_owner_is_not_touched(services, host):
    await taken_on(services, host)
    await wipe.repository(services, OTHER, ONE, "removed")
    assert (await services.records.key(ONE)).host_id is not None
    assert len(host.deploy_keys[ONE]) == 1
    assert await receipts(services) == []


@pytest.mark.parametrize("late", [False, True], ids=["before it took effect", "after it took effect"])
@pytest.mark.parametrize("scope", ["installation", "repository"])
async def test_cut_short_at_any_call_it_is_finished_with_the_same_receipt(services, host, start, scope, late):
    async def work(on):
        if scope == "installation":
            await wipe.installation(on, IT, "uninstalled")
        else:
            await wipe.repository(on, IT, ONE, "removed")

    rows = {"deploy_key": 2, "installation": 1, "repository": 2} if scope == "installation" else {
        "deploy_key": 1, "repository": 1}  # fmt: skip
    crashed = 0
    for calls in range(1, 100):
        await taken_on(services, host)
        try:
            await work(start(Fragile(services.records.store, calls, late=late)))
        except Crash:
            crashed += 1
        services = start()
        await wipe.resume(services)
        await work(services)  # its job was still in the inbox
        (receipt,) = await receipts(services)
        assert receipt["rows_deleted"] == rows
        assert receipt["keys_destroyed"] == sum(rows.values()) - rows["deploy_key"]
        assert receipt["remaining"] == {}
        assert await services.records.store.remaining(IT, None if scope == "installation" else ONE) == {}
        for name in await services.records.notes(Table.RECEIPT):
            await services.records.store.delete(Table.RECEIPT, name)
        if crashed < calls:
            break
    assert 5 < crashed < 99


class Leaking:
    """A store that another task writes to right after rows were erased."""

    def __init__(self, inner: Store) -> None:
        self._inner, self.leak = inner, True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def erase(self, installation: InstallationId, repository: RepositoryId | None = None) -> dict[str, int]:
        rows = await self._inner.erase(installation, repository)
        if self.leak:
            await self._inner.put(Record(Table.RESULT, "late", installation, ONE, b"sealed"))
        return rows


async def test_rows_that_are_written_meanwhile_are_found_before_a_receipt_says_otherwise(services, host, start):
    await taken_on(services, host)
    leaking = Leaking(services.records.store)
    with pytest.raises(Retryable):
        await wipe.installation(start(leaking), IT, "uninstalled")
    assert await receipts(services) == []
    leaking.leak = False
    await wipe.resume(start(leaking))
    (receipt,) = await receipts(start())
    assert receipt["remaining"] == {}


async def test_receipts_come_oldest_first_and_are_not_kept_for_ever(services, host, clock):
    await taken_on(services, host)
    await wipe.installation(services, IT, "first")
    clock.seconds += 20 * 86400
    await wipe.installation(services, OTHER, "second")
    assert [receipt["reason"] for receipt in await receipts(services)] == ["first", "second"]
    clock.seconds += 10 * 86400 + 1
    await wipe.expire_receipts(services)
    assert [receipt["reason"] for receipt in await receipts(services)] == ["second"]


async def test_a_draft_never_expires_before_its_wipe_is_done(services, host, clock):
    await services.records.save_note(Table.RECEIPT, "1-0-5", {"draft": {}})
    clock.seconds += 400 * 86400
    await wipe.expire_receipts(services)
    assert set(await services.records.notes(Table.RECEIPT)) == {"1-0-5"}
