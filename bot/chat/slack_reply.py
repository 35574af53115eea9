"""Gets a payload to the one who asked: by the question's own address, else privately in place."""

from __future__ import annotations

import logging

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.chat.slack_blocks import Payload
from bot.chat.slack_errors import error_name
from bot.chat.slack_place import Place
from bot.chat.slack_post import Poster
from bot.errors import ChatError

_log = logging.getLogger(__name__)
_OK = 200


class Replies:
    """Shows answers to one person, and takes them away again."""

    def __init__(self, client: AsyncWebClient, poster: Poster) -> None:
        """Keep the client for private answers and the poster for conversations with the bot."""
        self._client = client
        self._poster = poster

    async def show(self, place: Place, payload: Payload, *, instead: bool = False) -> None:
        """Show a payload to who asked alone; ``instead`` puts it where the pressed message is."""
        if place.url and await self._by_address(place, payload, instead=instead):
            return
        if place.direct and place.at:
            await self._in_conversation(place, payload)
            return
        await self._privately(place, payload)

    async def _in_conversation(self, place: Place, payload: Payload) -> None:
        """Answer in the conversation with the bot, once, even where Slack sends it anew."""
        since = place.at - 1
        if place.again and await self._poster.look(
            place.channel, place.key, since=since, thread=place.thread
        ):
            return
        await self._poster.post_surely(
            place.channel, payload, place.key, since=since, thread=place.thread
        )

    async def _by_address(self, place: Place, payload: Payload, *, instead: bool) -> bool:
        body = {
            "response_type": "ephemeral",
            "replace_original": instead,
            "text": payload.text,
            "blocks": list(payload.blocks),
            "unfurl_links": False,
            "unfurl_media": False,
        }
        if place.thread and not instead:
            body["thread_ts"] = place.thread
        return await self._sent(place.url, body)

    async def remove(self, place: Place) -> None:
        """Take the pressed message away."""
        if place.alone or not place.pressed:
            await self._sent(place.url, {"delete_original": True})
            return
        try:
            await self._client.chat_delete(channel=place.channel, ts=place.pressed)
        except SlackApiError as fault:
            _log.warning("a message was not removed: %s", error_name(fault))

    async def _sent(self, url: str, body: dict[str, object]) -> bool:
        """Tell whether the address took it. No answer counts as taken: twice would be worse."""
        try:
            answer = await AsyncWebhookClient(url, retry_handlers=[]).send_dict(body)
        except (aiohttp.ClientConnectorError, aiohttp.InvalidURL):
            return False
        except (aiohttp.ClientError, TimeoutError) as fault:
            _log.warning("no answer from a response address: %s", type(fault).__name__)
            return True
        return answer.status_code == _OK

    async def _privately(self, place: Place, payload: Payload) -> None:
        try:
            await self._client.chat_postEphemeral(
                channel=place.channel,
                user=place.user,
                text=payload.text,
                blocks=list(payload.blocks),
                thread_ts=place.thread or None,
                parse="none",
                link_names=False,
            )
        except SlackApiError as fault:
            _log.warning("an answer in %s was refused: %s", place.channel, error_name(fault))
            await self._by_message(place, payload)

    async def _by_message(self, place: Place, payload: Payload) -> None:
        """Write to the person in the conversation with the bot, where the channel refuses."""
        try:
            await self._poster.post(place.user, payload, place.key)
        except ChatError as fault:
            _log.warning("an answer was not shown: %s", fault)
