"""A bar on the terminal while files are measured, gone when they are."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from bot.services import survey


@contextmanager
def shown(*, colour: bool) -> Iterator[survey.Progress | None]:
    """What to tell of each file, on standard error; None where nobody is looking."""
    console = Console(stderr=True, no_color=not colour, highlight=False)
    if not sys.stderr.isatty() or console.is_dumb_terminal:
        yield None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("reading", total=None)

        def tell(done: int, more: int) -> None:
            total = (progress.tasks[task].total or 0) + more
            progress.update(task, advance=done, total=total)
            complete = progress.tasks[task].completed >= total
            progress.update(task, description="comparing" if complete else "measuring")

        yield tell
