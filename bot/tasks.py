"""The work of many machines as jobs: polling, analysing, clustering, publishing.

Each job finds out from the store what is left to do for its key, so it may run twice, and a lost
one is found by the next tick: feeds are due until they were polled, articles wait until they are
analysed, a slot is due until it is frozen. The engine of the jobs is handed in.
"""

from __future__ import annotations

import asyncio
import logging
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import urlsplit

from bot.gather import Gather, Report
from bot.jobs import Task, Tick
from bot.model import Channel
from bot.publish import Freeze, HandOver, Press
from bot.schedule import Due, due
from bot.work_ports import BacklogStore
from summarizer.model import ANALYSIS_VERSION

BUCKETS = 256
"""Hosts of feeds fall into so many buckets; the feeds of one are polled by one job at a time."""

FEEDS_A_JOB = 50
MOST_UNANALYSED = 2_000
"""With more articles waiting for their analysis, nothing new is polled."""

BATCHES_AT_ONCE = 256
"""So many batches of articles are deferred by one look."""

PLACED_AT_ONCE = 500
LOOK_SECONDS = 10

POLL, ANALYSE, CLUSTER, PUBLISH = "poll", "analyse", "cluster", "publish"
QUEUES = (POLL, ANALYSE, CLUSTER, PUBLISH)

log = logging.getLogger(__name__)


class Jobs(Protocol):
    """The engine's verb that the tasks need."""

    async def defer(self, task: str, key: str, note: str = "") -> bool:
        """Let some worker run a task for a key; False when one waits already."""


def bucket_of(url: str) -> int:
    """Return the bucket of an address: the same for all feeds of a host, on every machine."""
    return zlib.crc32((urlsplit(url).hostname or url).encode()) % BUCKETS


def slot_key(channel: str, slot: datetime) -> str:
    """Return the key of the job that composes the digest of a channel's slot."""
    return f"{channel} {slot.astimezone(UTC).isoformat()}"


def hand_over(jobs: Jobs) -> HandOver:
    """Return how a publisher hands the digest that is due to the workers."""

    async def hand(channel: str, found: Due, attempts: int) -> bool:
        note = f"{attempts} {found.folded}"
        return await jobs.defer(PUBLISH, slot_key(channel, found.slot), note)

    return hand


class Tasks:
    """What a worker does. ``freezers`` renders for each platform that may have channels."""

    def __init__(
        self,
        store: BacklogStore,
        gather: Gather,
        press: Press,
        jobs: Jobs,
        freezer: Callable[[str], Freeze | None],
    ) -> None:
        """Keep the doors."""
        self._store = store
        self._gather = gather
        self._press = press
        self._jobs = jobs
        self._freezer = freezer

    @property
    def tasks(self) -> list[Task]:
        """What jobs can be of."""
        return [
            Task(POLL, self.poll),
            Task(ANALYSE, self.analyse),
            Task(CLUSTER, self.cluster),
            Task(PUBLISH, self.publish),
        ]

    @property
    def ticks(self) -> list[Tick]:
        """What looks for work; one worker at a time."""
        return [Tick("look", LOOK_SECONDS, self.look)]

    async def look(self, now: datetime) -> None:
        """Defer what is due and what was left lying; poll nothing while analysis is behind."""
        count, most = self._store.unanalysed_count, MOST_UNANALYSED + 1
        waiting = await asyncio.to_thread(count, ANALYSIS_VERSION, most=most)
        if waiting <= MOST_UNANALYSED:
            await self._look_for_feeds(now)
        else:
            log.warning("over %d articles wait for analysis: no feed is polled", MOST_UNANALYSED)
        await self._look_for_articles()

    async def poll(self, key: str, note: str, now: datetime) -> None:  # noqa: ARG002 - one form for all
        """Poll those feeds of a bucket (``note``: an address a line) that are still due."""
        due_now = await asyncio.to_thread(self._store.due_among, now, note.split("\n"))
        report = await self._gather.poll(due_now, now)
        _tell(report)
        if report.fresh:
            await self._defer_batches(await asyncio.to_thread(self._store.batches_of, report.fresh))

    async def analyse(self, key: str, note: str, now: datetime) -> None:  # noqa: ARG002 - the same
        """Analyse what waits in a batch of articles."""
        batch = await asyncio.to_thread(self._store.unanalysed_in, ANALYSIS_VERSION, int(key))
        _tell(await self._gather.analyse(batch))
        for language in {article.language for article in batch}:
            await self._jobs.defer(CLUSTER, language)

    async def cluster(self, key: str, note: str, now: datetime) -> None:  # noqa: ARG002 - the same
        """Place the articles of a language in stories, one worker at a time over all machines."""
        placed = await self._gather.place(now, language=key, most=PLACED_AT_ONCE)
        if placed == PLACED_AT_ONCE:
            await self._jobs.defer(CLUSTER, key)

    async def publish(self, key: str, note: str, now: datetime) -> None:
        """Compose and freeze the digest of a slot; who delivers it finds it in the outbox.

        ``note`` is how often a digest that it replaces was tried, and how many are folded into it.
        """
        channel = key.rpartition(" ")[0]
        subscription = self._store.subscription(channel)
        render = self._freezer(Channel(channel).platform)
        if subscription is None or render is None:
            return
        found = due(subscription, self._store.last_slot(channel, until=now), now)
        if found is None or slot_key(channel, found.slot) != key:
            return  # it was frozen meanwhile, or a newer slot is due: the next tick defers that
        attempts, folded = (int(word) for word in note.split())
        found = replace(found, folded=max(found.folded, folded))
        await self._press.freeze(subscription, found, render, now, attempts=attempts)

    async def _look_for_feeds(self, now: datetime) -> None:
        buckets: dict[int, list[str]] = defaultdict(list)
        for feed, _ in await asyncio.to_thread(self._store.due_feeds, now):
            buckets[bucket_of(feed.url)].append(feed.url)
        for bucket, urls in buckets.items():
            await self._jobs.defer(POLL, str(bucket), "\n".join(urls[:FEEDS_A_JOB]))

    async def _look_for_articles(self) -> None:
        find = self._store.unanalysed_batches
        await self._defer_batches(
            await asyncio.to_thread(find, ANALYSIS_VERSION, most=BATCHES_AT_ONCE)
        )
        for language in await asyncio.to_thread(self._store.unplaced_languages):
            await self._jobs.defer(CLUSTER, language)

    async def _defer_batches(self, batches: Iterable[int]) -> None:
        for batch in batches:
            await self._jobs.defer(ANALYSE, str(batch))


def _tell(report: Report) -> None:
    for fault in report.faults:
        log.warning("%s", fault)
