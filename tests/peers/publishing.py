"""The real publisher over a real database and a real adapter, as a process that may be killed.

It publishes three hourly digests of two parts, a note to the channel for each, and one in each
digest's thread, on a clock of its own that goes on a minute a tick; then it ends. Started again
it goes on. What it was asked: platform, address of the peer, database, channel, moment to begin.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from datetime import datetime, time, timedelta

import discord

from bot.chat.discord import Discord
from bot.chat.slack import Slack
from bot.chat.slack_setup import Setup
from bot.delivery_model import DeliveryState
from bot.message import Heading, Message, Note, Paragraph, plain
from bot.model import Channel, Schedule, Subscription
from bot.ports import Asker, Chat, Store
from bot.publish import Composed, Publisher
from bot.store import open_store

DIGESTS = 3
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


async def respond(words: str, asker: Asker) -> Message:
    """Answer nothing; this process only publishes."""
    return Message((), words)


def complete(kind: str, prefix: str, /, channel: str = "") -> list[str]:
    """Suggest nothing."""
    return []


def adapter(platform: str, address: str, store: Store, begin: datetime) -> Chat:
    """Return the real adapter, pointed at the peer."""
    if platform == "discord":
        discord.http.Route.BASE = f"{address}/api/v10"
        return Discord("token-of-the-tests", respond, complete)
    setup = Setup(bot_token="xoxb-whosaid", app_token="xapp-relay", base_url=address, pause=0.0)
    return Slack(setup, respond, complete, store, clock=lambda: begin)


def message(words: str) -> Message:
    """Return a message of two parts."""
    rest = Message((Heading("More", 2), Paragraph(plain(f"The rest of {words}."))), "More")
    return Message((Heading("Digest"), Paragraph(plain(words))), words, thread=(rest,))


def compose(subscription: Subscription, since: datetime, until: datetime) -> Composed:
    """Return the digest until then."""
    return Composed(message(f"the news until {until:%H:%M}"), {f"s{until:%H}": ["a1"]})


def notes(store: Store, channel: str, first: datetime) -> Iterator[Note]:
    """Yield every note that is due by now; those that were written before are yielded again."""
    for number in range(DIGESTS):
        text = Message((Paragraph(plain(f"note {number}")),), f"note {number}")
        yield Note(channel, f"feed-down {number}", text)
        parts = store.parts(channel, first + number * HOUR)
        if parts and parts[0].state is DeliveryState.SENT:
            yield Note(channel, f"correction {number}", text, thread=parts[0].remote_id)


async def main(chat: Chat, store: Store, channel: str, begin: datetime) -> None:
    """Publish until everything is sent."""
    first = begin.replace(minute=0)
    if store.subscription(channel) is None:
        plan = Schedule(tuple(time(first.hour + number) for number in range(DIGESTS)))
        store.save_subscription(Subscription(Channel(channel), plan, since=first - MINUTE))
    publisher = Publisher(store, [chat], compose)
    now, waiting = begin, True
    while waiting or now <= first + (DIGESTS - 1) * HOUR:
        await publisher.tick(now)
        written = sum(publisher.notes.note(one, now=now) for one in notes(store, channel, first))
        waiting = bool(written or store.unfinished())
        now = now + MINUTE if waiting else now.replace(minute=0) + HOUR
    await chat.close()
    store.close()


if __name__ == "__main__":
    platform, address, database, channel, moment = sys.argv[1:]
    begin, store = datetime.fromisoformat(moment), open_store(database)
    asyncio.run(main(adapter(platform, address, store, begin), store, channel, begin))
