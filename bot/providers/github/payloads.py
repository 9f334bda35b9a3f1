"""What is read of a delivery: these members only. All others are checked to be JSON and skipped without being built.

Leaves are of any kind here: bot.providers.github.fields judges them, and names the one that is wrong.
"""

from __future__ import annotations

from typing import Any, TypedDict

import msgspec

from bot.errors import Malformed


class _Identified(TypedDict, total=False):
    id: Any


class _Repository(_Identified, total=False):
    default_branch: Any


class _App(_Identified, total=False):
    client_id: Any


class _Base(TypedDict, total=False):
    repo: _Identified | None


class _Pull(TypedDict, total=False):
    number: Any
    base: _Base | None


class _Checked(TypedDict, total=False):
    app: _App | None
    head_sha: Any
    pull_requests: list[_Pull] | None


class _MergeGroup(TypedDict, total=False):
    head_sha: Any


class _Changes(TypedDict, total=False):
    base: Any
    default_branch: Any


class _Delivery(TypedDict, total=False):
    action: Any
    number: Any
    ref: Any
    after: Any
    deleted: Any
    installation: _Identified | None
    repository: _Repository | None
    changes: _Changes | None
    check_run: _Checked | None
    check_suite: _Checked | None
    merge_group: _MergeGroup | None


_DECODER = msgspec.json.Decoder(_Delivery)


def decode(body: bytes) -> _Delivery:
    """The members that are there. Malformed where the body is no JSON object, or nested in other ways or too deeply."""
    try:
        return _DECODER.decode(body)
    except (ValueError, RecursionError):
        raise Malformed("the body is not JSON of the documented form") from None
