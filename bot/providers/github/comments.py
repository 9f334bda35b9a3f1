"""The one comment at a pull request: found by its hidden marker, edited in place, never a second one.

https://docs.github.com/en/rest/issues/comments
"""

from __future__ import annotations

import contextlib
from typing import Final

from bot.errors import Gone, Retryable
from bot.model import Repository
from bot.providers.github import texts
from bot.providers.github.auth import for_review
from bot.providers.github.client import Client
from bot.providers.github.events import is_ours
from bot.providers.github.fields import Fields
from bot.providers.github.names import path_of
from bot.providers.github.settings import Settings

MARKER: Final = "<!-- sealbeat:review -->"

_ALL: Final = "/repos/{owner}/{repo}/issues/{number}/comments"
_LIST: Final = _ALL + "?per_page=100"
_ONE: Final = "/repos/{owner}/{repo}/issues/comments/{comment_id}"


class Comments:
    """Keeps the one comment as it should be."""

    def __init__(self, client: Client, settings: Settings) -> None:
        self._client = client
        self._settings = settings

    async def ensure(self, repository: Repository, number: int, body: str | None) -> None:
        """Exactly one comment of ours says `body`; with None, there is none. One that says it already is left alone."""
        scope = for_review(repository.installation, repository.id)
        url = path_of(repository)
        at_pull = url | {"number": str(number)}
        ours = [item for item in await self._client.every(scope, _LIST, at_pull) if self._is_ours(item)]
        for surplus in ours[0 if body is None else 1 :]:
            with contextlib.suppress(Gone):
                await self._client.delete(scope, _ONE, url | {"comment_id": str(surplus.id("id"))})
        if body is None:
            return
        text = f"{MARKER}\n{texts.cut(body, texts.LONG - len(MARKER) - 1, texts.CUT)}"
        if not ours:
            await self._client.post(scope, _ALL, at_pull, {"body": text})
        elif not _says(ours[0], text):
            await self._edit(scope_url=url | {"comment_id": str(ours[0].id("id"))}, repository=repository, text=text)

    async def _edit(self, *, scope_url: dict[str, str], repository: Repository, text: str) -> None:
        scope = for_review(repository.installation, repository.id)
        try:
            await self._client.patch(scope, _ONE, scope_url, {"body": text})
        except Gone:
            raise Retryable("the comment was deleted while it was being edited") from None

    def _is_ours(self, item: Fields) -> bool:
        """Anybody can write the marker: it counts only in what our app wrote."""
        if not item.has("body") or MARKER not in item.text("body"):
            return False
        app = item.maybe("performed_via_github_app")
        if app is not None:
            return is_ours(app, self._settings.app_id)
        author = item.maybe("user")
        return author is not None and _is_bot(author, f"{self._settings.app_slug}[bot]")


def _is_bot(author: Fields, login: str) -> bool:
    return author.text("type") == "Bot" and author.text("login") == login


def _says(item: Fields, text: str) -> bool:
    # GitHub may give back other line ends than it was sent.
    return item.text("body").replace("\r\n", "\n").rstrip() == text.rstrip()
