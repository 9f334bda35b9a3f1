"""Opening and closing: one directory, two files, the three ports over them."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.ports import Jobs, KeyStore, Store
from bot.vault.stores.sqlite import schema
from bot.vault.stores.sqlite.files import Lock, private_directory
from bot.vault.stores.sqlite.inbox import SqliteInbox, end_leases
from bot.vault.stores.sqlite.keys import SqliteKeyStore
from bot.vault.stores.sqlite.reader import Reader
from bot.vault.stores.sqlite.store import SqliteStore
from bot.vault.stores.sqlite.writer import Writer


class SqliteStores:
    """bot.vault.stores.OpenStores over `data.db` and `keys.db`."""

    store: Store
    inbox: Jobs
    keys: KeyStore

    def __init__(self, directory: Path, *, shared: bool) -> None:
        """ConfigError, with everything let go of again, where the directory or its files are not ours to open."""
        self._open = True
        self._lock = None if shared else Lock(directory / "lock")
        with ExitStack() as undo:
            if self._lock is not None:
                undo.callback(self._lock.release)
            data = undo.enter_context(closing(schema.open_file(directory / "data.db", schema.DATA)))
            keys = undo.enter_context(closing(schema.open_file(directory / "keys.db", schema.KEYS)))
            if self._lock is not None:  # else the leases are those of the process that has the lock
                end_leases(data)
            self._data_reader, self._keys_reader = Reader(directory / "data.db"), Reader(directory / "keys.db")
            undo.pop_all()
        self._data, self._keys = Writer(data), Writer(keys)
        self.store = SqliteStore(self._data, self._data_reader)
        self.inbox = SqliteInbox(self._data, self._data_reader)
        self.keys = SqliteKeyStore(self._keys, self._keys_reader)

    def holds_keys(self) -> bool:
        """Whether any wrapped key is kept."""
        return self._keys_reader.one("SELECT 1 FROM keys LIMIT 1") is not None

    async def aclose(self) -> None:
        """What was asked before is still committed. Safe to repeat."""
        if not self._open:
            return
        self._open = False
        for part in (self._data_reader, self._keys_reader, self._data, self._keys):
            await part.aclose()
        if self._lock is not None:
            self._lock.release()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, type: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()


def open_store(directory: Path, *, shared: bool = False) -> SqliteStores:
    """Open the store of a directory, making it on first use. ConfigError where another process has it, others may read
    it, or its files are not ours to read. `shared`: beside the process that has it, for a command that looks or mends;
    SQLite itself keeps their writes apart."""
    private_directory(directory)
    return SqliteStores(directory, shared=shared)
