"""Events are hints, this is the truth: compare what we keep with the host, and repair the difference.

Runs at start and on a timer. Hosts lose webhooks, and GitHub never sends one again by itself.
"""

from __future__ import annotations

from collections.abc import Awaitable

import structlog

from bot.errors import Gone, Retryable
from bot.model import InstallationId, Table
from bot.services import onboard, publish, wipe
from bot.services.context import Services

log = structlog.get_logger()
CURSOR = "deliveries"
WINDOW = 3 * 86400.0  # how long GitHub keeps deliveries for redelivery: three days
OVERLAP = 600.0  # deliveries are listed a little after they happen


async def once(services: Services) -> None:
    """One round. A step that fails is logged and tried in the next round; the others still run."""
    for step in (wipe.resume, _installations, _deliveries, _overdue, wipe.expire_receipts):
        await _guarded(step.__name__, step(services))


async def for_ever(services: Services, every: float) -> None:
    while True:
        await once(services)
        await services.clock.sleep(every)


async def _guarded(step: str, work: Awaitable[None]) -> bool:
    """Whether it is done. One that fails must not keep the others waiting, today or for ever."""
    try:
        await work
    except Gone:
        return True
    except Retryable as error:
        log.warning("reconciliation will try again", step=step, reason=str(error))
        return False
    except Exception:
        log.exception("reconciliation failed", step=step)
        return False
    return True


async def _installations(services: Services) -> None:
    at_host = {found.id for found in await services.host.accounts.installations()}
    kept = set(await services.records.installations())
    for installation in sorted(at_host | kept):
        # One that vanished is asked for by its id before it is wiped: a list may lag behind, or be cut short.
        await _guarded("installation", onboard.sync(services, InstallationId(installation)))


async def _deliveries(services: Services) -> None:
    now = services.clock.now()
    note = await services.records.note(Table.CURSOR, CURSOR)
    since = max(float(note["since"]) if note else 0.0, now - WINDOW)
    failed = await services.host.accounts.failed_deliveries(since)
    asked = [await _guarded("delivery", services.host.accounts.redeliver(delivery)) for delivery in failed]
    if failed:
        log.info("asked the host for missed deliveries", count=sum(asked))
    if all(asked):
        await services.records.save_note(Table.CURSOR, CURSOR, {"since": now - OVERLAP})


async def _overdue(services: Services) -> None:
    for installation in await services.records.installations():
        kept = await services.records.installation(installation)
        if kept is None or kept.wiping or kept.installation.suspended:
            continue
        await _guarded("overdue", _end_overdue(services, installation))


async def _end_overdue(services: Services, installation: InstallationId) -> None:
    count = await publish.settle(services, installation, publish.OVERDUE, overdue_at=services.clock.now())
    if count:
        log.warning("ended overdue checks", installation=installation, count=count)
