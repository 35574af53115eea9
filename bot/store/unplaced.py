"""Which analysed articles are in no story yet: a list of their own, which is mostly empty.

It is kept with every change of an analysis or a story, in the same transaction, so that looking
for what waits costs as much as waits there, however much is stored.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from bot.store import schema
from bot.store.codec import decode
from bot.store.database import Database, insert
from summarizer.model import ENGLISH, Article

BATCH = 500
"""Ids or row numbers of one question."""


class Unplaced:
    """The questions about articles that wait for a story."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unplaced(self, language: str = ENGLISH, *, limit: int | None = None) -> list[Article]:
        """Return the first analysed articles of a language that are in no story yet.

        They come in the order in which they were stored.
        """
        waiting, articles = schema.unplaced.c, schema.articles.c
        chosen = select(waiting.article_key).where(waiting.language == language)
        found: list[Article] = []
        with self._database.reading() as connection:
            keys = connection.scalars(chosen.order_by(waiting.article_key).limit(limit)).all()
            for first in range(0, len(keys), BATCH):
                wanted = articles.key.in_(keys[first : first + BATCH])
                bodies = select(articles.body).where(wanted).order_by(articles.key)
                found += [decode(Article, body) for body in connection.scalars(bodies)]
        return found

    def unplaced_languages(self) -> list[str]:
        """Return the languages of the analysed articles that are in no story yet."""
        question = select(schema.unplaced.c.language).distinct()
        with self._database.reading() as connection:
            return sorted(connection.scalars(question))


def list_unplaced(connection: Connection, article_ids: Sequence[str]) -> None:
    """List those of these articles that are analysed and in no story."""
    articles, parts = schema.articles.c, schema.story_articles.c
    columns = {"article_id": articles.id, "article_key": articles.key}
    waiting = (
        select(*columns.values(), articles.language)
        .outerjoin(schema.story_articles, parts.article_id == articles.id)
        .where(parts.article_id.is_(None), articles.analysed != schema.NOT_ANALYSED)
    )
    for first in range(0, len(article_ids), BATCH):
        chosen = waiting.where(articles.id.in_(article_ids[first : first + BATCH]))
        listed = insert(schema.unplaced).from_select([*columns, "language"], chosen)
        connection.execute(listed.on_conflict_do_nothing())


def strike_unplaced(connection: Connection, article_ids: Sequence[str]) -> None:
    """Take articles off the list: they were placed, or their analysis is gone."""
    table = schema.unplaced
    for first in range(0, len(article_ids), BATCH):
        gone = table.c.article_id.in_(article_ids[first : first + BATCH])
        connection.execute(table.delete().where(gone))
