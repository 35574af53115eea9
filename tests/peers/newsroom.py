"""The real bot over a real database that holds some of the demo news: what answers and composes.

Nothing of it is faked but the clock. The news is analysed once for all tests and moved from there
into each test's own database, as ``whosaid migrate`` moves it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bot import machines
from bot.app import Application, application
from bot.config import Config
from bot.model import Channel, Schedule, Subscription
from bot.ports import Chat
from bot.publish import Publisher
from bot.store import SqlStore, open_store
from bot.tasks import PUBLISH, hand_over

DEMO = Path(__file__).parents[2] / "seeds" / "demo"
OUTLETS = ("meridian-wire", "dravosk-telegraph")
SEVEN = datetime(2026, 3, 12, 7, tzinfo=UTC)
"""A digest's hour, on the last day of the demo news."""

CLAIM = "Tarsk moved 8,000 troops into the Oru Gap"

Tick = Callable[[datetime], Awaitable[None]]


async def stocked(database: str) -> None:
    """Read, analyse and group the news of two outlets, as ``whosaid ingest`` does."""
    async with application(Config(database=database)) as app:
        report = await app.ingest([str(DEMO / outlet) for outlet in OUTLETS])
    assert not report.faults


@asynccontextmanager
async def newsroom(database: str) -> AsyncIterator[Application]:
    """Open the bot as it is with a token; closing and opening it again is a restart."""
    async with application(_config(database)) as app:
        yield app


@asynccontextmanager
async def delivering(database: str, chat: Chat) -> AsyncIterator[Tick]:
    """Start who delivers, and on PostgreSQL a worker, which composes; give a tick of the former.

    A tick lasts until the workers have nothing to compose any more.
    """
    async with (
        newsroom(database) as app,
        newsroom(database) as colleague,
        machines.engine(_config(database), lambda: SEVEN) as engine,
    ):
        store = open_store(database)
        handing = hand_over(engine) if engine else None
        publisher = Publisher(store, [chat], app.scheduled, hand_over=handing)

        async def tick(now: datetime) -> None:
            await publisher.tick(now)
            while engine and (await engine.waiting()).get(PUBLISH):
                pass  # each look is a question to the database, in a thread

        working = asyncio.create_task(colleague.work([PUBLISH], 1)) if engine else None
        try:
            async with asyncio.timeout(120):
                yield tick
        finally:
            if working:
                working.cancel()
                await asyncio.gather(working, return_exceptions=True)
            store.close()


def subscribe(store: SqlStore, channel: str) -> None:
    """Let a channel have a digest at seven."""
    since = SEVEN - timedelta(days=1)
    store.save_subscription(Subscription(Channel(channel), Schedule((time(7),)), since=since))


def _config(database: str) -> Config:
    return Config(database=database, discord_token="t")
