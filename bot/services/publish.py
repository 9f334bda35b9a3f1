"""Check runs: begun at once, always ended, never doubled.

Every run has an external id made from what it is about. It is written down before the host is asked, so that after
a crash the same run is found again and finished.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import structlog

from bot.errors import Gone, UserError
from bot.model import CheckResult, InstallationId, OpenCheck, Repository, RepositoryId, Sha
from bot.services import verdict
from bot.services.context import Services
from bot.services.records import KeptCheck

log = structlog.get_logger()
T = TypeVar("T")

GAVE_UP = CheckResult(
    "neutral",
    "Not reviewed: internal error",
    "Sealbeat failed several times on this commit and has put the work aside, where its operator finds it.\n\n"
    "**What to do:** press *Re-run*. If it happens again, tell whoever operates this Sealbeat.",
)
OVERDUE = CheckResult(
    "neutral",
    "Not reviewed in time",
    "The review did not end within its deadline, so this check steps aside instead of blocking the pull request.\n\n"
    "**What to do:** press *Re-run*.",
)
SUPERSEDED = CheckResult(
    "neutral", "Superseded by a newer push", "The head moved while this commit was being reviewed."
)
CLOSED = CheckResult("neutral", "Pull request closed", "It was closed before its review ended.")
VANISHED = CheckResult(
    "neutral", "Nothing left to review", "The host no longer has this commit, so there is no source."
)
DRAFT = CheckResult("skipped", "Draft", "Reviewed when it is marked ready for review.")
MERGE_GROUP = CheckResult(
    "success", "Reviewed on the pull request", "Every pull request in this merge group has had its own check."
)


NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Run:
    """One check run that was begun."""

    repository: Repository
    external_id: str
    kept: KeptCheck
    check: OpenCheck

    @property
    def completed(self) -> bool:
        return self.check.completed


def external_id(repository: RepositoryId, *parts: object) -> str:
    """Deterministic and opaque: branch names and the like are personal enough to be hashed."""
    digest = hashlib.sha256("\0".join(map(str, parts)).encode(errors="surrogatepass")).hexdigest()[:24]
    return f"{repository}-{digest}"


async def begin(services: Services, repository: Repository, number: int, head: Sha, about: str, asker: str = "") -> Run:
    """The run, in progress at the host - or completed already, by an earlier attempt. `asker` is the delivery that
    wants it."""
    kept = await services.records.check(about)
    if kept is not None and kept.done and (kept.final or kept.asker == asker):
        return Run(repository, about, kept, OpenCheck(kept.host_id or 0, completed=True))
    resume = kept is not None and not kept.done
    if kept is None or kept.done:
        deadline = services.clock.now() + services.options.deadline_seconds
        kept = KeptCheck(number, head, asker, deadline=deadline)
        await services.records.save_check(repository, about, kept)
    check = await services.host.reports.begin(repository, head, about, resume=resume)
    kept = replace(kept, host_id=check.id, done=check.completed)
    await services.records.save_check(repository, about, kept)
    return Run(repository, about, kept, check)


async def finish(services: Services, run: Run, result: CheckResult, *, final: bool = True) -> None:
    """Complete the run. `final`: it was reviewed, not only explained."""
    if run.completed:
        return
    await services.host.reports.finish(run.repository, run.check, result)
    await services.records.save_check(run.repository, run.external_id, replace(run.kept, done=True, final=final))
    log.info("check completed", repository=run.repository.id, number=run.kept.number, conclusion=result.conclusion)


async def attempt(services: Services, run: Run, work: Callable[[], Awaitable[T]]) -> T | None:
    """`work`, within the deadline. None where it cannot be done: then the run is finished, and says why."""
    try:
        async with asyncio.timeout(services.options.deadline_seconds):
            return await work()
    except UserError as error:
        await finish(services, run, verdict.explained(error), final=False)
    except TimeoutError:
        await finish(services, run, OVERDUE, final=False)
    except Gone:
        # The commit was pushed away, or the repository is no more; in the second case this says so by being Gone, too.
        await finish(services, run, VANISHED, final=False)
    return None


async def answer(services: Services, repository: Repository, head: Sha, about: str, result: CheckResult) -> None:
    """Begin and finish at once."""
    await finish(services, await begin(services, repository, 0, head, about), result)


async def end_if_open(services: Services, repository: Repository, about: str) -> None:
    """End a run that a later one has made moot."""
    kept = await services.records.check(about)
    if kept is not None and not kept.done:
        await _end(services, repository, about, kept, SUPERSEDED)


async def settle(
    services: Services,
    installation: InstallationId,
    result: CheckResult,
    *,
    repository: RepositoryId | None = None,
    number: int | None = None,
    head: Sha | None = None,
    overdue_at: float | None = None,
) -> int:
    """End every open run of the installation that matches, so that none stays pending. Returns how many."""
    count = 0
    for about, owner, kept in await services.records.open_checks(installation):
        if repository not in (None, owner) or number not in (None, kept.number) or head not in (None, kept.head):
            continue
        if overdue_at is not None and kept.deadline > overdue_at:
            continue
        known = await services.records.repository(owner)
        if known is not None:
            count += await _end(services, known, about, kept, result)
    return count


async def _end(services: Services, repository: Repository, about: str, kept: KeptCheck, result: CheckResult) -> bool:
    try:
        current = await services.host.origin.repository(repository.installation, repository.id)
        # Nobody's answer: whoever asks next, also the same delivery out of the dead letter, gets a review.
        run = await begin(services, current, kept.number, Sha(kept.head), about)
        await finish(services, replace(run, kept=replace(run.kept, asker=NOBODY)), result, final=False)
    except Gone:
        await services.records.save_check(repository, about, replace(kept, done=True))
        return False
    return True
