"""GitHub's rate limits, kept per installation: we wait when told to, and never ask while we know the answer.

https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
from typing import Final

from bot.errors import Retryable
from bot.ports import Clock
from bot.providers.github.refusal import Refusal

SECONDARY_WAIT: Final = 60.0  # "wait for at least one minute", then longer each time
LONGEST_WAIT: Final = 3600.0 + 60.0  # a primary limit resets within the hour; more is a broken clock
WRITE_PAUSE: Final = 1.0  # "wait at least one second between each request"
WRITE_BURST: Final = 10  # writes that may come at once after a silence: one review needs two or three


class Limits:
    """What one installation may still do. One object per installation: limits are GitHub's per installation, too."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until = 0.0
        self._strikes = 0
        self._writing = asyncio.Lock()
        self._paid = 0.0  # writes are paid for up to this Unix time

    def check(self) -> None:
        """Raises Retryable while GitHub wants to be left alone."""
        wait = self._until - self._clock.now()
        if wait > 0:
            # A clock that jumped back must not lengthen the wait beyond what GitHub can have meant.
            raise _wait_for(min(wait, LONGEST_WAIT))

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """One write at a time, a second apart once a burst is used up."""
        async with self._writing:
            now = self._clock.now()
            self._paid = max(self._paid, now) + WRITE_PAUSE
            ahead = self._paid - now - WRITE_BURST * WRITE_PAUSE
            if 0 < ahead <= WRITE_PAUSE:
                await self._clock.sleep(ahead)
            elif ahead > 0:  # the clock jumped back
                self._paid = now
            self.check()
            yield

    def accepted(self, headers: Mapping[str, str]) -> None:
        """After an answer: the last request that the hour allows closes the door behind it."""
        self._strikes = 0
        if headers.get("x-ratelimit-remaining") == "0":
            self._until = self._clock.now() + self._until_reset(headers)

    def refused(self, refusal: Refusal) -> Retryable | None:
        """The wait that GitHub asks for; None where the refusal has nothing to do with limits."""
        if not _is_limit(refusal):
            return None
        wait = self._wait(refusal.headers)
        self._until = max(self._until, self._clock.now() + wait)
        return _wait_for(wait)

    def _wait(self, headers: Mapping[str, str]) -> float:
        after = headers.get("retry-after", "")
        if after.isascii() and after.isdigit():
            return min(max(float(after[:9]), 1.0), LONGEST_WAIT)
        if headers.get("x-ratelimit-remaining") == "0":
            return self._until_reset(headers)
        self._strikes += 1
        return min(SECONDARY_WAIT * 2.0 ** (self._strikes - 1), LONGEST_WAIT)

    def _until_reset(self, headers: Mapping[str, str]) -> float:
        reset = headers.get("x-ratelimit-reset", "")
        if not (reset.isascii() and reset.isdigit()):
            return SECONDARY_WAIT
        # GitHub's own clock, where it tells it: ours may be minutes off.
        try:
            now = parsedate_to_datetime(headers["date"]).timestamp()
        except (KeyError, ValueError):
            now = self._clock.now()
        return min(max(float(reset[:12]) - now, 1.0), LONGEST_WAIT)


def _is_limit(refusal: Refusal) -> bool:
    if refusal.status == 429:
        return True
    return refusal.status == 403 and (
        "retry-after" in refusal.headers
        or refusal.headers.get("x-ratelimit-remaining") == "0"
        or refusal.says("secondary rate limit")
        or refusal.says("abuse detection")
    )


def _wait_for(seconds: float) -> Retryable:
    return Retryable(f"GitHub's rate limit: asked to wait {seconds:.0f} s", after=seconds, counts=False)
