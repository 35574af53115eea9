"""Body sentences: their ids, their spans, and the full-text index over their words.

On SQLite the index (FTS5) keeps no text of its own: a sentence's words are a slice of its
article, and must be handed in again, the same, to take it out. PostgreSQL's is in
``bot.store.tsvector``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Float, Integer, bindparam, column, select, table, text

from bot.model import Hit
from bot.store import schema, tsvector
from bot.store.scope import SENTENCE_BITS, Scope, article_key
from summarizer.model import Article, LineKind, Sentence, Span

MOST_RANKED = 8_000
"""So many matches are scored for one question; scoring is what a search costs."""

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
ADD_WORDS = text("INSERT INTO sentence_words(rowid, words) VALUES (:id, :words)")
DROP_WORDS = text(
    "INSERT INTO sentence_words(sentence_words, rowid, words) VALUES ('delete', :id, :words)"
)
Found = tuple[int, float]
"""A sentence's id, and its score."""


def sentence_id(key: int, index: int) -> int:
    """Return the id of a sentence, by its article's key and its index in the analysis."""
    return key << SENTENCE_BITS | index


def ids_of(key: int) -> tuple[int, int]:
    """Return the first and the last id that sentences of an article can have."""
    return sentence_id(key, 0), sentence_id(key + 1, 0) - 1


def body(sentences: Sequence[Sentence]) -> Iterator[tuple[int, Span]]:
    """Yield the index and the span of every body sentence."""
    for index, sentence in enumerate(sentences[: 1 << SENTENCE_BITS]):
        if sentence.kind is LineKind.BODY:
            yield index, sentence.span


def index_sentences(
    connection: Connection, key: int, article: Article, sentences: Sequence[Sentence]
) -> None:
    """Keep the body sentences of an article and index their words."""
    rows = [
        {
            "id": sentence_id(key, index),
            "start": span.start,
            "finish": span.end,
            "words": span.of(article.text),
        }
        for index, span in body(sentences)
    ]
    if rows:
        connection.execute(schema.sentences.insert(), rows)
        add_words(connection, rows)


def add_words(connection: Connection, rows: Sequence[Mapping[str, object]]) -> None:
    """Index the words (``words``) of sentences (``id``) that are not indexed yet."""
    if _on_postgres(connection):
        tsvector.add(connection, rows)
    else:
        connection.execute(ADD_WORDS, rows)


def newest_words(connection: Connection) -> int:
    """Return the last id whose words are indexed; -1 when none are."""
    question = tsvector.LAST if _on_postgres(connection) else LAST
    newest = connection.execute(question).scalar()
    return -1 if newest is None else int(newest)


def forget_sentences(connection: Connection, key: int, article: Article) -> None:
    """Drop the sentences of an article, which still has the text that they were cut from."""
    sentences = schema.sentences
    within = sentences.c.id.between(*ids_of(key))
    rows = connection.execute(select(sentences).where(within)).all()
    if rows:
        if _on_postgres(connection):
            tsvector.drop(connection, *ids_of(key))
        else:
            texts = [{"id": one.id, "words": article.text[one.start : one.finish]} for one in rows]
            connection.execute(DROP_WORDS, texts)
        connection.execute(sentences.delete().where(within))


def search_words(
    connection: Connection, words: Sequence[str], since: datetime | None, limit: int, scope: Scope
) -> list[Found]:
    """Return sentences that hold any of the words, best first, with their scores.

    Where the words match more sentences than can be scored in time, the commonest are left out;
    a single word that matches so many is searched in the newest articles only.
    """
    on_postgres = _on_postgres(connection)
    terms = tsvector.terms(words) if on_postgres else _terms(words)
    if not terms or limit < 1:
        return []
    counts, first = _affordable(connection, terms)
    if on_postgres:
        return tsvector.search(
            connection, counts, first=first, since=since, limit=limit, scope=scope
        )
    query = " OR ".join(term for term, _ in counts)
    question = SEARCH.where(scope.sentence(_words.c.rowid))
    if since:
        articles = schema.articles
        own = articles.c.key == article_key(_words.c.rowid)
        question = question.where(own, articles.c.moment >= since)
    values = {"query": query, "first": first, "limit": limit}
    return [(row.id, row.score) for row in connection.execute(question, values)]


def hits(connection: Connection, found: Sequence[Found]) -> list[Hit]:
    """Return the hits of these sentences, in their order."""
    if not found:
        return []
    sentences, articles = schema.sentences.c, schema.articles.c
    ids = [sentence for sentence, _ in found]
    keys = {sentence >> SENTENCE_BITS for sentence in ids}
    owners = {
        row.key: row.id
        for row in connection.execute(
            select(articles.key, articles.id).where(articles.key.in_(keys))
        )
    }
    spans = {
        row.id: Span(row.start, row.finish)
        for row in connection.execute(select(schema.sentences).where(sentences.id.in_(ids)))
    }
    return [
        Hit(owners[one >> SENTENCE_BITS], one & (1 << SENTENCE_BITS) - 1, spans[one], score)
        for one, score in found
    ]


def _terms(words: Sequence[str]) -> list[str]:
    """Return the words as quoted strings, each once: none of them is an operator."""
    quoted = (
        '"' + word.replace('"', " ") + '"'
        for word in words
        if re.search(r"\w", word) and word.isprintable()
    )
    return list(dict.fromkeys(quoted))


def _affordable(connection: Connection, terms: Sequence[str]) -> tuple[list[tuple[str, int]], int]:
    """Return the rarest terms with their counts, and the first sentence id to search from."""
    counts = {term: _count(connection, term, MOST_RANKED + 1) for term in dict.fromkeys(terms)}
    ordered = sorted(terms, key=lambda term: counts[term])
    rarest = ordered[0]
    if counts[rarest] > MOST_RANKED:
        return [(rarest, counts[rarest])], _newest(connection, rarest, MOST_RANKED)
    left = MOST_RANKED
    chosen = []
    for term in ordered:
        left -= counts[term]
        if left < 0:
            break
        chosen.append((term, counts[term]))
    return chosen, 0


def _count(connection: Connection, term: str, limit: int) -> int:
    """Return how many sentences hold a term, ``limit`` at most."""
    if _on_postgres(connection):
        return tsvector.count(connection, term, limit)
    return connection.execute(COUNT, {"query": term, "limit": limit}).scalar() or 0


def _newest(connection: Connection, term: str, limit: int) -> int:
    """Return the first id of the newest ``limit`` sentences that hold a term."""
    if _on_postgres(connection):
        return tsvector.newest(connection, term, limit)
    return connection.execute(NEWEST, {"query": term, "limit": limit}).scalar() or 0


def _on_postgres(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"
