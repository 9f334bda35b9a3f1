"""Whatever lies on this machine is read as it is: folders, files, commits and changes, of every kind of repository."""

import os
import shutil
import subprocess

import pytest

from bot.analysis.engine import AnalysisLimits
from bot.analysis.model import LeftOut
from bot.analysis.thresholds import load
from bot.errors import ConfigError
from bot.local.analyze import Wish, answer
from bot.local.folder import Folder
from bot.services.context import Options
from tests.journeys.shop import MESSY, TIDY
from tests.local.repo import Repo

OPTIONS = Options(instance="local", thresholds=load(), analysis=AnalysisLimits(children=1))


async def ask(target, home=".", base=None, options=OPTIONS):
    return await answer(Wish(str(target), base, home), options)


def paths(found):
    return [file.path for file in found.report.files]


@pytest.fixture
def repo(tmp_path):
    it = Repo(tmp_path / "shop")
    it.commit({"price.py": TIDY, "README.md": "A shop\n"})
    return it


async def test_a_folder_without_git_is_read_as_it_lies(tmp_path):
    (tmp_path / "deep/er").mkdir(parents=True)
    (tmp_path / "deep/er/price.py").write_bytes(TIDY)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert paths(await ask(tmp_path)) == ["deep/er/price.py"]


async def test_one_file_is_enough(tmp_path):
    (tmp_path / "price.py").write_bytes(TIDY)
    (tmp_path / "other.py").write_bytes(TIDY)
    assert paths(await ask(tmp_path / "price.py")) == ["price.py"]


async def test_a_path_may_hold_spaces_and_letters_of_all_the_world(tmp_path):
    folder = tmp_path / "my côde"
    folder.mkdir()
    (folder / "a b.py").write_bytes(TIDY)
    assert paths(await ask(folder)) == ["a b.py"]


async def test_a_name_that_is_not_utf_8_is_shown_escaped(tmp_path):
    (tmp_path / os.fsdecode(b"pr\xefce.py")).write_bytes(TIDY)
    assert paths(await ask(tmp_path)) == [r"pr\xefce.py"]


async def test_a_work_tree_is_read_with_what_is_not_committed_and_without_what_git_ignores(repo):
    repo.write({"new.py": TIDY, "built.py": TIDY, ".gitignore": "built.py\n"})
    (repo.root / "price.py").unlink()
    assert paths(await ask(repo.root)) == ["new.py"]


async def test_a_folder_that_git_ignores_is_read_when_it_is_named(repo):
    repo.write({"out/built.py": TIDY, ".gitignore": "out\n"})
    assert paths(await ask(repo.root / "out")) == ["built.py"]


async def test_a_part_of_a_repository_is_read_under_the_settings_of_the_whole(repo):
    repo.commit({"src/a.py": TIDY, "src/b.py": TIDY, ".sealbeat.toml": 'exclude = ["src/b.py"]\n'})
    found = await ask(repo.root / "src")
    assert paths(found) == ["src/a.py"]
    assert [entry.path for entry in found.report.left_out] == ["src/b.py"]
    assert found.root == repo.root
    assert paths(await ask(repo.root / "src/a.py")) == ["src/a.py"]


async def test_links_are_not_followed(tmp_path, repo):
    (tmp_path / "outside.py").write_bytes(TIDY)
    (repo.root / "link.py").symlink_to(tmp_path / "outside.py")
    assert paths(await ask(repo.root)) == ["price.py"]
    shutil.rmtree(repo.root / ".git")
    (repo.root / "round").symlink_to(repo.root)
    assert paths(await ask(repo.root)) == ["price.py"]


async def test_a_folder_that_has_become_a_link_leads_nowhere(tmp_path, repo):
    repo.commit({"src/in/a.py": TIDY})
    shutil.move(repo.root / "src", tmp_path / "src")
    (repo.root / "src").symlink_to(tmp_path / "src")
    assert paths(await ask(repo.root)) == ["price.py"]


async def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "price.py").write_bytes(TIDY)
    assert paths(await ask(tmp_path)) == ["price.py"]


async def test_what_is_too_large_is_said_on_disk_and_in_a_commit(repo):
    options = Options(instance="local", thresholds=load(), analysis=AnalysisLimits(children=1, file_bytes=1000))
    repo.commit({"large.py": b"x = 1\n" * 500})
    for target in (repo.root, "HEAD"):
        found = await ask(target, repo.root, options=options)
        assert [(entry.path, entry.reason) for entry in found.report.left_out] == [
            ("large.py", "larger than the limit (3,000 bytes)")
        ]
        assert paths(found) == ["price.py"]


def dig(folder, deep):
    """A chain of folders with a file at its end; no path of this length can be named at once."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(deep):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    with os.fdopen(os.open("price.py", os.O_WRONLY | os.O_CREAT, dir_fd=here), "wb") as file:
        file.write(TIDY)
    os.close(here)


@pytest.fixture
def pit(tmp_path):
    yield tmp_path
    subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)  # Python's own would not come down there


async def test_folders_deeper_than_pythons_stack_are_walked(pit):
    dig(pit, 1200)
    assert paths(await ask(pit)) == ["d/" * 1200 + "price.py"]


async def test_what_cannot_be_read_is_said(pit):
    dig(pit, 3000)
    found = await ask(pit)
    assert paths(found) == []
    (entry,) = found.report.left_out
    assert entry.reason == "cannot be read: File name too long"
    assert entry.path.startswith("d/d/d/")


async def test_a_file_that_cannot_be_read_is_said(repo):
    name = "n" * 300 + ".py"
    folder = Folder(repo.root, 1000, [b"price.py", name.encode()])
    assert [entry.path for entry in await folder.tree()] == [b"price.py"]
    assert folder.unread == [LeftOut(name, "cannot be read: File name too long")]


async def test_a_change_is_told_against_its_base(repo):
    repo.git("checkout", "-q", "-b", "worse")
    repo.commit({"price.py": MESSY})
    for target, base in (("main..worse", None), ("main...worse", None), ("main..", None), ("worse", "main")):
        found = await ask(target, repo.root, base)
        assert {finding.path for finding in found.change.introduced} == {"price.py"}
    back = await ask("worse..main", repo.root)
    assert not back.change.introduced
    assert back.change.fixed


async def test_three_dots_begin_where_the_two_parted(repo):
    repo.git("checkout", "-q", "-b", "side")
    repo.commit({"side.py": TIDY})
    repo.git("checkout", "-q", "main")
    repo.commit({"main.py": MESSY})
    assert paths(await ask("main...side", repo.root)) == ["side.py"]
    assert (await ask("main..side", repo.root)).change.fixed


async def test_a_work_tree_is_compared_with_where_it_left_its_base(repo):
    repo.git("checkout", "-q", "-b", "side")
    repo.git("checkout", "-q", "main")
    repo.commit({"main.py": MESSY})
    repo.git("checkout", "-q", "side")
    repo.write({"price.py": MESSY})
    found = await ask(repo.root, base="main")
    assert paths(found) == ["price.py"]
    assert found.change.introduced


async def test_settings_count_as_they_are_at_the_base(repo):
    repo.git("checkout", "-q", "-b", "sly")
    repo.commit({"price.py": MESSY, ".sealbeat.toml": 'gate = "off"\nexclude = ["price.py"]\n'})
    found = await ask("main..sly", repo.root)
    assert found.settings.gate == "new"
    assert found.change.introduced


async def test_a_commit_is_a_tree(repo):
    repo.commit({"more.py": TIDY})
    repo.git("checkout", "-q", "--detach", "HEAD~1")
    assert paths(await ask("main", repo.root)) == ["more.py", "price.py"]
    assert paths(await ask("HEAD", repo.root)) == ["price.py"]


async def test_a_folder_that_is_named_like_a_revision_is_a_folder(repo):
    repo.write({"main/price.py": TIDY, "a..b/price.py": TIDY})
    assert paths(await ask("main", repo.root)) == ["main/price.py"]
    assert paths(await ask("a..b", repo.root)) == ["a..b/price.py"]


async def test_a_bare_repository_is_its_head(tmp_path, repo):
    repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    found = await ask(tmp_path / "bare.git")
    assert (paths(found), found.root) == (["price.py"], None)
    assert (await ask("main..main", tmp_path / "bare.git")).change is not None


async def test_a_linked_work_tree_and_a_submodule_are_read_through_their_git_file(tmp_path, repo):
    repo.git("worktree", "add", "-q", str(tmp_path / "linked"), "-b", "linked")
    assert (tmp_path / "linked/.git").is_file()
    assert paths(await ask(tmp_path / "linked")) == ["price.py"]
    outer = Repo(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(repo.root), "inner")
    outer.commit({"outer.py": TIDY})
    assert paths(await ask(tmp_path / "outer")) == ["outer.py"]  # a submodule is another repository's matter
    assert paths(await ask(tmp_path / "outer/inner")) == ["price.py"]
    assert (await ask(tmp_path / "outer/inner", base="HEAD")).change is not None


async def test_a_repository_without_commits_has_a_work_tree(tmp_path):
    empty = Repo(tmp_path)
    assert paths(await ask(tmp_path)) == []
    empty.write({"price.py": TIDY})
    assert paths(await ask(tmp_path)) == ["price.py"]
    with pytest.raises(ConfigError, match="there is no commit 'HEAD'"):
        await ask("HEAD", tmp_path)


async def test_ids_of_the_longer_kind_are_compared_too(tmp_path):
    long = Repo(tmp_path, "--object-format=sha256")
    long.commit({"price.py": TIDY, "other.py": TIDY})
    long.write({"price.py": MESSY})
    assert paths(await ask(tmp_path, base="HEAD")) == ["price.py"]


async def test_a_folder_called_git_that_is_no_repository_is_no_trouble(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "price.py").write_bytes(TIDY)
    assert paths(await ask(tmp_path)) == ["price.py"]


async def test_a_shallow_clone_says_what_it_lacks(tmp_path, repo):
    old = repo.git("rev-parse", "HEAD")
    repo.commit({"more.py": MESSY})
    repo.git("clone", "-q", "--depth=1", f"file://{repo.root}", str(tmp_path / "clone"))
    with pytest.raises(ConfigError, match="there is no commit"):
        await ask(f"{old}..", tmp_path / "clone")
    assert paths(await ask("HEAD", tmp_path / "clone")) == ["more.py", "price.py"]


async def test_histories_that_never_met_have_no_merge_base(repo):
    repo.git("checkout", "-q", "--orphan", "alone")
    repo.commit({"other.py": TIDY})
    with pytest.raises(ConfigError, match="have no commit in common"):
        await ask("main...alone", repo.root)


@pytest.mark.parametrize(
    ("target", "base", "said"),
    [
        ("nowhere", None, "there is no commit 'nowhere'"),
        ("main..nowhere", None, "there is no commit 'nowhere'"),
        ("--upload-pack=touch x..main", None, "is not a revision"),
        ("main..--help", None, "is not a revision"),
        ("-h", None, "is not a revision"),
        ("main:price.py", None, "there is no commit"),
        ("main..main", "main", "names its base already"),
        (".", "--all", "is not a revision"),
    ],
)
async def test_what_is_no_revision_is_refused(repo, target, base, said):
    with pytest.raises(ConfigError, match=said):
        await ask(target, repo.root, base)


async def test_outside_of_a_repository_there_are_no_revisions(tmp_path):
    with pytest.raises(ConfigError, match="no git repository that could know it"):
        await ask("main..side", tmp_path)
    with pytest.raises(ConfigError, match="which --base needs"):
        await ask(tmp_path, base="main")


async def test_a_part_has_no_base(repo):
    repo.commit({"src/a.py": TIDY})
    with pytest.raises(ConfigError, match="--base compares whole repositories"):
        await ask(repo.root / "src", base="main")


async def test_without_git_a_repository_cannot_be_read_and_a_folder_can(tmp_path, repo, monkeypatch):
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain/price.py").write_bytes(TIDY)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert paths(await ask(tmp_path / "plain")) == ["price.py"]
    with pytest.raises(ConfigError, match="apt install git"):
        await ask(repo.root)
