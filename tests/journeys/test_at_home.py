"""What `sealbeat analyze` says at home is what the check says at the pull request."""

import asyncio
import os
import sys
from pathlib import Path

import orjson

from tests.journeys.conftest import until
from tests.journeys.shop import MESSY, TIDY

KEY = b"ghp_" + b"9fK2mQ7xZ1vB4nL8sD3wR6tY0uI5oP7aJ2hG"
BASE = {
    "price.py": MESSY.replace(b"def price", b"def old_price"),
    "gone.js": b"function f(a) { try { g(a) } catch (e) {} }\n",
    ".sealbeat.toml": b'[thresholds]\nARITY = [3, 4, 5, 6]\nnonsense = 1\n[[paths]]\nmatch = "tests/**"\n',
    "lib/vendor/x.py": TIDY,
}
HEAD = {
    "price.py": MESSY + b"\n\nimport hashlib\n\n\ndef key(text):\n    return hashlib.md5(text).hexdigest()\n",
    "copy.py": MESSY.replace(b"def price", b"def copied"),
    "keys.py": b'TOKEN = "' + KEY + b'"\n',
    "gone.js": None,
    "pipe|`name`.py": MESSY + b"# sealbeat:disable[NOTHING]\n",
    "lib/vendor/y.py": TIDY,
}


PROJECTS = {
    ".sealbeat.toml": b'[[projects]]\nname = "Library"\nroot = "lib"\n',
    "lib/price.py": MESSY,
}


async def at_home(folder, *arguments):
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "analyze", *arguments),
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert err == b""
    return process.returncode, out.decode()


async def test_a_pull_requests_check_is_told_word_by_word(host, bot, shop, tmp_path):
    await host.commit(shop.name, "main", BASE, "The base")
    await shop.install()
    number = await shop.propose("worse", HEAD)
    check = await until(lambda: shop.completed(number))

    store = host.repository(shop.name).git.path
    status, said = await at_home(store, "main...worse", "--format", "markdown")
    assert said == f"### {check.title}\n\n{check.summary}\n"
    assert (check.conclusion, status) == ("failure", 1)
    assert "secret" in said.lower() or "token" in said.lower()
    assert KEY.decode() not in said

    _, document = await at_home(store, "main...worse", "--format", "json")
    introduced = {
        (it["path"], it["line"], it["title"].lower())
        for it in orjson.loads(document)["findings"]
        if it["state"] in ("introduced", "worse")
    }
    noted = {(note["path"], note["start_line"], note["title"].partition(":")[0].lower()) for note in check.annotations}
    assert noted
    assert noted <= introduced


async def test_so_is_a_work_tree_that_is_not_committed_yet(host, bot, shop, tmp_path):
    await host.commit(shop.name, "main", BASE, "The base")
    await shop.install()
    number = await shop.propose("worse", HEAD)
    check = await until(lambda: shop.completed(number))

    tree = tmp_path / "tree"
    process = await asyncio.create_subprocess_exec("git", "clone", "-q", str(host.repository(shop.name).git.path), tree)
    assert await process.wait() == 0
    for name, data in HEAD.items():
        place = tree / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True) if data is None else place.write_bytes(data)
    _, said = await at_home(tree, "--base", "origin/main", "--format", "markdown")
    assert said == f"### {check.title}\n\n{check.summary}\n"


async def test_a_branchs_check_is_told_word_by_word(host, bot, shop):
    await shop.install()
    head = await host.commit(shop.name, "main", BASE | PROJECTS, "The base")

    def measured():
        return next((run for run in host.check_runs(shop.name, head) if run.status == "completed"), None)

    check = await until(measured)
    assert "Library" in check.summary
    status, said = await at_home(host.repository(shop.name).git.path, "main", "--format", "markdown")
    assert (said, status) == (f"### {check.title}\n\n{check.summary}\n", 0)
