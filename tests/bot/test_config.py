"""The config is read whole, and all its faults are told at once."""

import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.config import SECRETS, Config, load
from bot.errors import ConfigError

ROOT = Path(__file__).parents[2]


def written(tmp_path, text):
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_is_the_default():
    """Copying the example changes nothing."""
    assert load(ROOT / "config.example.toml", {}) == Config()


def test_the_example_names_every_key():
    """No setting is missing from the example."""
    table = tomllib.loads((ROOT / "config.example.toml").read_text(encoding="utf-8"))
    for name, field in Config.model_fields.items():
        if name in SECRETS:
            continue
        assert name in table
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            assert set(field.annotation.model_fields) == set(table[name])


def test_the_example_names_every_secret():
    """Each environment variable is explained where people look."""
    text = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    assert all(variable in text for variable in SECRETS.values())


def test_all_faults_are_told_at_once(tmp_path):
    """One run tells everything there is to mend, unknown keys with the nearest known."""
    path = written(
        tmp_path, 'databse = "x"\n[news]\npoll_minutes = 1\n[digest]\nzone = "Europe/Londn"\n'
    )
    with pytest.raises(ConfigError) as caught:
        load(path, {"WHOSAID_SLACK_BOT_TOKEN": "xoxb-1"})
    text = str(caught.value)
    for words in ("databse", "“database”", "poll_minutes", "Europe/London", "SLACK_APP_TOKEN"):
        assert words in text


def test_a_secret_in_the_file_is_refused_without_being_shown(tmp_path):
    """Tokens belong to the environment, and no error prints one."""
    path = written(tmp_path, 'discord_token = "abc.secret"\n')
    with pytest.raises(ConfigError, match="WHOSAID_DISCORD_TOKEN") as caught:
        load(path, {})
    assert "abc.secret" not in str(caught.value)


def test_tokens_are_never_shown():
    """Printing a config prints no secret."""
    config = load(None, {"WHOSAID_DISCORD_TOKEN": "abc.secret"})
    assert config.has_token
    assert "abc.secret" not in repr(config) + str(config) + config.model_dump_json()


@pytest.mark.parametrize("content", ["= broken", "\udcff"])
def test_a_broken_file_is_told_in_words(tmp_path, content):
    """Broken TOML and bytes that are no text say so."""
    path = tmp_path / "config.toml"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(ConfigError, match=r"config\.toml"):
        load(path, {})


def test_a_missing_file_says_where_to_start(tmp_path):
    """A path that is not there names the example."""
    with pytest.raises(ConfigError, match=r"config\.example\.toml"):
        load(tmp_path / "none.toml", {})


def test_the_environment_names_the_database():
    """WHOSAID_DATABASE wins over the file."""
    assert load(None, {"WHOSAID_DATABASE": "/x/y.db"}).database == "/x/y.db"


KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
ONE = {"WHOSAID_SLACK_BOT_TOKEN": "xoxb-1"}
MANY = {
    "WHOSAID_SLACK_CLIENT_ID": "1.2",
    "WHOSAID_SLACK_CLIENT_SECRET": "s",
    "WHOSAID_SLACK_TOKEN_KEY": f"{KEY}, {KEY}",
}
APP = {"WHOSAID_SLACK_APP_TOKEN": "xapp-1"}
SIGNED = {"WHOSAID_SLACK_SIGNING_SECRET": "shh"}


@pytest.mark.parametrize(
    ("mode", "workspaces", "environment"),
    [
        ("socket", "one", ONE | APP),
        ("http", "one", ONE | SIGNED),
        ("socket", "many", MANY | APP),
        ("http", "many", MANY | SIGNED),
    ],
)
def test_each_way_to_run_on_slack_needs_its_own_secrets(tmp_path, mode, workspaces, environment):
    """With all of them Slack is on; each one that is missing is named, and none is not Slack."""
    text = f"""[slack]
mode = "{mode}"
workspaces = "{workspaces}"
public_url = "https://whosaid.example/"
"""
    path = written(tmp_path, text)
    config = load(path, environment)
    assert config.has_slack
    assert config.slack.public_url == "https://whosaid.example"
    assert not load(path, {}).has_slack
    for name in environment:
        rest = {key: value for key, value in environment.items() if key != name}
        with pytest.raises(ConfigError, match=f"needs {name}, which is not set"):
            load(path, rest)


def test_keys_are_read_newest_first():
    """Several keys stand after one another, so that an older one can still be read."""
    assert load(None, {}).token_keys == ()
    older = KEY.replace("MDEy", "MDEz")
    path = ROOT / "config.example.toml"
    environment = ONE | APP | {"WHOSAID_SLACK_TOKEN_KEY": f"{KEY}, {older}"}
    assert load(path, environment).token_keys == (KEY, older)


def test_a_key_that_is_none_is_refused_without_being_shown():
    """The fault says how to make one."""
    with pytest.raises(ConfigError, match="urandom") as caught:
        load(None, ONE | APP | {"WHOSAID_SLACK_TOKEN_KEY": "c2hvcnQ="})
    assert "c2hvcnQ" not in str(caught.value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("public_url", "http://whosaid.example"),
        ("public_url", "whosaid.example"),
        ("public_url", "https://a b"),
        ("listen", "3000"),
        ("listen", "127.0.0.1:http"),
        ("listen", "127.0.0.1:70000"),
        ("mode", "https"),
        ("workspaces", "two"),
    ],
)
def test_addresses_that_cannot_be_are_told(tmp_path, key, value):
    """Each fault names its key and what it should look like."""
    path = written(tmp_path, f'[slack]\n{key} = "{value}"\n')
    with pytest.raises(ConfigError, match=f"slack.{key}"):
        load(path, {})


def test_where_to_listen_may_be_any_address(tmp_path):
    """IPv6 stands in brackets."""
    for listen, address in (("[::1]:3000", ("::1", 3000)), ("0.0.0.0:80", ("0.0.0.0", 80))):
        config = load(written(tmp_path, f'[slack]\nlisten = "{listen}"\n'), {})
        assert config.slack.address == address
