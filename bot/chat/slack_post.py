"""Posting to Slack so that nothing comes twice: one try, and a look before the next.

Slack has no key that makes it drop a second post, so each post carries its key in the
message's metadata. When no answer came, the channel's history tells whether it is there.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack_asker import channel_of
from bot.chat.slack_blocks import Payload
from bot.chat.slack_errors import error_name, in_words, is_unknown
from bot.chat.slack_limits import HISTORY_PAGE, HISTORY_PAGES, POST_SECONDS, SEND_SECONDS
from bot.delivery_model import Delivery
from bot.errors import ChatError
from bot.message import Picture

EVENT_TYPE = "whosaid_message"
"""The ``event_type`` of the metadata of all that we post."""
MINUTE = 60.0
RATE_LIMIT_TRIES = 2
LONGEST_WAIT_SECONDS = SEND_SECONDS / 3
"""What Slack may ask twice and still leave time to post."""

_log = logging.getLogger(__name__)


def posting_client(token: str, base_url: str = "") -> AsyncWebClient:
    """Return a client that waits for rate limits but never tries again after a lost connection.

    The library's own retry after a lost connection posts twice when only the answer was lost.
    """
    return AsyncWebClient(
        token=token,
        base_url=base_url or AsyncWebClient.BASE_URL,
        timeout=SEND_SECONDS,
        retry_handlers=[RateLimits(max_retry_count=RATE_LIMIT_TRIES)],
    )


class RateLimits(AsyncRateLimitErrorRetryHandler):
    """Waits as long as Slack asks, unless that is longer than a send may take.

    Then Slack's refusal stands: it is known that nothing was posted, where a time-out would
    leave it unknown.
    """

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        limited = await super()._can_retry_async(
            state=state, request=request, response=response, error=error
        )
        return limited and response is not None and _asked_wait(response) <= LONGEST_WAIT_SECONDS


def _asked_wait(response: HttpResponse) -> float:
    """Return the seconds that Slack asks to wait."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    asked = headers.get("retry-after", ["1"])
    try:
        return float(asked[0])
    except ValueError:
        return 1.0


class Poster:
    """Posts payloads and finds them again."""

    def __init__(self, client: AsyncWebClient, *, pause: float = POST_SECONDS) -> None:
        """Keep the client; ``pause`` is the time between two posts to one channel, in seconds."""
        self._client = client
        self._pause = pause
        self._free: dict[str, float] = {}

    async def send(self, delivery: Delivery, *, thread: str, team: str) -> str:
        """Post one part of a digest, once; return its timestamp, Slack's id of a message.

        Raises:
            ChatError: it was surely not posted. Any other exception leaves that unknown.

        """
        payload = Payload.from_json(delivery.payload)
        channel = channel_of(delivery.channel, team)
        async with asyncio.timeout(SEND_SECONDS):
            return await self.post(channel, payload, delivery.key, thread=thread)

    async def find(self, delivery: Delivery, *, team: str) -> str:
        """Look for a part in the channel and in the thread where it belongs."""
        channel = channel_of(delivery.channel, team)
        since = delivery.slot.timestamp() - 5 * MINUTE
        try:
            return await self.look(channel, delivery.key, since=since, thread=delivery.thread)
        except SlackApiError as fault:
            raise in_words(fault, await self._named(channel)) from fault

    async def post(self, channel: str, payload: Payload, key: str, *, thread: str = "") -> str:
        """Post a payload under a key, once; return its timestamp.

        Raises:
            ChatError: it was surely not posted. Any other exception leaves that unknown.

        """
        await self._wait_for_turn(channel)
        try:
            return await self._try(channel, payload, key, thread)
        except SlackApiError as fault:
            if error_name(fault) == "msg_blocks_too_long":
                return await self._plainly(channel, payload, key, thread)
            if is_unknown(fault):
                raise
            raise in_words(fault, await self._named(channel)) from fault
        except aiohttp.ClientConnectorError as fault:
            text = "Slack cannot be reached; check this machine's network. It is tried again."
            raise ChatError(text) from fault

    async def _plainly(self, channel: str, payload: Payload, key: str, thread: str) -> str:
        """Post the text alone, which says the whole, when Slack finds the blocks too long."""
        try:
            return await self._try(channel, Payload(payload.text, ()), key, thread)
        except SlackApiError as fault:
            raise in_words(fault, await self._named(channel)) from fault

    async def _named(self, channel: str) -> str:
        """Return a channel as people know it, its id where Slack does not show it."""
        if not channel.startswith(("C", "G")):
            return ""
        try:
            answer = await self._client.conversations_info(channel=channel)
        except (SlackApiError, aiohttp.ClientError, TimeoutError):
            return channel
        name = (answer.get("channel") or {}).get("name")
        return f"#{name}" if name else channel

    async def _try(self, channel: str, payload: Payload, key: str, thread: str) -> str:
        answer = await self._client.chat_postMessage(
            channel=channel,
            text=payload.text,
            blocks=list(payload.blocks) or None,
            thread_ts=thread or None,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"key": key}},
            unfurl_links=False,
            unfurl_media=False,
            parse="none",
            link_names=False,
        )
        return str(answer["ts"])

    async def post_surely(
        self, channel: str, payload: Payload, key: str, *, since: float, thread: str = ""
    ) -> str:
        """Post a payload; when no answer came, look for it, and post again only if it is not there.

        ``since`` is a moment before the first try, in seconds of Unix time.

        Raises:
            ChatError: it was surely not posted.

        """
        try:
            return await self.post(channel, payload, key, thread=thread)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as fault:
            _log.warning("no answer to a post, looking whether it is there: %s", type(fault))
            found = await self.look(channel, key, since=since, thread=thread)
            return found or await self.post(channel, payload, key, thread=thread)

    async def look(self, channel: str, key: str, *, since: float, thread: str = "") -> str:
        """Return the timestamp of the message with this key since then, or empty.

        Without ``thread`` the channel and the threads below our own messages are searched.
        """
        if thread:
            return await self._in_thread(channel, thread, key)
        roots = []
        async for message in self._history(channel, since):
            if key_of(message) == key:
                return str(message["ts"])
            if key_of(message) and message.get("reply_count"):
                roots.append(str(message["ts"]))
        for root in roots:
            if found := await self._in_thread(channel, root, key):
                return found
        return ""

    async def _history(self, channel: str, since: float) -> AsyncIterator[Mapping[str, Any]]:
        cursor = ""
        for _ in range(HISTORY_PAGES):
            answer = await self._client.conversations_history(
                channel=channel,
                oldest=f"{since:.6f}",
                limit=HISTORY_PAGE,
                include_all_metadata=True,
                cursor=cursor or None,
            )
            for message in answer.get("messages") or ():
                yield message
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return

    async def _in_thread(self, channel: str, root: str, key: str) -> str:
        for message in await self.thread(channel, root):
            if key_of(message) == key:
                return str(message["ts"])
        return ""

    async def thread(self, channel: str, root: str) -> list[Mapping[str, Any]]:
        """Return the messages of a thread, its root first."""
        answer = await self._client.conversations_replies(
            channel=channel, ts=root, limit=HISTORY_PAGE, include_all_metadata=True
        )
        return list(answer.get("messages") or ())

    async def upload(self, channel: str, picture: Picture, *, thread: str) -> None:
        """Put a picture below a message; the message says the same, so a fault is only logged."""
        try:
            await self._client.files_upload_v2(
                channel=channel,
                thread_ts=thread or None,
                content=picture.png,
                filename=picture.name,
                title=picture.alt[:200],
                alt_txt=picture.alt[:1000],
            )
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as fault:
            _log.warning("a picture was not uploaded: %s", fault)

    async def _wait_for_turn(self, channel: str) -> None:
        loop = asyncio.get_running_loop()
        turn = max(loop.time(), self._free.get(channel, 0.0))
        self._free[channel] = turn + self._pause
        await asyncio.sleep(turn - loop.time())


def key_of(message: Mapping[str, Any]) -> str:
    """Return the key under which we posted a message, empty for other people's."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return ""
    return str((metadata.get("event_payload") or {}).get("key", ""))
