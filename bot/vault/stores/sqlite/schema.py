"""The tables of the two files, and how older files are brought up to date (`user_version` counts the steps)."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.errors import ConfigError
from bot.vault.stores.sqlite.files import connect

PENDING, LEASED, DEAD = 0, 1, 3  # jobs.state; done jobs have no row

# Each inner tuple is one version; a released one never changes, a new one is added below it.
DATA: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE records(
            kind TEXT NOT NULL, id TEXT NOT NULL, installation INTEGER NOT NULL, repository INTEGER NOT NULL,
            body BLOB NOT NULL, PRIMARY KEY (kind, id))""",
        "CREATE INDEX records_owner ON records(installation, repository)",
        # AUTOINCREMENT: the number of a job that is done is never given to another one.
        """CREATE TABLE jobs(
            seq INTEGER PRIMARY KEY AUTOINCREMENT, delivery TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
            installation INTEGER NOT NULL, repository INTEGER NOT NULL, key TEXT NOT NULL, coalesce INTEGER NOT NULL,
            state INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL DEFAULT 0,
            reason TEXT NOT NULL DEFAULT '', body BLOB NOT NULL)""",
        "CREATE INDEX jobs_due ON jobs(due) WHERE state < 3",
        # Every delivery id ever accepted: a redelivery months later is still the same effect once.
        "CREATE TABLE seen(delivery TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID",
    ),
)
KEYS: tuple[tuple[str, ...], ...] = (("CREATE TABLE keys(id TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID",),)


def open_file(path: Path, versions: tuple[tuple[str, ...], ...]) -> sqlite3.Connection:
    """A connection to the file in the newest version. ConfigError where a newer Sealbeat wrote it or it is damaged."""
    try:
        connection = connect(path)
    except (sqlite3.Error, OSError) as error:
        raise ConfigError(f"{path} does not open ({error}). Check its owner and disk, or restore it.") from error
    try:
        _upgrade(connection, path, versions)
    except sqlite3.Error as error:
        connection.close()
        raise ConfigError(f"{path} does not open ({error}). Check its owner and disk, or restore it.") from error
    except ConfigError:
        connection.close()
        raise
    return connection


def _upgrade(connection: sqlite3.Connection, path: Path, versions: tuple[tuple[str, ...], ...]) -> None:
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if found > len(versions):
        raise ConfigError(
            f"{path} has format {found}, this Sealbeat knows up to {len(versions)}. "
            "Run the newer Sealbeat that wrote it, or restore a backup of before the update."
        )
    for number, statements in enumerate(versions[found:], start=found + 1):
        connection.execute("BEGIN IMMEDIATE")
        for statement in statements:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version={number}")
        connection.execute("COMMIT")
