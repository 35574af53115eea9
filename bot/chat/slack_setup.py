"""What the Slack adapter is told: how Slack reaches it, its secrets, and what it remembers.

The values come from the config and the environment, by ``bot.platforms``; nothing here acts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.chat.slack_limits import POST_SECONDS
from bot.model import Installation, Subscription

EVENTS_PATH = "/slack/events"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"


@dataclass(frozen=True, slots=True)
class Setup:
    """The settings of one Slack app. Secrets are never shown.

    Slack reaches it by Socket Mode with ``app_token``, or by HTTP with ``signing_secret``: then
    it listens at ``host`` and ``port``, and Slack calls ``public_url``. With ``bot_token`` it
    serves one workspace; with ``client_id``, ``client_secret`` and ``token_keys`` (Fernet keys,
    the newest first) every workspace that installs it at ``public_url``.
    ``manager_group`` is the id of a user group that may change settings. ``base_url`` is another
    address of Slack's API; ``pause`` the seconds between two posts to one channel.
    """

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    token_keys: tuple[str, ...] = field(default=(), repr=False)
    http: bool = False
    host: str = "127.0.0.1"
    port: int = 3000
    public_url: str = ""
    manager_group: str = ""
    base_url: str = ""
    pause: float = POST_SECONDS

    @property
    def many(self) -> bool:
        """Whether workspaces install the app, rather than one whose token is set."""
        return bool(self.client_id)


class Memory(Protocol):
    """What the adapter asks of the store."""

    def subscriptions(self) -> Sequence[Subscription]:
        """Return every channel's subscription, those of other platforms too."""

    def hurry(self, place: str) -> None:
        """Let what waits for a channel, or for all channels of a workspace, be tried at once."""

    def remember(self, name: str, words: str) -> None:
        """Keep words under a name."""

    def remembered(self, name: str) -> str:
        """Return the words under a name; empty when there are none."""

    def installation(self, workspace: str) -> Installation | None:
        """Return the app's installation in a workspace."""

    def installations(self) -> Sequence[Installation]:
        """Return all installations."""

    def save_installation(self, installation: Installation) -> None:
        """Keep an installation, replacing the workspace's older one."""

    def remove_installation(self, workspace: str) -> bool:
        """Forget an installation with its token; False when there was none."""
