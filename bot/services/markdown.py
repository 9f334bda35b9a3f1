"""Text from a repository, made harmless: it may never become a mention, link, image, reference or markup."""

from __future__ import annotations

import re

# C0, DEL, C1, line and paragraph separators, bidirectional controls and zero-width characters: CVE-2021-42574 and kin.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_RUNS = re.compile("`+")
LONGEST = 200


def plain(text: str, longest: int = LONGEST) -> str:
    """One line without control characters, for places that are not Markdown (annotations, titles)."""
    shown = _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def code(text: str, longest: int = LONGEST) -> str:
    """A code span that nothing in `text` can end. Inside one, the hosts expand no mentions, references or entities."""
    shown = plain(text, longest)
    fence = "`" * (1 + max((len(run) for run in _RUNS.findall(shown)), default=0))
    pad = " " if shown[:1] in ("`", " ", "") or shown[-1:] in ("`", " ") else ""
    # A pipe would end a table's cell, even inside a code span.
    return f"{fence}{pad}{shown}{pad}{fence}".replace("|", "\\|")


def path_text(path: bytes) -> tuple[str, bool]:
    """(text for people, whether the host would know the file by it). Bytes that are not UTF-8 are shown escaped."""
    try:
        text = path.decode()
    except UnicodeDecodeError:
        return path.decode("utf-8", "backslashreplace"), False
    return text, _UNSEEN.search(text) is None
