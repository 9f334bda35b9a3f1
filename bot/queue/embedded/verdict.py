"""What becomes of a job whose handler raised. Decided here, carried out by the engine."""

from __future__ import annotations

import random
import traceback
from dataclasses import dataclass
from pathlib import Path

from bot.errors import Gone, Retryable, UserError
from bot.model import Job
from bot.queue.embedded.settings import Settings

_PACKAGE = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing is left to do. `outcome` is for the log."""

    outcome: str


@dataclass(frozen=True, slots=True)
class Later:
    """Again after `seconds`."""

    seconds: float
    counts: bool


@dataclass(frozen=True, slots=True)
class Dead:
    """To the dead letter."""

    reason: str


Verdict = Done | Later | Dead


def judge(error: Exception, job: Job, settings: Settings) -> Verdict:
    """`job.tries` includes the attempt that raised."""
    match error:
        case Gone():
            return Done("moot")
        case UserError():
            return Done("told")  # the person has been told; trying again would tell them again
        case Retryable(counts=False):
            return Later(backoff(job.tries, settings) if error.after is None else error.after, counts=False)
    if job.tries >= settings.max_tries:
        return Dead(place(error))
    wished = error.after if isinstance(error, Retryable) else None
    return Later(backoff(job.tries, settings) if wished is None else wished, counts=True)


def backoff(tries: int, settings: Settings) -> float:
    """Doubling, with half of it at random, so that jobs which failed together do not come back together."""
    exponent = min(max(tries, 1) - 1, 30)  # beyond that the limit holds anyway
    longest = min(settings.backoff_seconds * 2.0**exponent, settings.backoff_limit_seconds)
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing


def place(error: BaseException) -> str:
    """The error's class and the innermost line of this package that it passed: never its text, which may hold data."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    where = [f" at {Path(frame.filename).name}:{frame.lineno}" for frame in (own or frames)[-1:]]
    return "".join([type(error).__name__, *where])
