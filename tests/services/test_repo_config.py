"""A repository's settings are read where it keeps them, over what the operator has chosen."""

from dataclasses import replace
from typing import Any

import pytest

from bot.analysis.thresholds import DEFAULT_FILE, load
from bot.model import Blob, Entry, Sha
from bot.services import repo_config
from bot.services.context import Options

OPTIONS = Options("test", load(DEFAULT_FILE))


class Tree:
    """The part of Objects that is needed here: blobs by their ids."""

    def __init__(self, **files):
        self.files = files

    async def blobs(self, oids):
        for oid in oids:
            data = self.files[oid]
            yield Blob(oid, 10**9 if data is None else len(data), data)


def tree(**files) -> Any:
    return Tree(**files)


def entry(path, oid):
    return Entry(path.encode(), 0o100644, Sha(oid))


async def test_without_files_the_operator_s_choices_hold():
    options = replace(OPTIONS, comments_default=True, fail_severity="critical")
    found = await repo_config.read(tree(), [entry("a.py", "x")], options)
    assert found == repo_config.defaults(options)
    assert (found.comments, found.fail_severity, found.minimum_severity) == (True, "critical", "warning")


async def test_each_of_the_three_files_is_read_at_the_root_alone():
    files = tree(
        a=b"comments = true\n",
        b=b'{"GOLANG": {"LOC": [1, 2, 3, 4]}}',
        c=b"gen/**\n",
        d=b"gate = 'off'\n[thresholds]\nABC = false\n",
    )
    names = [(".sealbeat.toml", "a"), (".codebeatsettings", "b"), (".codebeatignore", "c"), ("x/.sealbeat.toml", "d")]
    found = await repo_config.read(files, [entry(*name) for name in names], OPTIONS)
    assert (found.comments, found.gate, found.remarks) == (True, "new", ())
    assert found.base.steps("go", "LOC") == (1, 2, 3, 4)
    assert found.base.steps("go", "ABC") is not None
    assert found.excluded("gen/a.py")


@pytest.mark.parametrize("name", [".sealbeat.toml", ".codebeatsettings", ".codebeatignore"])
async def test_a_file_that_is_too_large_to_be_read_is_said(name):
    found = await repo_config.read(tree(a=None), [entry(name, "a")], OPTIONS)
    assert [(remark.path, remark.line) for remark in found.remarks] == [(name, 0)]
