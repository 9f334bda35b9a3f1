"""Every setting there is, with its default and its limits. config/sealbeat.example.toml says the same to people."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.config.workspace import choose_workspace, is_tmpfs
from bot.model import FetchLimits, Secret

MIB = 1024 * 1024
LIMITS = FetchLimits()
PUBLIC_SSH_HOSTS = frozenset({"github.com", "ssh.github.com"})  # their host keys are built in


def is_loopback(host: str) -> bool:
    """Whether a host name or address is reachable from this machine only."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _base_url(value: str) -> str:
    """No trailing slash; https, or http to this machine: tokens travel over it."""
    if not value:
        return value
    url = urlsplit(value)
    if not url.hostname or url.scheme not in {"http", "https"} or url.query or url.fragment or url.username is not None:
        raise ValueError("must be an address like https://host/path, without user, query or fragment")
    if url.scheme == "http" and not is_loopback(url.hostname):
        raise ValueError("must start with https:// (http:// is for this machine only)")
    return value.rstrip("/")


def _lines(value: object) -> object:
    """A list comes out of the environment as text: one item per line or comma."""
    if isinstance(value, str):
        return tuple(item.strip() for item in value.replace(",", "\n").splitlines() if item.strip())
    return value


def _not_boolean(value: object) -> object:
    # Booleans are integers to Python; `port = true` is a slip, not port 1.
    if isinstance(value, bool):
        raise ValueError("must be a number")
    return value


number = BeforeValidator(_not_boolean)
Count = Annotated[int, number, Field(ge=1)]
Seconds = Annotated[float, number, Field(gt=0, allow_inf_nan=False)]
Port = Annotated[int, number, Field(ge=0, le=65535)]
BaseUrl = Annotated[str, AfterValidator(_base_url)]
OptionalPath = Annotated[Path | None, BeforeValidator(lambda value: None if value == "" else value)]
Severity = Literal["info", "warning", "error", "critical"]
Lines = Annotated[tuple[str, ...], BeforeValidator(_lines)]


class Section(BaseModel):
    """A table of the file. Immutable; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, hide_input_in_errors=True)


class Server(Section):
    """Where we listen. Port 0 takes any free port."""

    host: str = "127.0.0.1"
    port: Port = 8080
    tls_cert: OptionalPath = None
    tls_key: OptionalPath = None
    behind_proxy: bool = False
    max_body_bytes: Count = 25 * MIB

    @model_validator(mode="after")
    def _encrypted_towards_the_world(self) -> Server:
        if (self.tls_cert is None) != (self.tls_key is None):
            raise ValueError("tls_cert and tls_key belong together: give both, or neither")
        if not self.tls_cert and not self.behind_proxy and not is_loopback(self.host):
            raise ValueError(
                "host is reachable from other machines, but there is no TLS: give tls_cert and tls_key, "
                "or say behind_proxy = true where a proxy ends TLS in front of us"
            )
        return self


class GitHub(Section):
    """The registered GitHub App. The three Secret values come from their files or from the environment only."""

    api_url: BaseUrl = "https://api.github.com"
    web_url: BaseUrl = "https://github.com"
    ssh_host: str = "github.com"
    ssh_port: Annotated[int, number, Field(ge=1, le=65535)] = 22
    ssh_host_keys: Lines = ()
    app_id: Annotated[int, number, Field(gt=0)]
    app_slug: str = ""
    private_key_file: OptionalPath = None
    webhook_secret_file: OptionalPath = None
    webhook_secret_previous_file: OptionalPath = None
    check_name: Annotated[str, Field(min_length=1, max_length=100)] = "Sealbeat"
    private_key: Secret = Field(exclude=True)
    webhook_secret: Secret = Field(exclude=True)
    webhook_secret_previous: Secret | None = Field(default=None, exclude=True)

    @model_validator(mode="after")
    def _host_keys_known(self) -> GitHub:
        if not self.ssh_host_keys and self.ssh_host not in PUBLIC_SSH_HOSTS:
            raise ValueError(
                "ssh_host_keys is empty, and only github.com's keys are built in: give your server's public host "
                "keys (`ssh-keyscan HOST`, compared with what its administrator says)"
            )
        return self


class Data(Section):
    """What is kept, and where."""

    directory: Path = Path("data")
    workspace: OptionalPath = None
    master_key_file: OptionalPath = None
    receipt_days: Count = 30

    @property
    def master_key(self) -> Path:
        return self.master_key_file or self.directory / "master.key"

    @property
    def workspace_root(self) -> Path:
        """Where objects live during an analysis: the setting, else memory, else the system's temporary folder."""
        return self.workspace or choose_workspace()

    @property
    def workspace_is_tmpfs(self) -> bool:
        return is_tmpfs(self.workspace_root)


class Queue(Section):
    """How much work runs at once, and how long we try."""

    slots: Count = 8
    per_installation: Count = 4
    max_tries: Count = 5
    lease_seconds: Seconds = 900.0


class Fetch(Section):
    """Budgets of one fetch of source."""

    wire_bytes: Count = LIMITS.wire_bytes
    seconds: Seconds = LIMITS.seconds
    tree_entries: Count = LIMITS.tree_entries
    blob_bytes: Count = LIMITS.blob_bytes
    connect_seconds: Seconds = 20.0

    @property
    def limits(self) -> FetchLimits:
        return FetchLimits(self.wire_bytes, self.seconds, self.tree_entries, self.blob_bytes)


class Analysis(Section):
    """The locked-down child that reads source."""

    seconds_per_file: Seconds = 10.0
    memory_bytes: Annotated[Count, Field(ge=256 * MIB)] = 2048 * MIB
    max_file_bytes: Count = MIB
    children: Annotated[int, Field(ge=0, le=64)] = 0
    require_jail: bool = True
    metrics_file: OptionalPath = None


class Checks(Section):
    """What people see at a pull request."""

    deadline_seconds: Seconds = 600.0
    comments_default: bool = False
    minimum_severity: Severity = "warning"
    fail_severity: Severity = "error"


class Reconcile(Section):
    """How often our picture is compared with the host's."""

    every_seconds: Seconds = 300.0


class Log(Section):
    """What is written to standard error."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["json", "text"] = "json"


class Settings(Section):
    """Everything, checked as a whole. Made by `bot.config.load`."""

    server: Server = Server()
    github: GitHub
    data: Data = Data()
    queue: Queue = Queue()
    fetch: Fetch = Fetch()
    analysis: Analysis = Analysis()
    checks: Checks = Checks()
    reconcile: Reconcile = Reconcile()
    log: Log = Log()

    @model_validator(mode="after")
    def _lease_outlives_the_work(self) -> Settings:
        # A lease that ends while its job still runs would start the same job a second time.
        if self.queue.lease_seconds <= self.checks.deadline_seconds:
            raise ValueError("[queue] lease_seconds must be longer than [checks] deadline_seconds")
        return self
