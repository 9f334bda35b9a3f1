"""The scanner on samples that are put together here, so that no file of this project holds anything like a secret."""

import random

import pytest

from bot.analysis.secrets.model import SECRETS
from bot.analysis.secrets.scanner import Scanner
from bot.analysis.wire import MAX_SECRETS
from tests.analysis.secrets.strings import Drawer

SALT = b"a salt of the tests"


def drawn(pattern: str, seed: int = 1) -> bytes:
    return Drawer(seed).draw(pattern).encode()


GITHUB = b"gh" + drawn("p_[0-9A-Za-z]{36}")
RANDOM = drawn("[0-9A-Za-z]{32}")
KEY = b"-----BEGIN RSA " + b"PRIVATE KEY-----\n" + b"\n".join(drawn("[0-9A-Za-z+/]{64}", n) for n in range(9))
KEY += b"\n-----END RSA PRIVATE KEY-----\n"


SCANNER = Scanner(SALT)


def kinds(data: bytes) -> list[str]:
    return [hit.rule for hit in SCANNER.scan(data)]


def test_a_token_is_told_by_kind_and_line_alone():
    (hit,) = Scanner(SALT).scan(b"one\ntwo\ntoken = '" + GITHUB + b"'\n")
    assert (hit.rule, hit.line, hit.end_line, hit.symbol, hit.detail) == ("secret-github-token", 3, 3, "", "")
    assert GITHUB.decode() not in repr(hit)
    assert len(hit.identity) == 16


def test_the_same_secret_has_the_same_identity_wherever_it_lies_but_another_under_another_salt():
    one, two = (Scanner(SALT).scan(data)[0] for data in (GITHUB, b"\n\nX=" + GITHUB))
    assert one.identity == two.identity
    assert Scanner(b"other").scan(GITHUB)[0].identity != one.identity
    assert Scanner(SALT).scan(b"gh" + drawn("p_[0-9A-Za-z]{36}", 2))[0].identity != one.identity


def test_a_key_of_many_lines_is_one_hit_where_it_begins():
    (hit,) = Scanner(SALT).scan(b"text\n" + KEY)
    assert (hit.rule, hit.line, hit.end_line) == ("secret-private-key", 2, 2)


def test_keys_that_begin_alike_are_told_apart_and_line_ends_do_not_matter():
    other = KEY.replace(KEY.split(b"\n")[5], drawn("[0-9A-Za-z+/]{64}", 99))
    first, second, third = (Scanner(SALT).scan(key)[0].identity for key in (KEY, other, KEY.replace(b"\n", b"\r\n")))
    assert first == third != second


def test_a_key_within_a_string_of_a_program_is_found():
    assert kinds(b'key = "' + KEY.replace(b"\n", b"\\n") + b'"') == ["secret-private-key"]


def test_one_place_is_one_hit_of_the_most_specific_kind():
    assert kinds(b'github_token = "' + GITHUB + b'"') == ["secret-github-token"]
    assert kinds(b'datadog_token = "' + drawn("[0-9a-f]{32}") + b'"') == ["secret-datadog-key"]
    assert kinds(b'token = "' + RANDOM + b'"') == ["secret-generic"]


def test_two_secrets_on_a_line_are_two_hits():
    assert kinds(GITHUB + b"," + b"gh" + drawn("p_[0-9A-Za-z]{36}", 3)) == ["secret-github-token"] * 2


@pytest.mark.parametrize(
    "line",
    [
        b"API_TOKEN=%s\n",
        b"export API_TOKEN=%s\n",
        b"  api_token: %s\n",
        b'"api_token": "%s",\n',
        b"const apiToken = '%s';\n",
        b"- API_TOKEN=%s\r\n",
    ],
)
def test_a_random_value_under_a_name_for_credentials_is_found(line: bytes):
    assert kinds(line % RANDOM) == ["secret-generic"]


@pytest.mark.parametrize(
    "line",
    [
        b"value = '%s'",  # no such name
        b"token_hash = '%s'",
        b"nextPageToken = '%s'",
        b"token = read(%s)",
        b"if token == %s and x:",
        b"token = '%s.example'",
    ],
)
def test_a_random_value_that_is_no_credential_is_let_through(line: bytes):
    assert kinds(line % RANDOM) == []


@pytest.mark.parametrize(
    "value",
    [
        b"x" * 32,
        b"your-api-token-goes-here-0001",
        b"${API_TOKEN_FROM_VAULT_2024}",
        b"{{ vault.api_token_2_prod }}",
        b"django.contrib.auth.tokens.v2",
        b"com.example.Token2Provider1",
        b"0123456789abcdef0123456789abcdef",
        b"AccessTokenProviderFactory01",
        b"3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        b"sha512-password-reset-2020-01",
    ],
)
def test_what_says_that_it_is_no_secret_is_let_through(value: bytes):
    assert kinds(b'token = "' + value + b'"') == []


def test_a_placeholder_in_a_vendors_format_is_let_through():
    assert kinds(b"gh" + b"p_" + b"x" * 36) == []
    assert kinds(b"AK" + b"IAIOSFODNN7" + b"EXAMPLE") == []
    assert kinds(b"AK" + b"IA" + drawn("[A-Z2-7]{16}")) == ["secret-aws-access-key"]


def test_a_format_within_a_longer_word_is_let_through():
    assert kinds(b"abc" + b"AK" + b"IA" + drawn("[A-Z2-7]{16}")) == []
    assert kinds(b"AK" + b"IA" + drawn("[A-Z2-7]{17}")) == []


def test_a_password_in_a_url_is_found_except_for_hosts_of_manuals_and_tests():
    secret = drawn("[0-9A-Za-z]{14}")
    assert kinds(b"postgres://app:" + secret + b"@db.internal.net/x") == ["secret-url-password"]
    for host in (b"localhost", b"127.0.0.1", b"my.example.com", b"db.test"):
        assert kinds(b"postgres://app:" + secret + b"@" + host + b"/x") == []
    assert kinds(b"postgres://app:${PASSWORD}@db.internal.net/x") == []


def test_a_password_for_curl_is_found():
    assert kinds(b"curl -s -u app:" + RANDOM + b" https://internal.net/\n") == ["secret-curl-user"]
    assert kinds(b'curl -s -u "app:$PASSWORD" https://internal.net/\n') == []


def test_any_bytes_are_read():
    noise = random.Random(7)
    for data in (b"", b"\xff" * 1000, b"\0", noise.randbytes(100_000), b"token = '" * 20_000, b"-----BEGIN " * 9000):
        SCANNER.scan(data)
    assert [hit.rule for hit in SCANNER.scan(b"\xff\xfe\n" + GITHUB + b"\xff")] == ["secret-github-token"]


def test_a_flood_of_secrets_is_cut():
    flood = b"\n".join(b"gh" + drawn("p_[0-9A-Za-z]{36}", seed) for seed in range(MAX_SECRETS + 5))
    assert len(Scanner(SALT).scan(flood)) == MAX_SECRETS


def test_every_kind_finds_its_own_format():
    silent = []
    for rule in SECRETS.values():
        if rule.id in (
            "secret-generic",
            "secret-curl-user",
        ):  # what is drawn for them is too odd; they have tests above
            continue
        drawer = Drawer(rule.rank)
        pattern = rule.pattern.pattern.decode("latin-1")
        words = b" ".join(
            word.decode().replace("(?i:", "").replace(")", "").replace("\\", "").encode() for word in rule.quick
        )
        samples = [words + b"\n" + drawer.draw(pattern).encode("latin-1") + b"\n" for _ in range(20)]
        found = sum(rule.id in kinds(sample) for sample in samples)
        silent += [f"{rule.id}: {found} of 20"] if found < 5 else []
    assert silent == []
