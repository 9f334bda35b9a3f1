"""One line per event, safe to keep: secrets masked, control characters escaped, errors told without their data."""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import suppress
from enum import Enum
from pathlib import PurePath
from types import TracebackType
from typing import Any, Literal, TextIO, cast

import orjson
import structlog
from structlog.typing import FilteringBoundLogger

from bot.errors import SealbeatError
from bot.model import Secret

MASK = "***"
TEXT_LIMIT = 4_000
EXCEPTION_LIMIT = 16_000
DEPTH_LIMIT = 6
FRAMES_LIMIT = 30

_SECRET_NAME = re.compile(r"(?i)secret|token|passw|authori[sz]ation|cookie|private_?key|signature|credential")
_SECRET_TEXT = re.compile(
    r"-----BEGIN [^-]*-----.*?(?:-----END [^-]*-----|\Z)"  # PEM, also cut off
    r"|gh[a-z]_[A-Za-z0-9_.-]+|github_pat_\w+"  # host tokens
    r"|eyJ[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*)*"  # JWT, also its head alone
    r"|(?i:bearer|basic) +[A-Za-z0-9._~+/=-]{12,}"
    r"|sha256=[0-9a-f]{64}"  # webhook signatures
    r"|(?<=://)[^/\s@]+(?=@)",  # user and password of an address
    re.DOTALL,
)
# Terminals and log viewers act on these: C0, DEL, C1, line and paragraph separators, bidirectional overrides.
_CONTROLS = [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_ESCAPES = {code: f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" for code in _CONTROLS} | {0x0A: "\\n"}

# Libraries' own logs. asyncssh tells user names and paths at INFO; aiohttp.access tells addresses of people.
_LIBRARY_LEVELS = {"asyncssh": logging.WARNING, "aiohttp.access": logging.ERROR, "asyncio": logging.WARNING}

# Errors whose text the interpreter or this project wrote. Any other message may quote the data it stumbled over.
_OWN_WORDS = (
    SealbeatError,
    AssertionError,
    AttributeError,
    ImportError,
    MemoryError,
    NameError,
    RecursionError,
    TimeoutError,
    TypeError,
)

get_logger = cast("type[FilteringBoundLogger]", structlog.get_logger)


def configure(level: str, format: Literal["json", "text"], stream: TextIO) -> None:
    """Send every log line, of this project and of its libraries, to `stream`. May be called again."""
    threshold = logging.getLevelNamesMapping()[level.upper()]
    sink = _Sink(stream, render_json if format == "json" else render_text)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            sink,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.ReturnLoggerFactory(),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler, _Library)]:
        root.removeHandler(old)
    root.addHandler(_Library(sink))
    root.setLevel(threshold)
    for name, least in _LIBRARY_LEVELS.items():
        logging.getLogger(name).setLevel(max(least, threshold))
    logging.captureWarnings(True)


def catch_uncaught() -> None:
    """Errors that end a thread or the process are logged like all others, not printed with their data."""

    def uncaught(kind: type[BaseException], error: BaseException | None, where: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        get_logger().critical("uncaught error", exc_info=(kind, error or kind(), where))

    sys.excepthook = uncaught
    threading.excepthook = lambda args: uncaught(args.exc_type, args.exc_value, args.exc_traceback)


def clean(text: str, limit: int = TEXT_LIMIT) -> str:
    """The text without anything that looks like a secret, on one line, printable, and not endless."""
    text = _SECRET_TEXT.sub(MASK, text)
    if len(text) > limit:
        text = f"{text[:limit]}... ({len(text)} characters)"
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_ESCAPES).encode("utf-8", "backslashreplace").decode()


def describe(error: BaseException) -> str:
    """The error, its causes and members with the places they came through; no locals, no foreign messages."""
    return "\n".join(_describe(error, set()))[:EXCEPTION_LIMIT]


def _describe(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and id(cause) not in seen:
        yield from _describe(cause, seen)
        yield "which led to"
    yield f"{type(error).__module__}.{type(error).__qualname__}{_words(error)}".removeprefix("builtins.")
    frames = traceback.extract_tb(error.__traceback__, limit=-FRAMES_LIMIT)
    yield from (clean(f"  {frame.filename}:{frame.lineno} {frame.name}") for frame in frames)
    for member in getattr(error, "exceptions", ()):
        if isinstance(member, BaseException) and id(member) not in seen:
            yield from (f"  | {line}" for line in _describe(member, seen))


def _words(error: BaseException) -> str:
    if isinstance(error, _OWN_WORDS):
        return f": {clean(str(error))}"
    if isinstance(error, OSError):
        return f": {clean(error.strerror or str(error.errno))}"  # without the file name
    return " (message withheld: it may quote data)" if error.args else ""


def _safe(value: object, depth: int = 0) -> Any:
    """The value as JSON can hold it, without anything that must not be seen."""
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return clean(value.value if isinstance(value, Enum) else value)
        case Secret():
            return MASK
        case bytes() | bytearray() | memoryview():
            return f"<{len(value)} bytes>"
        case BaseException():
            return clean(f"{type(value).__name__}{_words(value)}")
        case _ if depth >= DEPTH_LIMIT:
            return "..."
        case Mapping():
            return {clean(str(key)): _named(str(key), item, depth + 1) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_safe(item, depth + 1) for item in value]
        case PurePath():
            return clean(str(value))
        case _:
            return clean(repr(value))


def _named(name: str, value: object, depth: int) -> Any:
    # A number or flag under such a name is a count or a state ("tokens": 3), never the secret itself.
    if _SECRET_NAME.search(name) and not isinstance(value, bool | int | float | None):
        return MASK
    return _safe(value, depth)


def render_json(event: Mapping[str, Any]) -> str:
    return orjson.dumps(event, default=str).decode()


def render_text(event: Mapping[str, Any]) -> str:
    rest = dict(event)
    head = f"{rest.pop('timestamp')} {rest.pop('level'):<8} {rest.pop('event')}"
    tail = rest.pop("exception", None)
    fields = "".join(f" {key}={orjson.dumps(value, default=str).decode()}" for key, value in rest.items())
    return head + fields + (f"\n{tail}" if tail else "")


class _Sink:
    """The last processor: cleans the event, renders it and writes one line. Never raises into the caller."""

    def __init__(self, stream: TextIO, render: Any) -> None:
        self._stream, self._render, self._lock = stream, render, threading.Lock()
        self._stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)

    def __call__(self, _logger: object, _method: str, event: MutableMapping[str, Any]) -> str:
        error = _error_of(event.pop("exc_info", None))
        line: dict[str, Any] = {"level": event.pop("level", "info"), "event": clean(str(event.pop("event", "")))}
        line = {**self._stamp(_logger, _method, {}), **line}
        line |= {clean(key): _named(key, value, 0) for key, value in event.items()}
        if error is not None:
            line["exception"] = describe(error)
        with self._lock, suppress(OSError, ValueError):  # a closed or full log must not stop the work
            self._stream.write(self._render(line) + "\n")
            self._stream.flush()
        return ""


def _error_of(exc_info: object) -> BaseException | None:
    match exc_info:
        case BaseException():
            return exc_info
        case (_, BaseException() as error, _):
            return error
        case None | False | 0:
            return None
        case _:
            return sys.exception()


class _Library(logging.Handler):
    """Takes the standard library's log records the same way."""

    def __init__(self, sink: _Sink) -> None:
        super().__init__()
        self._sink = sink

    def emit(self, record: logging.LogRecord) -> None:
        try:
            # asyncio adds lines that show the repr of tasks, and with it the message of their error.
            text = record.getMessage().partition("\n")[0]
        except Exception:
            text = "a log message that could not be formatted"
        event = {"event": text, "level": record.levelname.lower(), "logger": record.name, "exc_info": record.exc_info}
        self._sink(None, "", event)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        """The inherited one prints the record with its arguments."""
