"""What the demo shows: steps with their time, a spinner while one runs, Markdown where the host would show it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markdown import Markdown
from rich.panel import Panel
from rich.table import Table


class Screen:
    """Counts what was verified, so that the exit code can say whether the whole story is true."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)
        self.times: list[tuple[str, float]] = []
        self.failures: list[str] = []
        self.verified = 0

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        self.console.print(f"[bold]{title}[/bold]")
        start = time.perf_counter()
        with self.console.status(f"{title} …"):
            yield
        seconds = time.perf_counter() - start
        self.times.append((title, seconds))
        self.console.print(f"  [dim]{seconds:.2f} s[/dim]")

    def say(self, text: str) -> None:
        self.console.print(f"  {text}", markup=False, soft_wrap=True)  # a command must survive being copied

    def verify(self, claim: str, true: bool) -> None:
        """A claim of the story, checked."""
        self.verified += true
        if not true:
            self.failures.append(claim)
        self.console.print(f"  [{'green' if true else 'red'}]{'✓' if true else '✗'}[/] ", end="")
        self.console.print(claim, markup=False)

    def markdown(self, title: str, text: str) -> None:
        self.console.print(Panel(Markdown(text), title=title, title_align="left", border_style="dim"))

    def summary(self) -> None:
        table = Table("step", "seconds", box=None, padding=(0, 2))
        for title, seconds in self.times:
            table.add_row(title, f"{seconds:.2f}")
        self.console.print(table)
        if self.failures:
            self.console.print(f"[red]Not true: {'; '.join(self.failures)}")
        else:
            self.console.print(f"[green]All {self.verified} claims verified.")
