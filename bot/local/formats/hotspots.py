"""Where the grade is lost, as bars: the classes, modules and files that cost it most."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text

from bot.analysis.grade import by_namespace
from bot.analysis.ledger import BEST, POINT
from bot.analysis.model import Report
from bot.local.formats import View
from bot.markdown import LONGEST_PATH, plain

MOST = 10
_WIDTH = 20
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def lines(report: Report, view: View, letters: Mapping[str, str]) -> list[Text]:
    """The ten whose lost points, weighted by their lines as in the grade, are most; nothing where none lost any."""
    places = by_namespace(report)
    lost = [((BEST / POINT - place.grade.gpa) * place.lines, place) for place in places]
    worst = [(cost, place) for cost, place in lost if cost > 0]
    worst.sort(key=lambda pair: (-pair[0], pair[1].path, pair[1].name))
    if not worst:
        return []
    whole, most = sum(cost for cost, _ in worst), worst[0][0]
    starts = {(it.path, it.name): it.start_line for file in report.files for it in file.namespaces}
    said = [
        Text(),
        Text("Hotspots", "bold underline").append("  (share of what the grade loses)", "not bold not underline"),
    ]
    for cost, place in worst[:MOST]:
        line = starts.get((place.path, place.name))
        where = plain(view.before_path + place.path, LONGEST_PATH) + (f":{line}" if line else "")
        row = Text("  ").append(bar(cost / most), letters[place.grade.letter]).append(f" {cost / whole:4.0%}  ")
        row.append(place.grade.letter, letters[place.grade.letter]).append("  ").append(where, "bold cyan")
        said.append(
            row.append(f"  {plain(place.name)}" if place.name else "").append(f"  {place.lines:,} lines", "dim")
        )
    return said


def bar(share: float) -> str:
    """From nothing to twenty blocks, to an eighth of one; never nothing for something."""
    eighths = max(1, round(share * _WIDTH * 8)) if share > 0 else 0
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_EIGHTHS[rest] if rest else "")).ljust(_WIDTH)
