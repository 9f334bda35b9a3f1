"""The table of kinds: told apart, in plain words, on a page, and held against the formats that gitleaks knows."""

import os
import re
import tomllib
from pathlib import Path

import pytest

from bot.analysis.secrets import model
from bot.analysis.secrets.model import SECRETS
from bot.analysis.secrets.scanner import Scanner
from tests.analysis.secrets.strings import Drawer

PAGE = Path(__file__).parents[3] / "docs" / "secrets.md"
RAW = tomllib.loads((Path(model.__file__).parent / "formats.toml").read_text("utf-8"))

# What gitleaks looks for and we do not: identifiers that the vendor itself shows to everybody ...
PUBLIC = {
    "adobe-client-id",
    "asana-client-id",
    "discord-client-id",
    "flutterwave-public-key",
    "linkedin-client-id",
    "lob-pub-api-key",
    "looker-client-id",
    "mailgun-pub-key",
    "mapbox-api-token",
    "messagebird-client-id",
    "new-relic-user-api-id",
    "plaid-client-id",
    "sendbird-access-id",
}
SAMPLES = 10
FLOOR = 0.93


def test_no_two_kinds_share_an_id():
    ids = [entry["id"] for part in RAW.values() for entry in part]
    assert len(ids) == len(set(ids)) == len(SECRETS)


@pytest.mark.parametrize("id", SECRETS)
def test_a_kind_speaks_in_plain_sentences_and_names_its_source(id: str):
    rule = SECRETS[id]
    assert re.fullmatch(r"secret-[a-z][a-z0-9]*(-[a-z0-9]+)*", id)
    assert rule.message.endswith(".")
    assert not rule.title.endswith(".")
    assert rule.source.startswith("https://")


def test_the_page_lists_every_kind_with_its_source_and_no_other():
    rows = re.findall(r"^\| `(secret-[^`]+)` \| [^|]+ \| (\w+) \| <([^>]+)> \|$", PAGE.read_text(), re.MULTILINE)
    assert {(id, severity, source) for id, severity, source in rows} == {
        (rule.id, rule.severity, rule.source) for rule in SECRETS.values()
    }
    assert len(rows) == len(SECRETS)


def test_the_formats_that_gitleaks_knows_are_found():
    """A format counts as known where eight of ten samples of it are found, by whatever kind."""
    folder = os.environ.get("SEALBEAT_ORACLES")
    if not folder:
        pytest.skip("SEALBEAT_ORACLES is not set")
    rules = tomllib.loads((Path(folder) / "gitleaks.toml").read_text("utf-8"))["rules"]
    scanner = Scanner(b"salt")
    missed, known = [], 0
    for number, rule in enumerate(rules):
        if "regex" not in rule or rule["id"] in PUBLIC:
            continue
        drawers = [Drawer(number * SAMPLES + sample) for sample in range(SAMPLES)]
        context = f"# {rule['keywords'][0]}\n"
        found = sum(bool(scanner.scan((context + drawer.draw(rule["regex"]) + "\n").encode())) for drawer in drawers)
        known += 1
        missed += [rule["id"]] if found < 0.8 * SAMPLES else []
    recall = 1 - len(missed) / known
    print(f"{recall:.1%} of {known} formats; not found: {', '.join(missed)}")
    assert known > 200
    assert recall >= FLOOR, missed
