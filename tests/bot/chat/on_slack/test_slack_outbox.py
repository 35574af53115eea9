"""The outbox on Slack over real sockets: killed again and again, answers lost, nothing twice."""

import asyncio
import os
import signal
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from relay import TEAM
from test_slack_sharing import history

from bot.chat.slack_post import key_of
from bot.delivery_model import Delivery, DeliveryState
from bot.store import is_on_server, open_store

ROOT = Path(__file__).parents[4]
SCRIPT = ROOT / "tests" / "peers" / "publishing.py"
SLOT = datetime(2024, 11, 3, 20, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
KILLS = 4


async def life(relay, database, channel, begin):
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *(str(SCRIPT), "slack", relay.base_url, str(database), channel, begin.isoformat()),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stderr=asyncio.subprocess.DEVNULL,
    )


def expected(channel):
    for number in range(3):
        for part in range(2):
            yield Delivery(channel, SLOT + number * HOUR, part, "").key
        for kind in ("feed-down", "correction"):
            yield Delivery(channel, SLOT, 0, "", name=f"{kind} {number}").key


async def test_killed_between_any_steps_each_part_and_note_stands_there_once(
    relay, emulated, each_database
):
    """Digests, their threads, notes, notes in threads; some answers lost, some never given."""
    # The emulated workspace lives on: each database posts to a channel of its own.
    desk = emulated.channels["archive" if is_on_server(each_database) else "desk"]
    channel = f"slack:{TEAM}:{desk}"
    for number in range(KILLS):
        faults = (relay.lose, relay.hang)[number % 2]
        faults.append("chat.postMessage")
        process = await life(relay, each_database, channel, SLOT + 3 * number * MINUTE)
        wanted = len(relay.posted()) + 2 - number % 2  # one that hangs goes no further
        ended = asyncio.create_task(process.wait())
        seen = asyncio.create_task(relay.until(lambda w=wanted: len(relay.posted()) >= w, 120))
        await asyncio.wait({ended, seen}, return_when=asyncio.FIRST_COMPLETED)
        seen.cancel()
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await ended
    relay.lose.clear()
    relay.hang.clear()
    process = await life(relay, each_database, channel, SLOT + 3 * KILLS * MINUTE)
    async with asyncio.timeout(300):
        assert await process.wait() == 0
    stand = [*history(emulated, desk)]
    for root in [one["ts"] for one in stand if one.get("reply_count")]:
        body = {"channel": desk, "ts": root, "limit": 200, "include_all_metadata": True}
        stand += emulated.call("conversations.replies", body)["messages"][1:]
    wanted = Counter(expected(channel))
    assert Counter(key for one in stand if (key := key_of(one)) in wanted) == wanted
    store = open_store(each_database)
    for number in range(3):
        kept = store.parts(channel, SLOT + number * HOUR)
        assert {part.state for part in kept} == {DeliveryState.SENT}
    store.close()
