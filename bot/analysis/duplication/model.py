"""What the clone search says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CloneKind = Literal["IDENTITY", "SIMILARITY"]
"""Equal token by token, or equal but for names and literals."""


@dataclass(frozen=True, slots=True)
class Clone:
    """One copy of code that stands elsewhere too. Files are named by their number in the search's input; lines count
    from 1, both ends included. The original is the first of its kind in the order of files and lines, so that the same
    input blames the same copy. `lines` are code lines of the copy, `identity` a hash of its tokens, 16 hex digits."""

    kind: CloneKind
    file: int
    line: int
    end_line: int
    original_file: int
    original_line: int
    original_end_line: int
    lines: int
    tokens: int
    identity: str
