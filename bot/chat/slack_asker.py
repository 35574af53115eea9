"""Who asks on Slack, from which channel, and whether they may change its settings.

Settings of one workspace are never another's: the channel's key begins with the workspace.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ChatError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SlackAsker:
    """A person's question: the door ``bot.ports.Asker``."""

    channel: str
    may_change: bool = False
    context: str = ""


def channel_key(team: str, channel: str) -> str:
    """Return the key of a channel."""
    return f"slack:{team}:{channel}"


def channel_of(key: str, team: str) -> str:
    """Return Slack's id of the channel with this key.

    Raises:
        ChatError: the key is that of another workspace.

    """
    platform, workspace, channel = (*key.split(":"), "", "")[:3]
    if platform != "slack" or not channel or (team and workspace != team):
        text = f"{key} is a channel of another workspace than the one whose token is set."
        raise ChatError(f"{text} Set its WHOSAID_SLACK_BOT_TOKEN again.", permanent=True)
    return channel


def team_of(key: str) -> str:
    """Return the id of the workspace of the channel with this key."""
    return (*key.split(":"), "", "")[1]


def is_direct(channel: str) -> bool:
    """Tell whether a channel is a conversation with the bot alone."""
    return channel.startswith("D")


class People:
    """Asks Slack what a person may do. An answer that fails is a no, and is logged."""

    def __init__(self, client: AsyncWebClient, *, manager_group: str = "") -> None:
        """Keep the client and the id of the user group that may change settings."""
        self._client = client
        self._group = manager_group

    async def may_change(self, user: str, channel: str) -> bool:
        """Tell whether a person may change a channel's settings.

        Workspace admins and owners may, the channel's creator, and members of the group of
        the config; guests and people of other workspaces may not. In a conversation with the
        bot everybody may.
        """
        person = (await _asked(self._client.users_info, user=user)).get("user") or {}
        if not person or person.get("is_stranger") or person.get("is_restricted"):
            return False
        if any(person.get(key) for key in ("is_admin", "is_owner", "is_primary_owner")):
            return True
        return (
            is_direct(channel) or await self._created(user, channel) or await self._in_group(user)
        )

    async def _created(self, user: str, channel: str) -> bool:
        answer = await _asked(self._client.conversations_info, channel=channel)
        return (answer.get("channel") or {}).get("creator") == user

    async def _in_group(self, user: str) -> bool:
        if not self._group:
            return False
        answer = await _asked(self._client.usergroups_users_list, usergroup=self._group)
        return user in (answer.get("users") or ())


async def _asked(method: Callable[..., Awaitable[Any]], **arguments: str) -> dict[str, Any]:
    try:
        answer = await method(**arguments)
    except SlackApiError as fault:
        error = fault.response.get("error")
        _log.warning("permission not known: %s says %s", getattr(method, "__name__", ""), error)
        return {}
    return dict(answer.data)
