"""The root key's keepers: one file per keeper, one line per keeper in the registry below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.ports import Kms
from bot.vault.kms import file


class Build(Protocol):
    """Makes a keeper. `may_create` says that nothing is wrapped yet, so that a missing root key may be made anew."""

    def __call__(self, settings: file.Settings, *, may_create: bool) -> Kms: ...


KMS: Mapping[str, Build] = {"file": file.build}
