"""Source over SSH: the deploy key in memory only, git objects in a bare store, never a work tree."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ConfigError
from bot.fetch.fetcher import SshFetcher
from bot.fetch.ssh import Patience
from bot.fetch.workspace import is_tmpfs, sweep
from bot.ports import Fetcher

__all__ = ["Settings", "build", "sweep"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Where objects live while a fetch lasts, and how long a host may take to answer.

    `connect_seconds` covers everything until the key is accepted; a connection that stays silent for
    three times `keepalive_seconds` is given up.
    """

    workspace: Path
    require_tmpfs: bool = False
    connect_seconds: float = 15.0
    keepalive_seconds: float = 15.0


def build(settings: Settings) -> Fetcher:
    """A fetcher over that workspace, which is made where it is missing and swept of what dead processes left in it.
    Raises ConfigError where git is missing, or where the workspace must be, and is not, in memory."""
    git = shutil.which("git")
    if git is None:
        raise ConfigError("git was not found on PATH: install git")
    settings.workspace.mkdir(mode=0o700, parents=True, exist_ok=True)
    if settings.require_tmpfs and not is_tmpfs(settings.workspace):
        raise ConfigError("the workspace is not on a tmpfs: mount one there, or choose a workspace such as /dev/shm")
    sweep(settings.workspace)
    return SshFetcher(
        workspace=settings.workspace,
        git=git,
        patience=Patience(connect_seconds=settings.connect_seconds, keepalive_seconds=settings.keepalive_seconds),
    )
