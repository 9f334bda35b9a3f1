"""One pull request, from "something changed" to a finished check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import orjson
import structlog

from bot.analysis import delta
from bot.analysis.duplication.index import Index
from bot.analysis.model import Delta, Remark
from bot.model import CheckResult, Entry, InstallationId, PullRequest, Repository, RepositoryId, Sha
from bot.services import branch, kept, onboard, publish, survey, verdict
from bot.services.context import Services
from bot.services.records import KeptKey
from bot.services.source import key_of

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a review found: the check's text, the comment's (None: nothing to say, or comments are off), the record."""

    result: CheckResult
    comments: bool
    comment: str | None
    document: bytes


async def pull_request(
    services: Services, installation: InstallationId, id: RepositoryId, number: int, asker: str, nonce: str = ""
) -> None:
    """Review the pull request as it is now. Safe to repeat: the same head and base are reviewed once per `nonce`.
    `asker` is the delivery that wants it."""
    repository, key = await onboard.ready(services, installation, id)
    pull = await services.host.origin.pull_request(repository, number)
    if not pull.open:
        return
    # A retargeted pull request and one that left draft are new questions; a moved base branch is not.
    about = publish.external_id(id, "pull", number, pull.head, pull.base_ref, pull.draft, nonce)
    run = await publish.begin(services, repository, number, pull.head, about, asker)
    if run.completed:
        return
    if pull.draft:
        await publish.finish(services, run, publish.DRAFT)
        return
    outcome = await publish.attempt(
        services,
        run,
        lambda: onboard.with_key(services, repository, key, lambda key: _review(services, repository, key, pull)),
    )
    if outcome is not None:
        await _tell(services, run, pull, outcome)


async def _tell(services: Services, run: publish.Run, pull: PullRequest, outcome: Outcome) -> None:
    repository = run.repository
    current = await services.host.origin.pull_request(repository, pull.number)
    if current.head != pull.head:
        await publish.finish(services, run, publish.SUPERSEDED)  # the newer push has a job of its own
        return
    await services.records.save_result(repository, f"pull:{repository.id}:{pull.number}", outcome.document)
    # The comment first: after a crash in between, the unfinished check brings us back here, and the comment is edited.
    if outcome.comments:
        await services.host.reports.ensure_comment(repository, pull.number, outcome.comment)
    await publish.finish(services, run, outcome.result)


async def _review(services: Services, repository: Repository, key: KeptKey, pull: PullRequest) -> Outcome:
    secret = key_of(key)
    address = await services.host.origin.address(repository)
    base = await services.host.origin.merge_base(repository, pull.base, pull.head)
    refs = (services.host.origin.pull_ref(pull.number), f"refs/heads/{pull.base_ref}")
    limits = services.options.fetch
    async with services.fetcher.fetch(address, secret, (pull.head, base), refs=refs, limits=limits) as objects:
        before, after = await objects.tree(base), await objects.tree(pull.head)
        bench = await branch.bench_for(services, repository, objects, before)
        index, remarks = await _index(services, repository, bench, before)
        report_before, report_after = await survey.change(bench, before, after, index)
        report_after = replace(report_after, remarks=(*report_after.remarks, *remarks))
        received = objects.received
    found = delta.compare(report_before, report_after)
    settings = bench.settings
    log.info("reviewed", repository=repository.id, number=pull.number, files=len(report_after.files), bytes=received)
    result = verdict.of_pull_request(found, report_after, settings)
    comment = verdict.comment(result, found, settings) if settings.comments else None
    return Outcome(result, settings.comments, comment, _document(pull, base, found, received))


async def _index(
    services: Services, repository: Repository, bench: survey.Bench, base: Sequence[Entry]
) -> tuple[Index, tuple[Remark, ...]]:
    """What knows the base's code, and what to say if it does not know all of it."""
    async with services.locks.hold(f"index:{repository.id}"):  # two first reviews need not measure everything twice
        index = await kept.index(services.records, repository, bench.terms)
        learned, unknown = await survey.learn(bench, base, index)
        if learned:
            await kept.save_index(services.records, repository, bench.terms, index)
    text = f"Copies of code were not looked for in {unknown:,} more files: the repository is being measured in parts."
    return index, (Remark("", 0, text),) if unknown else ()


def _document(pull: PullRequest, base: Sha, found: Delta, received: int) -> bytes:
    return orjson.dumps({"head": pull.head, "merge_base": base, "received": received, "delta": asdict(found)})


async def rerun(
    services: Services, installation: InstallationId, id: RepositoryId, head: Sha, pulls: tuple[int, ...], nonce: str
) -> None:
    """Somebody asked again. The host names no pull request for forks, so we look for those ourselves."""
    repository, _ = await onboard.ready(services, installation, id)
    numbers = pulls or tuple(await services.host.origin.open_pull_requests(repository, head))
    for number in numbers:
        await pull_request(services, installation, id, number, nonce, nonce)
    if not numbers:
        await branch.measure(services, installation, id, head, nonce, nonce)


async def resume(services: Services, installation: InstallationId, asker: str) -> None:
    """After a suspension: reviews that it cut off are done now."""
    for about, id, check in await services.records.open_checks(installation):
        known = await services.records.repository(id)
        if known is None:
            continue
        if check.number:
            await pull_request(services, installation, id, check.number, asker)
        await publish.end_if_open(services, known, about)


async def merge_group(services: Services, installation: InstallationId, id: RepositoryId, head: Sha) -> None:
    """Answer the merge queue at once: each of its pull requests was reviewed on its own."""
    repository, _ = await onboard.ready(services, installation, id)
    about = publish.external_id(id, "merge_group", head)
    await publish.answer(services, repository, head, about, publish.MERGE_GROUP)
