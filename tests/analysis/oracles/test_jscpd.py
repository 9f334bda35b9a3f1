"""Our exact clones against those of jscpd 5.3.2, line by line, on Python's own library. docs/duplication.md explains
each kind of difference."""

import shutil
import sysconfig
from pathlib import Path

import pytest

from bot.analysis.duplication.tokens import Tokens
from tests.analysis import jscpd

LIBRARY = Path(sysconfig.get_path("stdlib"))
TOKENS = 50

pytestmark = pytest.mark.skipif(
    jscpd.script("jscpd") is None, reason="needs node, and SEALBEAT_TOOLS naming a folder with npm's jscpd@5.3.2"
)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Tokens], set[jscpd.Line]]:
    """Our tokens and their lines, on copies: jscpd would heed the ignore files around the library."""
    folder = tmp_path_factory.mktemp("library")
    for path in sorted(LIBRARY.glob("[a-t]*.py")) + sorted(LIBRARY.glob("asyncio/*.py")):
        shutil.copyfile(path, folder / f"{path.parent.name}_{path.name}")
    files = sorted(folder.glob("*.py"))
    return jscpd.streams("python", files, everything=True), jscpd.run("jscpd", folder, files, TOKENS).lines


def test_most_of_its_lines_are_found_and_most_of_ours_confirmed(both: tuple[list[Tokens], set[jscpd.Line]]):
    told = jscpd.agreement(*both, TOKENS)
    assert told.theirs > 500
    assert told.found >= 0.85
    assert told.confirmed >= 0.90


def test_the_comparison_can_fail(both: tuple[list[Tokens], set[jscpd.Line]]):
    assert jscpd.agreement(*both, 2 * TOKENS).found < 0.6
    assert jscpd.agreement(*both, TOKENS // 2).confirmed < 0.6
