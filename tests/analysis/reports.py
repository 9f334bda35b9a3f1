"""Reports for tests, made in this process by the same code that the child runs."""

from bot.analysis.engine import report_on
from bot.analysis.intake import language_of
from bot.analysis.languages import LANGUAGES
from bot.analysis.measure import Measurer
from bot.analysis.model import Report, SourceFile
from bot.analysis.thresholds import load

THRESHOLDS = load()


def report(files: dict[str, str]) -> Report:
    done = []
    for path, text in sorted(files.items()):
        language = language_of(path)
        assert language is not None
        data = text.encode()
        measurement = Measurer(LANGUAGES[language]).measure(data, 10.0)
        done.append(report_on(SourceFile(path, "0" * 40, data), language, measurement, THRESHOLDS))
    return Report(tuple(done))
