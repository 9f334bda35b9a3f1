"""What can go wrong, and who is told.

The tree::

    SealbeatError
    |-- UserError     text for the person at the pull request, with what to do next: ends on the check, never retried
    |   |-- KeyInUse      the host knows this public key already: make another pair and try once more
    |   `-- KeyRefused    the host does not take our deploy key: see whether it is still there, and try once more
    |-- Retryable     passing trouble (a host that is busy, a dropped connection): back to the queue, with a delay
    |-- Gone          the thing asked about is no longer there (repository deleted, app uninstalled): the work is moot
    |-- Rejected      somebody sent us what we do not accept: 4xx, no detail
    |   |-- Forged        the signature is missing or wrong: 401
    |   `-- Malformed     signed, yet not what the host documents: 400
    |-- Tampered      sealed bytes that do not open: wrong key, wrong place or changed
    `-- ConfigError   the operator's settings: what is wrong, and the cure

Anything else is a bug: it is retried a few times and then lies in the dead letter, with its traceback in the log.
No message may hold a token, source text or personal data.
"""

from __future__ import annotations


class SealbeatError(Exception):
    """The root of the tree above."""


class UserError(SealbeatError):
    """For the person at the pull request. `str(error)` says what is wrong; `cure` says what to do next (Markdown)."""

    def __init__(self, message: str, *, cure: str) -> None:
        super().__init__(message)
        self.cure = cure


class KeyInUse(UserError):
    """A public key is unique at the host, across all its repositories and for a while after they are deleted."""


class KeyRefused(UserError):
    """The git host knows us, but not by this deploy key: somebody may have removed it."""


class Retryable(SealbeatError):
    """Try again after `after` seconds (None: the queue's own back-off). `counts` is False where waiting is the host's
    explicit wish (rate limits): such a wait does not use up one of the job's attempts."""

    def __init__(self, message: str, *, after: float | None = None, counts: bool = True) -> None:
        super().__init__(message)
        self.after = after
        self.counts = counts


class Gone(SealbeatError):
    """The host no longer knows what we asked about, or no longer lets us near it."""


class Rejected(SealbeatError):
    """Refused at the door. The caller answers with a status and no detail."""


class Forged(Rejected):
    """The signature is missing, of the wrong form, or wrong."""


class Malformed(Rejected):
    """The signature is right but the content is not what the host documents."""


class Tampered(SealbeatError):
    """Sealed bytes that do not open. One type and one text for every cause, so that it is no oracle."""

    def __init__(self) -> None:
        super().__init__("sealed data did not open: wrong key, wrong place, or changed")


class ConfigError(SealbeatError):
    """The operator's settings are wrong; the message says what, where and how to mend it."""
