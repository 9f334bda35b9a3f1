"""Every delivery, held against GitHub's own examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.providers.local.host import LocalHost

from .conftest import Installed
from .parts import Client, Listener, oracle

_KINDS = {
    bool: "boolean",
    int: "number",
    float: "number",
    str: "text",
    list: "list",
    dict: "object",
    type(None): "null",
}


def _required(examples: list[Any]) -> Any:
    """What all examples have in common: key -> the same below it (objects) or the kinds of value seen."""
    objects = [one for one in examples if isinstance(one, dict)]
    if not objects:
        return {_KINDS[type(one)] for one in examples}
    keys = set.intersection(*(set(one) for one in objects))
    keys -= {"permissions"}  # which ones there are depends on the app
    return {key: _required([one[key] for one in objects]) for key in keys}


def _missing(wanted: Any, got: Any, place: str = "$") -> Iterator[str]:
    if not isinstance(wanted, dict):
        if got is not None and wanted != {"null"} and _KINDS[type(got)] not in wanted:
            yield f"{place} is a {_KINDS[type(got)]}, not {sorted(wanted)}"
        return
    if got is None:
        return
    for key, below in wanted.items():
        if key in got:
            yield from _missing(below, got[key], f"{place}.{key}")
        else:
            yield f"{place}.{key} is missing"


def _example_keys() -> dict[str, Any]:
    """Event, and event.action, -> what GitHub's own example deliveries always hold."""
    kinds: dict[str, list[Any]] = {}
    for one in oracle("github-webhooks.json"):
        for example in one["examples"]:
            kinds.setdefault(one["name"], []).append(example)
            if "action" in example:
                kinds.setdefault(f"{one['name']}.{example['action']}", []).append(example)
    return {name: _required(examples) for name, examples in kinds.items()}


async def test_every_delivery_holds_what_githubs_examples_hold(
    host: LocalHost, anyone: Client, shop: Installed, listener: Listener
):
    wanted = _example_keys()
    await host.commit(shop.repo, "feature", {"f.py": b"1\n"}, "Change")
    number = await host.open_pull_request(shop.repo, "feature")
    await host.push_to_pull_request(shop.repo, number, {"g.py": b"2\n"})
    await host.convert_to_draft(shop.repo, number)
    await host.ready_for_review(shop.repo, number)
    said = {"name": "sealbeat", "head_sha": await shop.head("feature"), "conclusion": "success", "status": "completed"}
    _, run, _ = await shop.client("POST", f"{shop.path}/check-runs", said)
    await host.rerequest_check_run(run["id"])
    await host.rerequest_check_suite(shop.repo, await shop.head("feature"))
    await host.merge_queue(shop.repo, number)
    await host.close(shop.repo, number)
    await host.reopen(shop.repo, number)
    await host.merge(shop.repo, number)
    await host.delete_branch(shop.repo, "feature")
    await host.rename_repository(shop.repo, "store")
    await host.make_public(shop.repo)
    await host.install(host.create_account("friend"))
    await host.transfer_repository(shop.repo, host.create_account("person", "User"))
    await host.transfer_repository(shop.repo, "friend")
    await host.create_repository("acme", "till")
    await host.remove_repositories(shop.id, "acme/till")
    await host.suspend(shop.id)
    await host.unsuspend(shop.id)
    await host.uninstall(shop.id)
    await host.settled()
    wrong = set()
    for event, body in listener.got:
        assert event in wanted
        for kind in (event, f"{event}.{body.get('action')}"):
            wrong |= {f"{kind} {one}" for one in _missing(wanted.get(kind, {}), body)}
    assert sorted(wrong) == []
    assert len({event for event, _ in listener.got}) == 9
    assert host.violations == []


def test_the_comparison_of_shapes_finds_what_is_missing_or_of_another_kind():
    wanted = _required([{"a": 1, "b": {"c": "x"}, "d": None}, {"a": 2, "b": {"c": "y", "e": 1}, "d": "z"}])
    assert list(_missing(wanted, {"a": 1, "b": {"c": "x"}, "d": None})) == []
    assert sorted(_missing(wanted, {"a": "1", "b": {}})) == [
        "$.a is a text, not ['number']", "$.b.c is missing", "$.d is missing"
    ]  # fmt: skip
