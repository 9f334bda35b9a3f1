"""The composition root: what it puts together, what it refuses, and that it lets go of everything again."""

import asyncio
import socket

import aiohttp
import pytest

from bot import app
from bot.config import load
from bot.errors import ConfigError
from bot.model import Table
from tests.journeys.bot_process import APP_ID, PRIVATE_PEM, PUBLIC_PEM, SECRET


@pytest.fixture
async def host(tmp_path):
    async with app.local_host(
        tmp_path / "host", app_id=APP_ID, public_key=PUBLIC_PEM, webhook_secret=SECRET.encode()
    ) as it:
        yield it


@pytest.fixture
def configured(tmp_path, host):
    """Settings for that host, with what a test changes."""

    def settings(**changed):
        own = {
            "SERVER__PORT": "0",
            "GITHUB__APP_ID": str(APP_ID),
            "GITHUB__PRIVATE_KEY": PRIVATE_PEM.decode(),
            "GITHUB__WEBHOOK_SECRET": SECRET,
            "GITHUB__API_URL": host.api_url,
            "GITHUB__WEB_URL": host.web_url,
            "GITHUB__SSH_HOST": "127.0.0.1",
            "GITHUB__SSH_PORT": str(host.ssh_port),
            "GITHUB__SSH_HOST_KEYS": "\n".join(host.ssh_host_keys),
            "DATA__DIRECTORY": str(tmp_path / "data"),
            "DATA__WORKSPACE": str(tmp_path / "workspace"),
        } | changed
        return load(None, {f"SEALBEAT_{name}": value for name, value in own.items()})

    return settings


async def test_what_the_operator_chose_reaches_the_services(configured):
    settings = configured(
        CHECKS__MINIMUM_SEVERITY="info",
        CHECKS__FAIL_SEVERITY="critical",
        CHECKS__COMMENTS_DEFAULT="true",
        CHECKS__DEADLINE_SECONDS="77",
        FETCH__TREE_ENTRIES="123",
        ANALYSIS__SECONDS_PER_FILE="3",
        ANALYSIS__MAX_FILE_BYTES="4096",
        DATA__RECEIPT_DAYS="5",
        GITHUB__APP_SLUG="ours",
    )
    async with app.build(settings) as services:
        chosen = services.options
    assert (chosen.minimum_severity, chosen.fail_severity, chosen.comments_default) == ("info", "critical", True)
    assert (chosen.deadline_seconds, chosen.receipt_days, chosen.app_slug) == (77, 5, "ours")
    assert (chosen.fetch.tree_entries, chosen.analysis.file_seconds, chosen.analysis.file_bytes) == (123, 3, 4096)


async def test_its_instance_has_one_name_for_ever(configured):
    names = []
    for _ in range(2):
        async with app.build(configured()) as services:
            names.append(services.options.instance)
    assert names[0] == names[1]
    assert len(names[0]) == 8


async def test_two_bots_do_not_work_on_the_same_data(configured):
    async with app.build(configured()):
        with pytest.raises(ConfigError):
            async with app.build(configured()):
                pass
        async with app.build(configured(), shared=True) as beside:  # a command that only looks
            assert await beside.dead_letter.dead() == []
    async with app.build(configured()):
        pass


async def test_data_of_another_app_are_refused_before_anything_happens_to_them(configured):
    async with app.build(configured()) as services:
        before = await services.records.notes(Table.CURSOR)
    with pytest.raises(ConfigError, match="belongs to the app with id") as told:
        async with app.build(configured(GITHUB__APP_ID="5")):
            pass
    assert "data directory of its own" in str(told.value)
    async with app.build(configured()) as services:
        assert await services.records.notes(Table.CURSOR) == before


async def test_a_port_that_is_taken_leaves_nothing_running(configured):
    tasks = asyncio.all_tasks()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = configured(SERVER__PORT=str(taken.getsockname()[1]))
        async with app.build(settings) as services:
            with pytest.raises(ConfigError, match=r"choose another with \[server\] port"):
                async with app.running(settings, services):
                    pass
    assert {task for task in asyncio.all_tasks() - tasks if task.get_name() in {"queue", "reconcile"}} == set()


async def test_it_answers_while_it_runs_and_not_afterwards(configured):
    settings = configured()
    async with app.build(settings) as services, aiohttp.ClientSession() as client:
        async with app.running(settings, services) as address, client.get(f"{address}/healthz") as answer:
            assert answer.status == 200
        with pytest.raises(aiohttp.ClientConnectionError):
            await client.get(f"{address}/healthz")


async def test_an_installation_that_was_there_before_us_is_taken_on_at_the_start(configured, host):
    host.create_account("harbour")
    await host.create_repository("harbour", "shop", files={"a.py": b"x = 1\n"})
    await host.install("harbour")  # nobody listened
    settings = configured()
    async with app.build(settings) as services, app.running(settings, services):
        while not host.deploy_keys("harbour/shop"):  # noqa: ASYNC110 - the test's own limit is the bound
            await asyncio.sleep(0.01)


async def test_only_the_owner_may_look_at_the_data(configured, tmp_path):
    async with app.build(configured()):
        modes = {path.name: path.stat().st_mode & 0o077 for path in (tmp_path / "data").rglob("*")}
    assert "master.key" in modes
    assert set(modes.values()) == {0}
