"""What is still to be done, cut into pieces that workers take: articles by runs of their numbers.

Nothing is reserved here: a piece is done when nothing of it is left to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from bot.model import Feed, FeedState
from bot.store import schema
from bot.store.codec import decode
from bot.store.database import Database
from bot.store.feeds import due_pairs
from summarizer.model import Article

BATCH = 16
"""Articles of one piece, by their row numbers: some seconds of analysis."""

IDS_AT_ONCE = 500


class Backlog:
    """The questions of ``bot.work_ports.BacklogStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unanalysed_count(self, version: int, *, most: int) -> int:
        """Return how many articles have no analysis of this version, counted up to ``most``."""
        waiting = select(schema.articles.c.key).where(schema.articles.c.analysed < version)
        with self._database.reading() as connection:
            counted = select(func.count()).select_from(waiting.limit(most).subquery())
            return connection.scalar(counted) or 0

    def unanalysed_batches(self, version: int, *, most: int) -> list[int]:
        """Return the first batches that hold an article without an analysis of this version."""
        batch = schema.articles.c.key // BATCH
        question = select(batch).where(schema.articles.c.analysed < version).distinct()
        with self._database.reading() as connection:
            return list(connection.scalars(question.order_by(batch).limit(most)))

    def batches_of(self, ids: Sequence[str]) -> list[int]:
        """Return the batches that hold these articles."""
        articles, found = schema.articles.c, set[int]()
        for first in range(0, len(ids), IDS_AT_ONCE):
            wanted = articles.id.in_(ids[first : first + IDS_AT_ONCE])
            with self._database.reading() as connection:
                found.update(connection.scalars(select(articles.key // BATCH).where(wanted)))
        return sorted(found)

    def unanalysed_in(self, version: int, batch: int) -> list[Article]:
        """Return the articles of a batch without an analysis of this version."""
        articles = schema.articles.c
        within = articles.key.between(batch * BATCH, batch * BATCH + BATCH - 1)
        question = select(articles.body).where(within, articles.analysed < version)
        with self._database.reading() as connection:
            bodies = connection.scalars(question.order_by(articles.key))
            return [decode(Article, body) for body in bodies]

    def due_among(self, now: datetime, urls: Sequence[str]) -> list[tuple[Feed, FeedState]]:
        """Return those of these feeds that are to be polled at ``now``."""
        with self._database.reading() as connection:
            return due_pairs(connection, now, urls)
