"""What became of a fetch, read from its exit status and messages: a table of messages that real gits gave."""

from __future__ import annotations

import pytest

from bot.errors import Gone, Retryable, UserError
from bot.fetch.verdict import Outcome, judge

OID = b"0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("status", "said", "filtered", "outcome"),
    [
        (0, b"", True, Outcome.FILTERED),
        (0, b"", False, Outcome.COMPLETE),
        (0, b"warning: filtering not recognized by server, ignoring\n", True, Outcome.COMPLETE),
        (0, b"remote: filtering not recognized by server\n", True, Outcome.FILTERED),
        (128, b"fatal: remote error: upload-pack: not our ref " + OID, True, Outcome.ABSENT),
        (128, b"fatal: couldn't find remote ref refs/heads/gone", False, Outcome.ABSENT),
        (1, b"error: Server does not allow request for unadvertised object " + OID, True, Outcome.REFUSED),
        (128, b"fatal: remote error: filter 'blob:none' not supported", True, Outcome.FILTER_REFUSED),
        (128, b"fatal: git upload-pack: banned object filter requested", True, Outcome.FILTER_REFUSED),
    ],
)
def test_endings_after_which_the_fetch_goes_on(status: int, said: bytes, filtered: bool, outcome: Outcome) -> None:
    assert judge(status, said, b"", heard=True, filtered=filtered) is outcome


@pytest.mark.parametrize(
    ("said", "error", "text"),
    [
        (
            b"error: object %b: hasDotgit: contains '.git'\nfatal: fsck error in packed object" % OID,
            UserError,
            "hasDotgit",
        ),
        (b"fatal: pack has bad object at offset 12: inflate returned -3", UserError, "malformed or dangerous"),
        (b"error: index-pack died of signal 25\nfatal: fetch-pack: invalid index-pack output", UserError, "too large"),
        (b"error: index-pack died of signal 24", UserError, "too large"),
        (b"fatal: write error: File too large", UserError, "too large"),
        (b"fatal: Out of memory, malloc failed (tried to allocate 1 bytes)", UserError, "too large"),
        (b"fatal: write error: No space left on device", Retryable, "full"),
        (b"fatal: early EOF\nfatal: fetch-pack: invalid index-pack output", Retryable, "broke off"),
        (b"fatal: the remote end hung up unexpectedly", Retryable, "broke off"),
        (b"", Retryable, "broke off"),
        (b"remote: fsck error\nfatal: early EOF", Retryable, "broke off"),
    ],
)
def test_endings_with_an_error(said: bytes, error: type[Exception], text: str) -> None:
    with pytest.raises(error, match=text):
        judge(128, said, b"", heard=True, filtered=True)


@pytest.mark.parametrize(
    ("host", "error"),
    [
        (b"ERROR: Repository not found.\n", Gone),  # GitHub
        (b"fatal: '/x.git' does not appear to be a git repository\n", Gone),
        (b"The requested repository either does not exist or you do not have access.\n", Gone),  # Bitbucket
        (b"The project you were looking for could not be found.\n", Gone),  # GitLab
        (b"sh: 1: git-upload-pack: not found\n", Retryable),
        (b"ERROR: Our services aren't available right now\n", Retryable),
        (b"", Retryable),
    ],
)
def test_a_host_that_turns_us_away(host: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        judge(128, b"fatal: Could not read from remote repository.", host, heard=False, filtered=True)
