"""What the server would say of a folder, a commit or a change, computed here: the same measuring, judging and words."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.analysis import delta
from bot.analysis.duplication.index import Index
from bot.analysis.model import Delta, LeftOut, Report
from bot.analysis.settings.model import RepoSettings
from bot.analysis.survey import Survey
from bot.errors import ConfigError
from bot.local.folder import Folder
from bot.local.git import GitRepository, around
from bot.model import Entry
from bot.ports import Objects
from bot.services import repo_config, survey
from bot.services.context import Options


@dataclass(frozen=True, slots=True)
class Answer:
    """`report`: all that was looked at, or what a change touched. `change` compares it with the base, where there is
    one. Paths are relative to `root`; None: they are not on disk."""

    report: Report
    settings: RepoSettings
    change: Delta | None = None
    root: Path | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What to look at. `target` is a folder or a file; a revision; REV..REV (both commits as they are) or REV...REV
    (from their merge base), in the repository around `home`. `base` is a revision: what a work tree, or another
    revision, did since it left it. `today` is an ISO date."""

    target: str
    base: str | None = None
    home: Path = Path()
    today: str = ""
    progress: survey.Progress | None = None


async def answer(wish: Wish, options: Options) -> Answer:
    """Raises ConfigError with the cure where the target cannot be read."""
    place = Path(wish.home, wish.target)
    if await asyncio.to_thread(os.path.lexists, place):
        return await _place(wish, await asyncio.to_thread(place.resolve), options)
    repository = await around(await asyncio.to_thread(wish.home.resolve), options.analysis.file_bytes)
    if repository is None:
        raise ConfigError(f"there is no folder {wish.target!r} here, and no git repository that could know it")
    return await _revisions(wish, repository, options)


async def _revisions(wish: Wish, repository: GitRepository, options: Options) -> Answer:
    old, dots, new = wish.target.partition("..")
    root = None if repository.bare else repository.root
    if not dots:
        head = await repository.commit(wish.target)
        if wish.base is None:
            return await _whole(wish, repository, await repository.tree(head), options, root)
        base = await repository.merge_base(await repository.commit(wish.base), head)
    elif wish.base is not None:
        raise ConfigError(f"{wish.target} names its base already: leave --base out")
    else:
        base = await repository.commit(old or "HEAD")
        head = await repository.commit(new.removeprefix(".") or "HEAD")
        if new.startswith("."):
            base = await repository.merge_base(base, head)
    return await _compare(wish, repository, await repository.tree(base), await repository.tree(head), options, root)


async def _place(wish: Wish, place: Path, options: Options) -> Answer:
    """What lies on disk."""
    limit = options.analysis.file_bytes
    home = place if await asyncio.to_thread(place.is_dir) else place.parent
    repository = await around(home, limit)
    if repository is None:
        if wish.base is not None:
            raise ConfigError(f"{place} does not lie in a git repository, which --base needs")
        return await _loose(wish, place, home, options)
    if repository.bare:
        return await _revisions(replace(wish, target="HEAD"), repository, options)
    paths = await repository.files()
    if place == repository.root:
        here = Folder(place, limit, paths, repository, await repository.hash_name())
        if wish.base is None:
            return await _whole(wish, here, await here.tree(), options, place)
        base = await repository.merge_base(await repository.commit(wish.base), await repository.commit("HEAD"))
        return await _compare(wish, here, await repository.tree(base), await here.tree(), options, place)
    if wish.base is not None:
        raise ConfigError(f"--base compares whole repositories: give {repository.root}")
    inside = os.fsencode(place.relative_to(repository.root))
    own = {path for path in paths if path == inside or path.startswith(inside + b"/")}
    if not own:  # git is told to ignore it, and we are told to look
        return await _loose(wish, place, home, options)
    here = Folder(repository.root, limit, own | repo_config.FILES.keys())
    return await _whole(wish, here, await here.tree(), options, repository.root, own)


async def _loose(wish: Wish, place: Path, home: Path, options: Options) -> Answer:
    """Files that are in no repository: all of a folder, or one."""
    here = Folder(home, options.analysis.file_bytes, None if place == home else [os.fsencode(place.name)])
    return await _whole(wish, here, await here.tree(), options, home)


async def _whole(
    wish: Wish,
    objects: Objects,
    entries: Sequence[Entry],
    options: Options,
    root: Path | None,
    own: set[bytes] | None = None,
) -> Answer:
    """`own`: the paths to report on; None: all. The settings are those of the entries' root in any case."""
    bench = await _bench(wish, objects, entries, options)
    wanted = entries if own is None else [entry for entry in entries if entry.path in own]
    report, _ = await survey.whole(bench, wanted, Survey(), Index())
    return Answer(_with_unread(report, objects), bench.settings, None, root)


async def _compare(
    wish: Wish,
    objects: Objects,
    base: Sequence[Entry],
    head: Sequence[Entry],
    options: Options,
    root: Path | None,
) -> Answer:
    bench = await _bench(wish, objects, base, options)  # at the base, as for a pull request
    index = Index()
    left, unknown = -1, 0
    while left != unknown:  # the server learns the base in parts, push by push; here there is only now
        left = unknown
        _, unknown = await survey.learn(bench, base, index)
    before, after = await survey.change(bench, base, head, index)
    after = _with_unread(after, objects)
    return Answer(after, bench.settings, delta.compare(before, after), root)


def _with_unread(report: Report, objects: Objects) -> Report:
    if not isinstance(objects, Folder) or not objects.unread:
        return report
    left_out: list[LeftOut] = [*report.left_out, *objects.unread]
    return replace(report, left_out=tuple(sorted(left_out, key=lambda entry: (entry.path, entry.reason))))


async def _bench(wish: Wish, objects: Objects, trusted: Sequence[Entry], options: Options) -> survey.Bench:
    settings = await repo_config.read(objects, trusted, options)
    # Without a salt: the hashes of secrets are compared within this run, and told to nobody (see formats/told.py).
    return survey.Bench(objects, settings, options.analysis, today=wish.today, progress=wish.progress)
