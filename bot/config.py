"""The configuration: a TOML file for settings, the environment for secrets, faults all at once.

Nothing here opens a database or a connection.
"""

from __future__ import annotations

import base64
import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from ipaddress import ip_address
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

    demo: bool = Field(default=True, description="gather the demo news into a file without tokens")
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
    reader: bool = Field(default=True, description="read the best passages again by a model")


class DiscordSection(_Section):
    """The Discord bot: ``[discord]``. Its token comes from the environment."""

    guilds: tuple[int, ...] = Field(default=(), description="register commands here at once")
    manager_roles: tuple[int, ...] = Field(default=(), description="roles that may change settings")
    shards: int = Field(default=1, ge=1, le=256)


def _listenable(place: str) -> str:
    host, _, port = place.rpartition(":")
    if not host.strip("[]") or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise ValueError("write an address and a port, like “127.0.0.1:3000”")
    return place


def _public(address: str) -> str:
    address = address.rstrip("/")
    if address and not re.fullmatch(r"https://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~/-]*)?", address):
        raise ValueError("write an address that begins with https://, as Slack is to call it")
    return address


class SlackSection(_Section):
    """The Slack app: ``[slack]``. Its tokens come from the environment."""

    manager_group: str = Field(default="", description="user group that may change settings")
    mode: Literal["socket", "http"] = Field(default="socket", description="how Slack reaches us")
    workspaces: Literal["one", "many"] = Field(default="one", description="many install it")
    listen: Annotated[str, AfterValidator(_listenable)] = "127.0.0.1:3000"
    public_url: Annotated[str, AfterValidator(_public)] = Field(
        default="", description="the address under which Slack and installers reach “listen”"
    )

    @property
    def address(self) -> tuple[str, int]:
        """Return the host and port of ``listen``."""
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return the fields of ``Config`` that this way of connecting needs."""
        reached = "slack_signing_secret" if self.mode == "http" else "slack_app_token"
        if self.workspaces == "many":
            return (reached, "slack_client_id", "slack_client_secret", "slack_token_key")
        return ("slack_bot_token", reached)


def _loopback(address: str) -> str:
    host, _, port = address.rpartition(":")
    name = host.strip("[]")
    try:
        local = name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        local = False
    if address and not (local and port.isdecimal() and int(port) < 65536):
        raise ValueError(
            "is no host and port of this machine alone; write one like “127.0.0.1:9464”, and put"
            " a proxy in front of it for others"
        )
    return address


class ServiceSection(_Section):
    """What is told to machines on this machine, and to the log: ``[service]``."""

    listen: Annotated[str, AfterValidator(_loopback)] = Field(
        default="", description="host:port of /healthz and /metrics, on loopback"
    )
    log: Literal["auto", "debug", "info", "warning", "error"] = "auto"


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
    service: ServiceSection = ServiceSection()
    discord_token: str = Field(default="", repr=False, exclude=True)
    slack_bot_token: str = Field(default="", repr=False, exclude=True)
    slack_app_token: str = Field(default="", repr=False, exclude=True)
    slack_signing_secret: str = Field(default="", repr=False, exclude=True)
    slack_client_id: str = Field(default="", repr=False, exclude=True)
    slack_client_secret: str = Field(default="", repr=False, exclude=True)
    slack_token_key: str = Field(default="", repr=False, exclude=True)

    @property
    def has_token(self) -> bool:
        """Tell whether any chat platform is to be connected."""
        return bool(self.discord_token) or self.has_slack

    @property
    def token_keys(self) -> tuple[str, ...]:
        """Return the keys that encrypt the tokens of workspaces, newest first."""
        return tuple(key.strip() for key in self.slack_token_key.split(",") if key.strip())

    @property
    def has_slack(self) -> bool:
        """Tell whether Slack is to be connected: all that its way of connecting needs is set."""
        return all(getattr(self, name) for name in self.slack.secrets)


SECRETS = {
    "discord_token": "WHOSAID_DISCORD_TOKEN",
    "slack_bot_token": "WHOSAID_SLACK_BOT_TOKEN",
    "slack_app_token": "WHOSAID_SLACK_APP_TOKEN",
    "slack_signing_secret": "WHOSAID_SLACK_SIGNING_SECRET",
    "slack_client_id": "WHOSAID_SLACK_CLIENT_ID",
    "slack_client_secret": "WHOSAID_SLACK_CLIENT_SECRET",
    "slack_token_key": "WHOSAID_SLACK_TOKEN_KEY",
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
    config = None
    try:
        config = Config.model_validate(table)
    except ValidationError as error:
        faults += [_in_words(detail) for detail in error.errors()]
    faults += _token_faults(table, config.slack if config else SlackSection())
    if faults or config is None:
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


def _token_faults(table: Mapping[str, Any], slack: SlackSection) -> list[str]:
    """Return what is wrong with Slack's secrets, where any of them is set."""
    if not any(table[name] for name in SECRETS if name.startswith("slack_")):
        return []
    way = f"mode “{slack.mode}” and workspaces “{slack.workspaces}”"
    faults = [
        f"Slack with {way} needs {SECRETS[name]}, which is not set"
        for name in slack.secrets
        if not table[name]
    ]
    faults += [
        f"{SECRETS[field]} should start with {prefix}; copy it again from the app"
        for field, prefix in (("slack_bot_token", "xoxb-"), ("slack_app_token", "xapp-"))
        if table[field] and not table[field].startswith(prefix)
    ]
    if slack.workspaces == "many" and not slack.public_url:
        faults.append("slack.public_url: workspaces install the app there, so it has to be set")
    if not all(map(_is_key, table["slack_token_key"].split(","))):
        faults.append(f"{SECRETS['slack_token_key']} is no key of 32 bytes; make one: {MAKE_KEY}")
    return faults


MAKE_KEY = (
    "python3 -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())'"
)


def _is_key(key: str) -> bool:
    try:
        return not key or len(base64.urlsafe_b64decode(key.strip())) == 32
    except ValueError:
        return False


RANKERS: tuple[str, ...] = get_args(Ranker)
