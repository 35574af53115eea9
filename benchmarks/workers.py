"""How much 1, 2 and 4 workers read over PostgreSQL.

    python -m benchmarks.workers [--workers 1 2 4] [--feeds 600] [--unlocked]

Each number of workers begins with an empty database, and is timed once all have analysed some
articles. A server process answers over loopback: each feed has an address of its own. A first
round brings an article a feed (analysed and grouped by the workers: articles a minute, from when
the feeds are added until the last is in a story); a second one, of which nine in ten feeds answer
304, is timed for feeds a minute; both wait up to ten seconds for the look that finds what is due.
The latency of a job is from its deferral by another process to its start, one after another, by
workers that are idle. With ``--unlocked`` the workers write side by side, without the lock of the
one writer: what that lock costs (never run a bot so: two may place one article).
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import multiprocessing
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import text

from benchmarks import polling
from benchmarks.postgres_server import made, server
from bot import machines
from bot.analysts import Analysts
from bot.feeds.reader import NewsReader
from bot.gather import Gather
from bot.jobs import Task
from bot.jobs.distributed import DistributedJobs
from bot.keeping import InThreads
from bot.model import Feed, Item
from bot.publish import Press
from bot.store import SqlStore, address_of, open_store, postgres
from bot.tasks import Tasks
from summarizer.model import Article

WAIT_SECONDS = 0.02
BEGAN = "WHOSAID_BENCHMARK_BEGAN"
UNLOCKED = "WHOSAID_BENCHMARK_UNLOCKED"


def now() -> datetime:
    """Return the time in the news that the feeds bring, the same in all processes."""
    began = float(os.environ.setdefault(BEGAN, str(time.time())))  # noqa: TID251 - a benchmark's clock
    return polling.START + timedelta(seconds=time.time() - began)  # noqa: TID251 - the same


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2, 4])
    parser.add_argument("--feeds", type=int, default=600)
    parser.add_argument("--unlocked", action="store_true")
    parser.add_argument("--worker", metavar="ADDRESS", help="(be one of the workers)")
    options = parser.parse_args()
    if options.unlocked:
        os.environ[UNLOCKED] = "1"
    if UNLOCKED in os.environ:
        postgres.TURN = text(
            "SELECT cast(:writer AS bigint), set_config('synchronous_commit', :wait, true)"
        )
    if options.worker:
        asyncio.run(work(options.worker))
        return
    with server() as (_, address), feed_server() as port:
        print("| workers | articles a minute | feeds a minute | latency of a job p50 / p99 |")
        print("|---|---|---|---|")
        for count in options.workers:
            measure(made(address), count, options.feeds, port)


async def work(address: str) -> None:
    """Be a worker, as ``whosaid worker`` is one, that may read from loopback."""
    logging.basicConfig(level=logging.ERROR)
    store = open_store(address)
    analysts = Analysts(1)
    reader = NewsReader(clock=now, allow_loopback=True)
    try:
        async with DistributedJobs(address_of(address), clock=now) as jobs:
            gather = Gather(store, reader, InThreads(store, analysts))
            tasks = Tasks(store, gather, Press(store, lambda *_: None), jobs, lambda _: None)

            async def echo(key: str, note: str, _: datetime) -> None:
                store.remember(f"echo {key}", str(1e3 * (time.perf_counter() - float(note))))

            await machines.work(jobs, _With(tasks, Task("echo", echo)), queues=None, concurrency=4)
    finally:
        analysts.close()
        await reader.close()
        store.close()


class _With:
    """The tasks of a worker, and one that does nothing."""

    def __init__(self, tasks: Tasks, more: Task) -> None:
        self.tasks = [*tasks.tasks, more]
        self.ticks = tasks.ticks


@contextmanager
def feed_server() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Event()
    process = spawn.Process(target=polling.serve, args=(port, ready), daemon=True)
    process.start()
    ready.wait(30)
    yield port
    process.terminate()


@contextmanager
def workers(address: str, count: int) -> Iterator[None]:
    words = [sys.executable, "-m", "benchmarks.workers", "--worker", address]
    running = [subprocess.Popen(words, env=os.environ) for _ in range(count)]
    try:
        yield
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait()


def measure(address: str, count: int, feeds: int, port: int) -> None:
    store = open_store(address)
    with workers(address, count):
        warm(store, count)
        for number in range(feeds):
            store.add_feed(Feed(polling.address(number, port)))
        there, began = placed(store), time.perf_counter()
        until(lambda: placed(store) >= there + feeds)
        articles = 60 * feeds / (time.perf_counter() - began)
        note(f"{count} workers: {articles:,.0f} articles a minute")
        waits = asyncio.run(latencies(address, store))
        note(f"{count} workers: a job waits {statistics.median(waits):.0f} ms at the median")
        due_again(store)
        began = time.perf_counter()
        until(lambda: not store.due_feeds(now()))
        polled = 60 * feeds / (time.perf_counter() - began)
    store.close()
    p50, p99 = percentiles(waits)
    print(f"| {count} | {articles:,.0f} | {polled:,.0f} | {p50:.0f} / {p99:.0f} ms |", flush=True)


def note(line: str) -> None:
    """Print what is known already, for a run that is cut off."""
    print(line, file=sys.stderr, flush=True)


def warm(store: SqlStore, count: int) -> None:
    """Wait until articles are placed: interpreters and language models are loaded."""
    for number in range(16 * 4 * count):  # four batches a worker
        store.add(Item(news(number)), seen=now())
    until(lambda: placed(store) >= 16 * 4 * count)


def news(number: int) -> Article:
    """Return an article of some size, unlike the others."""
    topic = " ".join(f"{word}{number * 7 % 101}" for word in polling.WORDS)
    text = " ".join(
        f"The {word} of Almira would not confirm on Monday that {topic} is missing, said a clerk."
        for word in polling.WORDS * 3
    )
    return Article(f"news-{number}", text, topic, "The Mast", f"https://mast.example/{number}")


def placed(store: SqlStore) -> int:
    with store.database.reading() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM story_articles").scalar() or 0


def due_again(store: SqlStore) -> None:
    with store.database.writing():
        for state in store.feed_states():
            store.save_feed_state(replace(state, next_poll=now() - timedelta(hours=1)))


def until(reached: object) -> None:
    assert callable(reached)
    while not reached():
        time.sleep(WAIT_SECONDS * 5)


async def latencies(address: str, store: SqlStore, count: int = 100) -> list[float]:
    """Return the milliseconds from deferring a job to its start (one clock on one machine)."""
    async with DistributedJobs(address_of(address), clock=now) as jobs:
        for number in range(count):
            await jobs.defer("echo", str(number), str(time.perf_counter()))
            await asyncio.sleep(WAIT_SECONDS)
    until(lambda: store.remembered(f"echo {count - 1}"))
    return [float(store.remembered(f"echo {number}") or "nan") for number in range(count)]


def percentiles(waits: list[float]) -> tuple[float, float]:
    cut = statistics.quantiles(waits, n=100, method="inclusive")
    return cut[49], cut[98]


if __name__ == "__main__":
    main()
