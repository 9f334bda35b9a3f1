"""The operator's settings: one TOML file, overridden by the environment, checked as a whole before anything starts."""

from bot.config.load import PREFIX, load
from bot.config.model import (
    Analysis,
    Checks,
    Data,
    Fetch,
    GitHub,
    Log,
    Queue,
    Reconcile,
    Server,
    Settings,
)

__all__ = [
    "PREFIX",
    "Analysis",
    "Checks",
    "Data",
    "Fetch",
    "GitHub",
    "Log",
    "Queue",
    "Reconcile",
    "Server",
    "Settings",
    "load",
]
