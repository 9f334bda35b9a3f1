"""The default branch as a whole: measured on every push to it, so that its grade is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.analysis.grade import grade
from bot.analysis.model import Report
from bot.analysis.settings.model import RepoSettings
from bot.model import Entry, InstallationId, Repository, RepositoryId, Sha
from bot.ports import Objects
from bot.services import kept, onboard, publish, repo_config, survey, verdict
from bot.services.context import Services
from bot.services.records import KeptKey
from bot.services.source import key_of


async def measure(
    services: Services, installation: InstallationId, id: RepositoryId, head: Sha, asker: str, nonce: str = ""
) -> None:
    """Measure the commit and post its grade. Safe to repeat."""
    repository, key = await onboard.ready(services, installation, id)
    about = publish.external_id(id, "branch", head, nonce)
    run = await publish.begin(services, repository, 0, head, about, asker)
    if run.completed:
        return
    measured = await publish.attempt(
        services,
        run,
        lambda: onboard.with_key(services, repository, key, lambda key: _whole(services, repository, key, head)),
    )
    if measured is None:
        return
    report, settings = measured
    await services.records.save_result(repository, f"branch:{id}", report.to_bytes())
    previous = await kept.note_grade(services.records, repository, head, grade(report))
    await publish.finish(services, run, verdict.of_branch(report, settings, previous))


async def _whole(services: Services, repository: Repository, key: KeptKey, head: Sha) -> tuple[Report, RepoSettings]:
    address = await services.host.origin.address(repository)
    refs = (f"refs/heads/{repository.default_branch}",)
    limits = services.options.fetch
    async with services.fetcher.fetch(address, key_of(key), (head,), refs=refs, limits=limits) as objects:
        entries = await objects.tree(head)
        bench = await bench_for(services, repository, objects, entries)
        old = await kept.survey(services.records, repository, bench.terms)
        index = await kept.index(services.records, repository, bench.terms)
        report, new = await survey.whole(bench, entries, old, index)
    await kept.save_survey(services.records, repository, bench.terms, new)
    await kept.save_index(services.records, repository, bench.terms, index)
    return report, bench.settings


async def bench_for(
    services: Services, repository: Repository, objects: Objects, trusted: Sequence[Entry]
) -> survey.Bench:
    """What measuring needs, under the settings that lie in a tree whose author may make them."""
    options = services.options
    return survey.Bench(
        objects,
        await repo_config.read(objects, trusted, options),
        options.analysis,
        await kept.salt(services, repository),
        datetime.fromtimestamp(services.clock.now(), UTC).date().isoformat(),
    )
