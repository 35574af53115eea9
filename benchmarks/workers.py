"""How much 1, 2 and 4 workers read over PostgreSQL.

    python -m benchmarks.workers [--workers 1 2 4] [--feeds 600] [--seconds 240] [--unlocked]

Each number of workers begins with an empty database, and is timed once all of them have loaded
what they analyse and parse with. A server process answers over loopback: each feed has an address
of its own. A first round brings an article a feed (articles a minute, until the last is in a
story); in a second one nine in ten feeds answer 304 (feeds a minute). Both are timed from the
first feed that is polled, so the look that finds what is due, each ten seconds, is not in them.
The latency of a job is from its deferral by another process to its start, one after another, by
workers that are idle. With ``--unlocked`` the workers write side by side, without the lock of the
one writer: what that lock costs (never run a bot so: two may place one article). What takes longer
than ``--seconds`` ends the benchmark and says what waits.
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import func, select, text

from benchmarks import demo_news, polling
from benchmarks.postgres_server import made, server
from bot import machines
from bot.analysts import Analysts
from bot.feeds.reader import NewsReader
from bot.gather import Gather
from bot.jobs import Task
from bot.jobs.distributed import DistributedJobs
from bot.jobs.watch import look
from bot.keeping import InThreads
from bot.model import Feed
from bot.publish import Press
from bot.store import SqlStore, address_of, open_store, postgres, schema
from bot.tasks import Tasks
from summarizer.model import Article

WAIT_SECONDS = 0.05
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
    parser.add_argument("--seconds", type=int, default=240)
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
            measure(Bench(made(address), options.seconds), count, options.feeds, port)


async def work(address: str) -> None:
    """Be a worker, as ``whosaid worker`` is one, that may read from loopback."""
    logging.basicConfig(level=logging.ERROR)
    store = open_store(address)
    analysts = Analysts(1)
    reader = NewsReader(clock=now, allow_loopback=True)
    try:
        await analysts(news(0))
        await reader.read(str(demo_news.DEMO / "ansel-ledger" / "feed.xml"))
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


class Bench:
    """One database, and how long each of its measurements may take."""

    def __init__(self, address: str, seconds: int) -> None:
        self.address = address
        self.store = open_store(address)
        self._seconds = seconds

    def until(self, reached: Callable[[], bool], what: str) -> None:
        """Wait; say what is left to do where it takes too long."""
        ends = time.perf_counter() + self._seconds
        while not reached():
            if time.perf_counter() > ends:
                broken = [state.error for state in self.store.feed_states() if state.failures]
                raise SystemExit(
                    f"not within {self._seconds} s: {what}; {placed(self.store)} articles placed,"
                    f" {polled(self.store)} feeds polled, broken: {broken[:3]};"
                    f" {look(self.address)}"
                )
            time.sleep(WAIT_SECONDS)

    def timed(self, count: Callable[[SqlStore], int], most: int, what: str) -> float:
        """Return how many a minute are counted, from the first until there are ``most`` more."""
        before = count(self.store)
        self.until(lambda: count(self.store) > before, f"the first of {most} {what}")
        first, began = count(self.store), time.perf_counter()
        self.until(lambda: count(self.store) >= before + most, f"{most} {what}")
        return 60 * (before + most - first) / (time.perf_counter() - began)


def measure(bench: Bench, count: int, feeds: int, port: int) -> None:
    store = bench.store
    with workers(bench.address, count):
        bench.until(lambda: look(bench.address).workers >= count, f"{count} workers at work")
        for number in range(feeds):
            store.add_feed(Feed(polling.address(number, port)))
        articles = bench.timed(placed, feeds, "articles in stories")
        note(f"{count} workers: {articles:,.0f} articles a minute")
        waits = asyncio.run(latencies(bench))
        note(f"{count} workers: a job waits {statistics.median(waits):.0f} ms at the median")
        due_again(store)
        feeds_polled = bench.timed(polled, feeds, "feeds polled")
    store.close()
    p50, p99 = percentiles(waits)
    row = f"| {count} | {articles:,.0f} | {feeds_polled:,.0f} | {p50:.0f} / {p99:.0f} ms |"
    print(row, flush=True)


def note(line: str) -> None:
    """Print what is known already, for a run that is cut off."""
    print(line, file=sys.stderr, flush=True)


def news(number: int) -> Article:
    """Return an article of some size, unlike the others."""
    topic = " ".join(f"{word}{number}" for word in polling.WORDS)
    text = " ".join(
        f"The {word} of Almira would not confirm on Monday that {topic} is missing, said a clerk."
        for word in polling.WORDS * 3
    )
    return Article(f"news-{number}", text, topic, "The Mast", f"https://mast.example/{number}")


def placed(store: SqlStore) -> int:
    """Count the articles that are in stories."""
    with store.database.reading() as connection:
        question = select(func.count()).select_from(schema.story_articles)
        return connection.scalar(question) or 0


def polled(store: SqlStore) -> int:
    """Count the feeds that are not due."""
    with store.database.reading() as connection:
        later = schema.feed_states.c.next_poll > now()
        return connection.scalar(select(func.count()).where(later)) or 0


def due_again(store: SqlStore) -> None:
    with store.database.writing() as connection:
        ago = now() - timedelta(hours=1)
        connection.execute(schema.feed_states.update().values(next_poll=ago))


def until(reached: Callable[[], bool]) -> None:
    """Wait, however long that takes."""
    while not reached():
        time.sleep(WAIT_SECONDS)


async def latencies(bench: Bench, count: int = 100) -> list[float]:
    """Return the milliseconds from deferring a job to its start (one clock on one machine)."""
    async with DistributedJobs(address_of(bench.address), clock=now) as jobs:
        for number in range(count):
            await jobs.defer("echo", str(number), str(time.perf_counter()))
            await asyncio.sleep(WAIT_SECONDS)
    told = [f"echo {number}" for number in range(count)]
    bench.until(lambda: all(bench.store.remembered(name) for name in told), f"{count} jobs done")
    return [float(bench.store.remembered(name)) for name in told]


def percentiles(waits: list[float]) -> tuple[float, float]:
    cut = statistics.quantiles(waits, n=100, method="inclusive")
    return cut[49], cut[98]


if __name__ == "__main__":
    main()
