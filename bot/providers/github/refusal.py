"""What GitHub answers when it does not do what we asked, and which error of ours that is.

https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from bot.errors import Gone, Retryable, SealbeatError, UserError

_PERMISSIONS: Final = re.compile(r"[a-z_=,; ]{1,200}", re.ASCII)

CURE_PERMISSION: Final = (
    "Ask an owner to open the app's settings page (*Settings > GitHub Apps > Configure*) and accept the permissions "
    "that are waiting there; then re-run this check."
)
CURE_ARCHIVED: Final = "Unarchive the repository, or remove it from the app's list of repositories."
CURE_ALLOW_LIST: Final = "Ask an owner to add the address of this Sealbeat server to the organisation's IP allow list."
CURE_FORBIDDEN: Final = "Ask an owner to check which repositories and permissions the app has been given."


class Refusal(Exception):
    """An answer other than 2xx. Lives only inside this room: `error` is what the world sees.

    `message` and `details` are the host's words: used to tell refusals apart, never passed on: they may name things.
    """

    def __init__(self, status: int, headers: Mapping[str, str], message: str, details: tuple[Mapping[str, str], ...]):
        super().__init__(f"HTTP {status}")
        self.status = status
        self.headers = headers
        self.message = message
        self.details = details

    def says(self, words: str) -> bool:
        """Whether the host's words, or the message of one of its details, contain these (in any case)."""
        texts = (self.message, *(detail.get("message", "") for detail in self.details))
        return any(words in text.lower() for text in texts)

    def error(self) -> SealbeatError:
        """The error for the rest of the bot, where no caller knows better."""
        if self.status == 403:
            return self._forbidden()
        if self.status in (404, 410, 451):
            return Gone(f"GitHub answered {self.status}: it does not know this, or no longer lets us near it")
        if self.status == 401:
            return Retryable(
                "GitHub does not accept our credentials: check app_id, private_key and this server's clock"
            )
        if self.status == 409 and self.says("is empty"):
            return Gone("the repository is empty")
        return Retryable(f"GitHub answered {self.status}{self._codes()}")

    def _forbidden(self) -> SealbeatError:
        if self.says("suspended") or self.says("access blocked"):
            return Gone("GitHub has suspended the installation or blocked the repository")
        if self.says("not accessible by integration"):
            return UserError(f"The app lacks a permission for this repository{self._needed()}.", cure=CURE_PERMISSION)
        if self.says("archived"):
            return UserError("The repository is archived, so nothing can be written there.", cure=CURE_ARCHIVED)
        if self.says("ip allow list"):
            return UserError("The organisation's IP allow list keeps this server out.", cure=CURE_ALLOW_LIST)
        return UserError("GitHub refuses the app access to this repository.", cure=CURE_FORBIDDEN)

    def _needed(self) -> str:
        needed = self.headers.get("x-accepted-github-permissions", "")
        return f" (needed: {needed})" if _PERMISSIONS.fullmatch(needed) else ""

    def _codes(self) -> str:
        # Codes and field names are GitHub's own vocabulary; its messages may quote what we sent.
        codes = {f"{detail.get('field', '')}:{detail.get('code', '')}" for detail in self.details}
        return "".join(f" {code}" for code in sorted(codes) if re.fullmatch(r"[a-z_.]{0,40}:[a-z_]{0,40}", code))


Explain = Callable[[Refusal], SealbeatError | None]
"""A caller's own reading of a refusal; None where it has nothing to add to `Refusal.error`."""


def nothing_to_add(_refusal: Refusal) -> SealbeatError | None:
    return None
