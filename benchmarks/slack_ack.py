"""How fast Slack's people are acknowledged and answered while articles are ingested.

    python -m benchmarks.slack_ack [--seconds 30] [--rate 5] [--idle] [--http]

The bot runs as a process with the real adapter, responder, store and analysts, and ingests
invented articles as fast as it can; the relay of the tests on loopback (emulate behind it: npm
is needed) types commands at it, one after another. ``acknowledged`` is the time from the event's
sending to its acknowledgement, ``answered`` to the answer at the response address. Both contain
what the measuring process itself takes. ``--idle`` measures without ingestion, ``--http`` over
signed HTTP instead of Socket Mode. Goal: acknowledged under 1 s at p99 (Slack allows 3 s).
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import hmac
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlencode

import aiohttp

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "peers" / "slack"))

from emulated import BOT_TOKEN, Emulated
from relay import APP_TOKEN, Relay

from benchmarks.busy import article, spread, stored
from bot import app
from bot.answerers import MOST_PROCESSES
from bot.chat.slack import Slack
from bot.chat.slack_setup import Setup

ROOT = Path(__file__).parents[1]
SECRET = "secret-of-the-benchmark"
BATCHES, BATCH = 40, 100
"""More than two cores read in a few minutes, so that ingestion never ends first."""
COMMANDS = (
    ("/source", "the bridge will be closed for eleven days"),
    ("/whosaid", "search reservoir"),
    ("/whosaid", "status"),
    ("/whosaid", "story tunnel"),
    ("/whosaid", "entity Meret Oltean"),
    ("/briefing", ""),
    ("/whosaid", "help"),
)


def write_news(folder: Path) -> None:
    chance = random.Random(7)
    for batch in range(BATCHES):
        place = folder / f"{batch:02}"
        place.mkdir(parents=True)
        for number in range(BATCH):
            text = article(BATCH * batch + number, chance)
            (place / f"{number}.txt").write_text(text, encoding="utf-8")


async def serve(base_url: str, folder: Path, batches: Sequence[Path], *, http: bool) -> None:
    """Be the bot: connect to the relay, tell the port, and ingest the folder."""
    setup = Setup(
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        signing_secret=SECRET,
        http=http,
        port=0,
        base_url=base_url,
    )
    config = app.configure(None, database=f"sqlite:///{folder}/news.sqlite3")
    async with app.application(config, apart=MOST_PROCESSES) as whole:
        with closing(app.open_store(":memory:")) as memory:
            slack = Slack(setup, whole.responder, whole.complete, memory, clock=app.now)
            running = asyncio.create_task(slack.run())
            while http and not slack.front.port and not running.done():  # noqa: ASYNC110 - it starts by itself
                await asyncio.sleep(0.05)
            (folder / "port").write_text(str(slack.front.port), encoding="utf-8")
            for batch in batches:
                await whole.ingest([str(batch)])
            await running


class Typist:
    """Types commands, and measures."""

    def __init__(self, relay: Relay, user: str, channel: str, port: int) -> None:
        self.acknowledged: list[float] = []
        self.answered: list[float] = []
        self._relay, self._user, self._channel, self._port = relay, user, channel, port

    async def type(self, number: int) -> None:
        """Type one command; wait for its acknowledgement and its answer."""
        command, text = COMMANDS[number % len(COMMANDS)]
        name = self._relay.address()
        asked = self._relay.typed(command, text, self._user, self._channel, name=name)
        began = time.monotonic()
        with suppress(TimeoutError, AssertionError):
            await (self._call(asked) if self._port else self._relay.send("slash_commands", asked))
            self.acknowledged.append(time.monotonic() - began)
            await self._relay.until(lambda: self._relay.responses[name], 60)
            self.answered.append(time.monotonic() - began)

    async def _call(self, asked: dict[str, str]) -> None:
        body = urlencode(asked).encode()
        moment = str(int(time.time()))  # noqa: TID251 - Slack signs with the present
        base = b"v0:" + moment.encode() + b":" + body
        headers = {
            "X-Slack-Request-Timestamp": moment,
            "X-Slack-Signature": "v0="
            + hmac.new(SECRET.encode(), base, hashlib.sha256).hexdigest(),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        address = f"http://127.0.0.1:{self._port}/slack/events"
        async with (
            aiohttp.ClientSession() as session,
            session.post(address, data=body, headers=headers) as answer,
        ):
            assert answer.status == 200, answer.status


async def measure(seconds: float, rate: float, *, idle: bool, http: bool) -> None:
    emulated = Emulated()
    relay = Relay(emulated.url, lambda _: [])
    await relay.start()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if not idle:
            write_news(folder / "news")
        command = [sys.executable, "-m", "benchmarks.slack_ack", "--bot", relay.base_url]
        command += ["--folder", name, *(["--http"] if http else [])]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        process = await asyncio.create_subprocess_exec(
            *command, env=environment, stderr=asyncio.subprocess.DEVNULL
        )
        try:
            await begun(process, folder, idle=idle)
            if not http:
                await relay.connected()
            port = int((folder / "port").read_text(encoding="utf-8")) if http else 0
            typist = Typist(relay, emulated.users["ada"], emulated.channels["news"], port)
            before = stored(folder)
            typing = []
            for number in range(int(seconds * rate)):
                typing.append(asyncio.create_task(typist.type(number)))
                await asyncio.sleep(1 / rate)
            during = stored(folder) - before
            await asyncio.gather(*typing)
            ended = stored(folder)
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            await relay.stop()
            emulated.close()
    left = "" if idle else f" ({BATCHES * BATCH - ended} were left)"
    print(f"{len(typing)} commands in {seconds:.0f} s; {during} articles analysed meanwhile{left}")
    for what, times in (("acknowledged", typist.acknowledged), ("answered", typist.answered)):
        print(f"{what}: {len(times)} of {len(typing)}, {spread(times)}")


async def begun(process: asyncio.subprocess.Process, folder: Path, *, idle: bool) -> None:
    """Wait until the bot is up and, unless idle, its analysts are at work."""
    arguments = "run the bot alone to see why: --bot ADDRESS --folder FOLDER"
    async with asyncio.timeout(180):
        while not (folder / "port").exists() or not (idle or stored(folder) > 20):
            await asyncio.sleep(0.5)
            assert process.returncode is None, f"the bot ended; {arguments}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--rate", type=float, default=5)
    parser.add_argument("--idle", action="store_true")
    parser.add_argument("--http", action="store_true")
    parser.add_argument("--bot", default="")
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    if asked.bot:
        batches = sorted(asked.folder.glob("news/*"))
        asyncio.run(serve(asked.bot, asked.folder, batches, http=asked.http))
    else:
        asyncio.run(measure(asked.seconds, asked.rate, idle=asked.idle, http=asked.http))


if __name__ == "__main__":
    main()
