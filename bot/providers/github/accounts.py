"""Who installed the app, and on what; and which deliveries never reached us."""

from __future__ import annotations

from bot.model import FailedDelivery, Installation, InstallationId, Repository
from bot.providers.github.auth import for_listing
from bot.providers.github.client import Client, moment
from bot.providers.github.fields import Fields
from bot.providers.github.names import repository_of


class Accounts:
    """Implements bot.ports.Accounts.

    https://docs.github.com/en/rest/apps/installations, https://docs.github.com/en/rest/apps/webhooks
    """

    def __init__(self, client: Client) -> None:
        self._client = client

    async def installation(self, id: InstallationId) -> Installation:
        return _installation(await self._client.get(None, "/app/installations/{id}", {"id": str(id)}))

    async def installations(self) -> list[Installation]:
        return [_installation(item) for item in await self._client.every(None, "/app/installations?per_page=100", {})]

    async def repositories(self, installation: InstallationId) -> list[Repository]:
        found = await self._client.every(
            for_listing(installation), "/installation/repositories?per_page=100", {}, key="repositories"
        )
        return [repository_of(item, installation) for item in found]

    async def failed_deliveries(self, since: float) -> list[FailedDelivery]:
        """All attempts are read, newest first: `?status=failure` would leave out time-outs and refused connections."""
        attempts = await self._client.every(
            None,
            "/app/hook/deliveries?per_page=100",
            {},
            until=lambda attempt: moment(attempt.text("delivered_at")) <= since,
        )
        reached = {attempt.text("guid") for attempt in attempts if attempt.text("status") == "OK"}
        failed: dict[str, FailedDelivery] = {}
        for attempt in attempts:
            guid = attempt.text("guid")
            if guid not in reached and guid not in failed:  # the newest attempt stands for the delivery
                failed[guid] = FailedDelivery(attempt.id("id"), guid, moment(attempt.text("delivered_at")))
        return sorted(failed.values(), key=lambda delivery: (delivery.delivered_at, delivery.id))

    async def redeliver(self, delivery: FailedDelivery) -> None:
        await self._client.ask("/app/hook/deliveries/{id}/attempts", {"id": str(delivery.id)})

    async def forget(self, installation: InstallationId) -> None:
        self._client.forget(installation)


def _installation(item: Fields) -> Installation:
    account = item.object("account")
    name = "login" if account.has("login") else "slug"  # an enterprise has a slug
    return Installation(
        InstallationId(item.id("id")), account.id("id"), account.text(name), suspended=item.has("suspended_at")
    )
