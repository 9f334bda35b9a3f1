"""Bare repositories made object by object, so that they may hold what no git client would write."""

from __future__ import annotations

import hashlib
import subprocess
import zlib
from collections.abc import Sequence
from pathlib import Path

FILE, EXECUTABLE, LINK, FOLDER, SUBMODULE = "100644", "100755", "120000", "40000", "160000"


class Repository:
    """A bare repository of loose objects."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        run("git", "init", "--quiet", "--bare", "--initial-branch=main", str(folder))

    def write(self, kind: str, data: bytes) -> str:
        raw = f"{kind} {len(data)}\0".encode() + data
        oid = hashlib.sha1(raw, usedforsecurity=False).hexdigest()
        path = self.folder / "objects" / oid[:2] / oid[2:]
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(zlib.compress(raw, 1))
        return oid

    def blob(self, data: bytes) -> str:
        return self.write("blob", data)

    def tree(self, *items: tuple[str, bytes, str]) -> str:
        """Items are (mode, name, id), written in the order given."""
        return self.write("tree", b"".join(f"{m} ".encode() + n + b"\0" + bytes.fromhex(o) for m, n, o in items))

    def commit(self, tree: str, *parents: str, message: str = "change") -> str:
        lines = [f"tree {tree}", *(f"parent {parent}" for parent in parents)]
        lines += [f"{who} A <a@example.org> 1700000000 +0000" for who in ("author", "committer")]
        return self.write("commit", ("\n".join(lines) + f"\n\n{message}\n").encode())

    def files(self, files: dict[bytes, bytes], *parents: str) -> str:
        """A commit of flat files."""
        items = [(FILE, name, self.blob(data)) for name, data in sorted(files.items())]
        return self.commit(self.tree(*items), *parents)

    def point(self, ref: str, commit: str) -> None:
        path = self.folder / ref
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{commit}\n")

    def pack(self) -> None:
        run("git", "-C", str(self.folder), "repack", "-adq")


def run(*command: str, stdin: bytes = b"") -> bytes:
    return subprocess.run(command, input=stdin, capture_output=True, check=True).stdout


def history(folder: Path, lengths: Sequence[int] = (3,)) -> tuple[Repository, list[str]]:
    """A repository with main and a pull request's ref: (repository, commits of the pull request, newest first)."""
    repository = Repository(folder)
    commits: list[str] = []
    for number in range(sum(lengths)):
        files = {b"same.txt": b"the same everywhere\n", b"a.py": b"x = %d\n" % number}
        commits.insert(0, repository.files(files, *commits[:1]))
    repository.point("refs/heads/main", commits[-1])
    repository.point("refs/pull/7/head", commits[0])
    return repository, commits
