"""Install, review, uninstall, proof - step by step, each one verified."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from bot.demo import seed
from bot.demo.rig import Rig, rig, until
from bot.demo.screen import Screen
from bot.log import configure
from bot.model import InstallationId, RepositoryId, Table
from bot.services import wipe
from bot.vault.receipt import verify
from bot.vault.scan import search_files

if TYPE_CHECKING:
    from bot.app import LocalHost

ORGANISATION = "harbour-works-4b1d"  # a login name: personal data, looked for on disk like the source
SHOP, OWN = f"{ORGANISATION}/shop", f"{ORGANISATION}/sealbeat"


async def tell(*, keep: bool, screen: Screen | None = None) -> int:
    """0 where every step was verified, 1 otherwise."""
    configure("error", "text", sys.stderr)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)  # as Ctrl-C: everything is removed
    screen = screen or Screen()
    screen.console.rule("[bold]Sealbeat: the whole story, on this machine")
    try:
        async with rig() as it:
            await _story(it, screen)
            screen.summary()
            if keep and not screen.failures:
                await _keep(it, screen)
    except TimeoutError as error:
        screen.verify(str(error), False)
    return 1 if screen.failures else 0


async def _story(it: Rig, screen: Screen) -> None:
    with screen.step("Two repositories with history, at a git host on loopback"):
        await _seed(it.host)
        screen.say(f"REST {it.host.api_url}, SSH port {it.host.ssh_port}; the bot listens on {it.address}")
    with screen.step("Install the app on the organisation"):
        installation = InstallationId(await it.host.install(ORGANISATION))
        await _provisioned(it, screen)
    with screen.step("Open a pull request that makes code worse"):
        token = seed.token()
        document = await _pull_request(it, screen, "worse", seed.worse(token))
        kinds = {finding["kind"] for finding in document["delta"]["introduced"]}
        screen.verify(
            "it introduces tangled functions, a copy, a swallowed error and a secret",
            kinds >= {"function", "duplication", "rule", "secret"},
        )
        told = repr(it.host.check_runs(SHOP, document["head"]))
        screen.verify("the secret itself is nowhere on the check", "shop.env" in told and token not in told)
    with screen.step("Open a pull request that makes code better"):
        document = await _pull_request(it, screen, "better", seed.better())
        delta = document["delta"]
        screen.verify("it fixes findings and introduces none", bool(delta["fixed"]) and not delta["introduced"])
    needles = await _needles(it) | {"the pull request's token": token.encode()}
    with screen.step("Look for source, names and private keys on disk"):
        await _nothing_in_the_clear(it, screen, needles)
    with screen.step("Uninstall the app"):
        await it.host.uninstall(installation)
        await _wiped(it, screen, installation)
    with screen.step("Look again: nothing is left"):
        await _nothing_in_the_clear(it, screen, needles)


async def _seed(host: LocalHost) -> None:
    host.create_account(ORGANISATION)
    await host.create_repository(ORGANISATION, "shop", files=seed.base())
    await host.create_repository(ORGANISATION, "sealbeat", files={"README": b"Sealbeat reads itself.\n"})
    for message, files in seed.own_source():
        await host.commit(OWN, "main", files, message)


async def _provisioned(it: Rig, screen: Screen) -> None:
    keys = []
    for name in (SHOP, OWN):

        async def key(name: str = name) -> Any:
            found = it.host.deploy_keys(name)
            kept = await it.services.records.key(RepositoryId(it.host.repository(name).id))
            return (found, kept) if found and kept is not None and kept.host_id else None

        found, kept = await until("a deploy key at the host", key)
        keys.append(found[0])
        screen.say(f"deploy key {kept.fingerprint}")
        screen.verify("one key, read-only", len(found) == 1 and found[0].read_only)
    screen.verify("each repository has a key of its own", keys[0].line != keys[1].line)


async def _pull_request(it: Rig, screen: Screen, branch: str, files: dict[str, bytes]) -> Any:
    await it.host.commit(SHOP, branch, files, f"Make it {branch}")
    number = await it.host.open_pull_request(SHOP, branch, title=f"Make it {branch}")
    head = it.host.pull_request(SHOP, number).head

    async def completed() -> Any:
        runs = it.host.check_runs(SHOP, head)
        return runs[-1] if runs and runs[-1].status == "completed" else None

    run = await until("a completed check", completed)
    repository = it.host.repository(SHOP).id
    raw = await it.services.records.result(f"pull:{repository}:{number}")
    document = orjson.loads(raw or b'{"received": 0, "delta": {"introduced": [], "fixed": []}}')
    screen.say(f"{document['received']:,} bytes fetched over SSH, {len(run.annotations)} annotations")
    screen.markdown(f"{run.name}: {run.conclusion} - {run.title}", run.summary or "")
    screen.verify("exactly one check, completed", len(it.host.check_runs(SHOP, head)) == 1)
    screen.verify("no comment, since the repository did not ask for any", not it.host.comments(SHOP, number))
    return document


async def _needles(it: Rig) -> dict[str, bytes]:
    """What must not lie on disk in the clear, in any form."""
    needles = {"source": seed.CANARY.encode(), "login name": ORGANISATION.encode()}
    for name in (SHOP, OWN):
        kept = await it.services.records.key(RepositoryId(it.host.repository(name).id))
        if kept is not None:
            needles[f"private key {kept.fingerprint}"] = kept.private.splitlines()[3].encode()
    return needles


async def _nothing_in_the_clear(it: Rig, screen: Screen, needles: dict[str, bytes]) -> None:
    planted = it.folder / "planted"
    planted.mkdir(exist_ok=True)
    for number, needle in enumerate(needles.values()):
        (planted / str(number)).write_bytes(b"..." + needle + b"...")
    found = await _search([planted], needles)
    screen.verify(
        f"the scanner finds all {len(needles)} planted controls", {name for _, name, _ in found} == set(needles)
    )
    places = [it.data, it.workspace]
    found = await _search(places, needles)
    files = sum(1 for place in places for path in place.rglob("*") if path.is_file())
    screen.verify(f"none of them in {files} files of ours (database, its log, keys, workspace)", not found)
    for path, name, form in found:
        screen.say(f"{name} as {form} in {path.name}")


async def _search(places: list[Path], needles: dict[str, bytes]) -> list[tuple[Path, str, str]]:
    """In a process of its own: to open and close a database file here would drop SQLite's locks on it."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return await asyncio.get_running_loop().run_in_executor(pool, search_files, places, needles)


async def _wiped(it: Rig, screen: Screen, installation: InstallationId) -> None:
    async def receipt() -> bytes | None:
        done = await wipe.receipts(it.services)
        return next((document for document in done if verify(document)["repository"] == 0), None)

    document = await until("a receipt", receipt)
    content = verify(document)
    screen.console.print(document.decode(), markup=False, soft_wrap=True)
    screen.verify("the receipt's signature is right", True)
    screen.verify("verification found nothing left", content["remaining"] == {})
    screen.verify("keys were destroyed", content["keys_destroyed"] >= 3)
    left = await it.services.records.store.remaining(installation)
    screen.verify("no row of the installation is in the store", left == {})
    screen.verify("every public key that remains at the host is listed", len(content["deploy_keys"]) == 2)
    inbox = await it.services.records.store.find(Table.INSTALLATION)
    screen.verify("no installation is known any more", not inbox)


async def _keep(it: Rig, screen: Screen) -> None:
    await it.host.install(ORGANISATION)
    screen.console.rule("Left running; Ctrl-C ends it and removes everything")
    screen.say("The app is installed again. In another terminal, try:")
    screen.say(f"  curl {it.address}/readyz")
    screen.say(f"  ./sealbeat receipts --config {it.config}")
    screen.say(f"  ./sealbeat dead --config {it.config}")
    screen.say(f"  strings {it.data}/data.db | less     # sealed: nothing to read")
    screen.say(f"  curl -i -X POST {it.address}/hooks/github -d '{{}}'     # unsigned: 401")
    await asyncio.Event().wait()
