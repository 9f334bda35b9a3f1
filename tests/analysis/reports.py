"""Reports for tests, made in this process by the same code that the child runs."""

from collections.abc import Sequence

from bot.analysis.engine import AnalysisLimits, measure
from bot.analysis.intake import language_of
from bot.analysis.judge import judge
from bot.analysis.languages import LANGUAGES
from bot.analysis.limits import DEFAULT
from bot.analysis.lines import count_lines
from bot.analysis.measure import Measurer
from bot.analysis.measured import Measured
from bot.analysis.model import FileReport, Finding, FunctionMetrics, NamespaceMetrics, Report, SourceFile
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


def a_finding(kind="function", severity="warning", value=1.0, limit=1.0, **rest):
    """A finding made by hand; of everything that a test does not say, one like the other."""
    rule = {"function": "CYCLO", "namespace": "TOTAL_LOC", "duplication": "IDENTITY", "rule": "empty-catch"}
    made = {"rule": rule.get(kind, "secret-aws"), "path": "a.py", "line": 1, "end_line": 1, "symbol": "", **rest}
    return Finding(value=value, limit=limit, severity=severity, kind=kind, **{"fingerprint": "0" * 16, **made})


def a_function(name="f", path="a.py", loc=5, line=1, body_hash=""):
    return FunctionMetrics(name, path, line, line + loc, 1, 0, 0.0, 0, 0, loc, 0, 0, body_hash or f"body of {name}")


def a_namespace(name="A", path="a.py", loc=50, line=1):
    return NamespaceMetrics(name, "class", path, line, line + loc, 0, 0, 0.0, loc)


def a_file(path="a.py", functions=(), namespaces=(), findings=(), code_lines=0, note="", oid="0" * 40):
    place = (path, oid, "python", 1000, code_lines)
    return FileReport(*place, tuple(functions), tuple(namespaces), tuple(findings), note=note)


async def analyse(
    files: Sequence[SourceFile], *, settings: RepoSettings, limits: AnalysisLimits = DEFAULT, today: str = ""
) -> Report:
    """The report on files without a look for clones, measured in children."""
    files_measured, left_out = await measure(files, limits=limits)
    return judge(files_measured, (), settings, today=today, left_out=left_out)
