"""What the server would say of a folder, a commit or a change, computed here: the same measuring, judging and words."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.analysis import delta
from bot.analysis.duplication.index import Index
from bot.analysis.model import Delta, Report
from bot.analysis.settings.model import RepoSettings
from bot.analysis.survey import Survey
from bot.errors import ConfigError
from bot.local.folder import Folder
from bot.local.git import GitRepository
from bot.model import Entry
from bot.ports import Objects
from bot.services import repo_config, survey
from bot.services.context import Options


@dataclass(frozen=True, slots=True)
class Answer:
    """`report`: all that was looked at, or what a change touched. `change` compares it with the base, where there is
    one."""

    report: Report
    settings: RepoSettings
    change: Delta | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What to look at. `target` is a folder, or REV..REV (both commits as they are) or REV...REV (from their merge
    base), in the repository around `home`. `base` is a revision to compare a folder with."""

    target: str
    base: str | None = None
    home: Path = Path()
    today: str = ""
    progress: survey.Progress | None = None


async def answer(wish: Wish, options: Options) -> Answer:
    """Raises ConfigError with the cure where the target cannot be read."""
    folder = Path(wish.target)
    if folder.is_dir():  # noqa: ASYNC240 - nothing else runs here
        return await _folder(wish, folder.resolve(), options)  # noqa: ASYNC240
    old, dots, new = wish.target.partition("..")
    if not dots:
        raise ConfigError(f"{wish.target} is neither a folder nor REV..REV")
    if wish.base is not None:
        raise ConfigError(f"--base goes with a folder; {wish.target} names its base already")
    repository = _repository(wish.home.resolve(), options)
    if repository is None:
        raise ConfigError(f"{wish.home} does not lie in a git repository, which {wish.target} needs")
    base = await repository.commit(old or "HEAD")
    head = await repository.commit(new.removeprefix(".") or "HEAD")
    if new.startswith("."):
        base = await repository.merge_base(base, head)
    return await _compare(wish, repository, await repository.tree(base), await repository.tree(head), options)


async def _folder(wish: Wish, folder: Path, options: Options) -> Answer:
    limit = options.analysis.file_bytes
    repository = _repository(folder, options)
    if repository is None:
        if wish.base is not None:
            raise ConfigError(f"{folder} does not lie in a git repository, which --base needs")
        return await _whole(wish, Folder(folder, limit), options)
    if folder != repository.root:
        if wish.base is not None:
            raise ConfigError(f"--base compares whole repositories: give {repository.root}")
        inside = os.fsencode(folder.relative_to(repository.root)) + b"/"
        paths = [path.removeprefix(inside) for path in await repository.files() if path.startswith(inside)]
        return await _whole(wish, Folder(folder, limit, paths), options)
    here = Folder(folder, limit, await repository.files(), repository)
    if wish.base is None:
        return await _whole(wish, here, options)
    base = await repository.merge_base(await repository.commit(wish.base), await repository.commit("HEAD"))
    return await _compare(wish, here, await repository.tree(base), await here.tree(), options)


async def _whole(wish: Wish, objects: Folder, options: Options) -> Answer:
    entries = await objects.tree()
    bench = await _bench(wish, objects, entries, options)
    report, _ = await survey.whole(bench, entries, Survey(), Index())
    return Answer(report, bench.settings)


async def _compare(
    wish: Wish, objects: Objects, base: Sequence[Entry], head: Sequence[Entry], options: Options
) -> Answer:
    bench = await _bench(wish, objects, base, options)  # at the base, as for a pull request
    index = Index()
    await survey.learn(bench, base, index)
    before, after = await survey.change(bench, base, head, index)
    return Answer(after, bench.settings, delta.compare(before, after))


async def _bench(wish: Wish, objects: Objects, trusted: Sequence[Entry], options: Options) -> survey.Bench:
    settings = await repo_config.read(objects, trusted, options)
    return survey.Bench(objects, settings, options.analysis, today=wish.today, progress=wish.progress)


def _repository(folder: Path, options: Options) -> GitRepository | None:
    """The one that a folder is the top of, or lies in."""
    for place in (folder, *folder.parents):
        if (place / ".git").exists():
            return GitRepository(place, options.analysis.file_bytes)
    return None
