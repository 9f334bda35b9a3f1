"""Key ports in memory, for tests of the craft alone; the real adapters have their own contract suite."""

import base64

from bot.errors import Tampered


class MemoryKeys:
    def __init__(self) -> None:
        self.rows: dict[str, bytes] = {}

    async def get(self, id: str) -> bytes | None:
        return self.rows.get(id)

    async def put(self, id: str, wrapped: bytes) -> bytes:
        return self.rows.setdefault(id, wrapped)

    async def destroy(self, prefix: str) -> int:
        names = [n for n in self.rows if n == prefix or n.startswith(prefix + "/")]
        for name in names:
            del self.rows[name]
        return len(names)


class OpenKms:
    """Wraps by writing the context in front: shows who asked for what."""

    async def wrap(self, key: bytes, context: bytes) -> bytes:
        return base64.b64encode(context) + b"." + key

    async def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        head, _, key = wrapped.partition(b".")
        if base64.b64decode(head) != context:
            raise Tampered
        return key

    async def derive(self, purpose: str) -> bytes:
        return purpose.encode().ljust(32, b"\0")[:32]
