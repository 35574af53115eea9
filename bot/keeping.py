"""Keeping what was gathered: an item is stored, an article analysed, stories are made of both.

Each verb takes its time: it computes, and a commit waits for the disk. Here it is done in a thread
of this process; ``bot.clerks`` does the same in others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol

from bot.courtesy import Courtesy
from bot.model import Item, Stored
from bot.ports import Store
from summarizer.model import ANALYSIS_VERSION, Analysis, Article
from summarizer.stories import Clusterer

SETTLED_FROM = 25
"""So many new articles at once are a batch, after which stories are settled."""

Analyse = Callable[[Article], Awaitable[Analysis]]


class Keeper(Protocol):
    """Who keeps what was gathered."""

    async def add(self, item: Item, *, seen: datetime) -> Stored:
        """Store an item; see ``Store.add``."""

    async def analyse(self, article: Article) -> None:
        """Analyse an article and keep that; whatever breaks in it is raised, and nothing kept."""

    async def set_aside(self, article: Article) -> None:
        """Keep that an article could not be analysed, until the next version of the analysis."""

    async def place(self, now: datetime, language: str, *, most: int | None = None) -> int:
        """Place analysed articles of a language, ``most`` of them; return how many they were."""


class InThreads:
    """Keeps in threads of this process, which answers meanwhile."""

    def __init__(self, store: Store, analyse: Analyse, courtesy: Courtesy | None = None) -> None:
        """Keep the doors; ``courtesy`` knows of answers, which go first."""
        self._store = store
        self._analyse = analyse
        self._courtesy = courtesy or Courtesy()

    async def add(self, item: Item, *, seen: datetime) -> Stored:
        """Store an item."""
        await self._courtesy.give_way()
        return await asyncio.to_thread(self._store.add, item, seen=seen)

    async def analyse(self, article: Article) -> None:
        """Analyse an article and keep that."""
        await self._save(article, await self._analyse(article))

    async def set_aside(self, article: Article) -> None:
        """Keep that an article could not be analysed."""
        await self._save(article, broken())

    async def place(self, now: datetime, language: str, *, most: int | None = None) -> int:
        """Place analysed articles in stories."""
        return await asyncio.to_thread(place, self._store, now, language, most)

    async def _save(self, article: Article, analysis: Analysis) -> None:
        await self._courtesy.give_way()
        save = self._store.save_analysis
        await asyncio.to_thread(save, article.id, analysis, of_text=article.text)


def broken() -> Analysis:
    """Return what is kept for an article whose analysis broke."""
    reason = "a fault of ours, which is logged; the next version will try again"
    return Analysis(ANALYSIS_VERSION, abstained=reason)


def place(store: Store, now: datetime, language: str, most: int | None) -> int:
    """Place new articles in stories, oldest first, and keep the clusterer's state with them."""
    with store.placing(language):
        articles = store.unplaced(language, limit=most)
        if articles:
            clusterer = Clusterer.from_bytes(store.stories_state(language))
            for article in sorted(articles, key=lambda one: (one.published or now, one.id)):
                clusterer.add(article, now=now)
            if len(articles) >= SETTLED_FROM:
                clusterer.settle()
            state = clusterer.to_bytes()
            store.save_stories(clusterer.changed(), state=state, language=language)
    return len(articles)
