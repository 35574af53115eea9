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
