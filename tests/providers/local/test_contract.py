"""The judge over requests and answers, itself judged: what is wrong is found, what is right is not."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from bot.providers.local.contract import Contract, Exchange

from .parts import oracle

JSON = {"Content-Type": "application/json; charset=utf-8"}
KEY = {
    "id": 1, "key": "ssh-ed25519 AAAA", "url": "https://api.example/keys/1", "title": "t", "verified": True,
    "created_at": "2024-01-01T00:00:00Z", "read_only": True,
}  # fmt: skip
RIGHT = Exchange(
    "POST", "/repos/{owner}/{repo}/keys", {}, json.dumps({"key": "k", "read_only": True}).encode(), 201, JSON,
    json.dumps(KEY).encode(),
)  # fmt: skip


@pytest.fixture(scope="module")
def contract() -> Contract:
    return Contract(oracle("github-openapi.json"))


def wrong(contract: Contract, it: Exchange) -> list[str]:
    contract.violations.clear()
    contract.check(it)
    return [one.message for one in contract.violations]


def said(body: Any) -> bytes:
    return json.dumps(body).encode()


def test_a_right_exchange_is_no_violation(contract: Contract):
    assert wrong(contract, RIGHT) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"path": None}, "no such operation"),
        ({"path": "/repos/{owner}/{repo}/nonsense"}, "no such operation"),
        ({"method": "PUT"}, "no such operation"),
        ({"sent": said({"title": "t"})}, "request: $: required key"),
        ({"sent": said({"key": 7})}, "request: $.key: type"),
        ({"sent": said({"key": "k", "readonly": True})}, "request: readonly is not documented"),
        ({"sent": b""}, "request: no body"),
        ({"sent": b"{"}, "request: not JSON"),
        ({"query": {"page": "1"}}, "query: page is not documented"),
        ({"status": 202}, "answer 202: the status is not documented"),
        ({"status": 301}, "answer 301: no Location"),
        ({"received": said(KEY | {"id": "1"})}, "answer 201: $.id: type"),
        ({"received": said({**KEY, "url": None})}, "answer 201: $.url: type"),
        ({"received": said({k: v for k, v in KEY.items() if k != "read_only"})}, "answer 201: $: required read_only"),
        ({"headers": {"Content-Type": "text/html"}}, "answer 201: the content type is not JSON"),
        ({"status": 422, "received": said({})}, "answer 422: $: required documentation_url, message"),
        (
            {"status": 404, "received": said({"message": "m"})},
            "answer 404: an error without message or documentation_url",
        ),
    ],
)
def test_what_github_does_not_document_is_found(contract: Contract, change: dict[str, Any], found: str):
    assert found in wrong(contract, replace(RIGHT, **change))


def test_a_wrong_query_value_and_a_body_nobody_asked_for_are_found(contract: Contract):
    get = replace(RIGHT, method="GET", sent=b"", status=200, received=said([KEY]))
    assert wrong(contract, get) == []
    assert wrong(contract, replace(get, query={"per_page": "many"})) == ["query: per_page: type"]
    assert wrong(contract, replace(get, sent=b"{}")) == ["request: a body that is not documented"]
    delete = replace(get, method="DELETE", path="/repos/{owner}/{repo}/keys/{key_id}", status=204, received=b"")
    assert wrong(contract, delete) == []
    assert wrong(contract, replace(delete, received=b"{}")) == ["answer 204: a body that is not documented"]


def test_limits_inside_a_request_are_found(contract: Contract):
    note = {"path": "a", "start_line": 1, "end_line": 1, "annotation_level": "warning", "message": "m"}
    body = {"name": "n", "head_sha": "0" * 40, "output": {"title": "t", "summary": "s", "annotations": [note] * 51}}
    it = replace(RIGHT, path="/repos/{owner}/{repo}/check-runs", sent=said(body))
    assert "request: $.output.annotations: maxItems" in wrong(contract, it)


def test_addresses_by_id_are_judged_like_those_by_name(contract: Contract):
    assert wrong(contract, replace(RIGHT, path="/repositories/{repository_id}/keys")) == []
    it = replace(RIGHT, path="/repositories/{repository_id}/keys", sent=b"{}")
    assert wrong(contract, it) == ["request: $: required key"]


def test_refusals_that_github_documents_nowhere_are_judged_as_errors(contract: Contract):
    error = {"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"}
    for status in (401, 403, 404, 429, 500):
        assert wrong(contract, replace(RIGHT, status=status, received=said(error))) == []


def test_a_violation_tells_no_values(contract: Contract):
    contract.violations.clear()
    contract.check(
        replace(RIGHT, sent=said({"key": ["canary"], "canary2": 1}), received=said({"title": {"canary": 1}}))
    )
    assert contract.violations
    assert "canary'" not in str(contract.violations) and "['canary" not in str(contract.violations)


def test_without_the_variable_nothing_is_judged(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SEALBEAT_ORACLES", raising=False)
    assert Contract.from_environment() is None


def test_a_missing_description_fails_at_start(monkeypatch: pytest.MonkeyPatch, tmp_path):
    monkeypatch.setenv("SEALBEAT_ORACLES", str(tmp_path))
    with pytest.raises(FileNotFoundError):
        Contract.from_environment()


def test_a_missing_validator_fails_at_start():
    oracle("github-openapi.json")
    program = (
        "import sys; sys.modules['openapi_schema_validator'] = None\n"
        "from bot.providers.local.contract import Contract\n"
        "Contract.from_environment()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 1
    assert "openapi_schema_validator" in done.stderr
