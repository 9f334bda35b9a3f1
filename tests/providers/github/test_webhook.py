from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from multidict import CIMultiDict

from bot.errors import Forged, Malformed, Rejected
from bot.model import Secret
from bot.providers.github.webhook import Webhooks
from tests.providers.github.parts import APP_ID, WEBHOOK_SECRET, sign

BODY = b'{"action": "opened", "number": 1, "installation": {"id": 31}, "repository": {"id": 77}}'
GUID = "72d3162e-cc78-11e3-81ab-4c9367dc0958"
RIGHT = sign(BODY)
HEXADECIMAL = RIGHT.removeprefix("sha256=")

webhooks = Webhooks(APP_ID, (Secret(WEBHOOK_SECRET),))


def headers(
    signature: str | None = RIGHT, event: str | None = "pull_request", guid: str | None = GUID
) -> dict[str, str]:
    given_headers = {"X-Hub-Signature-256": signature, "X-GitHub-Event": event, "X-GitHub-Delivery": guid}
    return {name: value for name, value in given_headers.items() if value is not None}


def mac(digest: str, key: bytes = WEBHOOK_SECRET, body: bytes = BODY) -> str:
    return hmac.new(key, body, digest).hexdigest()


def test_a_delivery_with_the_right_signature_is_let_in() -> None:
    assert webhooks.verify(headers(), BODY) == (GUID, "pull_request")


@pytest.mark.parametrize("change", [str.lower, str.upper, str.title, str.swapcase])
def test_header_names_have_no_case(change: type[str]) -> None:
    assert webhooks.verify({change(name): value for name, value in headers().items()}, BODY)[0] == GUID


def test_both_secrets_count_while_one_replaces_the_other() -> None:
    rotating = Webhooks(APP_ID, (Secret(b"new"), Secret(WEBHOOK_SECRET)))
    assert rotating.verify(headers(), BODY)[0] == GUID
    assert rotating.verify(headers(sign(BODY, b"new")), BODY)[0] == GUID
    with pytest.raises(Forged):
        rotating.verify(headers(sign(BODY, b"older")), BODY)


FORGED_SIGNATURES: dict[str, str | None] = {
    "missing": None,
    "empty": "",
    "only the prefix": "sha256=",
    "no prefix": HEXADECIMAL,
    "another separator": f"sha256:{HEXADECIMAL}",
    "prefix in capitals": f"SHA256={HEXADECIMAL}",
    "prefix twice": f"sha256={RIGHT}",
    "digits in capitals": f"sha256={HEXADECIMAL.upper()}",
    "one digit in capitals": "sha256=" + HEXADECIMAL.replace("a", "A", 1),
    "one digit short": RIGHT[:-1],
    "one digit long": RIGHT + "0",
    "half": RIGHT[: 7 + 32],
    "last digit wrong": RIGHT[:-1] + ("0" if RIGHT[-1] != "0" else "1"),
    "first digit wrong": "sha256=" + ("0" if HEXADECIMAL[0] != "0" else "1") + HEXADECIMAL[1:],
    "reversed": "sha256=" + HEXADECIMAL[::-1],
    "all zeros": "sha256=" + "0" * 64,
    "all f": "sha256=" + "f" * 64,
    "not hexadecimal": "sha256=" + "g" * 64,
    "leading space": " " + RIGHT,
    "trailing space": RIGHT + " ",
    "trailing newline": RIGHT + "\n",
    "inner space": f"sha256= {HEXADECIMAL}",
    "trailing NUL": RIGHT + "\0",
    "two, with a comma": f"{RIGHT},{RIGHT}",
    "two, with a pipe": f"{RIGHT}|{RIGHT}",
    "quoted": f'"{RIGHT}"',
    "sha1": f"sha1={mac('sha1')}",
    "sha1 called sha256": f"sha256={mac('sha1')}",
    "sha1 padded": f"sha256={mac('sha1')}{'0' * 24}",
    "md5": f"md5={mac('md5')}",
    "sha512": f"sha512={mac('sha512')}",
    "sha512 cut": f"sha256={mac('sha512')[:64]}",
    "plain hash, no key": f"sha256={hashlib.sha256(BODY).hexdigest()}",
    "key before body": f"sha256={hashlib.sha256(WEBHOOK_SECRET + BODY).hexdigest()}",
    "empty key": f"sha256={mac('sha256', key=b'')}",
    "another key": f"sha256={mac('sha256', key=b'wrong')}",
    "key with newline": f"sha256={mac('sha256', key=WEBHOOK_SECRET + bytes([10]))}",
    "key in hexadecimal": f"sha256={mac('sha256', key=WEBHOOK_SECRET.hex().encode())}",
    "of an empty body": f"sha256={mac('sha256', body=b'')}",
    "of another body": f"sha256={mac('sha256', body=BODY + b' ')}",
    "non-ASCII letter": "sha256=" + HEXADECIMAL[:-1] + "é",
    "surrogate, as aiohttp hands on raw bytes": "sha256=" + HEXADECIMAL[:-1] + "\udcff",
    "full-width digits": "sha256=" + "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in HEXADECIMAL),
    "arabic digits": "sha256=" + "٣" * 64,
    "very long": "sha256=" + "a" * 1_000_000,
    "base64": "sha256=K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=",
    "standard webhooks": "v1,K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=",
}


@pytest.mark.parametrize("signature", FORGED_SIGNATURES.values(), ids=FORGED_SIGNATURES.keys())
def test_forged_signatures_are_refused(signature: str | None) -> None:
    with pytest.raises(Forged):
        webhooks.verify(headers(signature), BODY)


FORGED_BODIES = {
    "empty": b"",
    "trailing newline": BODY + b"\n",
    "a byte less": BODY[:-1],
    "written anew": orjson.dumps(orjson.loads(BODY)),
    "a bit flipped": BODY[:5] + bytes([BODY[5] ^ 1]) + BODY[6:],
    "UTF-16": BODY.decode().encode("utf-16"),
    "with a byte order mark": b"\xef\xbb\xbf" + BODY,
    "twice": BODY + BODY,
    "padded with NUL": BODY + bytes(64),
}


@pytest.mark.parametrize("body", FORGED_BODIES.values(), ids=FORGED_BODIES.keys())
def test_a_signature_fits_the_very_bytes_only(body: bytes) -> None:
    with pytest.raises(Forged):
        webhooks.verify(headers(), body)


def test_a_sha1_signature_never_stands_in_for_a_missing_sha256() -> None:
    with pytest.raises(Forged):
        webhooks.verify(headers(None) | {"X-Hub-Signature": f"sha1={mac('sha1')}"}, BODY)


def test_two_signatures_are_none() -> None:
    twice = CIMultiDict(headers())
    twice.add("X-Hub-Signature-256", "sha256=" + "0" * 64)
    with pytest.raises(Forged):
        webhooks.verify(twice, BODY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"event": None},
        {"guid": None},
        {"event": ""},
        {"guid": ""},
        {"event": "push; drop"},
        {"event": "Push"},
        {"event": "p" * 65},
        {"event": "push\n"},
        {"guid": "a" * 65},
        {"guid": "../../etc/passwd"},
        {"guid": "a b"},
        {"guid": "é"},
        {"guid": "٣"},
        {"guid": f"{GUID}\n"},
    ],
    ids=str,
)
def test_a_signed_delivery_without_proper_headers_is_malformed(wrong: dict[str, str | None]) -> None:
    with pytest.raises(Malformed):
        webhooks.verify(headers(**wrong), BODY)


def test_the_signature_is_judged_before_the_other_headers() -> None:
    with pytest.raises(Forged):
        webhooks.verify(headers("sha256=" + "0" * 64, event=None, guid=None), BODY)


HOSTILE = {
    "empty": b"",
    "not JSON": b"payload=%7B%7D",
    "list": b"[]",
    "null": b"null",
    "number": b"1",
    "text": b'"installation"',
    "deep list": b"[" * 200_000 + b"]" * 200_000,
    "deep object": b'{"installation":' * 100_000 + b"1" + b"}" * 100_000,
    "number of 5,000 digits": b'{"installation": {"id": ' + b"9" * 5000 + b"}}",
    "FF FE": b"\xff\xfe",
    "bad UTF-8": b'{"installation": {"id": 1}, "action": "\xff"}',
    "lone surrogate": b'{"installation": {"id": 1}, "action": "\\ud800"}',
    "NaN": b'{"installation": {"id": NaN}}',
    "infinity": b'{"installation": {"id": 1e999}}',
    "cut": b'{"installation": {"id": 1}, "action": "ope',
    "byte order mark": b"\xef\xbb\xbf{}",
    "installation is a list": b'{"installation": [1]}',
    "installation is a number": b'{"installation": 31}',
    "installation without id": b'{"installation": {}}',
    "id is text": b'{"installation": {"id": "31"}}',
    "id is true": b'{"installation": {"id": true}}',
    "id is a fraction": b'{"installation": {"id": 1.5}}',
    "id is 0": b'{"installation": {"id": 0}}',
    "id is negative": b'{"installation": {"id": -1}}',
    "id is too large": b'{"installation": {"id": 9223372036854775808}}',
}


@pytest.mark.parametrize("name", ["pull_request", "installation", "push", "check_run"])
@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_json_is_malformed(name: str, body: bytes) -> None:
    with pytest.raises(Malformed):
        webhooks.read(name, body)


@pytest.mark.parametrize("action", [[], ["opened"], {}, {"a": 1}, 1, True, None, 1.5])
@pytest.mark.parametrize("name", ["pull_request", "installation", "repository", "merge_group"])
def test_an_action_that_is_no_text_is_malformed(name: str, action: object) -> None:
    with pytest.raises(Malformed):
        webhooks.read(name, orjson.dumps({"action": action, "installation": {"id": 31}}))


def test_of_duplicate_keys_the_last_one_counts_and_nothing_breaks() -> None:
    body = b'{"action": "created", "installation": {"id": 1}, "installation": {"id": 2}, "action": "deleted"}'
    event = webhooks.read("installation", body)
    assert event is not None
    assert (type(event).__name__, event.installation) == ("Uninstalled", 2)


def test_malformed_says_which_field_and_never_what_it_held() -> None:
    body = orjson.dumps({"action": "opened", "installation": {"id": 1}, "repository": {"id": "canary-value"}})
    with pytest.raises(Malformed, match=r"^id: expected a positive integer$"):
        webhooks.read("pull_request", body)


NAMES = ["installation", "installation_repositories", "repository", "push", "pull_request", "check_run", "check_suite"]
LEAVES = st.sampled_from([None, True, False, 0, 1, -1, 77, 2**64 - 1, 0.5, "", "opened", "edited", "rerequested"]) | (
    st.sampled_from(
        ["main", "refs/heads/main", "a" * 40, [], {}, [1], [{}], {"id": 77}, {"id": 4711}, {"repo": {"id": 77}}]
    )
)
WORDS = ["id", "number", "ref", "default_branch", "app", "head_sha", "pull_requests", "base", "repo"]
INNER = LEAVES | st.dictionaries(st.sampled_from(WORDS), LEAVES, max_size=5)
OUTER = [
    "action",
    "number",
    "ref",
    "after",
    "deleted",
    "repository",
    "changes",
    "check_run",
    "check_suite",
    "merge_group",
]
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@unhurried
@given(st.sampled_from([*NAMES, "merge_group", "star"]), st.dictionaries(st.sampled_from(OUTER), INNER, max_size=10))
def test_whatever_json_comes_it_is_read_or_refused(name: str, delivery: dict[str, object]) -> None:
    read_or_refused(name, orjson.dumps(delivery | {"installation": {"id": 31}}))


@unhurried
@given(st.sampled_from(NAMES), st.binary(max_size=200))
def test_whatever_bytes_come_they_are_read_or_refused(name: str, body: bytes) -> None:
    read_or_refused(name, body)


@unhurried
@given(st.dictionaries(st.text(max_size=30), st.text(max_size=80), max_size=6), st.binary(max_size=50))
def test_whatever_headers_come_they_are_refused(given_headers: dict[str, str], body: bytes) -> None:
    with pytest.raises(Rejected):
        webhooks.verify(given_headers, body)


def read_or_refused(name: str, body: bytes) -> None:
    try:
        event = webhooks.read(name, body)
    except Malformed:
        return
    assert event is None or all(value > 0 for value in ids(event))


def ids(event: object) -> Iterable[int]:
    return [getattr(event, name) for name in ("installation", "repository", "number") if hasattr(event, name)]
