"""Repositories as GitHub tells them, and their names as parts of a path: checked, for they go into URLs and SSH."""

from __future__ import annotations

import re
from typing import Final

from bot.errors import Retryable
from bot.model import InstallationId, Repository, RepositoryId
from bot.providers.github.fields import Fields

_NAME: Final = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}", re.ASCII)


def repository_of(item: Fields, installation: InstallationId) -> Repository:
    """Raises Retryable where the answer is not of the documented form."""
    repository = Repository(
        id=RepositoryId(item.id("id")),
        installation=installation,
        owner=item.object("owner").text("login"),
        name=item.text("name"),
        default_branch=item.text("default_branch"),
        private=item.flag("private"),
        archived=item.flag("archived", False),
    )
    path_of(repository)
    return repository


def path_of(repository: Repository) -> dict[str, str]:
    """`{owner}` and `{repo}` of a path. Names are kept by others: "..", a slash or a space would lead astray."""
    if not _NAME.fullmatch(repository.owner) or not _NAME.fullmatch(repository.name):
        raise Retryable("the repository's name is not one of GitHub's: it must be read again by its id")
    return {"owner": repository.owner, "repo": repository.name}
