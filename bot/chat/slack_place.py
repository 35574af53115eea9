"""Where a question came from on Slack, read from Slack's payloads (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.chat.slack_asker import is_direct

Body = Mapping[str, Any]
"""A payload as Slack sends it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Who asked, where, and how the answer gets back.

    ``key`` is unique to the question (Slack's event or trigger id) and ``at`` its moment in
    seconds of Unix time, 0 when Slack does not tell. ``url`` takes answers for half an hour.
    ``pressed`` is the message whose button was pressed; ``alone`` when only the presser sees it.
    ``again`` says that Slack sends it anew, for it thinks that nobody took it.
    """

    user: str
    channel: str
    team: str = ""
    thread: str = ""
    url: str = ""
    key: str = ""
    at: float = 0.0
    name: str = ""
    pressed: str = ""
    alone: bool = False
    again: bool = False

    @property
    def direct(self) -> bool:
        """Whether it is a conversation with the bot alone."""
        return is_direct(self.channel)


def of_slash(body: Body) -> Place:
    """Return where a slash command was typed."""
    return Place(
        user=str(body.get("user_id", "")),
        channel=str(body.get("channel_id", "")),
        url=str(body.get("response_url", "")),
        key=str(body.get("trigger_id", "")),
        name=str(body.get("user_name", "")),
    )


def of_event(body: Body, *, again: bool = False) -> Place:
    """Return where a message was written that is an event; its thread when it stands in one."""
    event = body["event"]
    return Place(
        user=str(event.get("user", "")),
        channel=str(event.get("channel", "")),
        team=str(event.get("user_team") or ""),
        thread=str(event.get("thread_ts", "")),
        key=str(body.get("event_id", "")),
        at=_seconds(event.get("ts")),
        again=again,
    )


def of_interaction(body: Body) -> Place:
    """Return where a button was pressed, or a message shortcut chosen."""
    user = body.get("user") or {}
    container = body.get("container") or {}
    message = body.get("message") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id") or ""
    pressed = str(container.get("message_ts") or "")
    actions: Sequence[Body] = body.get("actions") or ({},)
    return Place(
        user=str(user.get("id", "")),
        channel=str(channel),
        team=str(user.get("team_id") or ""),
        thread=str(container.get("thread_ts") or message.get("thread_ts") or ""),
        url=str(body.get("response_url") or ""),
        key=str(body.get("trigger_id", "")),
        at=_seconds(actions[0].get("action_ts") or body.get("action_ts")),
        name=str(user.get("username") or user.get("name") or ""),
        pressed=pressed,
        alone=bool(container.get("is_ephemeral")),
    )


def _seconds(timestamp: object) -> float:
    try:
        return float(str(timestamp))
    except ValueError:
        return 0.0
