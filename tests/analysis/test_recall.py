"""No function is lost: whatever a plain search finds in the samples, the walk reports."""

import pytest

from bot.analysis.languages import LANGUAGES
from bot.analysis.measure import Measurer
from tests.analysis.test_metrics import sample
from tests.bench.bench_recall import HEADS, tally


@pytest.mark.parametrize("suffix", [suffix for suffix in HEADS if suffix != ".mm"])
def test_every_function_of_a_sample_that_a_search_finds_is_reported(suffix):
    found = tally(sample(HEADS[suffix][0]).read_bytes(), suffix, Measurer(LANGUAGES[HEADS[suffix][0]]))
    assert found.heads > 1
    assert found.hits == found.heads


def test_a_function_that_the_walk_does_not_report_is_missed():
    found = tally(sample("elixir").read_bytes(), ".ex", Measurer(LANGUAGES["python"]))
    assert found.heads > found.hits == 0
