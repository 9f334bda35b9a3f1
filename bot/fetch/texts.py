"""What a person at the pull request reads when a fetch cannot go on. No names, addresses or keys."""

from __future__ import annotations

from bot.errors import Gone, KeyRefused, UserError

_OPERATOR = "Tell whoever runs this app."


def key_refused() -> KeyRefused:
    return KeyRefused(
        "The git host refused this repository's deploy key.",
        cure="Under the repository's settings, see whether this app's deploy key is still listed. If it is gone, or if "
        "the organisation's policy forbids deploy keys, allow them and install the app on the repository again: "
        "that makes a new key.",
    )


def unusable_key() -> UserError:
    return UserError(
        "This repository's deploy key cannot be read any more.",
        cure="Install the app on the repository again: that makes a new key.",
    )


def wrong_host_key() -> UserError:
    return UserError(
        "The git host showed a key that is not the one expected, so nothing was sent to it.",
        cure=f"{_OPERATOR} Either the host has changed its SSH host keys, which its documentation then says, "
        "or somebody stands between this app and the host.",
    )


def leaked_pin() -> UserError:
    return UserError(
        "The host key this app is told to trust is one whose private half is public since March 2023.",
        cure=f"{_OPERATOR} Remove that RSA key from the pinned host keys; pin the host's Ed25519 key.",
    )


def unusable_pin() -> UserError:
    return UserError(
        "This app has no host key of an accepted kind for the git host, so it does not connect.",
        cure=f"{_OPERATOR} Pin the host's Ed25519 or ECDSA key; RSA keys are not accepted.",
    )


def odd_path() -> UserError:
    return UserError("The git host names this repository in a way that cannot be fetched over SSH.", cure=_OPERATOR)


def too_many_bytes() -> UserError:
    return UserError(
        "The source is too large to fetch.",
        cure=f"Keep large files out of the repository (for example with Git LFS). {_OPERATOR} "
        "The limit is one of their settings.",
    )


def too_many_entries() -> UserError:
    return UserError(
        "The repository's tree holds too many files or folders to be read.",
        cure=f"Keep generated and vendored files out of the repository. {_OPERATOR} "
        "The limit is one of their settings.",
    )


def hostile(check: str) -> UserError:
    """`check` is the name of git's own check, such as hasDotgit, or empty."""
    which = f" ({check})" if check else ""
    return UserError(
        f"Git refused an object of this repository as malformed or dangerous{which}.",
        cure="`git fsck` in a full clone names the object and the commit to repair.",
    )


def no_repository() -> Gone:
    return Gone("the git host knows no such repository for this key")


def no_commit() -> Gone:
    return Gone("the commit is not at the git host any more")
