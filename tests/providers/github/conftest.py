"""The stage that the tests against the local host share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.providers.github.manifest import is_listed
from tests.providers.github.stage import Stage, staged


@pytest.fixture(params=["", "/api/v3"], ids=["github.com", "enterprise"])
async def stage(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with staged(tmp_path, prefix=request.param) as it:
        yield it
        await it.host.settled()
        assert it.host.violations == []
        assert [asked for asked in it.host.requests if not is_listed(asked.method, asked.path)] == []
