"""How long a fetch takes, in multiples of `git fetch` with the system's ssh: `python -m tests.bench.bench_fetch`.

Both fetch the same commit, shallowly, from the same OpenSSH server, in turns; medians of one run. The goal is at most
1.1 for the same bytes. "lean" is what a review does where the host has filters: trees, then twenty blobs.
"""

from __future__ import annotations

import asyncio
import shutil
import statistics
import sys
import sysconfig
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import perf_counter

import asyncssh

from bot.fetch import Settings, build
from bot.model import FetchLimits, Secret, Sha, SshAddress
from tests.fetch.repositories import FILE, Repository
from tests.fetch.sshd import SSHD, openssh

SIZES = {"small": 1_000_000, "10 MB": 10_000_000, "40 MB": 40_000_000}
ROUNDS = 11
BLOBS = 20


def source(size: int) -> list[bytes]:
    """So many bytes of this machine's Python packages."""
    files: list[bytes] = []
    for path in sorted(Path(sysconfig.get_path("purelib")).rglob("*.py")):
        if (size := size - path.stat().st_size) < 0:
            break
        files.append(path.read_bytes())
    return files


def repository(folder: Path, files: list[bytes]) -> tuple[Repository, Sha]:
    made = Repository(folder)
    commit = made.commit(made.tree(*[(FILE, b"%06d.py" % at, made.blob(data)) for at, data in enumerate(files)]))
    made.point("refs/heads/main", commit)
    made.pack()
    return made, Sha(commit)


async def plain(folder: Path, where: SshAddress, commit: Sha) -> None:
    """What a person would type."""
    ssh = (
        f"ssh -F none -o BatchMode=yes -o IdentitiesOnly=yes -o IdentityAgent=none -i {folder}/key "
        f"-o StrictHostKeyChecking=yes -o UserKnownHostsFile={folder}/known_hosts"
    )
    store = tempfile.mkdtemp(dir=folder)
    url = f"ssh://{where.user}@{where.host}:{where.port}/{where.path}"
    await git("init", "--quiet", "--bare", store)
    await git("-c", f"core.sshCommand={ssh}", "-C", store, "fetch", "--quiet", "--no-tags", "--depth=1", url, commit)
    shutil.rmtree(store)


async def git(*arguments: str) -> None:
    process = await asyncio.create_subprocess_exec("git", *arguments)
    assert await process.wait() == 0


async def ours(folder: Path, where: SshAddress, commit: Sha, key: Secret, *, read: bool) -> None:
    async with build(Settings(folder / "workspace")).fetch(where, key, [commit], limits=FetchLimits()) as objects:
        if read:
            entries = await objects.tree(commit)
            async for _ in objects.blobs([entry.oid for entry in entries[:: max(1, len(entries) // BLOBS)]]):
                pass


async def medians(actions: dict[str, Callable[[], Awaitable[None]]]) -> dict[str, float]:
    seconds: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(ROUNDS):
        for name, action in actions.items():
            begun = perf_counter()
            await action()
            seconds[name].append(perf_counter() - begun)
    return {name: statistics.median(times[1:]) for name, times in seconds.items()}


async def measure(folder: Path, label: str, size: int) -> None:
    pair = asyncssh.generate_private_key("ssh-ed25519")
    key = Secret(pair.export_private_key())
    public = pair.export_public_key().decode().strip()
    made, commit = await asyncio.to_thread(lambda: repository(folder / "repository", source(size)))
    async with (
        openssh(folder / "whole", made.folder, public, allow_filter=False) as whole,
        openssh(folder / "filters", made.folder, public) as filters,
    ):
        await asyncio.to_thread(prepare, folder, key, whole)
        taken = await medians(
            {
                "plain git": lambda: plain(folder, whole, commit),
                "same bytes": lambda: ours(folder, whole, commit, key, read=False),
                "lean": lambda: ours(folder, filters, commit, key, read=True),
            }
        )
    base = taken["plain git"]
    print(label.rjust(8), *(f"{name} {time:6.3f} s = {time / base:.2f}x" for name, time in taken.items()), sep="   ")


def prepare(folder: Path, key: Secret, where: SshAddress) -> None:
    (folder / "key").write_bytes(key.reveal())
    (folder / "key").chmod(0o600)
    (folder / "known_hosts").write_text(f"[{where.host}]:{where.port} {where.host_keys[0]}\n")


async def main() -> None:
    for label, size in SIZES.items():
        with tempfile.TemporaryDirectory() as folder:
            await measure(Path(folder), label, size)


if __name__ == "__main__":
    if SSHD is None:
        sys.exit("OpenSSH's sshd is not installed (apt-get install openssh-server)")
    asyncio.run(main())
