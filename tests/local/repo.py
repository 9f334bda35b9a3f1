"""A git repository on disk, as people have them."""

import os
import subprocess
from pathlib import Path

ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in
       {"NAME": "Mia", "EMAIL": "mia@example.org", "DATE": "2026-01-01T00:00:00Z"}.items()},
}  # fmt: skip


class Repo:
    def __init__(self, root: Path, *arguments: str) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", *arguments)

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.root, env=ENVIRONMENT, capture_output=True, check=True)
        return done.stdout.decode().strip()

    def write(self, files: dict[str, str | bytes]) -> None:
        for name, content in files.items():
            place = self.root / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(self, files: dict[str, str | bytes]) -> str:
        self.write(files)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Work")
        return self.git("rev-parse", "HEAD")
