"""Pictures of every kind of message on Discord: dark and light, at phone and desktop width.

    python -m benchmarks.discord_pictures build/pictures [--only digest source] [--scale 2]

The real bot answers over the demo news in a simulated server (simcord), whose own preview lays
the messages out (pip install 'simcord[preview]'); a headless Chromium takes the pictures. The
preview knows Discord's dark colours; the light ones are put over them. Look at the pictures:
nothing here judges them.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import discord
import simcord
from simcord.env import Env

from benchmarks.chromium import Chromium, View, browser
from benchmarks.posted_notes import UNTIL, notes
from bot.app import application
from bot.cards.digest import digest_card
from bot.chat.discord import GREETING, Discord
from bot.chat.discord_components import payloads
from bot.chat.discord_delivery import REFUSED
from bot.chat.discord_wire import Layout
from bot.compose import Composer
from bot.config import Config
from bot.delivery_model import Delivery
from bot.message import Message
from bot.model import (
    Channel,
    Feed,
    FeedState,
    Schedule,
    Settings,
    Subscription,
)
from bot.store import open_store

ALONE = """
[data-workbench] { display: none !important; }
html, body, .preview-shell, .preview-workspace, .preview-stage {
  display: block !important; height: auto !important; overflow: visible !important;
}
.preview-app { width: 100vw !important; height: auto !important; overflow: visible !important; }
#focused-content {
  width: 100% !important; max-height: none !important; overflow: visible !important;
  padding: 8px 0 14px !important; background: var(--discord-bg);
}
.component-button { opacity: 1 !important; }
"""
"""The message alone, as wide as the window; its buttons as they look to who may press them."""

LIGHT = """
:root {
  color-scheme: light; background: #ffffff; color: #313338;
  --discord-bg: #ffffff; --discord-surface: #f2f3f5; --discord-elevated: #e3e5e8;
  --discord-control: #ebedef; --discord-hover: #e0e1e5; --discord-text: #313338;
  --discord-muted: #5c5e66; --discord-subtle: #4e5058; --discord-border: #d9dbdf;
  --component-surface: #f9f9fa; --component-border: #d9dbdf; --control-border: #c4c9ce;
  --chip-surface: #ebedef; --button-alt: #e3e5e8; --button-alt-hover: #d7d9dc;
  --subtle-surface: #e3e5e8; --subtle-surface-text: #313338; --entity-text: #4e5058;
  --entity-dim: #5c5e66; --code-surface: #f2f3f5; --code-border: #e3e5e8; --code-text: #313338;
  --embed-field-name: #060607; --link-text: #006ce7; --link-accent: #006ce7;
}
#focused-content .component-button:not(.button-style-4) { background: #e3e5e8; color: #313338; }
#focused-content .button-style-4 { background: #d22d39; color: #ffffff; }
"""
WIDTHS = {"phone": 390, "desktop": 900}
THEMES = {"dark": ALONE, "light": ALONE + LIGHT}
READY = "window.simcordPreview && window.simcordPreview.ready === true"

Shown: TypeAlias = Any
"""A message or an answer to a command, as simcord has them: they share no class."""

Sent = Callable[[], Awaitable[Shown]]


class Scene:
    """A server with the bot in it: ``ann`` asks, ``mayor`` may change the channel."""

    def __init__(self, env: Env, adapter: Discord, database: str) -> None:
        self.env = env
        self.adapter = adapter
        self.database = database
        guild = env.create_guild("Harbour desk")
        self.channel = guild.create_text_channel("briefings")
        managing = guild.create_role("Desk", permissions=discord.Permissions(manage_channels=True))
        self.ann = guild.add_member(env.create_user("Ann"), roles=[managing])
        self.guest = guild.add_member(env.create_user("Guest"))
        self.key = f"discord:{guild.id}:{self.channel.id}"

    async def asked(self, command: str, **options: str) -> Shown:
        """Let Ann type a command."""
        return await self.ann.slash(self.channel, command, **options)

    async def posted(self, length: str, *, thread: bool = False) -> Shown:
        """Post the digest of the newest day, and its thread."""
        wanted = Subscription(Channel(self.key), Schedule(zone="Europe/London"), length=length)
        since = UNTIL - timedelta(days=7)
        store = open_store(self.database)
        stories = store.stories_between(since, UNTIL)
        made = Composer(store, Settings("0"), {}).digest(wanted, stories, since, UNTIL)
        store.close()
        slot, first = self.env.now() - timedelta(minutes=len(self.channel.history())), ""
        for number, payload in enumerate(self.adapter.freeze(digest_card(made))):
            delivery = Delivery(self.key, slot, number, payload)
            sent = await self.adapter.send(delivery, thread=first)
            first = first or sent
        place = self.channel.threads[-1] if thread else self.channel
        return next(one for one in reversed(place.history()) if one.components)

    async def said(self, words: str) -> Shown:
        """Let Ann put a question to the bot by name; return the answer."""
        await self.ann.send(self.channel, f"<@{self.env.bot.user.id}> {words}")
        return self.channel.last_message

    async def greeted(self) -> Shown:
        place = self.env.bot.get_channel(self.channel.id)
        await place.send(view=Layout(payloads(GREETING)[0].components))
        return self.channel.last_message

    def notes(self) -> list[tuple[str, Message]]:
        """Return what is told outside digests, by name."""
        store = open_store(self.database)
        try:
            return list(notes(store, REFUSED[403, None]))
        finally:
            store.close()

    async def noted(self, message: Message) -> Shown:
        """Post what is told outside digests."""
        name = f"note {len(self.channel.history())}"
        (payload,) = self.adapter.freeze(message)
        await self.adapter.send(
            Delivery(self.key, self.env.now(), 0, payload, name=name), thread=""
        )
        return self.channel.last_message

    async def shared(self) -> Shown:
        result = await self.asked("source", claim="Tarsk moved 8,000 troops into the Oru Gap")
        return await self.ann.click(result.response, label="Share")


def kinds(scene: Scene) -> dict[str, Sent]:
    """Return every kind of message, by name."""

    def ask(command: str, **options: str) -> Sent:
        return lambda: scene.asked(command, **options)

    return {
        "greeting": scene.greeted,
        "help": ask("help"),
        "feeds": ask("feeds list"),
        "schedule": ask("schedule"),
        "digest": lambda: scene.posted("short"),
        "digest-continued": lambda: scene.posted("long"),
        "digest-thread": lambda: scene.posted("long", thread=True),
        "digest-private": ask("digest show"),
        "source": ask("source", claim="Tarsk moved 8,000 troops into the Oru Gap"),
        "source-denied": ask("source", claim="has Palisade stated that a government paid it?"),
        "source-likely": ask("source", claim="the union blames the steering"),
        "source-shared": scene.shared,
        "refusal": ask("source", claim="Tarsk moved 80,000 troops into the Oru Gap"),
        "mention": lambda: scene.said("who denies that troops were moved?"),
        "entity": ask("entity", name="Aldering"),
        "story": ask("story", story="ferry"),
        "story-choice": ask("story", story="said"),
        "search": ask("search", words="ferry harbour"),
        "brief": ask("brief", article="ferry"),
        "why": ask("why", url="https://nowhere.example/1"),
        "status": ask("status"),
        "error": ask("entity", name="Nobody Nowhere"),
        **{name: partial(scene.noted, message) for name, message in scene.notes()},
        "forbidden": lambda: scene.guest.slash(scene.channel, "feeds add", url="https://x.example"),
    }


@asynccontextmanager
async def scene() -> AsyncIterator[Scene]:
    """Gather the demo news, and put the bot into a simulated server."""
    with tempfile.TemporaryDirectory() as folder:
        config = Config(database=f"{folder}/news.sqlite3")
        async with application(config) as whole:
            await whole.ingest(["seeds/demo"])
            adapter = Discord("no-token", whole.responder, whole.complete)
            async with simcord.run(adapter.client, check_errors=False) as env:
                made = Scene(env, adapter, config.database)
                _furnish(config.database, made.key)
                yield made


def _furnish(database: str, channel: str) -> None:
    """Give the channel a schedule and feeds, one of them broken."""
    store = open_store(database)
    moment = UNTIL - timedelta(hours=12)
    for name, failures in (("Meridian Wire", 0), ("Oldquay Watch", 3)):
        url = f"https://{name.lower().replace(' ', '')}.example/rss"
        store.add_feed(Feed(url, name, channel=channel))
        words = f"{name} is not there. Look on the site for the feed's new address."
        state = FeedState(
            url,
            outcome="not-found" if failures else "ok",
            error=words if failures else "",
            failures=failures,
            last_poll=moment,
            last_success=moment - timedelta(days=failures),
            next_poll=moment + timedelta(minutes=30),
        )
        store.save_feed_state(state)
    schedule = Schedule(zone="Europe/London", since=moment)
    store.save_subscription(Subscription(Channel(channel), schedule, since=moment))
    store.close()


def _channel(shown: Shown) -> int:
    """Return the id of the channel or thread that a message stands in."""
    return int(getattr(shown, "channel_id", 0) or shown.channel.id)


async def photographed(made: Scene, chromium: Chromium, target: Shown, name: str, to: Path) -> None:
    """Take the pictures of one message."""
    response = getattr(target, "response", None) or target
    threads = {thread.id: thread for thread in made.channel.threads}
    channel = threads.get(_channel(response), made.channel)
    viewer = made.guest if name == "forbidden" else made.ann
    async with made.env.preview(channel, viewers=[viewer]) as preview:
        await preview.show(response)
        for width_name, width in WIDTHS.items():
            for theme, css in THEMES.items():
                png = await chromium.picture(
                    preview.url, View(width, SCALE, css), ready=READY, element="#focused-content"
                )
                (to / f"{name}-{width_name}-{theme}.png").write_bytes(png)


SCALE = 1.0


async def main(to: Path, only: set[str]) -> None:
    async with scene() as made, browser() as chromium:
        for name, sent in kinds(made).items():
            if not only or name in only:
                await photographed(made, chromium, await sent(), name, to)
                print(to / f"{name}-*.png", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("to", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--scale", type=float, default=1.0)
    asked = parser.parse_args()
    SCALE = asked.scale
    asked.to.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(asked.to, set(asked.only)))
