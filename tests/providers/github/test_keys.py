from __future__ import annotations

from typing import Any

import pytest

from bot.errors import Gone, KeyInUse, Retryable, UserError
from tests.providers.github.parts import REPOSITORY, SmallGitHub, github_and_provider

KEYS = "/repos/octo-org/hello.world/keys"
PUBLIC = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
OTHER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBBBBBkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"


def key(id: int = 5, **changes: Any) -> dict[str, Any]:
    return {"id": id, "key": PUBLIC, "title": "t", "read_only": True, "enabled": True, "verified": True} | changes


def refused(message: str, **error: Any) -> tuple[int, Any]:
    detail = {"resource": "PublicKey", "code": "custom", "message": message} | error
    return 422, {"message": "Validation Failed", "errors": [detail], "status": "422"}


IN_USE = refused("key is already in use", field="key")


def sent(github: SmallGitHub) -> list[str]:
    return [path.partition("?")[0] for path in github.paths()]


async def test_a_key_is_asked_for_read_only_and_without_its_comment() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", KEYS, [key(4, key=OTHER)])
        github.on("POST", KEYS, (201, key()))
        made = await provider.keys.ensure(REPOSITORY, f"{PUBLIC} a comment", "sealbeat/1")
        assert (made.id, made.public, made.read_only, made.enabled) == (5, PUBLIC, True, True)
        assert github.asked[-1] == ("POST", KEYS, {"title": "sealbeat/1", "key": PUBLIC, "read_only": True})


async def test_a_key_that_is_there_is_taken_whatever_comment_it_has() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", KEYS, [key(4, key=OTHER), key(5, key=f"{PUBLIC} somebody@example.com")])
        assert (await provider.keys.ensure(REPOSITORY, PUBLIC, "t")).id == 5
        assert sent(github) == [f"GET {KEYS}"]


async def test_a_key_that_may_write_is_made_anew() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", KEYS, [key(4, read_only=False)])
        github.on("DELETE", f"{KEYS}/4", (204, None))
        github.on("POST", KEYS, (201, key(5)))
        assert (await provider.keys.ensure(REPOSITORY, PUBLIC, "t")).id == 5
        assert sent(github) == [f"GET {KEYS}", f"DELETE {KEYS}/4", f"POST {KEYS}"]


@pytest.mark.parametrize("wrong", [{"read_only": False}, {"key": OTHER}], ids=["may write", "another key"])
async def test_a_key_that_is_not_the_one_asked_for_is_not_left_behind(wrong: dict[str, Any]) -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", KEYS, [])
        github.on("POST", KEYS, (201, key(**wrong)))
        github.on("DELETE", f"{KEYS}/5", (204, None))
        with pytest.raises(Retryable, match="another key"):
            await provider.keys.ensure(REPOSITORY, PUBLIC, "t")
        assert sent(github)[-1] == f"DELETE {KEYS}/5"


@pytest.mark.parametrize("listed", [True, False], ids=["found", "made"])
async def test_a_key_that_policy_disables_is_told_to_the_person(listed: bool) -> None:
    async with github_and_provider(web_url="https://github.example.com") as (github, provider):
        github.on("GET", KEYS, [key(enabled=False)] if listed else [])
        github.on("POST", KEYS, (201, key(enabled=False)))
        with pytest.raises(UserError, match="does not allow deploy keys") as caught:
            await provider.keys.ensure(REPOSITORY, PUBLIC, "t")
        assert "https://github.example.com/organizations/octo-org/settings/member_privileges" in caught.value.cure


async def test_an_older_server_that_does_not_tell_enabled_means_it() -> None:
    async with github_and_provider() as (github, provider):
        plain = key()
        del plain["enabled"]
        github.on("GET", KEYS, [plain])
        assert (await provider.keys.ensure(REPOSITORY, PUBLIC, "t")).enabled


async def test_a_policy_against_deploy_keys_is_told_to_the_person() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", KEYS, [])
        github.on("POST", KEYS, refused("Deploy keys are disabled for this repository"))
        with pytest.raises(UserError, match="does not allow deploy keys") as caught:
            await provider.keys.ensure(REPOSITORY, PUBLIC, "t")
        assert not isinstance(caught.value, KeyInUse)
        assert "Settings > Member privileges > Deploy keys" in caught.value.cure


async def test_a_key_that_is_in_use_elsewhere_asks_for_another_pair() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", KEYS, [])
        github.on("POST", KEYS, IN_USE)
        with pytest.raises(KeyInUse):
            await provider.keys.ensure(REPOSITORY, PUBLIC, "t")


async def test_a_key_that_is_in_use_here_after_all_is_ours() -> None:
    """The list lagged behind a creation whose answer was lost."""
    async with github_and_provider() as (github, provider):
        github.on("GET", KEYS, [], [key()])
        github.on("POST", KEYS, IN_USE)
        assert (await provider.keys.ensure(REPOSITORY, PUBLIC, "t")).id == 5


async def test_another_422_is_tried_again_later_with_its_codes_and_without_its_words() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", KEYS, [])
        github.on("POST", KEYS, refused("canary", field="title", code="too_long"))
        with pytest.raises(Retryable, match=r"^GitHub answered 422 title:too_long$"):
            await provider.keys.ensure(REPOSITORY, PUBLIC, "t")


async def test_a_key_that_is_gone_already_is_absent() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", KEYS, [key(6)])
        await provider.keys.ensure_absent(REPOSITORY, 5)
        assert sent(github) == [f"DELETE {KEYS}/5", f"GET {KEYS}"]


async def test_a_key_that_is_listed_and_not_found_is_tried_again_later() -> None:
    async with github_and_provider() as (github, provider):
        github.on("GET", KEYS, [key(5)])
        with pytest.raises(Retryable):
            await provider.keys.ensure_absent(REPOSITORY, 5)


async def test_where_we_may_no_longer_look_a_key_is_not_called_absent() -> None:
    async with github_and_provider() as (_, provider):
        with pytest.raises(Gone):
            await provider.keys.ensure_absent(REPOSITORY, 5)


async def test_the_page_where_an_owner_removes_a_key() -> None:
    async with github_and_provider(web_url="https://github.example.com/") as (_, provider):
        assert provider.key_page(REPOSITORY) == "https://github.example.com/octo-org/hello.world/settings/keys"
