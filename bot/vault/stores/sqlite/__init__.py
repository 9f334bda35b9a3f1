"""The embedded store: SQLite in one directory of this machine, one process, one writer thread per file."""

from bot.vault.stores.sqlite.stores import SqliteStores, open_store

__all__ = ["SqliteStores", "open_store"]
