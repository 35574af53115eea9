"""Gathering: places and due feeds -> stored articles -> analyses -> stories.

Reading is behind the door ``Reader``, what is kept behind ``Keeper``. A fault of one place or
one article never stops the rest; it is told in the report.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from bot.errors import InputError, StoreError
from bot.feed_ports import Reader
from bot.keeping import Keeper
from bot.model import Feed, FeedState, Item, Landing
from bot.pages import Pages
from bot.ports import Store
from summarizer.model import ANALYSIS_VERSION, ENGLISH, Article

HOSTS_AT_ONCE = 20
"""So many hosts are asked at the same time, each for one feed after another."""

ANALYSES_AT_ONCE = 8

Progress = Callable[[str, int, int], None]
"""(step in words, done, total)"""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Report:
    """What gathering did: how items landed, how many were analysed, and faults in words.

    ``fresh`` are the ids of the articles that have words which nobody has analysed.
    """

    landed: Counter[Landing] = field(default_factory=Counter)
    fresh: list[str] = field(default_factory=list)
    analysed: int = 0
    faults: list[str] = field(default_factory=list)


def _silent(step: str, done: int, total: int) -> None:
    """Show nothing."""


def _by_host(due: Iterable[tuple[Feed, FeedState]]) -> list[list[tuple[Feed, FeedState]]]:
    """Return the feeds of each host together, to be polled in turn; the last host comes first."""
    hosts: dict[str, list[tuple[Feed, FeedState]]] = {}
    for pair in due:
        hosts.setdefault(urlsplit(pair[0].url).netloc, []).append(pair)
    return list(reversed(hosts.values()))


def _log(work: str, count: int, report: Report) -> None:
    """Log what gathering did in one line."""
    landed = " ".join(f"{landing}={number}" for landing, number in sorted(report.landed.items()))
    line = "%s places=%d analysed=%d faults=%d %s"
    log.info(line, work, count, report.analysed, len(report.faults), landed)


class Gather:
    """Brings news into a store. One at a time: its two verbs wait for each other."""

    def __init__(self, store: Store, reader: Reader, keeper: Keeper) -> None:
        """Keep the doors."""
        self._store = store
        self._reader = reader
        self._keeper = keeper
        self._pages = Pages(store, reader)
        self._one_at_a_time = asyncio.Lock()

    async def ingest(
        self, places: Sequence[str], *, now: datetime, progress: Progress = _silent
    ) -> Report:
        """Read places (files, folders, pages, feeds), store, analyse, and group into stories."""
        report = Report()
        async with self._one_at_a_time:
            progress("reading", 0, len(places))
            for done, place in enumerate(places, 1):
                try:
                    items, faults = await self._reader.read_all(place)
                except InputError as error:
                    self._pages.note(place, error, now)
                    items, faults = [], [error]
                await self._keep(items, now, report)
                report.faults += [str(fault) for fault in faults]
                progress("reading", done, len(places))
            await self._derive(now, report, progress)
        _log("ingest", len(places), report)
        return report

    async def poll_due(self, now: datetime) -> Report:
        """Poll every feed whose time has come, then do the same as for other places."""
        async with self._one_at_a_time:
            due = await asyncio.to_thread(self._store.due_feeds, now)
            report = await self.poll(due, now)
            await self._derive(now, report, _silent)
        if due:
            _log("poll", len(due), report)
        return report

    async def poll(self, due: Iterable[tuple[Feed, FeedState]], now: datetime) -> Report:
        """Poll feeds, hosts side by side and each host's in turn, and store what they bring."""
        report = Report()
        hosts = _by_host(due)

        async def work() -> None:
            while hosts:
                for feed, state in hosts.pop():
                    await self._poll(feed, state, now, report)

        async with asyncio.TaskGroup() as group:
            for _ in range(min(HOSTS_AT_ONCE, len(hosts))):
                group.create_task(work())
        return report

    async def analyse(self, articles: Sequence[Article], progress: Progress = _silent) -> Report:
        """Analyse articles and keep that; one whose analysis breaks is told and passed over."""
        report = Report()
        room = asyncio.Semaphore(ANALYSES_AT_ONCE)
        if articles:
            progress("analysing", 0, len(articles))

        async def analyse(article: Article) -> None:
            async with room:
                await self._analyse(article, report)
            report.analysed += 1
            progress("analysing", report.analysed, len(articles))

        async with asyncio.TaskGroup() as group:
            for article in articles:
                group.create_task(analyse(article))
        return report

    async def place(
        self, now: datetime, *, language: str = ENGLISH, most: int | None = None
    ) -> int:
        """Place analysed articles of a language, ``most`` of them; return how many they were."""
        return await self._keeper.place(now, language, most=most)

    async def _poll(self, feed: Feed, state: FeedState, now: datetime, report: Report) -> None:
        """Poll one feed and keep what it brings; a bug in that is told, and stops no other."""
        try:
            learnt, items = await self._reader.poll(feed, state)
            await self._keep(items, now, report)
            await asyncio.to_thread(self._learn, feed, learnt, items)
        except Exception as fault:
            told = f"{feed.title or feed.url} could not be polled"
            log.exception("%s", told)
            report.faults.append(f"{told}: {fault}")

    def _learn(self, feed: Feed, learnt: FeedState, items: Sequence[Item]) -> None:
        """Keep what a poll has told of a feed."""
        if learnt.url != feed.url:  # it has moved
            self._store.move_feed(feed.url, learnt.url)
        self._store.save_feed_state(learnt)
        if items and not feed.title:
            outlets = Counter(item.article.outlet for item in items)
            self._store.name_feed(learnt.url, outlets.most_common(1)[0][0])

    async def _keep(self, items: Iterable[Item], now: datetime, report: Report) -> None:
        """Store items; one that cannot be stored is told and passed over."""
        for item in items:
            if item.old:
                await asyncio.to_thread(self._store.pass_over, item, seen=now)
                continue
            whole = await self._pages.whole(item, now)
            if not (whole.article.text or whole.article.title):
                continue  # an entry of nothing but an address that gave no story
            try:
                landed = await self._keeper.add(whole, seen=now)
            except (ValueError, TypeError, OverflowError) as error:
                log.exception("not stored", extra={"article": item.article.id})
                report.faults.append(f"“{item.article.title}” could not be stored: {error}")
            else:
                report.landed[landed.landing] += 1
                if landed.landing in {Landing.NEW, Landing.UPDATED}:
                    report.fresh.append(landed.article_id)

    async def _derive(self, now: datetime, report: Report, progress: Progress) -> None:
        """Analyse what has no analysis of this version, and place it in stories."""
        waiting = await asyncio.to_thread(self._store.unanalysed, ANALYSIS_VERSION)
        analysed = await self.analyse(waiting, progress)
        report.analysed += analysed.analysed
        report.faults += analysed.faults
        for language in await asyncio.to_thread(self._store.unplaced_languages):
            await self.place(now, language=language)

    async def _analyse(self, article: Article, report: Report) -> None:
        """Analyse one article; a fault sets it aside until the next version of the analysis."""
        try:
            await self._keeper.analyse(article)
        except StoreError:
            raise
        except Exception as fault:
            log.exception("analysis failed", extra={"article": article.id})
            report.faults.append(f"“{article.title}” could not be analysed: {fault}")
            await self._keeper.set_aside(article)
