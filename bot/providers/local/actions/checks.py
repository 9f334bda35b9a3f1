"""People press "Re-run" on a check."""

from __future__ import annotations

from bot.providers.local import announce
from bot.providers.local.state import Repo, Run
from bot.providers.local.world import World


async def rerequest_run(world: World, it: Run) -> None:
    """check_run.rerequested. The old run stays as it is: the app makes a new one."""
    await announce.tell(world, "check_run", it.suite.repo, announce.run_payload(world, it, "rerequested"))


async def rerequest_suite(world: World, repo: Repo, head: str) -> None:
    """check_suite.rerequested, for all runs of a commit."""
    suite = world.suite_at(repo, head)
    if suite is None:
        raise LookupError("the app has no check suite on that commit")
    await announce.suite(world, suite, "rerequested")
