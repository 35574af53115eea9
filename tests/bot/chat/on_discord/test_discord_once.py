"""Digests on real sockets while answers are lost, posts are refused a way and the bot is killed.

The bot is a process with a store on disk; the server forgets every nonce at once, so that it is
the bot alone that keeps a digest from coming twice.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path

import pytest
from loopback import Loopback

from bot.model import Channel, Schedule, Subscription
from bot.store import open_store

ROOT = Path(__file__).parents[4]
SCRIPT = ROOT / "tests" / "peers" / "discord" / "whole_bot.py"
HOURS = range(1, 13)
DAY = datetime(2025, 12, 31, tzinfo=UTC)
FAULTS = ("", "cut", "lost", "hold", "429", "500")
"""Accepted and answered; accepted, the answer lost; lost on the way; accepted, the bot killed before
the answer; asked to slow down; a fault of Discord's own."""
MOST_TICKS = 12


class Bot:
    """The bot's process, started anew when it was killed."""

    def __init__(self, server: Loopback, database: str) -> None:
        self.server = server
        self.database = database
        self.process: asyncio.subprocess.Process | None = None
        self.kills = 0

    async def tick(self, now: datetime) -> None:
        """Let the publisher tick; kill the process when its post is held."""
        if self.process is None:
            await self._start()
        assert self.process is not None
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{now.isoformat()}\n".encode())
        ticked = asyncio.create_task(self.process.stdout.readline())
        held = asyncio.create_task(self.server.held.wait())
        async with asyncio.timeout(90):
            await asyncio.wait((ticked, held), return_when=asyncio.FIRST_COMPLETED)
        held.cancel()
        if not ticked.done():
            ticked.cancel()
            await self.kill()

    async def _start(self) -> None:
        ready = self.server.identified + 1
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(SCRIPT),
            str(self.server.port),
            str(self.database),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        await self.server.until(lambda: self.server.identified == ready, 90)

    async def kill(self) -> None:
        """Kill the process as kill -9 does."""
        if self.process is not None:
            self.process.kill()
            await self.process.wait()
            self.process = None
            self.kills += 1
            self.server.held.clear()


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    loopback = Loopback()
    loopback.remembers_nonces = False
    await loopback.start()
    yield loopback
    await loopback.close()


def posted(server: Loopback) -> Counter[str]:
    """How often each part of each digest stands on the server."""
    texts = (
        json.dumps(message.components)
        for messages in server.backend.messages.values()
        for message in messages.values()
    )
    wanted = [f"{kind} of {hour:02}-00" for hour in HOURS for kind in ("Digest", "The rest")]
    return Counter(name for text in texts for name in wanted if name in text)


async def test_every_digest_comes_once_whatever_fails_on_the_way(
    server: Loopback, each_database: str
) -> None:
    """Twelve digests of two parts, each with a fault that chance picks: none lost, none double."""
    chance = random.Random(7)
    channel = Channel(f"discord:{server.guild.id}:{server.channel.id}")
    store = open_store(each_database)
    times = tuple(time(hour) for hour in HOURS)
    began = DAY + timedelta(minutes=30)
    store.save_subscription(Subscription(channel, Schedule(times, since=began), since=began))
    store.close()
    bot = Bot(server, each_database)
    met: Counter[str] = Counter()
    for hour in HOURS:
        faults = [chance.choice(FAULTS), chance.choice(FAULTS)]
        met.update(faults)
        server.rules = [partial(_fault, iter(faults))]
        now = DAY + timedelta(hours=hour, seconds=5)
        for _ in range(MOST_TICKS):
            await bot.tick(now)
            now += timedelta(minutes=2)
            if posted(server)[f"The rest of {hour:02}-00"]:
                break
        await bot.tick(now)
        await bot.tick(now + timedelta(minutes=2))
    assert bot.kills >= 2
    assert len(met) == len(FAULTS)
    assert set(posted(server).values()) == {1}
    assert len(posted(server)) == 2 * len(HOURS)
    await bot.kill()


def _fault(coming: Iterator[str], how: str, path: str) -> str:
    """Return the next fault for a post, none for other requests."""
    is_post = how == "POST" and path.endswith("/messages")
    return next(coming, "") if is_post else ""
