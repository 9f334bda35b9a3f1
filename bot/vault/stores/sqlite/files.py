"""The directory and files of a store: who may read them, and that one process has them at a time."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from bot.errors import ConfigError

BUSY_MILLISECONDS = 10_000


def private_directory(path: Path) -> None:
    """The directory exists and only its owner can enter it. ConfigError where others can: we do not change the mode of
    a directory that we did not make."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = path.stat().st_mode & 0o777
    except OSError as error:
        raise ConfigError(f"The data directory {path} cannot be made: {error.strerror}. Choose another one.") from error
    if mode & 0o077:
        raise ConfigError(f"The data directory {path} is open to others (mode {mode:04o}). Run: chmod 700 {path}")


class Lock:
    """Held by one process at a time. The kernel lets go of it when the process ends, also by kill -9."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(self._descriptor, 20, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(self._descriptor)
            raise ConfigError(
                f"The data directory {path.parent} is in use by process {holder}. "
                "Stop that process, or give this one a data directory of its own."
            ) from error
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, str(os.getpid()).encode(), 0)

    def release(self) -> None:
        os.close(self._descriptor)


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection in autocommit mode; the caller sees to it that one thread at a time uses it.

    The file is made first, with mode 0600, since SQLite gives -wal and -shm the mode of the database.
    """
    _make(path)
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=64)
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",  # before journal_mode, which takes a lock itself
        "journal_mode=WAL",
        "synchronous=FULL",  # each commit is fsynced; under load it costs next to nothing, since commits are shared
        "secure_delete=ON",
        "foreign_keys=ON",
        "temp_store=MEMORY",  # nothing spills into files that no erasure would reach
        *(["query_only=ON"] if read_only else []),
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def _make(path: Path) -> None:
    """Only a file that is not there yet is opened: closing any descriptor of a database drops all locks that this
    process holds on it, and then another process takes itself for the last one and removes the write-ahead log.
    https://www.sqlite.org/howtocorrupt.html, section 2.2
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
