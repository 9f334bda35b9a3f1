"""What an operator may choose about the queue."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """All times in seconds."""

    slots: int = 16  # jobs running at once
    per_installation: int = 4  # of them for one installation
    lease_seconds: float = 900.0  # a handler that takes longer is cancelled, and has failed
    max_tries: int = 5
    backoff_seconds: float = 5.0  # after the first failure; doubles with each, with jitter
    backoff_limit_seconds: float = 3600.0
    sweep_seconds: float = 1.0  # how often the inbox is asked what has become due
