"""`sealbeat analyze`: from the command line to an answer, its bytes and an exit status."""

from __future__ import annotations

import argparse
import asyncio
import os
import secrets
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from bot.analysis import thresholds
from bot.analysis.limits import AnalysisLimits
from bot.errors import ConfigError, Retryable
from bot.local import progress
from bot.local.analyze import Answer, Wish, answer
from bot.local.formats import View, render
from bot.services import verdict
from bot.services.context import Options


def run(wanted: argparse.Namespace) -> int:
    """0: nothing in the way; 1: the gate would fail. Raises ConfigError for what was asked wrongly."""
    home = Path.cwd()
    options = Options(
        instance="local",
        thresholds=thresholds.load(wanted.metrics or thresholds.DEFAULT_FILE),
        analysis=AnalysisLimits(require_jail=not wanted.no_jail),
    )
    coloured = not (wanted.no_color or os.environ.get("NO_COLOR"))
    with progress.shown(colour=coloured) as tell:
        wish = Wish(wanted.target, wanted.base, home, datetime.now(UTC).date().isoformat(), tell)
        found = _found(wish, options)
        view = View(
            colour=coloured and wanted.output is None and sys.stdout.isatty(),
            everything=wanted.all,
            before_path=_before(found.root, home),
        )
        text = render(wanted.format, found, view)
    _deliver(text, wanted.output)
    return 1 if _fails(found, wanted.fail_on) else 0


def _found(wish: Wish, options: Options) -> Answer:
    try:
        return asyncio.run(answer(wish, options))
    except Retryable as error:
        raise ConfigError(f"{error}; try again when the machine has memory and processes to spare") from None


def _before(root: Path | None, home: Path) -> str:
    """From here to the files, for paths that can be clicked on; from the top where that is shorter."""
    if root is None or root == home:
        return ""
    return f"{min(os.path.relpath(root, home), str(root), key=len).rstrip('/')}/"


def _fails(found: Answer, fail_on: str | None) -> bool:
    """A change: by what it introduced, as on the server. A tree: only where a severity is named."""
    change = found.change
    if fail_on is None:
        return change is not None and bool(verdict.blocking(change.introduced, found.settings))
    counting = [finding for finding in found.report.findings if not finding.accepted]
    return bool(verdict.at_least(fail_on, counting if change is None else change.introduced))


def _deliver(text: str, output: Path | None) -> None:
    if output is None:
        with suppress(BrokenPipeError):  # whoever read along has seen enough
            sys.stdout.buffer.write(text.encode(_encoding(), "replace"))
            sys.stdout.buffer.flush()
            return
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nor does the last flush complain
        return
    beside = output.with_name(f".{output.name}.{secrets.token_hex(4)}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(output)  # whole, or not at all
    except OSError as error:
        raise ConfigError(f"cannot write {output}: {error.strerror}") from None
    finally:
        with suppress(OSError):
            beside.unlink()


def _encoding() -> str:
    """The terminal's own; UTF-8 into files and pipes."""
    return (sys.stdout.isatty() and sys.stdout.encoding) or "utf-8"
