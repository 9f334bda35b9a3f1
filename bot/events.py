"""The glossary of what can happen. Ids only: an event at rest holds no code, title or name.

`encode` and `decode` are how one is kept until it is worked on: what a delivery holds beyond that never reaches a disk.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar

import orjson

from bot.errors import Malformed
from bot.model import InstallationId, RepositoryId, Sha

NO_REPOSITORY = RepositoryId(0)
VERSION = 1


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an installation. `key` names what it is about; jobs of one key run one at a time."""

    coalesce: ClassVar[bool] = False
    installation: InstallationId

    @property
    def repository_id(self) -> RepositoryId:
        return getattr(self, "repository", NO_REPOSITORY)

    @property
    def key(self) -> str:
        return f"installation:{self.installation}"


@dataclass(frozen=True, slots=True)
class Installed(Event):
    """The app was installed on an account."""


@dataclass(frozen=True, slots=True)
class Uninstalled(Event):
    """The app was removed from an account; the host has already ended our access."""


@dataclass(frozen=True, slots=True)
class Suspended(Event):
    """The owner (or the host) suspended the installation: stop all work, keep the data."""


@dataclass(frozen=True, slots=True)
class Unsuspended(Event):
    """The suspension ended."""


@dataclass(frozen=True, slots=True)
class RepositoriesChanged(Event):
    """Repositories were added to or removed from an installation. The host's own list is the truth."""


@dataclass(frozen=True, slots=True)
class RepositoryChanged(Event):
    """A repository was renamed, transferred, archived or changed its visibility: read it again by its id."""

    repository: RepositoryId

    @property
    def key(self) -> str:
        return f"repository:{self.repository}"


@dataclass(frozen=True, slots=True)
class RepositoryTransferred(RepositoryChanged):
    """A repository moved to another account. Its old deploy key must not follow it there."""


@dataclass(frozen=True, slots=True)
class RepositoryDeleted(RepositoryChanged):
    """A repository was deleted."""


@dataclass(frozen=True, slots=True)
class Pushed(Event):
    """The default branch moved to `head`."""

    coalesce: ClassVar[bool] = True
    repository: RepositoryId
    head: Sha

    @property
    def key(self) -> str:
        return f"push:{self.repository}"


@dataclass(frozen=True, slots=True)
class PullRequestChanged(Event):
    """A pull request was opened, reopened, pushed to, retargeted, or made ready for review."""

    coalesce: ClassVar[bool] = True
    repository: RepositoryId
    number: int

    @property
    def key(self) -> str:
        return f"pull:{self.repository}:{self.number}"


@dataclass(frozen=True, slots=True)
class PullRequestClosed(PullRequestChanged):
    """A pull request was merged or closed."""


@dataclass(frozen=True, slots=True)
class RerunAsked(Event):
    """Somebody pressed "re-run" on our check, or on all checks of a commit. `pulls` are the numbers that the host
    names; it names none for pull requests from forks."""

    repository: RepositoryId
    head: Sha
    pulls: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        return f"rerun:{self.repository}:{self.head}"


@dataclass(frozen=True, slots=True)
class MergeGroupAsked(Event):
    """The merge queue wants our check on a merge-group commit."""

    repository: RepositoryId
    head: Sha

    @property
    def key(self) -> str:
        return f"merge:{self.repository}:{self.head}"


KINDS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        Installed,
        Uninstalled,
        Suspended,
        Unsuspended,
        RepositoriesChanged,
        RepositoryChanged,
        RepositoryTransferred,
        RepositoryDeleted,
        Pushed,
        PullRequestChanged,
        PullRequestClosed,
        RerunAsked,
        MergeGroupAsked,
    )
}


def encode(event: Event) -> bytes:
    """[version, kind, the fields in their order] as JSON."""
    values = [getattr(event, field.name) for field in fields(event)]
    return orjson.dumps([VERSION, type(event).__name__, *values])


def decode(data: bytes) -> Event:
    """Raises Malformed on what another version wrote and this one does not know."""
    version, kind, *values = orjson.loads(data)
    if version != VERSION or kind not in KINDS:
        raise Malformed("an event of a kind that this version does not know")
    given: list[Any] = [tuple(value) if isinstance(value, list) else value for value in values]
    return KINDS[kind](*given)
