"""Webhooks per second, acknowledged durably, beside Probot that keeps nothing: python -m tests.bench.bench_webhook

Needs wrk (apt install wrk) and node; Probot comes from npm into a temporary folder, or from --probot FOLDER.
Both servers get the same signed pull_request delivery of 24 KB over 64 connections, in alternating rounds; each request
has a delivery id of its own, so that ours has to store every one of them. Prints ratios; asserts no time.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import hmac
import json
import os
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

PROBOT = "probot@14"
CONNECTIONS = 64
BODY_BYTES = 24_151  # a pull_request delivery of an ordinary repository

PROBOT_PROGRAM = 'import { run } from "probot";\nrun(() => {});\n'

# The request is put together once; only the delivery id changes, inside a string of the same length.
WRK_SCRIPT = """
local function read(path) local f = assert(io.open(path, "rb")); local s = f:read("*a"); f:close(); return s end
local body, signature, run = read(os.getenv("BENCH_BODY")), os.getenv("BENCH_SIGNATURE"), os.getenv("BENCH_RUN")
local count, head, tail = 0, "", ""
function init()
  wrk.headers["X-GitHub-Event"] = "pull_request"
  wrk.headers["X-Hub-Signature-256"] = signature
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["User-Agent"] = "GitHub-Hookshot/0000000"
  wrk.headers["X-GitHub-Delivery"] = "DELIVERY"
  local whole = wrk.format("POST", nil, nil, body)
  local from, to = whole:find("DELIVERY", 1, true)
  head, tail = whole:sub(1, from - 1), whole:sub(to + 1)
end
function request()
  count = count + 1
  return head .. run .. string.format("-%012x", count) .. tail
end
function done(summary, latency)
  io.write(string.format('RESULT {"requests": %d, "seconds": %f, "refused": %d, "broken": %d, "p99": %f}\\n',
    summary.requests, summary.duration / 1e6, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(99) / 1e3))
end
"""


@dataclass(frozen=True)
class Round:
    """What wrk saw of one server in one round."""

    per_second: float
    p99: float  # milliseconds
    refused: int
    broken: int
    cpu: float = 0.0  # seconds of processor time that the server used for one request


def cpu_seconds(pid: int) -> float:
    """Processor time of a process, all threads: steadier than requests/s where other work shares the machine."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def delivery() -> bytes:
    """A pull_request delivery as large and as branched as GitHub's: some 400 members, most of them addresses."""
    base = "https://api.github.com/repos/octo-org/shop"
    account = {"login": "octo-org", "id": 5, "node_id": "MDQ6VXNlcjU=", "type": "Organization", "site_admin": False}
    account |= {f"a{number}_url": f"https://api.github.com/users/octo-org/{number:0>12}" for number in range(13)}
    repository = {"id": 11, "name": "shop", "full_name": "octo-org/shop", "owner": account, "default_branch": "main"}
    repository |= {f"r{number}_url": f"{base}/collection{{/number{number}}}" for number in range(46)}
    repository |= {f"count_{number}": number for number in range(12)} | {f"has_{number}": True for number in range(12)}
    side = {"label": "octo-org:main", "ref": "main", "sha": "0" * 40, "user": account, "repo": repository}
    pull = {"id": 21, "number": 3, "state": "open", "draft": False, "head": side, "base": side, "user": account}
    pull |= {f"p{number}_url": f"{base}/pulls/3/{number}" for number in range(18)} | {f"n_{n}": None for n in range(20)}
    payload = {"action": "synchronize", "number": 3, "pull_request": pull, "repository": repository}
    payload |= {"installation": {"id": 31}, "sender": account}
    filler = BODY_BYTES - len(json.dumps(payload)) - len(', "body": ""')
    pull["body"] = ("Lorem ipsum dolor sit amet, consectetur. " * filler)[:filler]
    body = json.dumps(payload).encode()
    assert len(body) == BODY_BYTES, "the members alone are larger than a delivery"
    return body


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def running(command: list[str], folder: Path, environ: dict[str, str], url: str) -> Iterator[int]:
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=os.environ | environ, stdout=log, stderr=log)
    try:
        wait_for(url, process, folder / "server.log")
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{url} did not come up:\n{log.read_text(errors='replace')[-2000:]}")


def sealbeat(folder: Path, secret: str, key: str) -> tuple[list[str], dict[str, str], str]:
    """The bot as it is served, with a GitHub that cannot be reached: only taking in is measured."""
    port = free_port()
    api = f"http://127.0.0.1:{free_port()}"
    (folder / "sealbeat.toml").write_text(f'[server]\nport = {port}\n[github]\napp_id = 1\napi_url = "{api}"\n')
    environ = {"SEALBEAT_GITHUB__WEBHOOK_SECRET": secret, "SEALBEAT_GITHUB__PRIVATE_KEY": key}
    command = [sys.executable, "-I", "-m", "bot", "serve", "--config", "sealbeat.toml"]
    return command, environ, f"http://127.0.0.1:{port}/hooks/github"


def probot(folder: Path, installed: Path, secret: str, key: str) -> tuple[list[str], dict[str, str], str]:
    """Probot as its documentation runs it in production, without any handler."""
    port = free_port()
    (folder / "app.mjs").write_text(PROBOT_PROGRAM)
    (folder / "node_modules").symlink_to(installed / "node_modules")
    environ = {
        "APP_ID": "1",
        "HOST": "127.0.0.1",
        "NODE_ENV": "production",
        "PORT": str(port),
        "PRIVATE_KEY": key,
        "WEBHOOK_SECRET": secret,
    }
    return ["node", "app.mjs"], environ, f"http://127.0.0.1:{port}/api/github/webhooks"


def measure(url: str, pid: int, seconds: int, environ: dict[str, str], script: Path) -> Round:
    environ = os.environ | environ | {"BENCH_RUN": "-".join((secrets.token_hex(4), secrets.token_hex(2), "4000-8000"))}
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "-s", str(script), url]
    before = cpu_seconds(pid)
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.rpartition("RESULT ")[2])
    cpu = (cpu_seconds(pid) - before) / told["requests"]
    return Round(told["requests"] / told["seconds"], told["p99"], told["refused"], told["broken"], cpu)


def install_probot(folder: Path) -> Path:
    folder.mkdir()
    (folder / "package.json").write_text('{"private": true}')
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", PROBOT]
    subprocess.run(command, cwd=folder, check=True, stdout=sys.stderr)
    return folder


def show(name: str, rounds: list[Round]) -> tuple[float, float, float]:
    rate, p99, cpu = (statistics.median(getattr(r, name) for r in rounds) for name in ("per_second", "p99", "cpu"))
    faults = f"{sum(r.refused for r in rounds)} refused, {sum(r.broken for r in rounds)} broken"
    every = " ".join(f"{r.per_second:.0f}" for r in rounds)
    print(f"{name:<9} {rate:8.0f} req/s   p99 {p99:7.1f} ms   {cpu * 1e6:5.0f} us CPU   {faults}   (rounds: {every})")
    return rate, p99, cpu


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--probot", type=Path, help="a folder with Probot in its node_modules")
    options = parser.parse_args()
    missing = [tool for tool in ("wrk", "node", "npm") if not shutil.which(tool)]
    if missing:
        raise SystemExit(f"needs {', '.join(missing)} (apt install {' '.join(missing)})")
    with tempfile.TemporaryDirectory(prefix="bench") as name, contextlib.ExitStack() as stack:
        compare(options, Path(name), stack)


def compare(options: argparse.Namespace, folder: Path, stack: contextlib.ExitStack) -> None:
    secret, body = secrets.token_hex(32), delivery()
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    key = private.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode()
    (folder / "body.json").write_bytes(body)
    (folder / "wrk.lua").write_text(WRK_SCRIPT)
    signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    environ = {"BENCH_BODY": str(folder / "body.json"), "BENCH_SIGNATURE": signature}
    installed = options.probot.resolve() if options.probot else install_probot(folder / "npm")

    homes = {name: folder / name for name in ("Sealbeat", "Probot")}
    for home in homes.values():
        home.mkdir()
    started = {
        "Sealbeat": sealbeat(homes["Sealbeat"], secret, key),
        "Probot": probot(homes["Probot"], installed, secret, key),
    }
    rounds: dict[str, list[Round]] = {name: [] for name in started}
    pids = {}
    for name, (command, variables, url) in started.items():
        pids[name] = stack.enter_context(running(command, homes[name], variables, url))
        measure(url, pids[name], 2, environ, folder / "wrk.lua")  # warm up
    for _ in range(options.rounds):
        for name, (_, _, url) in started.items():
            rounds[name].append(measure(url, pids[name], options.seconds, environ, folder / "wrk.lua"))
    ours, theirs = show("Sealbeat", rounds["Sealbeat"]), show("Probot", rounds["Probot"])
    rate, p99, cpu = (mine / other for mine, other in zip(ours, theirs, strict=True))
    print(f"ratio     {rate:8.2f} x       p99 {p99:7.2f} x   {cpu:5.2f} x CPU")


if __name__ == "__main__":
    main()
