"""For every test: an environment without the operator's settings, and git that reads nobody's configuration."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from bot.config import PREFIX

settings.register_profile("house", deadline=None)  # a busy machine is no fault
settings.load_profile("house")

NEEDED = {"SEALBEAT_ORACLES", "SEALBEAT_TOOLS"}  # by tests that compare with published descriptions and other tools


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX) and name not in NEEDED]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
