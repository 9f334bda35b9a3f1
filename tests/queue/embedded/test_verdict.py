"""What becomes of a job, by its error."""

from __future__ import annotations

import pytest

from bot.errors import ConfigError, Forged, Gone, Malformed, Retryable, Tampered, UserError
from bot.model import InstallationId, Job, RepositoryId
from bot.queue.embedded import Settings
from bot.queue.embedded.verdict import Dead, Done, Later, backoff, judge, place

SETTINGS = Settings(max_tries=5, backoff_seconds=10.0, backoff_limit_seconds=100.0)


def job(tries: int) -> Job:
    return Job(1, "x", "pull_request", InstallationId(1), RepositoryId(1), "key", False, tries=tries)


@pytest.mark.parametrize(("error", "outcome"), [(Gone("x"), "moot"), (UserError("x", cure="y"), "told")])
@pytest.mark.parametrize("tries", [1, 5, 9])
def test_some_errors_end_the_job_whatever_the_attempt(error: Exception, outcome: str, tries: int):
    assert judge(error, job(tries), SETTINGS) == Done(outcome)


@pytest.mark.parametrize("tries", [1, 4, 5, 50])
def test_waiting_at_the_hosts_wish_never_ends_a_job(tries: int):
    assert judge(Retryable("x", after=7.0, counts=False), job(tries), SETTINGS) == Later(7.0, counts=False)


def test_the_wished_time_is_kept_also_where_it_is_nothing():
    assert judge(Retryable("x", after=0.0), job(1), SETTINGS) == Later(0.0, counts=True)


@pytest.mark.parametrize(
    "error", [Retryable("x"), Retryable("x", after=1.0), Tampered(), ValueError(), Forged(), Malformed(), ConfigError()]
)
def test_all_others_are_tried_again_until_the_last_attempt(error: Exception):
    for tries in range(1, 5):
        verdict = judge(error, job(tries), SETTINGS)
        assert isinstance(verdict, Later)
        assert verdict.counts
    assert judge(error, job(5), SETTINGS) == Dead(type(error).__name__)


@pytest.mark.parametrize(("tries", "longest"), [(0, 10), (1, 10), (2, 20), (3, 40), (4, 80), (5, 100), (10_000, 100)])
def test_back_off_doubles_to_a_limit_and_spreads_over_its_second_half(tries: int, longest: float):
    waits = [backoff(tries, SETTINGS) for _ in range(200)]
    assert longest / 2 <= min(waits) < max(waits) <= longest
    assert len(set(waits)) > 100


def test_the_place_is_the_innermost_line_of_this_package():
    try:
        judge(Retryable("x"), None, SETTINGS)  # type: ignore[arg-type]
    except AttributeError as error:
        assert place(error).startswith("AttributeError at verdict.py:")
    else:
        raise AssertionError("it did not raise")
