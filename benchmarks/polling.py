"""Polling over loopback: how many feeds a minute, beside plain aiohttp and httpx.

    python -m benchmarks.polling [--feeds 10000] [--clients 2000]

A server process answers 90% of conditional requests with 304 and the rest with a feed that has
one new article. Timed is ``Gather.poll_due`` as the bot runs it (guard, robots-free fetch, parsing
process, store, stories; the analysis is a stub), after a first round that is not timed. Each feed
has a loopback address of its own, so that "one at a time a host" holds back nothing. Peak memory
(VmHWM, Linux) is that of this process and of its parsing process, over both rounds.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Event
from pathlib import Path

import aiohttp
import httpx
from aiohttp import web

from benchmarks.memory import peak
from bot.feeds.reader import NewsReader
from bot.gather import Gather
from bot.keeping import InThreads
from bot.model import Feed, Landing
from bot.store import open_store
from summarizer.model import ANALYSIS_VERSION, Analysis, Article

START = datetime(2026, 3, 12, 8, tzinfo=UTC)
WORDS = ("harbour", "barge", "union", "ministry", "pier", "storm", "count", "letter", "captain")


def rss(host: str, number: int) -> str:
    topic = " ".join(f"{word}{hash((host, number, word)) % 97}" for word in WORDS)
    return (
        f'<rss version="2.0"><channel><title>Outlet {host}</title><item>'
        f"<title>{topic[:60]}</title><link>http://{host}/story/{number}</link>"
        f"<guid>{number}</guid><pubDate>Thu, 12 Mar 2026 07:00:00 +0000</pubDate>"
        f"<description>&lt;p&gt;The union of {host} said on Monday that {topic} is missing. "
        f"{'The ministry would not confirm it. ' * 20}&lt;/p&gt;</description></item>"
        f"</channel></rss>"
    )


def serve(port: int, ready: Event) -> None:
    rounds: dict[str, int] = {}

    async def answer(request: web.Request) -> web.Response:
        host = request.host.partition(":")[0]
        number = rounds[host] = rounds.get(host, 0) + 1
        if request.headers.get("If-None-Match") and hash(host) % 10:
            return web.Response(status=304)
        headers = {"ETag": f'"{number}"', "Content-Type": "application/rss+xml"}
        return web.Response(text=rss(host, number), headers=headers)

    async def main() -> None:
        app = web.Application()
        app.router.add_get("/{path:.*}", answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "0.0.0.0", port, backlog=1024).start()
        ready.set()
        await asyncio.Event().wait()

    asyncio.run(main())


def address(number: int, port: int) -> str:
    net, host = divmod(number, 250)
    return f"http://127.{net // 250 + 1}.{net % 250 + 1}.{host + 1}:{port}/feed"


def in_words(landed: Mapping[Landing, int]) -> str:
    return ", ".join(f"{count:,} {landing}" for landing, count in landed.items()) or "nothing"


async def analyse(_: Article) -> Analysis:
    return Analysis(ANALYSIS_VERSION)


async def ours(urls: list[str], folder: str) -> float:
    clock = [START]
    store = open_store(str(Path(folder, "bench.sqlite3")))
    reader = NewsReader(clock=lambda: clock[0], allow_loopback=True)
    gather = Gather(store, reader, InThreads(store, analyse))
    for url in urls:
        store.add_feed(Feed(url, url))
    report = await gather.poll_due(clock[0])
    print("first round:", in_words(report.landed), len(report.faults), "faults")
    clock[0] += timedelta(hours=25)
    began = time.perf_counter()
    report = await gather.poll_due(clock[0])
    seconds = time.perf_counter() - began
    outcomes: dict[str, int] = {}
    for state in store.feed_states():
        outcomes[state.outcome] = outcomes.get(state.outcome, 0) + 1
    print("second round:", in_words(report.landed), outcomes, len(report.faults), "faults")
    own, parsing = peak(os.getpid()), sum(map(peak, children()))
    print(
        f"peak memory: {own:.0f} MB, parsing process {parsing:.0f} MB, {own + parsing:.0f} in all"
    )
    await reader.close()
    store.close()
    return seconds


def children() -> list[int]:
    """The parsing process: whose parent we are, and that is no server of ours."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            status, command = (place / "stat").read_text(), (place / "cmdline").read_bytes()
        except OSError:
            continue
        parent = int(status.rpartition(")")[2].split()[1])
        if parent == os.getpid() and b"bot.feeds.worker" in command:
            found.append(int(place.name))
    return found


async def plain_aiohttp(urls: list[str]) -> float:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=64)) as session:
        return await timed(urls, lambda url: session.get(url, headers={"If-None-Match": '"1"'}))


async def plain_httpx(urls: list[str]) -> float:
    async with httpx.AsyncClient(limits=httpx.Limits(max_connections=64)) as client:
        began = time.perf_counter()
        room = asyncio.Semaphore(20)

        async def one(url: str) -> None:
            async with room:
                await client.get(url, headers={"If-None-Match": '"1"'})

        await asyncio.gather(*map(one, urls))
        return time.perf_counter() - began


async def timed(
    urls: list[str], get: Callable[[str], AbstractAsyncContextManager[aiohttp.ClientResponse]]
) -> float:
    room = asyncio.Semaphore(20)

    async def one(url: str) -> None:
        async with room, get(url) as response:
            await response.read()

    began = time.perf_counter()
    await asyncio.gather(*map(one, urls))
    return time.perf_counter() - began


def told(name: str, count: int, seconds: float) -> None:
    print(f"| {name} | {count} | {seconds:.1f} s | {60 * count / seconds:,.0f} feeds a minute |")


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--feeds", type=int, default=10_000)
    asked.add_argument("--clients", type=int, default=2000, help="requests of the plain clients")
    options = asked.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Event()
    server = spawn.Process(target=serve, args=(port, ready), daemon=True)
    server.start()
    ready.wait(30)
    urls = [address(number, port) for number in range(options.feeds)]
    with tempfile.TemporaryDirectory() as folder:
        told("whosaid (guard, parse, store)", len(urls), asyncio.run(ours(urls, folder)))
    some = urls[: options.clients]
    if some:
        told("plain aiohttp", len(some), asyncio.run(plain_aiohttp(some)))
        told("plain httpx", len(some), asyncio.run(plain_httpx(some)))
    server.terminate()
    server.join(5)


if __name__ == "__main__":
    sys.exit(main())
