"""Text from a repository, made harmless: it may never become a mention, link, image, reference or markup."""

from __future__ import annotations

import re

# What nobody sees, or what turns the text around it: C0, DEL, C1, soft hyphen, zero-width and filler characters, line
# and paragraph separators, bidirectional controls, lone surrogates, tags. CVE-2021-42574 and kin.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
_ESCAPED_BYTE = re.compile(r"\\x[89a-f][0-9a-f]")
_RUNS = re.compile("`+")
LONGEST = 200
LONGEST_PATH = 4096


def plain(text: str, longest: int = LONGEST) -> str:
    """One line without control characters, for places that are not Markdown (annotations, titles)."""
    shown = _UNSEEN.sub(_escape, text)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def code(text: str, longest: int = LONGEST) -> str:
    """A code span that nothing in `text` can end. Inside one, the hosts expand no mentions, references or entities."""
    shown = plain(text, longest)
    fence = "`" * (1 + max((len(run) for run in _RUNS.findall(shown)), default=0))
    # One space on either side is not part of a span, unless there are only spaces in it.
    edges = {shown[:1], shown[-1:]} & {"`", " ", ""}
    pad = " " if edges and (shown.strip(" ") or not shown) else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def cell(text: str, longest: int = LONGEST) -> str:
    """A code span for a table's cell, which a pipe would end even inside the span. Elsewhere its escape would show."""
    return code(text, longest).replace("|", "\\|")


def path_text(path: bytes) -> str:
    """A path for people; bytes that are not UTF-8 are shown escaped."""
    return path.decode("utf-8", "backslashreplace")


def is_known(path: str) -> bool:
    """Whether the host would know a file by this text: nothing in it was escaped, or would have to be."""
    return len(path) <= LONGEST_PATH and not _UNSEEN.search(path) and not _ESCAPED_BYTE.search(path)


def _escape(match: re.Match[str]) -> str:
    number = ord(match[0])
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
