"""Settings: precedence, strictness, secrets."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.config import load
from bot.config.workspace import choose_workspace, is_tmpfs
from bot.errors import ConfigError
from bot.model import FetchLimits, Secret

PEM = "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\n-----END RSA PRIVATE KEY-----\n"
HOOK = "hook-secret-of-enough-bytes"
MINIMUM = {
    "SEALBEAT_GITHUB__APP_ID": "7",
    "SEALBEAT_GITHUB__WEBHOOK_SECRET": HOOK,
    "SEALBEAT_GITHUB__PRIVATE_KEY": PEM,
}


@pytest.fixture
def write(tmp_path: Path):
    def write(text: str, name: str = "sealbeat.toml") -> Path:
        path = tmp_path / name
        path.write_text(text)
        path.chmod(0o600)
        return path

    return write


def refusal(path: Path | None, environ: dict[str, str]) -> str:
    with pytest.raises(ConfigError) as caught:
        load(path, environ)
    context_is_hidden = caught.value.__context__ is None or caught.value.__suppress_context__
    assert context_is_hidden, "the parser's own error may quote values"
    return str(caught.value)


# -------------------------------------------------------------------------------- where values come from


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(write):
    path = write("[server]\nport = 1\nmax_body_bytes = 5\n")
    settings = load(path, {**MINIMUM, "SEALBEAT_SERVER__PORT": "2"})
    assert (settings.server.port, settings.server.max_body_bytes, settings.server.host) == (2, 5, "127.0.0.1")


def test_every_kind_of_value_can_come_from_the_environment():
    environ = {
        "SEALBEAT_GITHUB__SSH_HOST": "git.example.com",
        "SEALBEAT_GITHUB__SSH_HOST_KEYS": "ssh-ed25519 AAAA, ecdsa-sha2-nistp256 BBBB\n",
        "SEALBEAT_CHECKS__COMMENTS_DEFAULT": "true",
        "SEALBEAT_FETCH__SECONDS": "1.5",
    }
    settings = load(None, MINIMUM | environ)
    assert settings.github.ssh_host_keys == ("ssh-ed25519 AAAA", "ecdsa-sha2-nistp256 BBBB")
    assert settings.checks.comments_default is True
    assert settings.fetch.limits == FetchLimits(seconds=1.5)


def test_relative_paths_start_at_the_folder_of_the_file(write, tmp_path: Path):
    settings = load(write('[data]\nmaster_key_file = "keys/m"\n'), MINIMUM)
    assert settings.data.directory == tmp_path / "data"
    assert settings.data.master_key == tmp_path / "keys/m"


def test_the_master_key_lies_in_the_data_folder_unless_told_otherwise(tmp_path: Path):
    settings = load(None, MINIMUM | {"SEALBEAT_DATA__DIRECTORY": str(tmp_path)})
    assert settings.data.master_key == tmp_path / "master.key"


def test_settings_cannot_be_changed_afterwards():
    with pytest.raises(ValidationError):
        load(None, MINIMUM).server.port = 1


# -------------------------------------------------------------------------------- strictness


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[server]\nprot = 1\n", "[server] prot is not a setting; nearest: port"),
        ("[sever]\nport = 1\n", "[sever] is not a section; nearest: server"),
        ("server = 1\n", "server is a section: write [server]"),
        ("[server]\nport = true\n", "[server] port: must be a number"),
        ("[server]\nport = 70000\n", "[server] port: "),
        ("[fetch]\nseconds = inf\n", "[fetch] seconds: "),
        ("[queue]\nslots = 0\n", "[queue] slots: "),
        ('[log]\nlevel = "loud"\n', "[log] level: "),
        ("[server]\nport = \n", "is not TOML"),
        ("[queue]\nlease_seconds = 10.0\n", "lease_seconds must be longer than [checks] deadline_seconds"),
        ('[github]\nssh_host = "git.example.com"\n', "ssh_host_keys is empty"),
        ('[github]\napi_url = "http://api.example.com"\n', "must start with https://"),
        ('[github]\nweb_url = "https://user@example.com"\n', "without user"),
        ('[server]\nhost = "0.0.0.0"\n', "there is no TLS"),
        ('[server]\ntls_cert = "c.pem"\n', "belong together"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_place(write, text: str, told: str):
    path = write(text)
    message = refusal(path, MINIMUM)
    assert told in message
    assert message.count("\n") <= 1


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("SEALBEAT_SERVER__PROT", "SEALBEAT_SERVER__PORT"),
        ("SEALBEAT_SERVER_PORT", "SEALBEAT_SERVER__PORT"),
        ("SEALBEAT_GITHUB__WEBHOOKSECRET", "SEALBEAT_GITHUB__WEBHOOK_SECRET"),
    ],
)
def test_a_slip_in_the_environment_is_told_with_the_nearest_name(name: str, nearest: str):
    assert f"environment: {name} is not a setting; nearest: {nearest}" in refusal(None, {**MINIMUM, name: "1"})


def test_other_variables_of_the_environment_are_nothing_to_us():
    assert load(None, {**MINIMUM, "PATH": "/bin", "SEALBEAT_ORACLES": "x", "sealbeat_server__port": "1"})


def test_all_mistakes_are_reported_together(write):
    path = write('[server]\nprot = 1\nport = "x"\n[lgo]\n[queue]\nslots = -1\n')
    message = refusal(path, {"SEALBEAT_LOG__LEVLE": "x"})
    for part in (
        "prot",
        "port: ",
        "[lgo]",
        "LEVLE",
        "slots",
        "webhook_secret_file",
        "private_key_file",
        "app_id is missing",
    ):
        assert part in message


def test_a_file_that_is_not_there_is_told(tmp_path: Path):
    assert "cannot be read (No such file or directory)" in refusal(tmp_path / "none.toml", MINIMUM)


def test_a_file_that_is_not_text_is_told(tmp_path: Path):
    (tmp_path / "s.toml").write_bytes(b"\xff\xfe")
    assert "is not UTF-8 text" in refusal(tmp_path / "s.toml", MINIMUM)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.8.8"])
def test_this_machine_alone_needs_no_tls(host: str):
    assert load(None, {**MINIMUM, "SEALBEAT_SERVER__HOST": host}).server.host == host


def test_a_proxy_may_end_tls_in_front_of_us():
    open_to_all = {**MINIMUM, "SEALBEAT_SERVER__HOST": "0.0.0.0"}
    assert load(None, {**open_to_all, "SEALBEAT_SERVER__BEHIND_PROXY": "true"})
    assert load(None, {**open_to_all, "SEALBEAT_SERVER__TLS_CERT": "c", "SEALBEAT_SERVER__TLS_KEY": "k"})


def test_base_urls_end_without_a_slash():
    settings = load(None, {**MINIMUM, "SEALBEAT_GITHUB__API_URL": "http://127.0.0.1:8/api/v3/"})
    assert settings.github.api_url == "http://127.0.0.1:8/api/v3"


# -------------------------------------------------------------------------------- secrets


@pytest.mark.parametrize(
    ("missing", "cure"),
    [
        ("SEALBEAT_GITHUB__WEBHOOK_SECRET", "openssl rand -hex 32"),
        ("SEALBEAT_GITHUB__PRIVATE_KEY", "Private keys"),
        ("SEALBEAT_GITHUB__APP_ID", "App ID on the page"),
    ],
)
def test_without_a_credential_it_does_not_start_and_says_the_cure(missing: str, cure: str):
    message = refusal(None, {name: value for name, value in MINIMUM.items() if name != missing})
    assert cure in message
    assert message.count("\n") == 1


def test_an_empty_webhook_secret_is_none():
    assert "webhook_secret_file" in refusal(None, {**MINIMUM, "SEALBEAT_GITHUB__WEBHOOK_SECRET": ""})


def test_secrets_come_from_files_without_the_line_end_of_the_editor(write):
    write(HOOK + "\n", "hook")
    write(HOOK + "-old\r\n", "old")
    write(PEM, "app.pem")
    path = write(
        '[github]\napp_id = 7\nwebhook_secret_file = "hook"\n'
        'webhook_secret_previous_file = "old"\nprivate_key_file = "app.pem"\n'
    )
    github = load(path, {}).github
    assert github.webhook_secret == Secret(HOOK)
    assert github.webhook_secret_previous == Secret(HOOK + "-old")
    assert github.private_key == Secret(PEM)


def test_a_private_key_of_one_line_gets_its_line_breaks_back():
    settings = load(None, {**MINIMUM, "SEALBEAT_GITHUB__PRIVATE_KEY": PEM.replace("\n", "\\n")})
    assert settings.github.private_key == Secret(PEM)


def test_there_is_no_previous_webhook_secret_by_default():
    assert load(None, MINIMUM).github.webhook_secret_previous is None


@pytest.mark.parametrize("key", ["webhook_secret", "webhook_secret_previous", "private_key"])
def test_a_secret_in_the_settings_file_is_refused_with_the_reason(write, key: str):
    message = refusal(write(f'[github]\n{key} = "{HOOK}"\n'), MINIMUM)
    assert "is a secret, and a settings file is copied and shown around" in message
    assert f"{key}_file" in message


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_secret_file_that_others_can_read_is_refused_with_the_cure(write, mode: int):
    path = write(HOOK, "hook")
    path.chmod(mode)
    environ = {**MINIMUM, "SEALBEAT_GITHUB__WEBHOOK_SECRET": "", "SEALBEAT_GITHUB__WEBHOOK_SECRET_FILE": str(path)}
    assert f"chmod 600 {path}" in refusal(None, environ)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("WEBHOOK_SECRET", "CANARY", "shorter than 16 bytes"),
        ("PRIVATE_KEY", "CANARY", "not a private key in PEM form"),
        ("WEBHOOK_SECRET_PREVIOUS", "CANARY", "shorter than 16 bytes"),
        ("APP_ID", "CANARY", "valid integer"),
        ("SSH_PORT", "CANARY", "valid integer"),
        ("API_URL", "https://CANARY@x", "without user"),
    ],
)
def test_no_message_shows_the_value_it_complains_about(name: str, value: str, told: str):
    message = refusal(None, {**MINIMUM, f"SEALBEAT_GITHUB__{name}": value})
    assert told in message
    assert f"SEALBEAT_GITHUB__{name}" in message
    assert "CANARY" not in message


@pytest.mark.parametrize("text", ['a = "CANARY', "a = 'CANARY' b", "CANARY = CANARY", "a = [CANARY]", '"CANARY'])
def test_no_message_quotes_a_file_that_is_not_toml(write, text: str):
    assert "CANARY" not in refusal(write(text), MINIMUM)


def test_an_endless_secret_file_is_refused(write):
    path = write("x" * 70_000, "hook")
    environ = {**MINIMUM, "SEALBEAT_GITHUB__WEBHOOK_SECRET": "", "SEALBEAT_GITHUB__WEBHOOK_SECRET_FILE": str(path)}
    assert "larger than any secret" in refusal(None, environ)


def test_a_secret_file_that_is_not_there_is_told(tmp_path: Path):
    environ = {**MINIMUM, "SEALBEAT_GITHUB__PRIVATE_KEY": "", "SEALBEAT_GITHUB__PRIVATE_KEY_FILE": str(tmp_path / "x")}
    assert "cannot be read (No such file or directory)" in refusal(None, environ)


def test_settings_print_without_their_secrets():
    settings = load(None, MINIMUM)
    assert HOOK not in repr(settings)
    assert "c2VjcmV0" not in f"{settings!r}{settings.model_dump()}"


# -------------------------------------------------------------------------------- workspace


def test_a_workspace_of_ones_own_is_taken(tmp_path: Path):
    settings = load(None, {**MINIMUM, "SEALBEAT_DATA__WORKSPACE": str(tmp_path)})
    assert settings.data.workspace_root == tmp_path


def test_the_workspace_is_in_memory_where_there_is_some():
    settings = load(None, MINIMUM)
    assert settings.data.workspace_root == choose_workspace()
    assert settings.data.workspace_is_tmpfs is is_tmpfs(choose_workspace())


def test_what_is_no_memory_is_not_taken_for_it():
    assert not is_tmpfs(Path("/proc/self"))
