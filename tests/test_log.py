"""The log: one safe line per event, whoever writes it."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
import structlog

from bot import log
from bot.errors import Retryable
from bot.model import Secret

CANARY = "kanarienvogel"


Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """Configure the log for a test; gives what it wrote, and puts the process's own logging back."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    root.handlers[:] = []
    stream = io.StringIO()
    log.configure("info", "json", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = before
    root.setLevel(level)
    logging.captureWarnings(False)
    for name in ("asyncssh", "aiohttp.access", "asyncio"):
        logging.getLogger(name).setLevel(logging.NOTSET)
    structlog.reset_defaults()


def only(lines: Lines) -> dict[str, Any]:
    written = lines()
    assert len(written) == 1
    return written[0]


def test_an_event_is_one_line_of_json_with_time_and_level(lines: Lines) -> None:
    log.get_logger().info("accepted", delivery="d-1", installation=3)
    line = only(lines)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"level": "info", "event": "accepted", "delivery": "d-1", "installation": 3}


def test_a_level_below_the_threshold_is_left_out(lines: Lines) -> None:
    log.get_logger().debug("too fine")
    logging.getLogger("some.library").debug("too fine")
    assert lines() == []


def test_bound_context_is_on_every_line(lines: Lines) -> None:
    with structlog.contextvars.bound_contextvars(job=7):
        log.get_logger().info("a")
    assert only(lines)["job"] == 7


def test_configuring_again_moves_the_log(lines: Lines) -> None:
    second = io.StringIO()
    log.configure("warning", "json", second)
    log.get_logger().warning("a")
    logging.getLogger("some.library").warning("b")
    assert lines() == []
    assert second.getvalue().count("\n") == 2


# -------------------------------------------------------------------------------- secrets


@pytest.mark.parametrize(
    "text",
    [
        f"ghs_{CANARY}",
        f"ghp_{CANARY}.x-y",
        f"github_pat_{CANARY}",
        f"-----BEGIN OPENSSH PRIVATE KEY-----\n{CANARY}\n-----END OPENSSH PRIVATE KEY-----",
        f"-----BEGIN RSA PRIVATE KEY-----\n{CANARY}",
        f"-----BEGIN RSA PRIVATE KEY-----\\n{CANARY}\\n-----END RSA PRIVATE KEY-----",
        f"eyJhbGciOiJSUzI1NiJ9.{CANARY}.{CANARY}",
        f"Authorization: Bearer {CANARY}",
        f"https://user:{CANARY}@example.com/x",
    ],
)
def test_what_looks_like_a_secret_is_masked_wherever_it_stands(lines: Lines, text: str) -> None:
    logger = log.get_logger()
    logger.info(f"got {text} there", field=text, deep={"list": [{"x": text}]}, key_of={text: 1})
    logging.getLogger("some.library").warning("got %s there", text)
    try:
        raise Retryable(f"got {text} there")
    except Retryable:
        logger.exception("failed")
    assert CANARY not in json.dumps(lines())
    assert json.dumps(lines()).count(log.MASK) == 6


def test_the_same_text_is_seen_where_it_looks_like_no_secret(lines: Lines) -> None:
    log.get_logger().info(f"got {CANARY} there", field=CANARY)
    assert json.dumps(lines()).count(CANARY) == 2


def test_secrets_and_bytes_never_show_their_content(lines: Lines) -> None:
    log.get_logger().info("x", a=Secret(CANARY), b=CANARY.encode(), c=[Secret(CANARY), {"d": bytearray(b"123")}])
    line = only(lines)
    assert (line["a"], line["b"], line["c"]) == ("***", "<13 bytes>", ["***", {"d": "<3 bytes>"}])


@pytest.mark.parametrize("name", ["token", "webhook_secret", "Authorization", "private_key", "set_cookie", "password"])
def test_a_value_is_masked_by_its_name(lines: Lines, name: str) -> None:
    log.get_logger().info("x", headers={name: CANARY}, **{name: CANARY})
    assert CANARY not in json.dumps(only(lines))


def test_a_count_of_tokens_is_no_secret(lines: Lines) -> None:
    log.get_logger().info("x", tokens=3)
    assert only(lines)["tokens"] == 3


# ----------------------------------------------------------------------------- strange text


@pytest.mark.parametrize("format", ["json", "text"])
def test_nothing_logged_can_steer_a_terminal_or_forge_a_line(format: Literal["json", "text"]) -> None:
    stream = io.StringIO()
    log.configure("info", format, stream)
    for code in [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x202E, 0xDC80]:
        log.get_logger().info(f"a{chr(code)}b", **{f"k{chr(code)}": f"v{chr(code)}"})
    structlog.reset_defaults()
    written = stream.getvalue()
    assert written.count("\n") == len(written.splitlines()) == 32 + 33 + 3
    assert all(character.isprintable() for line in written.split("\n") for character in line)


def test_long_texts_and_deep_values_are_cut(lines: Lines) -> None:
    deep: list[object] = []
    for _ in range(100):
        deep = [deep]
    log.get_logger().info("x", long="y" * 100_000, deep=deep)
    line = only(lines)
    assert line["long"].endswith("... (100000 characters)")
    assert len(json.dumps(line)) < 5_000


def test_paths_and_other_values_are_written_as_text(lines: Lines) -> None:
    log.get_logger().info("x", path=Path("a/b"), kind=int, error=ValueError(CANARY), none=None)
    line = only(lines)
    assert (line["path"], line["kind"], line["none"]) == ("a/b", "<class 'int'>", None)
    assert line["error"] == "ValueError (message withheld: it may quote data)"


def test_the_text_form_is_for_eyes() -> None:
    stream = io.StringIO()
    log.configure("info", "text", stream)
    log.get_logger().warning("late", seconds=3)
    try:
        raise TypeError("no such thing")
    except TypeError:
        log.get_logger().exception("failed")
    structlog.reset_defaults()
    first, second, third, fourth = stream.getvalue().splitlines()
    assert first.endswith("Z warning  late seconds=3")
    assert second.endswith("Z error    failed")
    assert third == "TypeError: no such thing"
    assert fourth.startswith("  ")


# ---------------------------------------------------------------------------------- errors


def failing(secret_local: str) -> None:
    raise KeyError(secret_local)


def test_an_error_is_told_by_class_and_place_without_locals_or_quoted_data(lines: Lines) -> None:
    try:
        try:
            failing(CANARY)
        except KeyError as error:
            raise ValueError(CANARY) from error
    except ValueError:
        log.get_logger().exception("job failed", seq=4)
    told = only(lines)["exception"]
    assert told.startswith("KeyError (message withheld")
    assert "which led to\nValueError (message withheld" in told
    assert "test_log.py" in told
    assert " failing" in told
    assert CANARY not in told


def test_the_words_of_our_own_errors_are_kept(lines: Lines) -> None:
    log.get_logger().warning("x", exc_info=Retryable("the host is busy"))
    assert only(lines)["exception"] == "bot.errors.Retryable: the host is busy"


def test_an_error_of_the_system_is_told_without_its_file(lines: Lines) -> None:
    log.get_logger().warning("x", exc_info=FileNotFoundError(2, "No such file or directory", CANARY))
    assert only(lines)["exception"] == "FileNotFoundError: No such file or directory"


def test_every_member_of_a_group_is_told(lines: Lines) -> None:
    group = ExceptionGroup("two", [ValueError(CANARY), TypeError("words")])
    log.get_logger().warning("x", exc_info=group)
    told = only(lines)["exception"]
    assert "  | ValueError (message" in told
    assert "  | TypeError: words" in told


def test_errors_that_cause_each_other_end(lines: Lines) -> None:
    one, two = TypeError("one"), TypeError("two")
    one.__cause__, two.__cause__ = two, one
    log.get_logger().warning("x", exc_info=one)
    assert only(lines)["exception"] == "TypeError: two\nwhich led to\nTypeError: one"


# ------------------------------------------------------------------------------- libraries


async def test_a_task_that_nobody_awaited_does_not_show_the_message_of_its_error(lines: Lines) -> None:
    async def fail() -> None:
        raise ValueError(CANARY)

    task = asyncio.create_task(fail())
    await asyncio.wait([task])
    asyncio.get_running_loop().call_exception_handler(
        {"message": "never retrieved", "task": task, "exception": task.exception()}
    )
    line = only(lines)
    assert (line["logger"], line["event"]) == ("asyncio", "never retrieved")
    assert "ValueError" in line["exception"]
    assert CANARY not in json.dumps(line)


@pytest.mark.parametrize("name", ["asyncssh", "asyncssh.sftp", "aiohttp.access"])
def test_what_libraries_tell_about_people_is_left_out(lines: Lines, name: str) -> None:
    logging.getLogger(name).info("user %s", CANARY)
    assert lines() == []


def test_a_broken_log_call_of_a_library_is_no_failure(lines: Lines) -> None:
    ours = next(handler for handler in logging.getLogger().handlers if handler.__module__ == "bot.log")
    library = logging.Logger("some.library")  # outside the tree, where pytest's own handler would raise
    library.addHandler(ours)
    library.warning("%d", CANARY)
    assert only(lines)["event"] == "a log message that could not be formatted"


def test_warnings_go_to_the_log(lines: Lines) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    assert only(lines)["logger"] == "py.warnings"


def test_a_closed_stream_does_not_stop_the_work(lines: Lines) -> None:
    stream = io.StringIO()
    log.configure("info", "json", stream)
    stream.close()
    log.get_logger().info("x")
    logging.getLogger("some.library").warning("x")


@pytest.mark.parametrize("how", ["fail()", "t = threading.Thread(target=fail); t.start(); t.join()"])
def test_an_uncaught_error_is_logged_like_any_other(how: str):
    program = (
        "import sys, threading\nfrom bot import log\nlog.configure('info', 'json', sys.stderr)\nlog.catch_uncaught()\n"
        f"def fail(): raise ValueError('{CANARY}')\n{how}\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    line = json.loads(done.stderr)
    assert (line["event"], line["level"]) == ("uncaught error", "critical")
    assert CANARY not in done.stdout + done.stderr
