"""The default branch as a whole: measured on every push to it, so that its grade is known."""

from __future__ import annotations

from bot.analysis.engine import analyse
from bot.analysis.model import Report
from bot.analysis.settings.model import RepoSettings
from bot.model import Entry, InstallationId, Repository, RepositoryId, Sha
from bot.ports import Objects
from bot.services import onboard, publish, repo_config, verdict
from bot.services.context import Services
from bot.services.records import KeptKey
from bot.services.source import key_of, read_files, wanted


async def measure(
    services: Services, installation: InstallationId, id: RepositoryId, head: Sha, asker: str, nonce: str = ""
) -> None:
    """Measure the commit and post its grade. Safe to repeat."""
    repository, key = await onboard.ready(services, installation, id)
    about = publish.external_id(id, "branch", head, nonce)
    run = await publish.begin(services, repository, 0, head, about, asker)
    if run.completed:
        return
    report = await publish.attempt(
        services,
        run,
        lambda: onboard.with_key(services, repository, key, lambda key: _whole(services, repository, key, head)),
    )
    if report is None:
        return
    await services.records.save_result(repository, f"branch:{id}", report.to_bytes())
    await publish.finish(services, run, verdict.of_branch(report))


async def _whole(services: Services, repository: Repository, key: KeptKey, head: Sha) -> Report:
    address = await services.host.origin.address(repository)
    refs = (f"refs/heads/{repository.default_branch}",)
    limits = services.options.fetch
    async with services.fetcher.fetch(address, key_of(key), (head,), refs=refs, limits=limits) as objects:
        entries = await objects.tree(head)
        settings = await repo_config.read(objects, entries, services.options)
        return await analyse_entries(services, objects, entries, settings)


async def analyse_entries(services: Services, objects: Objects, entries: list[Entry], settings: RepoSettings) -> Report:
    """The report on all entries in languages that we measure, a portion at a time."""
    reports = []
    async for files, left_out in read_files(objects, wanted(entries)):
        report = await analyse(files, settings=settings, limits=services.options.analysis)
        reports.append(Report(report.files, (*report.left_out, *left_out), report.remarks))
    remarks = (*settings.remarks, *(remark for report in reports for remark in report.remarks))
    return Report(
        tuple(file for report in reports for file in report.files),
        tuple(entry for report in reports for entry in report.left_out),
        tuple(dict.fromkeys(remarks)),
    )
