"""Body sentences: their ids, their spans, and search over their words.

The full-text index is FTS5 on SQLite (``bot.store.fts``); PostgreSQL's is ``bot.store.tsvector``.
Both answer the same questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Select, select

from bot.model import Hit
from bot.store import fts, schema, tsvector
from bot.store.codec import decode
from bot.store.scope import SENTENCE_BITS, Scope
from summarizer.model import Article, LineKind, Sentence, Span

MOST_RANKED = 8_000
"""So many matches are scored for one question; scoring is what a search costs."""

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


def worded(connection: Connection, chosen: Select[Any]) -> list[tuple[int, str]]:
    """Return the ids of chosen rows of the table of sentences, in their order, with their words."""
    rows = connection.execute(chosen).all()
    keys = {row.id >> SENTENCE_BITS for row in rows}
    articles = schema.articles.c
    question = select(articles.key, articles.body).where(articles.key.in_(keys))
    texts = {key: decode(Article, body).text for key, body in connection.execute(question)}
    return [(row.id, texts[row.id >> SENTENCE_BITS][row.start : row.finish]) for row in rows]


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
    _index(connection).add(connection, rows)


def newest_words(connection: Connection) -> int:
    """Return the last id whose words are indexed; -1 when none are."""
    newest: int | None = _index(connection).last(connection)
    return -1 if newest is None else newest


def forget_sentences(connection: Connection, key: int, article: Article) -> None:
    """Drop the sentences of an article, which still has the text that they were cut from."""
    sentences = schema.sentences
    within = sentences.c.id.between(*ids_of(key))
    rows = connection.execute(select(sentences).where(within)).all()
    if rows:
        texts = {one.id: article.text[one.start : one.finish] for one in rows}
        _index(connection).drop(connection, texts)
        connection.execute(sentences.delete().where(within))


def search_words(
    connection: Connection, words: Sequence[str], since: datetime | None, limit: int, scope: Scope
) -> list[Found]:
    """Return sentences that hold any of the words, best first, with their scores.

    Where the words match more sentences than can be scored in time, the commonest are left out;
    a single word that matches so many is searched in the newest articles only.
    """
    index = _index(connection)
    terms = index.terms(words)
    if not terms or limit < 1:
        return []
    counts, first = _affordable(connection, terms)
    found: list[Found] = index.search(
        connection, counts, first=first, since=since, limit=limit, scope=scope
    )
    return found


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


def _affordable(connection: Connection, terms: Sequence[str]) -> tuple[list[tuple[str, int]], int]:
    """Return the rarest terms with their counts, and the first sentence id to search from."""
    index = _index(connection)
    counts = {term: index.count(connection, term, MOST_RANKED + 1) for term in dict.fromkeys(terms)}
    ordered = sorted(terms, key=lambda term: counts[term])
    rarest = ordered[0]
    if counts[rarest] > MOST_RANKED:
        return [(rarest, counts[rarest])], index.newest(connection, rarest, MOST_RANKED)
    left = MOST_RANKED
    chosen = []
    for term in ordered:
        left -= counts[term]
        if left < 0:
            break
        chosen.append((term, counts[term]))
    return chosen, 0


def _index(connection: Connection) -> ModuleType:
    """Return the room of this database's full-text index."""
    return tsvector if connection.dialect.name == "postgresql" else fts
