"""The configuration: a TOML file for settings, the environment for secrets, faults all at once.

Nothing here opens a database or a connection.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from bot.errors import ConfigError

DEFAULT_PATH = Path("config.toml")
DEFAULT_DATABASE = "var/whosaid.sqlite3"
DEMO = "seeds/demo"

Ranker = Literal[
    "whosaid",
    "centroid",
    "lead",
    "lexrank",
    "textrank",
    "luhn",
    "lsa",
    "kl",
    "sumbasic",
    "reduction",
]


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        near = difflib.get_close_matches(name, available_timezones(), n=1)
        hint = f"; did you mean “{near[0]}”?" if near else "; write one like “Europe/London”"
        raise ValueError(f"“{name}” is no time zone{hint}")
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class News(_Section):
    """Where the news comes from: ``[news]``."""

    demo: bool = Field(default=True, description="gather the demo news while no token is set")
    files: tuple[str, ...] = Field(default=(), description="files and folders to gather")
    feeds: tuple[str, ...] = Field(default=(), description="addresses of feeds to poll")
    opml: tuple[str, ...] = Field(default=(), description="OPML files whose feeds to poll")
    outlets: tuple[str, ...] = Field(default=(), description="TOML tables of outlets and owners")
    poll_minutes: int = Field(default=30, ge=5, le=1440, description="pace of polling a feed")
    contact: str = Field(default="", description="an address or page that outlets may write to")


class BriefingSection(_Section):
    """How briefings are made: ``[briefing]``."""

    sentences: int = Field(default=3, ge=1, le=10, description="sentences in a briefing")
    ranker: Ranker = Field(default="whosaid", description="who chooses the sentences")


class DigestSection(_Section):
    """What digests look like and when they come by default: ``[digest]``."""

    zone: Zone = Field(default="UTC", description="the zone of the console and of new channels")
    times: tuple[str, ...] = Field(default=("07:00",), description="local times of the digest")
    length: Literal["short", "medium", "long"] = "medium"
    skip_empty: bool = Field(default=False, description="post nothing when nothing is new")


class AlertsSection(_Section):
    """What is told at once of what a channel follows: ``[alerts]``."""

    per_hour: int = Field(default=4, ge=0, le=60, description="messages an hour and channel")


class AnswersSection(_Section):
    """How questions find their sentences: ``[answers]``."""

    meaning: bool = Field(default=False, description="by meaning too; needs the extra embed")


class DiscordSection(_Section):
    """The Discord bot: ``[discord]``. Its token comes from the environment."""

    guilds: tuple[int, ...] = Field(default=(), description="register commands here at once")
    manager_roles: tuple[int, ...] = Field(default=(), description="roles that may change settings")
    shards: int = Field(default=1, ge=1, le=256)


class SlackSection(_Section):
    """The Slack app: ``[slack]``. Its tokens come from the environment."""

    manager_group: str = Field(default="", description="user group that may change settings")


class Config(_Section):
    """All settings, frozen. Secrets are read from the environment and never shown."""

    database: str = DEFAULT_DATABASE
    news: News = News()
    briefing: BriefingSection = BriefingSection()
    digest: DigestSection = DigestSection()
    alerts: AlertsSection = AlertsSection()
    answers: AnswersSection = AnswersSection()
    discord: DiscordSection = DiscordSection()
    slack: SlackSection = SlackSection()
    discord_token: str = Field(default="", repr=False, exclude=True)
    slack_bot_token: str = Field(default="", repr=False, exclude=True)
    slack_app_token: str = Field(default="", repr=False, exclude=True)

    @property
    def has_token(self) -> bool:
        """Tell whether any chat platform is to be connected."""
        return bool(self.discord_token or self.slack_bot_token)


SECRETS = {
    "discord_token": "WHOSAID_DISCORD_TOKEN",
    "slack_bot_token": "WHOSAID_SLACK_BOT_TOKEN",
    "slack_app_token": "WHOSAID_SLACK_APP_TOKEN",
}
"""Config field -> the environment variable that holds it."""


def load(path: Path | None, environment: Mapping[str, str] = os.environ) -> Config:
    """Read the config file and the environment.

    ``path`` None means ``config.toml`` if there is one, else the defaults.

    Raises:
        ConfigError: one or more faults, each on its own line with what to do.

    """
    table = _table(path)
    faults = [
        f"{name}: a secret does not belong in the file; set {variable} in the environment instead"
        for name, variable in SECRETS.items()
        if table.pop(name, None) is not None
    ]
    table |= {name: environment.get(variable, "").strip() for name, variable in SECRETS.items()}
    if database := environment.get("WHOSAID_DATABASE", "").strip():
        table["database"] = database
    try:
        config = Config.model_validate(table)
    except ValidationError as error:
        faults += [_in_words(detail) for detail in error.errors()]
    faults += _token_faults(table)
    if faults:
        where = path or (DEFAULT_PATH if DEFAULT_PATH.exists() else "the environment")
        raise ConfigError(f"{where}: {len(faults)} to mend\n" + "\n".join(f"- {f}" for f in faults))
    return config


def _table(path: Path | None) -> dict[str, Any]:
    if path is None and not DEFAULT_PATH.exists():
        return {}
    place = path or DEFAULT_PATH
    try:
        return tomllib.loads(place.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(
            f"There is no config file at {place}. "
            "Copy config.example.toml there, or leave out --config."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{place} cannot be read as text: {error}. Check the path.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"{place} is not valid TOML: {error}. Compare config.example.toml."
        ) from error


def _in_words(fault: ErrorDetails) -> str:
    where = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(fault["loc"][-1]), _keys(fault["loc"][:-1]), n=1)
        hint = f"; did you mean “{near[0]}”?" if near else "; see config.example.toml for all keys"
        return f"{where}: no such key{hint}"
    return f"{where}: {fault['msg'].removeprefix('Value error, ')} (given: {fault['input']!r})"


def _keys(section: tuple[int | str, ...]) -> list[str]:
    model: type[BaseModel] = Config
    for part in section:
        field = model.model_fields.get(str(part))
        inner = field.annotation if field else None
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return []
        model = inner
    return [name for name in model.model_fields if name not in SECRETS]


def _token_faults(table: Mapping[str, Any]) -> list[str]:
    faults = []
    if bool(table["slack_bot_token"]) != bool(table["slack_app_token"]):
        missing = "slack_app_token" if table["slack_bot_token"] else "slack_bot_token"
        faults.append(f"Slack needs both its tokens: {SECRETS[missing]} is not set")
    for field, prefix in (("slack_bot_token", "xoxb-"), ("slack_app_token", "xapp-")):
        token = table[field]
        if token and not token.startswith(prefix):
            faults.append(
                f"{SECRETS[field]} should start with {prefix}; copy it again from the app"
            )
    return faults


RANKERS: tuple[str, ...] = get_args(Ranker)
