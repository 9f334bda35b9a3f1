"""A command may look into the store while the bot runs on it, and takes nothing from it."""

import asyncio
import sys

from bot.model import InstallationId, Record, RepositoryId, Table
from bot.vault.stores import STORES

LOOK = """
import asyncio, sys
from pathlib import Path
from bot.model import InstallationId, Record, RepositoryId, Table
from bot.vault.stores import STORES

async def look():
    async with STORES["sqlite"](Path(sys.argv[1]), shared=True) as opened:
        await opened.store.put(Record(Table.CURSOR, "theirs", InstallationId(0), RepositoryId(0), b"2"))

asyncio.run(look())
"""


def _record(id, body):
    return Record(Table.CURSOR, id, InstallationId(0), RepositoryId(0), body)


async def test_what_both_write_both_see_and_the_log_stays(tmp_path):
    directory = tmp_path / "data"
    async with STORES["sqlite"](directory) as opened:
        await opened.store.put(_record("ours", b"1"))
        for _ in range(3):
            process = await asyncio.create_subprocess_exec(sys.executable, "-c", LOOK, str(directory))
            assert await process.wait() == 0
        assert (directory / "data.db-wal").exists()
        assert await opened.store.get(Table.CURSOR, "theirs") == _record("theirs", b"2")
        await opened.store.put(_record("later", b"3"))
    async with STORES["sqlite"](directory) as opened:
        assert [record.id for record in await opened.store.find(Table.CURSOR)] == ["later", "ours", "theirs"]
