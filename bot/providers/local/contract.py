"""Holds every request and every answer against GitHub's own OpenAPI description, where that is at hand.

The description is no part of the product: it is found through the environment variable SEALBEAT_ORACLES. It is of
version 2022-11-28 of the API, the one that this host speaks.
"""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VARIABLE = "SEALBEAT_ORACLES"
_FILE = "github-openapi.json"
_ROOT = "urn:github"
_JSON = "application/json"

# Addresses by id are where GitHub redirects after a rename (documented), yet stand in no list of operations. They are
# judged as the same operation by name.
_UNDOCUMENTED = {"/repositories/{repository_id}": "/repos/{owner}/{repo}"}
_NULL_IN_FACT = ("head", "repo")
_ACCOUNT = ("/app/installations", "account", "required")


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where what was said is not what GitHub documents. `message` names fields and rules, never values."""

    method: str
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer. `path` is the template of the route, None where there is none."""

    method: str
    path: str | None
    query: Mapping[str, str]
    sent: bytes
    status: int
    headers: Mapping[str, str]
    received: bytes


class Contract:
    """Judges exchanges; what is wrong with them is in `violations`."""

    def __init__(self, description: dict[str, Any]) -> None:
        self.violations: list[Violation] = []
        self._paths: dict[str, Any] = description["paths"]
        self._description = description
        validation = importlib.import_module("openapi_schema_validator")
        referencing = importlib.import_module("referencing")
        draft = importlib.import_module("referencing.jsonschema").DRAFT4
        resource = referencing.Resource.from_contents(description, default_specification=draft)
        self._registry = referencing.Registry().with_resource(_ROOT, resource)
        self._validator = validation.OAS30Validator
        self._formats = validation.oas30_format_checker

    @classmethod
    def from_environment(cls) -> Contract | None:
        """None where the variable is unset. Where it is set, a missing description or validator is an error."""
        where = os.environ.get(VARIABLE)
        return cls(json.loads((Path(where) / _FILE).read_bytes())) if where else None

    def check(self, it: Exchange) -> None:
        """Judge one exchange."""
        path = it.path or "(none)"
        for old, new in _UNDOCUMENTED.items():
            path = new + path.removeprefix(old) if path.startswith(old) else path
        operation = self._paths.get(path, {}).get(it.method.lower())
        found = ["no such operation"] if operation is None else [*self._request(it, path, operation)]
        if operation is not None:
            found += self._answer(it, path, operation)
        self.violations += [Violation(it.method, path, message) for message in found]

    def _request(self, it: Exchange, path: str, operation: dict[str, Any]) -> Iterator[str]:
        yield from self._query(it, operation)
        wanted = operation.get("requestBody")
        if wanted is None:
            if it.sent:
                yield "request: a body that is not documented"
            return
        if not it.sent:
            if wanted.get("required"):
                yield "request: no body"
            return
        schema = wanted["content"][_JSON]["schema"]
        pointer = _pointer("paths", path, it.method.lower(), "requestBody", "content", _JSON, "schema")
        try:
            body = json.loads(it.sent)
        except ValueError:
            yield "request: not JSON"
            return
        yield from (f"request: {wrong}" for wrong in self._wrong(body, pointer))
        if isinstance(body, dict) and "properties" in schema:
            yield from (
                f"request: {name} is not documented" for name in sorted(body.keys() - schema["properties"].keys())
            )

    def _query(self, it: Exchange, operation: dict[str, Any]) -> Iterator[str]:
        known = {}
        for parameter in operation.get("parameters", []):
            told, pointer = self._follow(parameter)
            if told["in"] == "query":
                known[told["name"]] = (told["schema"], pointer)
        for name, text in it.query.items():
            if name not in known:
                yield f"query: {name} is not documented"
                continue
            schema, _ = known[name]
            value: object = int(text) if schema.get("type") == "integer" and text.isdigit() else text
            errors = self._validator(schema, registry=self._registry, format_checker=self._formats).iter_errors(value)
            yield from (f"query: {name}: {error.validator}" for error in errors)

    def _answer(self, it: Exchange, path: str, operation: dict[str, Any]) -> Iterator[str]:
        told = operation["responses"].get(str(it.status))
        if told is None:
            yield from self._undocumented(it)
            return
        told, pointer = self._follow(told, "paths", path, it.method.lower(), "responses", str(it.status))
        if _JSON not in told.get("content", {}):
            if it.received:
                yield f"answer {it.status}: a body that is not documented"
            return
        yield from self._body(it, pointer + _escape("content", _JSON, "schema"))

    def _undocumented(self, it: Exchange) -> Iterator[str]:
        """Any operation may be refused or redirected; GitHub documents only some of it per operation."""
        if it.status < 300:
            yield f"answer {it.status}: the status is not documented"
            return
        if it.status < 400 and "Location" not in it.headers:
            yield f"answer {it.status}: no Location"
        yield from self._body(it, _pointer("components", "schemas", "basic-error"))
        if it.status == 422 and b'"errors"' in it.received:
            yield from self._body(it, _pointer("components", "schemas", "validation-error"))

    def _body(self, it: Exchange, pointer: str) -> Iterator[str]:
        if not it.headers.get("Content-Type", "").startswith(_JSON):
            yield f"answer {it.status}: the content type is not JSON"
            return
        body = json.loads(it.received)
        yield from (f"answer {it.status}: {wrong}" for wrong in self._wrong(body, pointer))
        if it.status >= 400 and not {"message", "documentation_url"} <= body.keys():
            yield f"answer {it.status}: an error without message or documentation_url"

    def _wrong(self, value: object, pointer: str) -> Iterator[str]:
        """What a schema says against a value: the place, and the rule that it breaks."""
        schema = {"$ref": _ROOT + pointer}
        validator = self._validator(schema, registry=self._registry, format_checker=self._formats)
        for error in validator.iter_errors(value):
            if _mistaken(error, pointer):
                continue
            missing = ""
            if error.validator == "required":
                missing = " " + ", ".join(sorted(set(error.validator_value) - set(error.instance)))
            yield f"{error.json_path}: {error.validator}{missing}"

    def _follow(self, it: dict[str, Any], *place: str) -> tuple[dict[str, Any], str]:
        """What a reference means, and where that stands."""
        if "$ref" not in it:
            return it, _pointer(*place)
        pointer: str = it["$ref"]
        node: Any = self._description
        for part in pointer.removeprefix("#/").split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
        return node, pointer


def _mistaken(error: Any, pointer: str) -> bool:
    """Three places where the description itself is wrong, and GitHub's own examples break it."""
    place = tuple(error.absolute_path)
    if error.instance is None:
        # "nullable" allows null; its neighbours enum and oneOf forget it. And the head of a pull request has no
        # repository once its fork was deleted.
        return bool(error.schema.get("nullable")) or place[-2:] == _NULL_IN_FACT
    # An account in the list of installations would have to be a user and an enterprise at once (allOf for anyOf).
    where, name, rule = _ACCOUNT
    return _escape(where) + "/get" in pointer and place[-1:] == (name,) and error.validator == rule


def _escape(*parts: str) -> str:
    """Parts of a JSON pointer within a URI."""
    escaped = (part.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D") for part in parts)
    return "".join(f"/{part}" for part in escaped)


def _pointer(*parts: str) -> str:
    return "#" + _escape(*parts)
