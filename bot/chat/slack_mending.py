"""Who can mend a channel of a workspace, and when it has been mended.

Told are who set the channel's times and who installed the app; where nobody of them is known,
who created the channel. What they are told is written in ``bot.publish``.
"""

from __future__ import annotations

import logging

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack_asker import channel_key
from bot.chat.slack_errors import error_name
from bot.chat.slack_setup import Memory

_log = logging.getLogger(__name__)
_NO_ANSWER = (SlackApiError, aiohttp.ClientError, TimeoutError)


class Mending:
    """Knows who looks after the channels of one workspace."""

    def __init__(
        self, team: str, client: AsyncWebClient, memory: Memory, *, installer: str = ""
    ) -> None:
        """Keep the doors; ``installer`` is who installed the app, empty when nobody knows."""
        self._team = team
        self._client = client
        self._memory = memory
        self._installer = installer

    def changed(self, channel: str, user: str) -> None:
        """Remember who changed a channel's digests last."""
        self._memory.remember(self._name(channel), user)

    async def admins(self, channel: str) -> list[str]:
        """Return the keys of the conversations with those who can mend a channel."""
        people = [self._memory.remembered(self._name(channel)), self._installer]
        if not any(people):
            people = [await self._creator(channel)]
        known = dict.fromkeys(person for person in people if person)
        return [channel_key(self._team, await self._conversation(person)) for person in known]

    def mended(self, channel: str) -> None:
        """Let what waits for a channel go out at the next tick: it can be posted to again."""
        self._memory.hurry(channel_key(self._team, channel))

    def _name(self, channel: str) -> str:
        return f"who looks after {channel_key(self._team, channel)}"

    async def _creator(self, channel: str) -> str:
        try:
            answer = await self._client.conversations_info(channel=channel)
        except _NO_ANSWER as fault:
            _log.warning("who created %s is not known: %s", channel, type(fault).__name__)
            return ""
        return str((answer.get("channel") or {}).get("creator") or "")

    async def _conversation(self, person: str) -> str:
        """Return the conversation with a person; the person's own id where it cannot be opened.

        Slack takes the id too, but shows no history under it.
        """
        try:
            answer = await self._client.conversations_open(users=person)
            return str(answer["channel"]["id"])
        except SlackApiError as fault:
            _log.warning("no conversation with %s: %s", person, error_name(fault))
        except (aiohttp.ClientError, TimeoutError) as fault:
            _log.warning("no conversation with %s: %s", person, type(fault).__name__)
        return person
