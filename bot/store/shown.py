"""What digests and alerts showed, sentence by sentence, beside what came since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, func, not_, or_, select

from bot.delivery_model import Arrival, Delivery, Showing
from bot.delivery_model import Shown as ShownSentence
from bot.store import posted, schema
from bot.store.codec import decode, encode
from bot.store.database import Database, insert

FEEDS = ("http://%", "https://%")
"""What the addresses of feeds look like; all else that carries an article is a file."""

MOST_ARTICLES = 500
"""So many articles of one story are looked at."""


class Shown:
    """The questions about what was shown."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def arrivals(self, since: datetime) -> list[Arrival]:
        """Return analysed articles in stories that were first seen after ``since``, oldest first.

        An article came with a first poll when no feed that carried it, nor a file, had carried
        anything before.
        """
        articles, parts = schema.articles.c, schema.story_articles.c
        own, older = schema.carriages.alias("own"), schema.carriages.alias("older")
        file = not_(or_(*(own.c.feed.like(start) for start in FEEDS)))
        known = exists().where(older.c.feed == own.c.feed, older.c.seen < own.c.seen)
        polled_before = exists().where(own.c.article_id == articles.id, or_(file, known))
        question = (
            select(articles.id, parts.story_id, articles.seen, not_(polled_before))
            .join(schema.story_articles, parts.article_id == articles.id)
            .where(articles.seen > since, articles.analysed != schema.NOT_ANALYSED)
            .order_by(articles.key)
        )
        with self._database.reading() as connection:
            rows = connection.execute(question)
            return [Arrival(one, story, seen, bool(first)) for one, story, seen, first in rows]

    def shown_and_changed(self, since: datetime) -> list[Showing]:
        """Return sentences shown after ``since`` of articles whose text changed after that."""
        table, articles = posted.shown.c, schema.articles.c
        question = (
            select(posted.shown)
            .join(schema.articles, articles.id == table.article_id)
            .where(table.slot > since, articles.changed > table.slot)
        )
        return self._showings(question)

    def shown_of(self, articles: Sequence[str], since: datetime) -> list[Showing]:
        """Return sentences of these articles that were shown after ``since``, newest first."""
        table = posted.shown.c
        wanted = table.article_id.in_(articles[:MOST_ARTICLES])
        return self._showings(select(posted.shown).where(wanted, table.slot > since))

    def alerted(self, channel: str) -> frozenset[str]:
        """Return the ids of the articles that notes of this channel showed."""
        table = posted.shown.c
        question = select(table.article_id).where(table.channel == channel, table.name != "")
        with self._database.reading() as connection:
            return frozenset(connection.scalars(question.distinct()))

    def _showings(self, question: Select[Any]) -> list[Showing]:
        table = posted.shown.c
        ordered = question.order_by(table.slot.desc(), table.channel, table.name, table.number)
        with self._database.reading() as connection:
            return [
                Showing(row.channel, row.slot, row.name, decode(ShownSentence, row.body))
                for row in connection.execute(ordered)
            ]


def keep_shown(connection: Connection, first: Delivery, sentences: Sequence[ShownSentence]) -> None:
    """Keep what the delivery with this first part shows."""
    if not sentences:
        return
    rows = [
        {
            "channel": first.channel,
            "slot": first.slot,
            "name": first.name,
            "number": number,
            "article_id": one.article_id,
            "body": encode(one),
        }
        for number, one in enumerate(sentences)
    ]
    connection.execute(insert(posted.shown).on_conflict_do_nothing(), rows)


def notes_written(
    connection: Connection, channel: str, kind: str, since: datetime
) -> list[datetime]:
    """Return when the notes were written whose name begins with this word, after ``since``."""
    table = posted.deliveries.c
    begins = func.substr(table.name, 1, len(kind) + 1) == f"{kind} "
    return list(
        connection.scalars(
            select(table.slot)
            .where(and_(table.channel == channel, begins, table.part == 0, table.slot > since))
            .order_by(table.slot)
        )
    )
