"""Where objects live while a fetch lasts: one fresh private folder each, gone when it ends, swept if its owner died."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

_NAME = re.compile(r"fetch-(?P<pid>\d+)-(?P<started>\d+)-\w+")
_IN_MEMORY = ("tmpfs", "ramfs")
_REMOVALS = 20


@asynccontextmanager
async def workspace(root: Path) -> AsyncIterator[Path]:
    """A fresh folder of mode 0700 below `root`, removed however the context ends."""
    folder = Path(tempfile.mkdtemp(prefix=f"fetch-{os.getpid()}-{_started(os.getpid())}-", dir=root))
    try:
        yield folder
    finally:
        # Shielded: the thread removes the folder to the end even if we are cancelled once more while we wait for it.
        await asyncio.shield(asyncio.to_thread(_remove, folder))


def sweep(root: Path) -> int:
    """Remove the folders whose owner no longer lives. Returns how many. Other names are left alone."""
    dead = [folder for folder in root.iterdir() if _is_orphan(folder)]
    for folder in dead:
        _remove(folder)
    return len(dead)


def is_tmpfs(path: Path) -> bool:
    """Whether what is written below `path` stays in memory, by the mount that it lies on (proc(5), /proc/mounts)."""
    try:
        table = Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return filesystem(path.resolve(), table) in _IN_MEMORY


def filesystem(path: Path, table: str) -> str:
    """The type of the deepest mount that holds `path`; of several on one place, the last covers the others."""
    best, kind = -1, ""
    for line in table.splitlines():
        _, where, what, *_ = line.split(" ")
        mount = Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), where))
        if path.is_relative_to(mount) and len(mount.parts) >= best:
            best, kind = len(mount.parts), what
    return kind


def _is_orphan(folder: Path) -> bool:
    owner = _NAME.fullmatch(folder.name)
    return owner is not None and _started(int(owner["pid"])) != int(owner["started"])


def _started(pid: int) -> int:
    """When that process started, in ticks since boot (proc(5), field 22 of stat): pids are reused, pairs are not.
    -1 where there is no such process; 0 where this system does not tell, so that a live pid counts as its owner."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0 if not Path("/proc/self/stat").exists() and _lives(pid) else -1
    return int(stat.rpartition(")")[2].split()[19])


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _remove(folder: Path) -> None:
    """A killed git's helpers may write for a moment more, which makes rmtree stumble: so it is tried again."""
    for _ in range(_REMOVALS):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.05)
    raise OSError("a fetch's folder could not be removed")
