"""Real git for the local host: bare repositories, written by plumbing, never a work tree."""

from __future__ import annotations

import asyncio
import os
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ZERO = "0" * 40
_ENVIRONMENT = {
    "PATH": os.environ.get("PATH", os.defpath),
    "LANG": "C.UTF-8",
    "HOME": "/nonexistent",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "file",
    "GIT_LITERAL_PATHSPECS": "1",
}
_SETTINGS = {
    "core.hooksPath": "/dev/null",
    "gc.auto": "0",
    "safe.directory": "*",  # the source of `adopt` may belong to somebody else; nothing in it is executed
}
_FLAGS = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
_IDENTITY = "Mona Lisa Octocat <mona@octo.example>"
_COMMIT = "%H%x00%T%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B%x01"
_STATUS = {"A": "added", "M": "modified", "D": "removed", "T": "changed"}


class GitFailed(RuntimeError):
    """Git refused. The message names the subcommand and its status, nothing of the repository."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit as `git log` tells it; times in ISO 8601."""

    sha: str
    tree: str
    parents: tuple[str, ...]
    author: tuple[str, str, str]  # name, address, time
    committer: tuple[str, str, str]
    message: str


@dataclass(frozen=True, slots=True)
class Change:
    """One file of a comparison. Lines are 0 for binary files."""

    path: str
    status: str
    blob: str
    additions: int
    deletions: int


class GitRepo:
    """A bare repository at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    async def git(self, *arguments: str, feed: bytes = b"", ok: Iterable[int | None] = (0,)) -> bytes:
        """Standard output of one git command. Raises GitFailed where its status is not among `ok`."""
        child = await asyncio.create_subprocess_exec(
            "git",
            *_FLAGS,
            f"--git-dir={self.path}",
            *arguments,
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env=_ENVIRONMENT,
        )
        out, _ = await child.communicate(feed)
        if child.returncode not in ok:
            raise GitFailed(f"git {arguments[0]} ended with status {child.returncode}")
        return out

    async def _line(self, *arguments: str) -> str:
        return (await self.git(*arguments)).decode().strip()

    async def create(self, branch: str = "main") -> None:
        self.path.mkdir(parents=True)
        await self.git("init", "--bare", "--quiet", "--template=", f"--initial-branch={branch}", str(self.path))

    async def adopt(self, source: Path) -> str:
        """Copy the branches and the HEAD of an existing repository; returns the name of the default branch."""
        origin = GitRepo(source / ".git" if (source / ".git").exists() else source)
        branch = (await origin.git("symbolic-ref", "--quiet", "--short", "HEAD", ok=(0, 1))).decode().strip()
        await self.create(branch or "main")
        await self.bring(origin, "+refs/heads/*:refs/heads/*")
        if not branch:  # a detached HEAD, as build machines have it
            await self.bring(origin, "+HEAD:refs/heads/main")
        return branch or "main"

    async def bring(self, origin: GitRepo, *refspecs: str) -> None:
        """Fetch from another repository of this machine."""
        where = str(origin.path.resolve())
        await self.git("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--update-shallow", where, *refspecs)

    async def tip(self, ref: str) -> str | None:
        """The commit that a ref or an abbreviated id means, or None."""
        out = await self.git(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}", ok=(0, 1, 128)
        )
        return out.decode().strip() or None

    async def point(self, ref: str, sha: str | None) -> None:
        """Move a ref, or delete it."""
        await (self.git("update-ref", ref, sha) if sha else self.git("update-ref", "-d", ref))

    async def write(self, parents: list[str], files: Mapping[str, bytes | None], message: str, when: int) -> str:
        """A commit on top of `parents` with these files changed (None: removed). No branch moves."""
        scratch = f"refs/scratch/{when}"
        head = [
            f"commit {scratch}",
            "mark :1",
            f"author {_IDENTITY} {when} +0000",
            f"committer {_IDENTITY} {when} +0000",
        ]
        parts = ["\n".join(head).encode() + b"\n", _data(message.encode())]
        parts += [f"from {parent}\n".encode() for parent in parents[:1]]
        parts += [f"merge {parent}\n".encode() for parent in parents[1:]]
        for path, content in files.items():
            parts.append(
                b"D " + _quoted(path) if content is None else b"M 100644 inline " + _quoted(path) + _data(content)
            )
        parts.append(b"\nget-mark :1\ndone\n")
        out = await self.git("fast-import", "--quiet", "--force", "--done", "--date-format=raw", feed=b"".join(parts))
        await self.point(scratch, None)
        return out.decode().strip()

    async def merge(self, base: str, head: str, message: str, when: int) -> str:
        """A merge commit of two commits. Raises GitFailed on a conflict."""
        if await self.merge_base(base, head) == base:
            tree = await self._line("rev-parse", f"{head}^{{tree}}")
        else:
            tree = (await self._line("merge-tree", "--write-tree", base, head)).splitlines()[0]
        header = f"tree {tree}\nparent {base}\nparent {head}\n"
        people = f"author {_IDENTITY} {when} +0000\ncommitter {_IDENTITY} {when} +0000\n"
        out = await self.git(
            "hash-object", "-t", "commit", "-w", "--stdin", feed=f"{header}{people}\n{message}\n".encode()
        )
        return out.decode().strip()

    async def merge_base(self, one: str, other: str) -> str | None:
        return (await self.git("merge-base", one, other, ok=(0, 1))).decode().strip() or None

    async def count(self, base: str, head: str) -> tuple[int, int]:
        """(behind, ahead): commits only in base, commits only in head."""
        behind, ahead = (await self._line("rev-list", "--left-right", "--count", f"{base}...{head}")).split()
        return int(behind), int(ahead)

    async def log(self, *revisions: str, limit: int = 250) -> list[Commit]:
        """Commits, newest first."""
        out = await self.git("log", f"--max-count={limit}", f"--format={_COMMIT}", *revisions, "--")
        return [_commit(text) for text in out.decode("utf-8", "replace").split("\x01")[:-1]]

    async def commit(self, sha: str) -> Commit:
        return (await self.log(sha, limit=1))[0]

    async def branches(self) -> dict[str, str]:
        out = await self._line("for-each-ref", "--format=%(refname:lstrip=2) %(objectname)", "refs/heads")
        return {name: sha for name, _, sha in (line.rpartition(" ") for line in out.splitlines())}

    async def changes(self, base: str, head: str) -> list[Change]:
        """What changed between two commits, renames shown as a removal and an addition."""
        out = await self.git("diff-tree", "-r", "-z", "--no-renames", "--raw", "--numstat", "--no-ext-diff", base, head)
        fields = out.decode("utf-8", "replace").split("\0")[:-1]
        raw, lines = {}, {}
        while fields:
            field = fields.pop(0)
            if field.startswith(":"):
                _, _, _, blob, status = field[1:].split()
                raw[fields.pop(0)] = (blob, status)
            else:
                added, removed, path = field.split("\t", 2)
                lines[path] = (0, 0) if added == "-" else (int(added), int(removed))
        return [Change(p, _STATUS.get(s[0], "changed"), b, *lines.get(p, (0, 0))) for p, (b, s) in raw.items()]

    async def touched(self, commits: list[str]) -> dict[str, dict[str, str]]:
        """Commit -> path -> status, for all of them in one go; merges touch nothing by themselves."""
        feed = "".join(f"{sha}\n" for sha in commits).encode()
        flags = ("-r", "-z", "--root", "--no-renames", "--name-status", "--no-ext-diff")
        out = await self.git("diff-tree", "--stdin", *flags, feed=feed)
        found: dict[str, dict[str, str]] = {sha: {} for sha in commits}
        fields = iter(out.decode("utf-8", "replace").split("\0")[:-1])
        current: dict[str, str] = {}
        for field in fields:
            if len(field) == 1:
                current[next(fields)] = _STATUS.get(field, "changed")
            else:
                current = found[field]
        return found


def _commit(text: str) -> Commit:
    sha, tree, parents, an, ae, at, cn, ce, ct, message = text.lstrip("\n").split("\0", 9)
    return Commit(sha, tree, tuple(parents.split()), (an, ae, at), (cn, ce, ct), message.rstrip("\n"))


def _data(content: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(content), content)


def _quoted(path: str) -> bytes:
    """A path as fast-import wants it, whatever is in it."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"\n'.encode("utf-8", "surrogateescape")
