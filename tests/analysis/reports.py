"""Reports for tests, made in this process by the same code that the child runs."""

from bot.analysis.intake import language_of
from bot.analysis.judge import judge
from bot.analysis.languages import LANGUAGES
from bot.analysis.lines import count_lines
from bot.analysis.measure import Measurer
from bot.analysis.measured import Measured
from bot.analysis.model import Report
from bot.analysis.settings.model import PathSettings, RepoSettings
from bot.analysis.thresholds import load

SETTINGS = RepoSettings(PathSettings(load()))


def measured(path: str, text: str) -> Measured:
    language = language_of(path)
    assert language is not None
    data = text.encode()
    return Measured(path, "0" * 40, language, count_lines(data), Measurer(LANGUAGES[language]).measure(data, 10.0))


def report(files: dict[str, str], settings: RepoSettings = SETTINGS) -> Report:
    return judge([measured(path, text) for path, text in sorted(files.items())], (), settings)
