"""A git host that lives in memory: the host's ports with state, to be moved by hand, and troubles to be ordered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from bot.errors import Gone, KeyInUse, SealbeatError
from bot.model import (
    CheckResult,
    DeployKey,
    FailedDelivery,
    Installation,
    InstallationId,
    OpenCheck,
    PullRequest,
    Repository,
    RepositoryId,
    Sha,
    SshAddress,
)
from bot.ports import Provider
from bot.providers.github.webhook import Webhooks


@dataclass
class Check:
    """A check run at the host."""

    id: int
    repository: RepositoryId
    head: Sha
    external_id: str
    result: CheckResult | None = None


@dataclass
class Host:
    """Implements bot.ports.Accounts, Keys, Reports and Origin at once. `trouble["ensure"]` holds errors that the next
    calls of that method raise, in their order; `calls` counts them."""

    covered: dict[InstallationId, Installation] = field(default_factory=dict)
    shelf: dict[RepositoryId, Repository] = field(default_factory=dict)
    deploy_keys: dict[RepositoryId, list[DeployKey]] = field(default_factory=lambda: defaultdict(list))
    checks: list[Check] = field(default_factory=list)
    pulls: dict[tuple[RepositoryId, int], PullRequest] = field(default_factory=dict)
    failed: list[FailedDelivery] = field(default_factory=list)
    lags: bool = False  # its list of installations does not show yet what there is
    redelivered: list[str] = field(default_factory=list)
    forgotten: list[InstallationId] = field(default_factory=list)
    trouble: dict[str, list[SealbeatError]] = field(default_factory=lambda: defaultdict(list))
    calls: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def provider(self) -> Provider:
        return Provider(Webhooks("1", ()), self, self, self, self, lambda it: f"https://host.example/{it.id}/keys")

    # ------------------------------------------------------------------------------------------ what people do

    def install(self, id: int, *repositories: int, suspended: bool = False) -> InstallationId:
        number = InstallationId(id)
        self.covered[number] = Installation(number, id * 1000, f"account-{id}", suspended)
        for repository in repositories:
            self.move(repository, id)
        return number

    def move(self, repository: int, installation: int) -> Repository:
        it = Repository(RepositoryId(repository), InstallationId(installation), f"account-{installation}", "shop")
        self.shelf[it.id] = it
        return it

    def uninstall(self, id: int) -> None:
        del self.covered[InstallationId(id)]

    def _count(self, name: str) -> None:
        self.calls[name] += 1
        if self.trouble[name]:
            raise self.trouble[name].pop(0)

    def _let_in(self, id: InstallationId) -> Installation:
        if id not in self.covered:
            raise Gone("no such installation")
        return self.covered[id]

    # ------------------------------------------------------------------------------------------------ Accounts

    async def installation(self, id: InstallationId) -> Installation:
        self._count("installation")
        return self._let_in(id)

    async def installations(self) -> list[Installation]:
        self._count("installations")
        return [] if self.lags else [*self.covered.values()]

    async def repositories(self, installation: InstallationId) -> list[Repository]:
        self._count(f"repositories of {installation}")
        self._let_in(installation)
        return [it for it in self.shelf.values() if it.installation == installation]

    async def failed_deliveries(self, since: float) -> list[FailedDelivery]:
        return [it for it in self.failed if it.delivered_at > since]

    async def redeliver(self, delivery: FailedDelivery) -> None:
        self._count(f"redeliver {delivery.guid}")
        self.redelivered.append(delivery.guid)
        self.failed.remove(delivery)

    async def forget(self, installation: InstallationId) -> None:
        self.forgotten.append(installation)

    # ---------------------------------------------------------------------------------------------------- Keys

    async def ensure(self, repository: Repository, public: str, title: str) -> DeployKey:
        self._count("ensure")
        for id, keys in self.deploy_keys.items():
            for key in keys:
                if key.public == public and id == repository.id:
                    return key
                if key.public == public:
                    raise KeyInUse("in use", cure="another")
        key = DeployKey(self.calls["ensure"], public, title)
        self.deploy_keys[repository.id].append(key)
        return key

    async def ensure_absent(self, repository: Repository, key_id: int) -> None:
        self._count("ensure_absent")
        self._let_in(repository.installation)
        self.deploy_keys[repository.id] = [key for key in self.deploy_keys[repository.id] if key.id != key_id]

    async def list(self, repository: Repository) -> list[DeployKey]:
        return self.deploy_keys[repository.id]

    # ------------------------------------------------------------------------------------------------- Reports

    async def begin(self, repository: Repository, head: Sha, external_id: str, *, resume: bool) -> OpenCheck:
        self._count("begin")
        known = [it for it in self.checks if it.external_id == external_id] if resume else []
        if not known:
            known = [Check(len(self.checks) + 1, repository.id, head, external_id)]
            self.checks += known
        return OpenCheck(known[-1].id, completed=known[-1].result is not None)

    async def finish(self, repository: Repository, check: OpenCheck, result: CheckResult) -> None:
        self._count("finish")
        self.checks[check.id - 1] = replace(self.checks[check.id - 1], result=result)

    async def ensure_comment(self, repository: Repository, number: int, body: str | None) -> None:
        self._count("ensure_comment")

    # -------------------------------------------------------------------------------------------------- Origin

    async def repository(self, installation: InstallationId, id: RepositoryId) -> Repository:
        self._let_in(installation)
        if id not in self.shelf:
            raise Gone("no such repository")
        return self.shelf[id]

    async def pull_request(self, repository: Repository, number: int) -> PullRequest:
        return self.pulls[repository.id, number]

    async def open_pull_requests(self, repository: Repository, head: Sha) -> list[int]:  # type: ignore[valid-type]
        return [number for (id, number), it in self.pulls.items() if id == repository.id and it.head == head]

    async def merge_base(self, repository: Repository, base: Sha, head: Sha) -> Sha:
        return base

    async def address(self, repository: Repository) -> SshAddress:
        return SshAddress("127.0.0.1", 9, "git", "shop", ())

    def pull_ref(self, number: int) -> str:
        return f"refs/pull/{number}/head"
