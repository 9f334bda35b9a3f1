"""Keys, and time."""

from __future__ import annotations

from typing import Protocol


class Kms(Protocol):
    """The root key's keeper: wraps data keys, bound to a context, and never shows the root."""

    async def wrap(self, key: bytes, context: bytes) -> bytes: ...

    async def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Raises Tampered."""
        ...

    async def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose of the instance itself (receipts, lookup), always the same."""
        ...


class KeyStore(Protocol):
    """Wrapped data keys, apart from the data they open, in no backup of it."""

    async def get(self, id: str) -> bytes | None: ...

    async def put(self, id: str, wrapped: bytes) -> bytes:
        """Keep it, unless that id has one already: returns the one that is kept."""
        ...

    async def destroy(self, prefix: str) -> int:
        """Delete the key `prefix` and all whose id starts with `prefix/`, and scrub the file. Returns how many."""
        ...


class Clock(Protocol):
    """Time, so that a test can own it."""

    def now(self) -> float:
        """Unix time in seconds."""
        ...

    async def sleep(self, seconds: float) -> None: ...
