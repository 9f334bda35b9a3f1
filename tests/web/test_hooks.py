"""What the webhook edge takes in, and what it does not."""

import asyncio
import io
import json
import os
from pathlib import Path

import orjson
import pytest

from tests.web.conftest import signature

PUSH = orjson.dumps(
    {
        "ref": "refs/heads/main",
        "after": "a" * 40,
        "before": "b" * 40,
        "deleted": False,
        "repository": {"id": 7, "default_branch": "main"},
        "installation": {"id": 9},
    }
)


async def test_a_signed_delivery_is_taken_in(edge):
    assert await edge.send("push", PUSH) == 202


async def test_the_same_delivery_a_hundred_times_at_once_is_one_job(edge):
    statuses = await asyncio.gather(*(edge.send("push", PUSH, "one-and-the-same") for _ in range(100)))
    assert set(statuses) == {202}
    assert edge.services.queue.depth()["waiting"] + edge.services.queue.depth()["running"] <= 1


async def test_an_unknown_event_is_nothing_to_us(edge):
    assert await edge.send("gollum", b"{}") == 204


@pytest.mark.parametrize(
    "header",
    ["", "sha256=", "sha256=" + "0" * 64, "sha1=" + "0" * 40, "sha256=" + "0" * 63, "sha256=" + "é" * 32, "0" * 64],
)
async def test_a_forged_delivery_is_refused(edge, header):
    assert await edge.send("push", PUSH, X_Hub_Signature_256=header) == 401


async def test_a_body_that_was_changed_on_the_way_is_refused(edge):
    assert await edge.send("push", PUSH + b" ", X_Hub_Signature_256=signature(PUSH)) == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'{"a":"\\ud800"}',
        b'{"n":' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"installation":{"id":true}}',
        b'{"installation":[]}',
        b'{"installation":{"id":-1}}',
        b'{"action":["opened"],"installation":{"id":1}}',
        b'{"n":NaN}',
    ],
    ids=range(13),
)
async def test_signed_nonsense_is_malformed_and_never_our_fault(edge, body):
    assert await edge.send("pull_request", body) in {204, 400}


@pytest.mark.parametrize("missing", ["X_GitHub_Event", "X_GitHub_Delivery"])
async def test_a_delivery_without_its_headers_is_malformed(edge, missing):
    assert await edge.send("push", PUSH, **{missing: ""}) == 400


async def test_a_body_larger_than_the_limit_is_refused(edge):
    body = b'{"a":"' + b"x" * (26 * 1024 * 1024) + b'"}'
    assert await edge.send("push", io.BytesIO(body), X_Hub_Signature_256=signature(body)) == 413


async def test_a_body_that_ends_too_early_is_not_taken_in(edge):
    host, port = edge.address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST /hooks/github HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{}")
    writer.write_eof()
    answer = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    assert b" 202 " not in answer
    assert b" 500 " not in answer


async def test_every_answer_carries_the_security_headers(edge):
    async with edge.session.get(f"{edge.address}/nowhere") as answer:
        assert answer.status == 404
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Server"] == "sealbeat"
        assert "max-age" in answer.headers["Strict-Transport-Security"]


async def test_it_says_that_it_is_alive_and_ready(edge):
    for path in ("healthz", "readyz"):
        async with edge.session.get(f"{edge.address}/{path}") as answer:
            assert answer.status == 200


async def test_what_is_taken_in_lies_sealed_on_disk(edge):
    body = orjson.dumps(orjson.loads(PUSH) | {"head_commit": {"message": "canary-in-a-commit-message"}})
    assert await edge.send("push", body) == 202
    process = await asyncio.create_subprocess_exec(
        "grep", "-rac", "canary-in-a-commit-message", str(edge.settings.data.directory), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert sum(int(line.rsplit(b":", 1)[1]) for line in out.splitlines()) == 0


@pytest.mark.skipif("SEALBEAT_ORACLES" not in os.environ, reason="SEALBEAT_ORACLES is not set")
async def test_all_example_deliveries_of_the_vendor_are_answered_without_a_server_error(edge):
    events = json.loads((Path(os.environ["SEALBEAT_ORACLES"]) / "github-webhooks.json").read_text())
    count = 0
    for event in events:
        for example in event["examples"]:
            for body in (example, example | {"installation": {"id": 47_000_001}}):
                status = await edge.send(event["name"], orjson.dumps(body))
                assert status in {202, 204, 400}, event["name"]
                count += 1
    assert count == 2 * 329
