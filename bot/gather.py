"""Gathering: places and due feeds -> stored articles -> analyses -> stories.

Reading is behind the door ``Reader``, analysis is handed in. A fault of one place or one
article never stops the rest; it is told in the report.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.errors import InputError
from bot.model import Feed, FeedState, Item, Landing
from bot.ports import Reader, Store
from summarizer.model import ANALYSIS_VERSION, Analysis, Article
from summarizer.stories import Clusterer

FEEDS_AT_ONCE = 20
ANALYSES_AT_ONCE = 8

Analyse = Callable[[Article], Awaitable[Analysis]]
Progress = Callable[[str, int, int], None]
"""(step in words, done, total)"""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Report:
    """What gathering did: how items landed, how many were analysed, and faults in words."""

    landed: Counter[Landing] = field(default_factory=Counter)
    analysed: int = 0
    faults: list[str] = field(default_factory=list)


def _silent(step: str, done: int, total: int) -> None:
    """Show nothing."""


def _tell(result: BaseException | None, what: str, report: Report) -> None:
    """Tell a fault of one part in the report; whatever is no fault (a cancellation) flies on."""
    if isinstance(result, Exception):
        log.error("%s", what, exc_info=result)
        report.faults.append(f"{what}: {result}")
    elif result is not None:
        raise result


class Gather:
    """Brings news into a store. One at a time: its two verbs wait for each other."""

    def __init__(self, store: Store, reader: Reader, analyse: Analyse) -> None:
        """Keep the doors."""
        self._store = store
        self._reader = reader
        self._analyse = analyse
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
                    items, faults = [], [error]
                await self._keep(items, now, report)
                report.faults += [str(fault) for fault in faults]
                progress("reading", done, len(places))
            await self._derive(now, report, progress)
        return report

    async def poll_due(self, now: datetime) -> Report:
        """Poll every feed whose time has come, then do the same as for other places."""
        report = Report()
        async with self._one_at_a_time:
            room = asyncio.Semaphore(FEEDS_AT_ONCE)

            async def poll(feed: Feed, state: FeedState) -> None:
                async with room:
                    learnt, items = await self._reader.poll(feed, state)
                    await self._keep(items, now, report)
                self._learn(feed, learnt)

            due = self._due(now)
            results = await asyncio.gather(*(poll(*pair) for pair in due), return_exceptions=True)
            for (feed, _), result in zip(due, results, strict=True):
                _tell(result, f"{feed.title or feed.url} could not be polled", report)
            await self._derive(now, report, _silent)
        return report

    def _learn(self, feed: Feed, learnt: FeedState) -> None:
        """Keep a feed's new state; under its new address where it has moved."""
        if learnt.url != feed.url:
            self._store.move_feed(feed.url, learnt.url)
        self._store.save_feed_state(learnt)

    def _due(self, now: datetime) -> list[tuple[Feed, FeedState]]:
        states = {state.url: state for state in self._store.feed_states()}
        feeds = {feed.url: feed for feed in self._store.feeds()}
        known = ((feed, states.get(url) or FeedState(url)) for url, feed in feeds.items())
        return [
            (feed, state)
            for feed, state in known
            if not state.stopped and (state.next_poll is None or state.next_poll <= now)
        ]

    async def _keep(self, items: Iterable[Item], now: datetime, report: Report) -> None:
        """Store items; one that cannot be stored is told and passed over."""
        for item in items:
            await asyncio.sleep(0)  # each commit waits for the disk; let answers go between
            whole = await self._whole(item)
            if not (whole.article.text or whole.article.title):
                continue  # an entry of nothing but an address that gave no story
            try:
                landing = self._store.add(whole, seen=now).landing
            except (ValueError, TypeError, OverflowError) as error:
                log.exception("not stored", extra={"article": item.article.id})
                report.faults.append(f"“{item.article.title}” could not be stored: {error}")
            else:
                report.landed[landing] += 1

    async def _whole(self, item: Item) -> Item:
        """Return the item with its page's story where the feed gives only the opening.

        The page of a stored article is not read again: the feed only carries it.
        """
        if not item.teaser:
            return item
        teased = item.article
        stored = self._store.article_by_url(teased.url)
        if stored is not None and len(stored.text) > len(teased.text):
            told = replace(stored, outlet=teased.outlet, url=teased.url)
            return replace(item, article=told, teaser=False)
        try:
            page = (await self._reader.read(teased.url))[0].article
        except InputError:
            return item
        if len(page.text) <= len(teased.text):
            return item
        story = replace(
            page,
            id=teased.id,
            url=teased.url,
            title=teased.title or page.title,
            outlet=teased.outlet or page.outlet,
            published=teased.published or page.published,
            byline=teased.byline or page.byline,
        )
        return replace(item, article=story, teaser=False)

    async def _derive(self, now: datetime, report: Report, progress: Progress) -> None:
        """Analyse what has no analysis of this version, and place it in stories."""
        waiting = self._store.unanalysed(ANALYSIS_VERSION)
        room = asyncio.Semaphore(ANALYSES_AT_ONCE)
        if waiting:
            progress("analysing", 0, len(waiting))

        async def analyse(article: Article) -> None:
            async with room:
                analysis = await self._analysed(article, report)
            self._store.save_analysis(article.id, analysis, of_text=article.text)
            report.analysed += 1
            progress("analysing", report.analysed, len(waiting))

        async with asyncio.TaskGroup() as group:
            for article in waiting:
                group.create_task(analyse(article))
        if unplaced := self._store.unplaced():
            self._cluster(unplaced, now)

    async def _analysed(self, article: Article, report: Report) -> Analysis:
        """Analyse one article; a fault sets it aside until the next version of the analysis."""
        try:
            return await self._analyse(article)
        except Exception as fault:
            log.exception("analysis failed", extra={"article": article.id})
            report.faults.append(f"“{article.title}” could not be analysed: {fault}")
            reason = "a fault of ours, which is logged; the next version will try again"
            return Analysis(ANALYSIS_VERSION, abstained=reason)

    def _cluster(self, articles: Sequence[Article], now: datetime) -> None:
        """Place articles in stories, oldest first, and keep the clusterer's state with them."""
        clusterer = Clusterer.from_bytes(self._store.stories_state())
        for article in sorted(articles, key=lambda one: (one.published or now, one.id)):
            clusterer.add(article, now=now)
        self._store.save_stories(clusterer.changed(), state=clusterer.to_bytes())
