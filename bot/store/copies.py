"""Which articles are mostly the same words: wire copy that outlets reprint with edits.

Every article keeps its own text, title and link; here stands only which of them are copies. Who
may be one is found by ``bot.store.word_runs``, and compared run by run. Figures:
``benchmarks/copies.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, or_, select

from bot.store import schema
from bot.store.codec import decode
from bot.store.database import Database, insert
from bot.store.identity import shared_part
from bot.store.scope import EVERYTHING, Scope
from bot.store.word_runs import forget_runs, index_runs, sampled, sharing
from summarizer.model import Article
from summarizer.origins import COPIED
from summarizer.similarity import shingles

MOST_BEYOND = 8


class Copies:
    """The question about copies."""

    def __init__(self, database: Database, scope: Scope = EVERYTHING) -> None:
        self._database = database
        self._scope = scope

    def copies(self, article_id: str) -> list[str]:
        """Return the ids of other articles that are mostly the same words, as they came."""
        articles = schema.articles.c
        with self._database.reading() as connection:
            others = _others(connection, [article_id])
            question = select(articles.id).where(articles.id.in_(others))
            shown = question.where(self._scope.article(articles.id))
            return list(connection.scalars(shown.order_by(articles.key)))


def note_copies(
    connection: Connection, key: int, article: Article, seen: datetime, before: Sequence[str] = ()
) -> None:
    """Index an article under its row number, and keep of which others it is a copy.

    Looked at are those that share enough, some copies of these, whose place in the index others
    may have taken, and those that it was a copy of before an edit.
    """
    sample = sampled(article.text)
    articles = schema.articles.c
    sharers = select(articles.id).where(articles.key.in_(sharing(connection, key, sample, seen)))
    near = connection.scalars(sharers).all()
    beyond = _others(connection, near)[:MOST_BEYOND] if near else []
    looked_at = {*near, *beyond, *before} - {article.id}
    if looked_at:
        _pair(connection, article, looked_at)
    index_runs(connection, key, sample, seen)


def forget_copies(connection: Connection, key: int, article: Article, seen: datetime) -> list[str]:
    """Drop an article's runs and pairs; return the ids of what it was a copy of.

    It has still the text that was indexed.
    """
    others = _others(connection, [article.id])
    forget_runs(connection, key, article.text, seen)
    table = schema.copies
    mine = or_(table.c.article_id == article.id, table.c.other_id == article.id)
    connection.execute(table.delete().where(mine))
    return others


def _pair(connection: Connection, article: Article, near: Iterable[str]) -> None:
    """Compare run by run, and keep the pairs of which half of the shorter text is the other's."""
    table = schema.articles.c
    bodies = connection.scalars(select(table.body).where(table.id.in_(near)))
    others = [decode(Article, body) for body in bodies]
    runs = shingles(article.text)
    copied = [one.id for one in others if shared_part(runs, shingles(one.text)) >= COPIED]
    if copied:
        pairs = [{"article_id": article.id, "other_id": other} for other in copied]
        connection.execute(insert(schema.copies), pairs)


def _others(connection: Connection, article_ids: Sequence[str]) -> list[str]:
    """Return the other articles of the pairs that these articles are in, in order of their ids."""
    table = schema.copies.c
    later = select(table.other_id).where(table.article_id.in_(article_ids))
    earlier = select(table.article_id).where(table.other_id.in_(article_ids))
    return sorted(connection.scalars(later.union(earlier)))
