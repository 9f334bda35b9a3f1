"""config/sealbeat.example.toml is complete: every setting, its default, and nothing else."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import cast

import pytest
from pydantic import BaseModel

from bot.config import Settings, load
from bot.model import Secret
from tests.test_config import HOOK, MINIMUM, PEM

EXAMPLE = Path(__file__).parent.parent / "config/sealbeat.example.toml"


def uncommented(text: str) -> dict[str, dict[str, object]]:
    lines = [re.sub(r"^# (?=[a-z_]+ = )", "", line) for line in text.splitlines()]
    return tomllib.loads("\n".join(lines))


def differences(text: str) -> list[str]:
    """What an example file lacks, has too much of, or says other defaults about."""
    example, found = uncommented(text), []
    required = {("github", "app_id")}
    for section, table in Settings.model_fields.items():
        fields = cast(type[BaseModel], table.annotation).model_fields
        keys = {name for name, field in fields.items() if not field.exclude and (section, name) not in required}
        found += [f"{section}.{key}" for key in keys ^ set(example.get(section, {}))]
    found += [section for section in example if section not in Settings.model_fields]
    if found:
        return found
    raw = {section: dict(table) for section, table in example.items()}
    secrets = {"app_id": 7, "private_key": Secret(PEM), "webhook_secret": Secret(HOOK)}
    given = Settings.model_validate(raw | {"github": raw["github"] | secrets})
    default = Settings.model_validate({"github": secrets})
    return [name for name in Settings.model_fields if getattr(given, name) != getattr(default, name)]


def test_the_example_comments_every_setting_with_its_default():
    text = EXAMPLE.read_text()
    assert differences(text) == []
    assert re.search(r"^# app_id =$", text, re.MULTILINE)
    assert tomllib.loads(text) == {section: {} for section in Settings.model_fields}, "as it stands, it sets nothing"


@pytest.mark.parametrize(
    ("old", "new", "caught"),
    [
        ("# port = 8080\n", "", "server.port"),
        ("# port = 8080\n", "# port = 8080\n# prot = 1\n", "server.prot"),
        ("# port = 8080\n", "# port = 8081\n", "server"),
        ("[log]", "[log2]", "log2"),
    ],
)
def test_an_example_that_drifts_is_caught(old: str, new: str, caught: str):
    text = EXAMPLE.read_text()
    assert old in text
    assert caught in differences(text.replace(old, new))


def test_a_copy_of_the_example_is_a_settings_file(tmp_path: Path):
    copy = tmp_path / "sealbeat.toml"
    copy.write_text(EXAMPLE.read_text())
    assert load(copy, MINIMUM).data.directory == tmp_path / "data"
