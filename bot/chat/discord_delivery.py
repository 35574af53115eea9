"""Digests brought to Discord's channels: each frozen part once, and found again when in doubt.

What is due, and when to try again, is decided elsewhere.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Literal

import discord

from bot.chat.discord_asker import channel_number
from bot.chat.discord_components import Payload
from bot.chat.discord_limits import HISTORY_MESSAGES, NONCE, SEND_SECONDS
from bot.chat.discord_wire import Layout, components_of, files, has_marks, marked
from bot.delivery_model import Delivery
from bot.errors import ChatError

REST, ABOUT = "The rest of this digest", "About this digest"
_DAY_MINUTES: Literal[1440] = 1440
_THREAD_EXISTS = 160004
_CLOCKS_APART = timedelta(minutes=1)

REFUSED = {
    (401, None): "Discord refuses the token: set WHOSAID_DISCORD_TOKEN anew and start again",
    (403, 50001): "the bot cannot see this channel: give it View Channel there, or invite it anew",
    (403, 50007): "this person takes no messages from the bot",
    (403, None): "the bot may not post in this channel: give it Send Messages, Send Messages in "
    "Threads and Attach Files there",
    (404, None): "this channel is gone, or the bot was removed from the server",
    (400, 50008): "digests cannot be posted in a forum or voice channel: take a text channel",
}
"""Discord's refusals, by HTTP status and its own code, None for any other -> what to do."""

_log = logging.getLogger(__name__)


class UnknownOutcomeError(Exception):
    """Discord failed in a way that leaves open whether it did what we asked."""


class Deliveries:
    """Sends frozen parts through one client and looks for them in the history."""

    def __init__(self, client: discord.Client, ready: Callable[[], Awaitable[None]]) -> None:
        """Keep the client, and what logs it in before the first request."""
        self._client = client
        self._ready = ready

    async def send(self, delivery: Delivery, *, thread: str) -> str:
        """Send a part, into the thread of another message when given; return the message's id.

        The nonce is the delivery's own: within some minutes Discord answers a second post of
        it with the first message.

        Raises:
            ChatError: it was surely not sent.

        """
        payload = Payload.from_json(delivery.payload)
        layout = Layout(marked(payload.components, marks(delivery.key)))
        async with asyncio.timeout(SEND_SECONDS):
            await self._ready()
            try:
                title = ABOUT if delivery.thread else REST
                place = await self._place(channel_number(delivery.channel), thread, title)
                sent = await place.send(
                    view=layout,
                    files=files(payload),
                    nonce=nonce(delivery.key),
                    silent=payload.silent,
                )
            except discord.RateLimited as limit:
                raise ChatError(f"Discord asks us to wait {limit.retry_after:.0f} s") from limit
            except discord.HTTPException as fault:
                raise _told(fault) from fault
        return str(sent.id)

    async def _place(self, channel: int, thread: str, title: str) -> discord.PartialMessageable:
        """Return where a part goes: its channel, or the thread of the message ``thread``.

        The thread is opened with this title. Where none may be opened it goes in the channel.
        """
        if thread:
            try:
                await self._client.http.start_thread_with_message(
                    channel, int(thread), name=title, auto_archive_duration=_DAY_MINUTES
                )
            except discord.HTTPException as fault:
                if fault.status >= 500 or fault.status == 429:
                    raise
                if fault.code != _THREAD_EXISTS:
                    _log.info("no thread in channel %d (%s); going on there", channel, fault.code)
                    return self._client.get_partial_messageable(channel)
            return self._client.get_partial_messageable(int(thread))
        return self._client.get_partial_messageable(channel)

    async def find(self, delivery: Delivery) -> str:
        """Look for a part in its channel, and in the thread where it belongs too.

        Raises:
            ChatError: the history could not be read as far back as the slot.

        """
        await self._ready()
        channel = channel_number(delivery.channel)
        try:
            found = await self._look(channel, delivery)
            root = "" if found else await self._root(channel, delivery)
        except discord.HTTPException as fault:
            raise _told(fault) from fault
        if not root:
            return found
        try:
            return await self._look(int(root), delivery)
        except discord.NotFound:
            return ""

    async def _root(self, channel: int, delivery: Delivery) -> str:
        """Return the message in whose thread a part belongs, empty when it has none."""
        if delivery.thread or not delivery.part:
            return delivery.thread
        return await self._look(channel, replace(delivery, part=0))

    async def _look(self, place: int, delivery: Delivery) -> str:
        looked = 0
        history = self._client.get_partial_messageable(place).history(
            limit=HISTORY_MESSAGES, after=delivery.slot - _CLOCKS_APART, oldest_first=False
        )
        async for message in history:
            looked += 1
            if message.author == self._client.user and _is(message, delivery.key):
                return str(message.id)
        if looked >= HISTORY_MESSAGES:
            raise ChatError(f"the last {looked} messages do not reach back to the digest's time")
        return ""


def _is(message: discord.Message, key: str) -> bool:
    return message.nonce == nonce(key) or has_marks(components_of(message), marks(key))


def nonce(key: str) -> str:
    """Return the nonce of a delivery's key: the same each time, of the length that is allowed."""
    return hashlib.sha256(key.encode()).hexdigest()[:NONCE]


def marks(key: str) -> tuple[int, int]:
    """Return two numbers of 31 bits, never 0, that stand for a delivery's key."""
    digest = hashlib.sha256(b"marks " + key.encode()).digest()
    first, second = (int.from_bytes(digest[at : at + 4]) >> 1 for at in (0, 4))
    return first | 1 << 30, second | 1 << 29 if second | 1 << 29 != first | 1 << 30 else 1


def _told(fault: discord.HTTPException) -> Exception:
    """Return Discord's refusal in words, or that it may have done what we asked."""
    if fault.status >= 500:
        return UnknownOutcomeError(f"Discord failed with {fault.status}")
    if fault.status == 429:
        return ChatError("Discord asks us to slow down")
    return ChatError(_words(fault), permanent=True)


def _words(fault: discord.HTTPException) -> str:
    told = REFUSED.get((fault.status, fault.code)) or REFUSED.get((fault.status, None))
    return told or (
        f"Discord refused the message ({fault.status}, {fault.code}): {fault.text[:200]}"
    )
