"""An organisation with a repository, and what its people do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.app import LocalHost


TIDY = b"""def price(item, count):
    return item.cents * count
"""
MESSY = b"""def price(item, count, customer, coupon, country, today, legacy):
    total = 0
    if item.gift:
        return 0
    for step in range(count):
        if customer.vip and not legacy:
            for rule in customer.rules:
                if rule.kind == "percent" and rule.value > 0:
                    total += item.cents * (100 - rule.value)
                elif rule.kind == "fixed" or rule.kind == "flat":
                    if rule.value < item.cents:
                        total += item.cents - rule.value
                    else:
                        total += 0
                else:
                    total += item.cents
        elif coupon and coupon.until > today:
            total += item.cents // 2
        elif country == "CH" or country == "NO" or country == "UK":
            total += item.cents + step
        else:
            total += item.cents
    return total
"""


@dataclass
class Shop:
    """`name` is "owner/repository" as it is called now."""

    host: LocalHost
    owner: str
    name: str
    installation: int = 0

    @classmethod
    async def founded(cls, host: LocalHost, owner: str = "harbour", repository: str = "shop") -> Shop:
        host.create_account(owner)
        await host.create_repository(owner, repository, files={"price.py": TIDY, "README.md": b"A shop\n"})
        return cls(host, owner, f"{owner}/{repository}")

    async def install(self) -> int:
        self.installation = await self.host.install(self.owner)
        return self.installation

    async def propose(self, branch: str = "worse", files: dict[str, bytes] | None = None, **how: Any) -> int:
        """Open a pull request; returns its number."""
        await self.host.commit(self.name, branch, files or {"price.py": MESSY}, "Change the price")
        return await self.host.open_pull_request(self.name, branch, **how)

    def head(self, number: int) -> str:
        return self.host.pull_request(self.name, number).head

    def checks(self, number: int) -> list[Any]:
        return self.host.check_runs(self.name, self.head(number))

    def completed(self, number: int) -> Any:
        """The check of the head, once it is completed."""
        runs = self.checks(number)
        return runs[-1] if runs and all(run.status == "completed" for run in runs) else None

    def keys(self) -> list[Any]:
        return self.host.deploy_keys(self.name)
