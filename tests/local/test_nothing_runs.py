"""A repository that is full of commands is read, and none of them is run: each would leave a marker."""

import subprocess

import pytest

from bot.errors import ConfigError
from tests.journeys.shop import MESSY, TIDY
from tests.local.repo import ENVIRONMENT, Repo
from tests.local.test_analyze import ask, paths


@pytest.fixture
def trap(tmp_path):
    """A repository, and a function that tells whether anything in it was run."""
    repo = Repo(tmp_path / "trap")
    repo.commit({"price.py": TIDY, ".gitattributes": "*.py filter=evil diff=evil merge=evil\n"})
    marker = tmp_path / "marker"
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch '{marker}'\nexit 1\n")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy",
                "core.alternateRefsCommand", "credential.helper", "diff.external", "diff.evil.textconv",
                "diff.evil.command", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process",
                "merge.evil.driver", "gpg.program", "uploadpack.packObjectsHook"):  # fmt: skip
        repo.git("config", key, str(script))
    for name in ("ls-files", "cat-file", "ls-tree", "rev-parse", "merge-base"):
        repo.git("config", f"alias.{name}", f"!{script}")
    repo.git("config", "filter.evil.required", "true")
    hooks = repo.root / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc", "fsmonitor-watchman"):
        (hooks / name).write_bytes(script.read_bytes())
        (hooks / name).chmod(0o755)
    marker.unlink(missing_ok=True)
    return repo, marker.exists


async def test_no_command_of_its_settings_is_run(trap):
    repo, ran = trap
    (repo.root / "price.py").write_bytes(MESSY)
    assert paths(await ask(repo.root)) == ["price.py"]
    assert paths(await ask(repo.root, base="HEAD")) == ["price.py"]
    assert paths(await ask("HEAD", repo.root)) == ["price.py"]
    assert (await ask("HEAD..HEAD", repo.root)).change is not None
    assert not ran()


def test_and_plain_git_would_have_run_one(trap):
    repo, ran = trap
    subprocess.run(["git", "status"], cwd=repo.root, env=ENVIRONMENT, capture_output=True, check=False)
    assert ran()


def lacking(repo, url):
    """The repository, as if it were a partial clone that lacks a blob and would fetch it."""
    blob = repo.git("rev-parse", "HEAD:price.py")
    (repo.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    for key, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": url,
        "protocol.allow": "always",
        "protocol.ext.allow": "always",
        "protocol.ssh.allow": "always",
    }.items():
        repo.git("config", key, value)
    return blob


@pytest.mark.parametrize("url", ["ext::sh -c {script}", "ssh://example.invalid/x"])
async def test_what_a_partial_clone_lacks_is_not_fetched(trap, tmp_path, url):
    repo, ran = trap
    lacking(repo, url.format(script=tmp_path / "evil.sh"))
    with pytest.raises(ConfigError, match=r"the repository lacks|could not read"):
        await ask("HEAD", repo.root)
    assert not ran()


def test_and_plain_git_would_have_run_its_command(trap, tmp_path):
    repo, ran = trap
    blob = lacking(repo, f"ext::sh -c {tmp_path / 'evil.sh'}")
    subprocess.run(["git", "cat-file", "-p", blob], cwd=repo.root, env=ENVIRONMENT, capture_output=True, check=False)
    assert ran()


async def test_a_work_tree_that_the_settings_put_elsewhere_is_not_gone_to(trap, tmp_path):
    repo, _ = trap
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/secret.py").write_bytes(TIDY)
    repo.git("config", "core.worktree", str(tmp_path / "elsewhere"))
    assert paths(await ask(repo.root)) == ["price.py"]
