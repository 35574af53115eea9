"""The outbox on Discord over real sockets: killed again and again, answers lost, nothing twice."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from loopback import Loopback

from bot.chat.discord_delivery import marks
from bot.chat.discord_wire import has_marks
from bot.delivery_model import Delivery, DeliveryState
from bot.store import open_store

ROOT = Path(__file__).parents[4]
SCRIPT = ROOT / "tests" / "peers" / "publishing.py"
SLOT = datetime(2025, 12, 31, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
KILLS = 4


@pytest.fixture
async def server() -> AsyncIterator[Loopback]:
    loopback = Loopback()
    await loopback.start()
    yield loopback
    await loopback.close()


async def life(server: Loopback, database: Path, minutes: int) -> asyncio.subprocess.Process:
    begin = SLOT + timedelta(minutes=minutes)
    channel = f"discord:{server.guild.id}:{server.channel.id}"
    address = f"http://127.0.0.1:{server.port}"
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *(str(SCRIPT), "discord", address, str(database), channel, begin.isoformat()),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stderr=asyncio.subprocess.DEVNULL,
    )


def posts(server: Loopback) -> int:
    return sum(how == "POST" and path.endswith("/messages") for how, path in server.log)


def expected(channel: str) -> Iterator[Delivery]:
    for number in range(3):
        for part in range(2):
            yield Delivery(channel, SLOT + number * HOUR, part, "")
        for kind in ("feed-down", "correction"):
            yield Delivery(channel, SLOT, 0, "", name=f"{kind} {number}")


async def test_killed_between_any_steps_each_part_and_note_stands_there_once(
    server: Loopback, each_database: str
) -> None:
    """Digests, their threads, notes, notes in threads; a third of the posts go wrong."""
    chance = random.Random(9)
    faults = {"cut": 0.15, "hold": 0.1, "429": 0.05}

    def rule(how: str, path: str) -> str:
        if how != "POST" or not path.endswith("/messages"):
            return ""
        return chance.choices([*faults, ""], [*faults.values(), 0.7])[0]

    server.rules = [rule]
    for number in range(KILLS):
        process = await life(server, each_database, 3 * number)
        wanted = posts(server) + 1 + number % 2
        ended = asyncio.create_task(process.wait())
        seen = asyncio.create_task(server.until(lambda w=wanted: posts(server) >= w, 120))
        await asyncio.wait({ended, seen}, return_when=asyncio.FIRST_COMPLETED)
        seen.cancel()
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await ended
    server.rules = []
    process = await life(server, each_database, 3 * KILLS)
    async with asyncio.timeout(300):
        assert await process.wait() == 0
    store = open_store(each_database)
    channel = f"discord:{server.guild.id}:{server.channel.id}"
    stand = [one for held in server.backend.messages.values() for one in held.values()]
    found = Counter(
        part.key
        for part in expected(channel)
        for one in stand
        if has_marks([dict(block) for block in one.components], marks(part.key))
    )
    assert found == Counter(part.key for part in expected(channel))
    for number in range(3):
        kept = store.parts(channel, SLOT + number * HOUR)
        assert {part.state for part in kept} == {DeliveryState.SENT}
    store.close()
