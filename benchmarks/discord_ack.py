"""How fast Discord's people are acknowledged and answered while articles are ingested.

    python benchmarks/discord_ack.py [--seconds 30] [--rate 5] [--idle]

The bot runs as a process with the real adapter, responder, store and analysts, and ingests
invented articles as fast as it can; a server of the tests on loopback types commands at it.
``acknowledged`` is the time from the gateway's event to the deferral, ``answered`` to the
answer; ``loop lag`` is how long the bot's event loop was held, with the lines of ours that
held it when that was 50 ms and more (in a thread of another: the interpreter's lock).
``--idle`` measures the same without ingestion. Goal: acknowledged under 1 s at p99.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import sys
import tempfile
from pathlib import Path

import discord
import yarl
from discord.gateway import DiscordWebSocket

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "peers" / "discord"))

from loopback import Loopback

from benchmarks.busy import article, spread, stored
from benchmarks.loop_lag import Probe, read_report
from bot import app
from bot.answerers import MOST_PROCESSES
from bot.chat.discord import Discord

ROOT = Path(__file__).parents[1]
COMMANDS = (
    ("source", {"claim": "the bridge will be closed for eleven days"}),
    ("search", {"words": "reservoir"}),
    ("status", {}),
    ("story", {"story": "tunnel"}),
    ("help", {}),
    ("entity", {"name": "Meret Oltean"}),
    ("digest show", {}),
)
LAGS = "lags.json"


async def serve(port: int, folder: str) -> None:
    """Be the bot: connect to the server and ingest the folder."""
    discord.http.Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/")
    config = app.configure(None, database=f"sqlite:///{folder}/news.sqlite3")
    async with app.application(config, apart=MOST_PROCESSES) as whole:
        adapter = Discord("token", whole.responder, whole.complete)
        watching = asyncio.create_task(Probe(Path(folder) / LAGS).watch())
        running = asyncio.create_task(adapter.run())
        if (Path(folder) / "news").exists():
            await whole.ingest([f"{folder}/news"])
        await running
        await watching


async def measure(seconds: float, rate: float, *, idle: bool) -> None:
    loop = asyncio.get_running_loop()
    server = Loopback()
    sent: dict[str, float] = {}
    acknowledged: dict[str, float] = {}
    answered: dict[str, float] = {}

    def seen(_method: str, path: str) -> str:
        token = path.split("/")[3] if path.count("/") > 2 else ""
        if token in sent:
            (acknowledged if path.endswith("/callback") else answered).setdefault(
                token, loop.time() - sent[token]
            )
        return ""

    server.rules = [seen]
    await server.start()
    with tempfile.TemporaryDirectory() as folder:
        if not idle:
            news = Path(folder) / "news"
            news.mkdir()
            chance = random.Random(7)
            for number in range(400):
                (news / f"{number}.txt").write_text(article(number, chance))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            __file__,
            "--bot",
            str(server.port),
            "--folder",
            folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            await server.until(lambda: server.identified == 1, 120)
            await started(folder, idle=idle)
            before = stored(Path(folder)), stored(Path(folder), "articles")
            end = loop.time() + seconds
            number = 0
            while loop.time() < end:
                name, options = COMMANDS[number % len(COMMANDS)]
                began = loop.time()
                record = await server.slash(name, **options)
                sent[record.token] = began
                number += 1
                await asyncio.sleep(1 / rate)
            after = stored(Path(folder)), stored(Path(folder), "articles")
            with contextlib.suppress(TimeoutError):
                await server.until(lambda: len(answered) == len(sent), 30)
        finally:
            process.kill()
            await process.wait()
        print(
            f"{len(sent)} commands in {seconds:.0f} s; {after[1] - before[1]} articles stored and"
            f" {after[0] - before[0]} analysed meanwhile"
        )
        for what, times in (("acknowledged", acknowledged), ("answered", answered)):
            print(f"{what}: {len(times)} of {len(sent)}, {spread(list(times.values()))}")
        lags, held = read_report(Path(folder) / LAGS)
        print(f"loop lag: {spread(lags)}")
        for where, times in held:
            print(f"  held {times:3} x 20 ms in {where}")
    await server.close()


async def started(folder: str, *, idle: bool) -> None:
    """Wait until articles come in: all are stored first, and then analysed."""
    place = Path(folder)
    async with asyncio.timeout(180):
        while not idle and not stored(place, "articles"):  # noqa: ASYNC110 - another process's
            await asyncio.sleep(0.5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--rate", type=float, default=5)
    parser.add_argument("--idle", action="store_true")
    parser.add_argument("--bot", type=int)
    parser.add_argument("--folder", default="")
    asked = parser.parse_args()
    if asked.bot:
        asyncio.run(serve(asked.bot, asked.folder))
    else:
        asyncio.run(measure(asked.seconds, asked.rate, idle=asked.idle))


if __name__ == "__main__":
    main()
