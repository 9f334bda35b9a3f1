"""The command line: one function each. `./sealbeat COMMAND`, or `python -m bot COMMAND`.

Each command imports what it needs when it runs: `--help` and a slip in the settings are answered at once.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot import __version__
from bot.errors import ConfigError

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.services.context import Services

DEFAULT_CONFIG = Path("config/sealbeat.toml")


def main(arguments: Sequence[str] | None = None) -> int:
    """0 done, 1 it went wrong, 2 the settings or the command are wrong."""
    options = _parser().parse_args(arguments)
    try:
        result: int = options.run(options)
    except ConfigError as error:
        print(f"sealbeat: {error}", file=sys.stderr)
        return 2
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 130
    return result


def serve(options: argparse.Namespace) -> int:
    from bot import app

    settings = _settings(options)

    def started(address: str) -> None:
        if sys.stdout.isatty():
            print(f"Sealbeat listens on {address}; webhooks go to {address}/hooks/github. Ctrl-C stops it.")

    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(app.serve(settings, started=started))
    return 0


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop where it is installed: sockets cost less."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def demo(options: argparse.Namespace) -> int:
    from bot.demo import story

    return asyncio.run(story.tell(keep=options.keep))


def check_config(options: argparse.Namespace) -> int:
    _settings(options)
    print("The settings are right.")
    return 0


def lint_config(options: argparse.Namespace) -> int:
    from bot.local import lint

    found = lint.look(options.path)
    for line in found.lines:
        print(line)
    return 1 if found.problems else 0


def analyze(options: argparse.Namespace) -> int:
    from bot.local import command

    return command.run(options)


def dead(options: argparse.Namespace) -> int:
    from bot.services import dead_letter

    async def look(services: Services) -> int:
        if options.replay is not None:
            return 0 if await dead_letter.replay(services, options.replay) else _no_such(options.replay)
        jobs = await dead_letter.listed(services)
        for job in jobs:
            print(f"{job.seq}\t{job.name}\tinstallation {job.installation}\t{job.tries} tries\t{job.reason}")
        if not jobs:
            print("Nothing lies in the dead letter.")
        return 0

    return _beside(options, look)


def _no_such(seq: int) -> int:
    print(f"There is no dead job {seq}; list them with: sealbeat dead", file=sys.stderr)
    return 1


def receipts(options: argparse.Namespace) -> int:
    from bot.services import wipe

    async def show(services: Services) -> int:
        documents = await wipe.receipts(services)
        for document in documents:
            print(document.decode())
        if not documents:
            print("No receipts: nothing has been wiped, or their time is over ([data] receipt_days).", file=sys.stderr)
        return 0

    return _beside(options, show)


def _beside(options: argparse.Namespace, work: Callable[[Services], Awaitable[int]]) -> int:
    """Run a short command on the data of a bot that may be running."""
    from bot import app

    settings = _settings(options)

    async def run() -> int:
        async with app.build(settings, shared=True) as services:
            return await work(services)

    return asyncio.run(run())


def _settings(options: argparse.Namespace) -> Settings:
    from bot.config import load
    from bot.log import catch_uncaught, configure

    path: Path | None = options.config
    if path is None and DEFAULT_CONFIG.exists():
        path = DEFAULT_CONFIG
    settings = load(path, os.environ)
    configure(settings.log.level, settings.log.format, sys.stderr)
    catch_uncaught()
    return settings


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sealbeat",
        description="Self-hosted code review: a deploy key per repository, nothing executed, wiped with proof.",
    )
    parser.add_argument("--version", action="version", version=f"sealbeat {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        return sub

    configured = []
    configured.append(command("serve", serve, "Run the bot until it is told to stop."))
    show = command("demo", demo, "Tell the whole story on this machine: install, review, uninstall, proof.")
    show.add_argument("--keep", action="store_true", help="leave it running afterwards, and say what to try next")
    configured.append(command("check-config", check_config, "Check the settings and say what is wrong."))
    lint = command("lint-config", lint_config, "Check a repository's own settings files, and say what is wrong where.")
    lint.add_argument("path", type=Path, nargs="?", default=Path(), help="a folder, or a place in a git work tree")
    _analyze_arguments(command("analyze", analyze, "Say of a folder, a commit or a change what the server would say."))
    letters = command("dead", dead, "List the jobs that failed too often; --replay tries one again.")
    letters.add_argument("--replay", type=int, metavar="SEQ", help="put this job back into the queue")
    configured.append(letters)
    configured.append(command("receipts", receipts, "Print the signed receipts of what was wiped."))
    for sub in configured:
        sub.add_argument("--config", type=Path, help=f"settings file (default: {DEFAULT_CONFIG}, if it is there)")
    return parser


def _analyze_arguments(it: argparse.ArgumentParser) -> None:
    it.epilog = (
        "Ends with 0; with 1 where a change would fail its check (or --fail-on is met); with 2 where it cannot be done."
    )
    it.add_argument("target", nargs="?", default=".", help="a folder, a file, a revision, REV..REV or REV...REV")
    it.add_argument("--base", metavar="REV", help="say only what has changed since the merge base with REV")
    it.add_argument("--format", choices=("text", "json", "sarif", "markdown"), default="text", help="(default: text)")
    it.add_argument("--output", type=Path, metavar="FILE", help="write there instead of to standard output")
    it.add_argument("--all", action="store_true", help="in text: every finding, not the worst only")
    it.add_argument(
        "--fail-on", choices=("info", "warning", "error", "critical"), help="end with 1 from this severity on"
    )
    it.add_argument("--metrics", type=Path, metavar="FILE", help="thresholds to use (default: config/metrics.toml)")
    it.add_argument("--no-color", action="store_true", help="as with NO_COLOR set")
    it.add_argument(
        "--no-jail", action="store_true", help="where the kernel lacks Landlock or seccomp: for trusted code only"
    )


if __name__ == "__main__":
    sys.exit(main())
