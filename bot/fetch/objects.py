"""A bare object store as the rest of the house sees it: trees and blobs of the commits that were asked for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

from bot.fetch import catfile, texts
from bot.fetch.git import Git
from bot.fetch.remote import Remote, Stopwatch
from bot.fetch.trees import Item, flatten, parse
from bot.fetch.verdict import Outcome
from bot.model import Blob, Entry, Sha

# Where a host gives no commit by id, how many commits of each ref are asked for until the wanted ones are among them.
_DEPTHS = (1, 128, 2**31 - 1)
_TREE_BYTES_PER_ENTRY = 512


class FetchedObjects:
    """See bot.ports.Objects."""

    def __init__(self, git: Git, remote: Remote, watch: Stopwatch, commits: Sequence[Sha], refs: Sequence[str]) -> None:
        self._git = git
        self._remote = remote
        self._watch = watch
        self._commits = list(dict.fromkeys(commits))
        self._refs = refs
        self._complete = False  # every blob that the host would send is here
        self._trees: dict[bytes, list[Item]] = {}  # by binary id: two commits share most of theirs

    @property
    def received(self) -> int:
        return self._remote.meter.received

    async def bring(self) -> None:
        """The commits and their trees, and blobs where the host cannot leave them out. Raises as Fetcher.fetch."""
        if not self._commits:
            return
        outcome = await self._remote.fetch(self._commits, depth=1, blobs=False)
        if outcome is Outcome.FILTER_REFUSED:
            outcome = await self._remote.fetch(self._commits, depth=1)
        if outcome in (Outcome.ABSENT, Outcome.REFUSED):
            # A host that gives no commit by id gives no blob by id either: everything must come now.
            await self._bring_refs(_DEPTHS if outcome is Outcome.REFUSED else _DEPTHS[:1])
            outcome = Outcome.COMPLETE
        self._complete = outcome is Outcome.COMPLETE

    async def tree(self, commit: Sha) -> list[Entry]:
        limit = self._git.limits.tree_entries
        async with self._watch.running(), catfile.batch(self._git, buffered=False) as records:
            root = await self._root(records, commit)
            await self._load(records, root)
            return await asyncio.to_thread(flatten, self._trees, root, limit)

    async def blobs(self, oids: Sequence[Sha]) -> AsyncIterator[Blob]:
        found = await self._headers(oids)
        if missing := [oid for oid, header in found.items() if header.kind == "missing"]:
            await self._bring_blobs(missing)
            found |= await self._headers(missing)
        limit = self._git.limits.blob_bytes
        wanted = {oid for oid, header in found.items() if header.kind == "blob" and header.size <= limit}
        async with catfile.batch(self._git, buffered=True) as records:
            records.ask(oid for oid in oids if oid in wanted)
            records.ask_no_more()
            for oid in oids:
                size = found[oid].size
                yield Blob(oid, size, await self._read(records, size) if oid in wanted else None)

    async def _read(self, records: catfile.Records, size: int) -> bytes:
        async with self._watch.running():
            await records.header()
            return await records.body(size)

    async def _headers(self, oids: Sequence[Sha]) -> dict[Sha, catfile.Header]:
        async with self._watch.running():
            return await catfile.headers(self._git, oids)

    async def _bring_refs(self, depths: Sequence[int]) -> None:
        for depth in depths:
            for place, ref in enumerate(self._refs):
                await self._remote.fetch([f"+{ref}:refs/fetched/{place}"], depth=depth)
            if all(header.kind == "commit" for header in (await self._headers(self._commits)).values()):
                return
        raise texts.no_commit()

    async def _bring_blobs(self, missing: Sequence[Sha]) -> None:
        if self._complete:
            return
        # The filter keeps git from walking what named blobs would be connected to, which is not here.
        outcome = await self._remote.fetch(missing, blobs=False)
        if outcome in (Outcome.ABSENT, Outcome.REFUSED):
            await self._remote.fetch(self._commits, depth=1)
            self._complete = True

    async def _root(self, records: catfile.Records, commit: Sha) -> bytes:
        records.ask([commit])
        header = await records.header()
        if header.kind != "commit":
            raise texts.no_commit()
        if header.size > self._tree_bytes:
            raise texts.too_many_entries()
        line = (await records.body(header.size)).partition(b"\n")[0]
        return bytes.fromhex(line.removeprefix(b"tree ").decode("ascii"))

    async def _load(self, records: catfile.Records, root: bytes) -> None:
        """Every tree below `root` into memory, each once, level by level: as many rounds as the tree is deep."""
        seen, level, spent = {root}, [root], 0
        while level:
            absent = [oid for oid in level if oid not in self._trees]
            records.ask(oid.hex() for oid in absent)
            for oid in absent:
                spent += await self._load_one(records, oid, self._tree_bytes - spent)
            below = dict.fromkeys(item.oid for oid in level for item in self._trees[oid] if item.is_folder)
            level = [oid for oid in below if oid not in seen]
            seen.update(level)
            if len(seen) > self._git.limits.tree_entries:
                raise texts.too_many_entries()

    async def _load_one(self, records: catfile.Records, oid: bytes, allowed: int) -> int:
        header = await records.header()
        if header.kind != "tree":
            raise texts.hostile("")
        if header.size > allowed:
            raise texts.too_many_entries()
        self._trees[oid] = parse(await records.body(header.size), len(oid))
        return header.size

    @property
    def _tree_bytes(self) -> int:
        """Bytes of commits and trees that may be held at once: a tiny pack can inflate to gigabytes of them."""
        return self._git.limits.tree_entries * _TREE_BYTES_PER_ENTRY
