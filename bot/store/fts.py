"""The words of body sentences in SQLite, searched by FTS5 (BM25, ``porter unicode61``).

The index keeps no text of its own: a sentence's words are a slice of its article, and must be
handed in again, the same, to take it out. PostgreSQL's twin is ``bot.store.tsvector``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Float, Integer, bindparam, column, select, table, text

from bot.store import schema
from bot.store.scope import Scope, article_key

Found = tuple[int, float]
"""A sentence's id, and its score."""

Row = Mapping[str, object]
"""``id`` and ``words``: a sentence and its text."""

_words = table("sentence_words", column("rowid", Integer), column("rank", Float))
SEARCH = (
    select(_words.c.rowid.label("id"), (-_words.c.rank).label("score"))
    .where(text("sentence_words MATCH :query"), _words.c.rowid >= bindparam("first"))
    .order_by(_words.c.rank)
    .limit(bindparam("limit"))
)
COUNT = text(
    "SELECT count(*) FROM"
    " (SELECT 1 FROM sentence_words WHERE sentence_words MATCH :query LIMIT :limit)"
)
NEWEST = text(
    "SELECT min(id) FROM (SELECT rowid AS id FROM sentence_words"
    " WHERE sentence_words MATCH :query ORDER BY rowid DESC LIMIT :limit)"
)
LAST = text("SELECT rowid FROM sentence_words ORDER BY rowid DESC LIMIT 1")
ADD = text("INSERT INTO sentence_words(rowid, words) VALUES (:id, :words)")
DROP = text(
    "INSERT INTO sentence_words(sentence_words, rowid, words) VALUES ('delete', :id, :words)"
)


def add(connection: Connection, rows: Sequence[Row]) -> None:
    """Index the words of sentences that are not indexed yet."""
    connection.execute(ADD, rows)


def drop(connection: Connection, texts: Mapping[int, str]) -> None:
    """Take sentences out of the index, by their ids and words."""
    connection.execute(DROP, [{"id": one, "words": words} for one, words in texts.items()])


def last(connection: Connection) -> int | None:
    """Return the last id whose words are indexed."""
    newest: int | None = connection.execute(LAST).scalar()
    return newest


def count(connection: Connection, term: str, limit: int) -> int:
    """Return how many sentences hold a term, ``limit`` at most."""
    return connection.execute(COUNT, {"query": term, "limit": limit}).scalar() or 0


def newest(connection: Connection, term: str, limit: int) -> int:
    """Return the first id of the newest ``limit`` sentences that hold a term."""
    return connection.execute(NEWEST, {"query": term, "limit": limit}).scalar() or 0


def search(  # noqa: PLR0913 - as wide as the question is
    connection: Connection,
    counts: Sequence[tuple[str, int]],
    *,
    first: int,
    since: datetime | None,
    limit: int,
    scope: Scope,
) -> list[Found]:
    """Return the ids from ``first`` on that hold any of the terms, best first, with BM25 scores.

    With ``since`` only articles published (else seen) from then on count.
    """
    question = SEARCH.where(scope.sentence(_words.c.rowid))
    if since:
        articles = schema.articles
        own = articles.c.key == article_key(_words.c.rowid)
        question = question.where(own, articles.c.moment >= since)
    values = {"query": " OR ".join(term for term, _ in counts), "first": first, "limit": limit}
    return [(row.id, row.score) for row in connection.execute(question, values)]


def terms(words: Sequence[str]) -> list[str]:
    """Return the words as quoted strings, each once: none of them is an operator."""
    quoted = (
        '"' + word.replace('"', " ") + '"'
        for word in words
        if re.search(r"\w", word) and word.isprintable()
    )
    return list(dict.fromkeys(quoted))
