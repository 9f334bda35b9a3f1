"""The git hosts. A new one is a folder here, with its own frozen `Settings` and a `build` that gives a
`bot.ports.Provider`, and one line in PROVIDERS."""

from __future__ import annotations

from typing import Final

from bot.providers import github

PROVIDERS: Final = {"github": github.build}
"""Name in the settings -> what opens the provider: an async context manager giving a `bot.ports.Provider`."""
