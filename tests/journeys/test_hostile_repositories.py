"""Repositories made to hurt whoever reads them: each ends in a check that says so, and the bot goes on.

The local host runs git's own diff over what is pushed, so what no diff survives lies in the base of the pull request.
"""

import shutil
import subprocess
import sys

import pytest

from tests.fetch.repositories import FILE, FOLDER, LINK, SUBMODULE, Repository
from tests.fetch.test_hostile import NAMES
from tests.journeys.bot_process import BotProcess
from tests.journeys.conftest import until
from tests.journeys.shop import MESSY, TIDY, Shop
from tests.journeys.test_pull_request import _tokens


@pytest.fixture
async def bot(tmp_path, host):
    it = BotProcess(tmp_path / "bot", host, FETCH__SECONDS="20", FETCH__TREE_ENTRIES="1000")
    await it.start()
    yield it
    await it.kill()


@pytest.fixture
async def shop(host):
    """Installed already: what a test adds is all that there is to do."""
    it = await Shop.founded(host)
    await it.install()
    await until(it.keys)
    return it


@pytest.fixture
async def objects(host, shop):
    """The shop's own repository at the host, to be written object by object."""
    return Repository(host.repository(shop.name).git.path)


async def judged(host, shop, objects, head, base=None):
    """The completed check of a pull request of these commits, by default against the shop as it is."""
    objects.point("refs/heads/evil", head)
    if base is not None:
        objects.point("refs/heads/calm", base)
    number = await host.open_pull_request(shop.name, "evil", "calm" if base else "main")
    return await until(lambda: shop.completed(number), "a completed check")


async def nothing_stays(bot, shop):
    """No object of the repository is left in the workspace, and the next pull request is reviewed."""
    workspace = bot.folder / "workspace"
    await until(lambda: not any(workspace.iterdir()), "an empty workspace")
    number = await shop.propose("next", {"price.py": MESSY})
    assert (await until(lambda: shop.completed(number))).conclusion == "failure"
    await until(lambda: not any(workspace.iterdir()), "an empty workspace")


async def main(host, shop):
    return await host.repository(shop.name).git.tip("refs/heads/main")


async def test_a_tree_of_ten_thousand_million_paths_is_refused(host, bot, shop, objects):
    tree = objects.tree((FILE, b"a.py", objects.blob(TIDY)))
    for _ in range(10):
        tree = objects.tree(*((FOLDER, b"%d" % digit, tree) for digit in range(10)))
    root = await main(host, shop)
    base = objects.commit(objects.tree((FOLDER, b"bomb", tree)), root)
    head = objects.commit(objects.tree((FOLDER, b"bomb", tree), (FILE, b"price.py", objects.blob(MESSY))), base)
    check = await judged(host, shop, objects, head, base)
    assert (check.conclusion, check.title) == ("neutral", "Not reviewed")
    assert "too many files or folders" in check.summary
    assert "**What to do:** Keep generated and vendored files out" in check.summary
    await nothing_stays(bot, shop)


async def test_a_giant_file_of_zeros_is_named_and_left_out(host, bot, shop, objects):
    zeros, messy = objects.blob(bytes(200_000_000)), objects.blob(MESSY)
    head = objects.commit(objects.tree((FILE, b"price.py", messy), (FILE, b"zeros.py", zeros)), await main(host, shop))
    check = await judged(host, shop, objects, head)
    assert check.conclusion == "failure"  # what can be read is reviewed all the same
    assert {note["path"] for note in check.annotations} == {"price.py"}
    assert "- `zeros.py`: larger than the limit (200,000,000 bytes)" in check.summary
    await nothing_stays(bot, shop)


@pytest.mark.parametrize("name", [b".git", b".."])
async def test_a_tree_that_names_the_git_folder_is_refused(host, bot, shop, objects, name):
    inner = objects.tree((FILE, b"config", objects.blob(b"[core]\n\tfsmonitor = touch /marker\n")))
    head = objects.commit(objects.tree((FOLDER, name, inner)), await main(host, shop))
    check = await judged(host, shop, objects, head)
    assert (check.conclusion, check.title) == ("neutral", "Not reviewed")
    assert "malformed or dangerous (has" in check.summary
    assert "**What to do:** `git fsck` in a full clone" in check.summary
    await nothing_stays(bot, shop)


async def test_names_that_no_text_can_hold_are_shown_escaped(host, bot, shop, objects):
    names = [name if name.endswith(b".py") else name + b".py" for name in NAMES]
    items = [(FILE, name, objects.blob(MESSY + b"\n" * at)) for at, name in enumerate(sorted(names))]
    head = objects.commit(objects.tree(*items), await main(host, shop))
    check = await judged(host, shop, objects, head)
    assert check.conclusion == "failure"
    assert not any(ord(character) < 32 and character != "\n" for character in check.summary)
    assert "\u202e" not in check.summary
    told = [token.content for token in _tokens(check.summary) if token.type == "code_inline"]
    assert {r"a\u000ab\u001b[31m.py", r"\xff\xfe.py", r"\u202etxt.py"} <= set(told)
    # A remark at a path that the host does not know would be lost there, or be shown at another file.
    known = {note["path"] for note in check.annotations}
    assert known
    assert known <= {name.decode("utf-8", "replace") for name in names}
    assert not any("\\" in path or not path.isprintable() for path in known)
    await nothing_stays(bot, shop)


@pytest.mark.parametrize("filters", [True, False], ids=["blobs are filtered", "the host knows no filters"])
async def test_links_and_submodules_lead_nowhere(host, bot, shop, objects, tmp_path, filters):
    host.ssh.allow_filter = filters
    marker = tmp_path / "marker"
    evil = f'[submodule "m"]\n\tpath = m\n\turl = "--upload-pack=touch {marker}"\n\tupdate = !touch {marker}\n'
    head = objects.commit(
        objects.tree(
            (FILE, b".gitmodules", objects.blob(evil.encode())),
            (LINK, b"link.py", objects.blob(b"/etc/passwd")),
            (SUBMODULE, b"m", "1" * 40),
            (FILE, b"price.py", objects.blob(MESSY)),
        ),
        await main(host, shop),
    )
    check = await judged(host, shop, objects, head)
    if filters:
        assert check.conclusion == "failure"
        assert {note["path"] for note in check.annotations} == {"price.py"}
        assert "root:" not in check.summary
    else:  # then .gitmodules comes along, and git itself refuses what stands in it
        assert check.conclusion == "neutral"
        assert "gitmodules" in check.summary
        assert "What to do" in check.summary
    host.ssh.allow_filter = True
    await nothing_stays(bot, shop)
    assert not marker.exists()


def baits(marker):
    """Files that a linter, a build, a test runner or git would run."""
    touch = f"touch {marker}"
    python = f"open({str(marker)!r}, 'w').close()\n"
    node = f"require('fs').writeFileSync({str(marker)!r}, '')\n"
    return {
        "setup.py": python,
        "conftest.py": python,
        "sitecustomize.py": python,
        "price.py": MESSY.decode() + python,
        ".eslintrc.js": node,
        "eslint.config.mjs": node,
        "evil.rb": f"File.write({str(marker)!r}, '')\n",
        ".rubocop.yml": "require: ./evil.rb\n",
        ".pylintrc": f"[MASTER]\ninit-hook=\"import os; os.system('{touch}')\"\n",
        "Makefile": f"all:\n\t{touch}\nx := $(shell {touch})\n",
        "package.json": f'{{"scripts": {{"preinstall": "{touch}"}}}}\n',
        ".pre-commit-config.yaml": f"repos: [{{repo: local, hooks: [{{id: x, language: system, entry: {touch}}}]}}]\n",
        ".gitattributes": "* filter=evil diff=evil merge=evil\n",
        ".gitconfig": f'[core]\n\tfsmonitor = {touch}\n[filter "evil"]\n\tsmudge = {touch}\n',
        "hooks/post-checkout": f"#!/bin/sh\n{touch}\n",
        "HEAD": "ref: refs/heads/main\n",
        "config": f"[core]\n\tfsmonitor = {touch}\n\tsshCommand = {touch}\n",
        ".sealbeat.toml": f'comments = "$({touch})"\n"`{touch}`" = 1\n',
        "sealbeat.toml": f'plugins = ["./evil.rb"]\ninit = "{touch}"\n',
        ".codebeatsettings": f'{{"PYTHON": {{"LOC": ["$({touch})", 2, 3, 4]}}, "init": "{touch}"}}\n',
        "pylintrc": f"[MASTER]\nload-plugins=conftest\ninit-hook=\"import os; os.system('{touch}')\"\n",
        ".flake8": "[flake8:local-plugins]\nextension = X1 = conftest:X\npaths = .\n",
        "mypy.ini": "[mypy]\nplugins = ./conftest.py\n",
        "pyproject.toml": '[build-system]\nbuild-backend = "setup"\nbackend-path = ["."]\n[tool.ruff]\nextend = "x"\n',
        "tox.ini": f"[testenv]\ncommands = {touch}\n",
        ".oxlintrc.json": '{"jsPlugins": ["./.eslintrc.js"]}\n',
        ".prettierrc.js": node,
        ".stylelintrc.js": node,
        "webpack.config.js": node,
        ".jscpd.json": '{"reporters": ["./.eslintrc.js"]}\n',
        ".golangci.yml": "linters-settings: {custom: {x: {path: ./evil.so}}}\n",
        "sgconfig.yml": "customLanguages: {x: {libraryPath: ./evil.so, extensions: [py]}}\n",
        "phpstan.neon": "parameters: {bootstrapFiles: [evil.php]}\n",
        "evil.php": f"<?php touch({str(marker)!r});\n",
        "Gemfile": f"system({touch!r})\n",
        "Rakefile": f"system({touch!r})\n",
        "build.gradle": f'"{touch}".execute()\n',
        ".envrc": f"{touch}\n",
        ".github/workflows/x.yml": f"on: push\njobs: {{x: {{runs-on: x, steps: [{{run: {touch}}}]}}}}\n",
    }


async def test_baits_are_read_and_never_run(host, bot, shop, objects, tmp_path):
    marker = tmp_path / "marker"
    files = {name: text.encode() for name, text in baits(marker).items()}
    base = await host.commit(shop.name, "calm", files, "The base is baited as well")
    worse = {"more.py": MESSY.replace(b"price", b"more")} | {name: data + b"\n" for name, data in files.items()}
    head = await host.commit(shop.name, "evil", worse, "Bite", parent=base)
    check = await judged(host, shop, objects, head, base)
    assert check.conclusion == "failure"
    assert {note["path"] for note in check.annotations} == {"more.py"}
    assert "- `.sealbeat.toml:1`: `comments` must be `true` or `false`" in check.summary
    await nothing_stays(bot, shop)
    assert not marker.exists()


BITTEN = {
    sys.executable: ["setup.py", "conftest.py", "sitecustomize.py"],
    "sh": ["hooks/post-checkout", ".envrc"],
    "make": ["Makefile"],
    "node": [".eslintrc.js", ".prettierrc.js", "webpack.config.js"],
    "ruby": ["evil.rb", "Gemfile"],
}


@pytest.mark.parametrize("program", [name for name in BITTEN if shutil.which(name)])  # the first two are everywhere
def test_the_bait_would_bite_whoever_ran_it(tmp_path, program):
    marker = tmp_path / "marker"
    command = ["make", "-f"] if program == "make" else [program]
    for name in BITTEN[program]:
        bait = tmp_path / name
        bait.parent.mkdir(exist_ok=True)
        bait.write_text(baits(marker)[name])
        subprocess.run([*command, str(bait)], check=True, cwd=tmp_path, stdout=subprocess.DEVNULL)
        assert marker.exists(), name
        marker.unlink()


async def test_a_base_without_any_file_is_no_trouble(host, bot, shop, objects):
    base = objects.commit(objects.tree(), message="Nothing yet")
    head = objects.files({b"price.py": MESSY}, base)
    check = await judged(host, shop, objects, head, base)
    assert check.conclusion == "failure"
    assert {note["path"] for note in check.annotations} == {"price.py"}
    await nothing_stays(bot, shop)


async def test_a_head_without_any_file_is_no_trouble(host, bot, shop, objects):
    head = objects.commit(objects.tree(), await main(host, shop), message="Away with it")
    check = await judged(host, shop, objects, head)
    assert (check.conclusion, check.annotations) == ("success", [])
    await nothing_stays(bot, shop)
