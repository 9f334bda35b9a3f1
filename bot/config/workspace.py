"""Where source may lie for the length of an analysis: in memory where this machine offers it."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - the kernel's tmpfs; we make a folder of mode 0700 in it
MOUNTS = Path("/proc/self/mounts")
MEMORY_FILESYSTEMS = frozenset({"tmpfs", "ramfs"})


def choose_workspace() -> Path:
    """Shared memory where it is a tmpfs that we may write to, else the system's temporary folder."""
    if is_tmpfs(SHARED_MEMORY) and os.access(SHARED_MEMORY, os.W_OK | os.X_OK):
        return SHARED_MEMORY
    return Path(tempfile.gettempdir())


def is_tmpfs(path: Path) -> bool:
    """Whether the path lies on a file system that is memory. False where the system does not tell (no /proc)."""
    try:
        table = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    where = path.resolve()
    kind, depth = "", -1
    for line in table.splitlines():
        _, mount, filesystem, *_ = line.split(" ")
        # Spaces and the like are written as octal escapes. Later lines cover earlier ones of the same depth.
        point = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), mount))
        if where.is_relative_to(point) and len(point.parts) >= depth:
            kind, depth = filesystem, len(point.parts)
    return kind in MEMORY_FILESYSTEMS
